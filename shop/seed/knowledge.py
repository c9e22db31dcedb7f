"""Four articles of knowledge for the demo, in both languages: what groups ask most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cms.services import publish_article
from shop.common import clock
from shop.seed.news import image_named, some_certificates, topics

Words = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Lesson:
    """An article in both languages."""

    slug: str
    audience: str
    topics: tuple[str, ...]
    picture: str
    alt: tuple[str, str]
    title: tuple[str, str]
    summary: tuple[str, str]
    thai: Words
    english: Words


def _steps(*rows: tuple[str, str]) -> tuple[str, Any]:
    return "steps", [{"title": title, "text": f"<p>{text}</p>", "image": None, "alt_text": ""} for title, text in rows]


LESSONS = (
    Lesson(
        slug="how-to-get-a-community-standard",
        audience="groups",
        topics=("standards",),
        picture="category-basketry",
        alt=("แผงเครื่องจักสาน", "A stall of basketry"),
        title=("ขอ มผช. ทีละขั้น", "A community product standard, step by step"),
        summary=(
            "มผช. เป็นมาตรฐานที่สมัครใจขอ กลุ่มเตรียมอะไร ยื่นที่ไหน และใครมาตรวจ สรุปไว้ในหน้าเดียว",
            "The community product standard is asked for freely. What to prepare, where to hand it in and who comes to look.",
        ),
        thai=(
            (
                "text",
                "<p>มผช. ช่วยให้ผู้ซื้อมั่นใจว่าของเหมือนเดิมทุกครั้ง แต่ไม่ใช่ใบอนุญาต อาหารแปรรูปที่บรรจุในภาชนะพร้อมขายต้องมีเลข อย. ด้วยเสมอ</p>",
            ),
            _steps(
                ("ดูว่ามีมาตรฐานของของเราหรือยัง", "ค้นชื่อสินค้าจากรายการของสำนักงานมาตรฐานผลิตภัณฑ์อุตสาหกรรม"),
                ("เตรียมสถานที่", "แยกที่เก็บวัตถุดิบ ที่ทำ และที่บรรจุ ออกจากกัน"),
                ("ยื่นคำขอ", "ยื่นที่สำนักงานอุตสาหกรรมจังหวัด พร้อมรูปของและรายชื่อสมาชิก"),
                ("รับการตรวจ", "เจ้าหน้าที่มาดูที่ทำการและเก็บตัวอย่างไปทดสอบ"),
                ("ส่งใบรับรองเข้าตลาดร่วม", "ถ่ายรูปใบรับรอง กรอกเลขที่และวันหมดอายุในที่ทำงานของกลุ่ม"),
            ),
            ("act", {"lead": "มีใบรับรองแล้ว", "words": "ไปที่ที่ทำงานของกลุ่ม", "page": None, "url": "/workspace/"}),
        ),
        english=(
            (
                "text",
                "<p>The standard tells buyers that a good is the same each time. It is no licence: processed, packed food needs its food number as well.</p>",
            ),
            _steps(
                (
                    "See whether there is one for your good",
                    "Search the list of the Thai Industrial Standards Institute.",
                ),
                ("Prepare the place", "Keep raw materials, making and packing apart."),
                (
                    "Hand in the application",
                    "At the provincial industry office, with pictures and the list of members.",
                ),
                ("Be looked at", "An officer comes and takes a sample to be tested."),
                ("Send the certificate to the market", "Photograph it and type number and last day in your workspace."),
            ),
            (
                "act",
                {
                    "lead": "You have it already?",
                    "words": "To the groups' workspace",
                    "page": None,
                    "url": "/en/workspace/",
                },
            ),
        ),
    ),
    Lesson(
        slug="packing-that-survives-the-road",
        audience="groups",
        topics=("packaging",),
        picture="scene-hub",
        alt=("จุดกระจายสินค้ากับกล่องพัสดุ", "A hub with boxes"),
        title=("แพ็กอย่างไรไม่ให้แตก ไม่ให้ช้ำ", "Packing that survives the road"),
        summary=(
            "กล่อง กันกระแทก และวิธีเขย่าทดสอบก่อนปิดเทป ใช้ได้ทั้งส่งตรงและส่งผ่านจุดกระจายสินค้า",
            "Boxes, padding, and shaking it before you close the tape; for parcels of your own and for what goes through a hub.",
        ),
        thai=(
            ("text", "<p>ของหนึ่งชิ้นถูกยกเฉลี่ยหกครั้งกว่าจะถึงมือผู้ซื้อ กล่องจึงต้องรับแรงตกจากระดับเอวได้</p>"),
            (
                "table",
                {
                    "caption": "ของแต่ละแบบใช้อะไรกันกระแทก",
                    "rows": "ของ | กันกระแทก | กล่อง\nเครื่องปั้น | กระดาษยับสองชั้นทุกด้าน | 5 ชั้น\nขวดแก้ว | ปลอกกระดาษลูกฟูก | 5 ชั้น มีช่องกั้น\nผ้า | ถุงกันชื้น | 3 ชั้น\nผลไม้ | ฝอยกระดาษ เจาะรูระบาย | 5 ชั้น",
                    "has_head": True,
                },
            ),
            _steps(
                ("วาง", "หนักไว้ล่าง เบาไว้บน ไม่ให้ชนผนังกล่อง"),
                ("เขย่า", "ปิดฝาแล้วเขย่าเบา ๆ ถ้าได้ยินเสียงขยับ เติมกันกระแทก"),
                ("ปิดและติดป้าย", "เทปรูปตัว H ป้ายติดด้านที่ใหญ่ที่สุด อย่าพับข้ามมุม"),
            ),
        ),
        english=(
            (
                "text",
                "<p>A piece is lifted about six times before it arrives, so the box must bear a fall from the waist.</p>",
            ),
            (
                "table",
                {
                    "caption": "What to pad with",
                    "rows": "Good | Padding | Box\nPottery | Two layers of crumpled paper | 5 ply\nGlass | Sleeves of corrugated board | 5 ply with cells\nCloth | A bag against damp | 3 ply\nFruit | Shredded paper, air holes | 5 ply",
                    "has_head": True,
                },
            ),
            _steps(
                ("Lay", "Heavy below, light above, nothing against the wall."),
                ("Shake", "If you hear it move, pad more."),
                ("Close and label", "Tape like an H; the label flat on the largest side."),
            ),
        ),
    ),
    Lesson(
        slug="photos-with-a-phone",
        audience="groups",
        topics=("marketing",),
        picture="category-silk",
        alt=("แผงผ้าไหม", "A stall of silk"),
        title=("ถ่ายรูปของด้วยมือถือ ให้คนอยากซื้อ", "Photos that sell, with a phone"),
        summary=(
            "แสงหน้าต่าง พื้นเรียบ และห้ารูปที่ทุกสินค้าควรมี ไม่ต้องซื้ออุปกรณ์อะไรเพิ่ม",
            "Light from a window, a plain ground, and five pictures that each good should have; nothing to buy.",
        ),
        thai=(
            _steps(
                ("หาแสง", "วางของข้างหน้าต่าง ปิดไฟในห้อง อย่าใช้แฟลช"),
                ("ปูพื้น", "ผ้าหรือกระดาษสีเดียว ไม่มีลาย"),
                ("ถ่ายห้ารูป", "ทั้งชิ้น ใกล้ ๆ ด้านหลัง ในมือให้เห็นขนาด และตอนใช้จริง"),
            ),
            ("quote", "รูปที่ขายดีที่สุดของเราคือรูปที่มีมือแม่อยู่ในภาพ"),
            (
                "video",
                {
                    "url": "https://www.youtube.com/watch?v=talatruam-2",
                    "title": "ถ่ายรูปผ้าด้วยมือถือ (ตัวอย่าง)",
                    "length": "5 นาที",
                    "image": "category-silk",
                },
            ),
        ),
        english=(
            _steps(
                ("Find light", "Beside a window, lamps off, no flash."),
                ("Lay a ground", "Cloth or paper of one colour."),
                ("Take five", "The whole, close by, the back, in a hand, in use."),
            ),
            ("quote", "The picture that sells best has my mother's hand in it."),
            (
                "video",
                {
                    "url": "https://www.youtube.com/watch?v=talatruam-2",
                    "title": "Cloth with a phone (example)",
                    "length": "5 min",
                    "image": "category-silk",
                },
            ),
        ),
    ),
    Lesson(
        slug="read-the-marks",
        audience="all",
        topics=("standards", "export"),
        picture="category-herbal-care",
        alt=("แผงสมุนไพร", "A stall of herbs"),
        title=("ตราบนสินค้าบอกอะไรเรา", "What the marks on a good tell you"),
        summary=(
            "อย. มผช. ดาว OTOP GI และฮาลาล ต่างกันตรงไหน ตราไหนเป็นใบอนุญาต ตราไหนเป็นรางวัล และตรวจเองได้อย่างไร",
            "Food licence, community standard, OTOP stars, GI and halal: which is a licence, which a prize, and how to check one yourself.",
        ),
        thai=(
            (
                "table",
                {
                    "caption": "ตราที่เจอบ่อย",
                    "rows": "ตรา | บอกว่า | ต้องมีไหม\nอย. | อาหารแปรรูปที่บรรจุขายได้รับอนุญาต | ต้องมี\nมผช. | ผ่านมาตรฐานผลิตภัณฑ์ชุมชน | สมัครใจ\nดาว OTOP | ผลการคัดสรร 1–5 ดาว | สมัครใจ\nGI | มาจากพื้นที่ที่ขึ้นทะเบียน | ใช้ชื่อนั้นต้องมี\nฮาลาล | ผลิตตามหลักศาสนาอิสลาม | สมัครใจ",
                    "has_head": True,
                },
            ),
            ("text", "<p>ทุกตราในตลาดร่วมกดดูได้ จะเห็นเลขที่ ผู้ถือ และวันหมดอายุ ถ้าใบรับรองหมดอายุ ตราจะหายไปเอง</p>"),
            ("certificates", None),
            ("act", {"lead": "", "words": "ตรวจใบรับรอง", "page": None, "url": "/certificates/"}),
        ),
        english=(
            (
                "table",
                {
                    "caption": "Marks you will meet",
                    "rows": "Mark | It says | Needed?\nFDA (อย.) | Packed, processed food is licensed | Yes\nTCPS (มผช.) | It meets a community standard | Free\nOTOP stars | One to five, in a contest | Free\nGI | From a registered area | For that name\nHalal | Made by the rules of Islam | Free",
                    "has_head": True,
                },
            ),
            (
                "text",
                "<p>Each mark here can be pressed: it shows number, holder and last day. When a certificate ends, its mark goes by itself.</p>",
            ),
            ("certificates", None),
            ("act", {"lead": "", "words": "Check a certificate", "page": None, "url": "/en/certificates/"}),
        ),
    ),
)


def publish_lessons(pictures: dict[str, Any]) -> None:
    """The four articles in both languages, checked at the beginning of the month."""
    kept, day = topics(), clock.today().replace(day=1)
    for lesson in LESSONS:
        thai = None
        for place, language in enumerate(("th", "en")):
            page = publish_article(
                title=lesson.title[place],
                summary=lesson.summary[place],
                body=_body(lesson.english if place else lesson.thai, pictures),
                checked_on=day,
                slug=lesson.slug,
                language=language,
                audience=lesson.audience,
                translation_of=thai,
                image=image_named(pictures, lesson.picture, *lesson.alt),
                picture_alt=lesson.alt[place],
                topics=[kept[slug] for slug in lesson.topics],
            )
            thai = thai or page


def _body(words: Words, pictures: dict[str, Any]) -> Sequence[tuple[str, Any]]:
    body = []
    for kind, given in words:
        value = some_certificates() if kind == "certificates" else given
        if kind == "video":
            value = {**given, "image": image_named(pictures, given["image"])}
        body.append((kind, value))
    return body

"""Three stories for the demo, Thai and English, with goods and groups of the market between the words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from catalogue.models import Category, Product
from cms.services import publish_news, set_home_picture, set_season
from cms.services.editors import shared_collection
from media.models import MarketImage, Picture
from media.services import image_of
from shop.common import clock
from shop.seed.news import topics
from vendors.models import Province

Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Story:
    """One story in both languages. A ("goods", "") of the body stands for `goods` (English names), a ("groups", "") for
    the groups that make them."""

    slug: str
    picture: str
    alt_th: str
    alt_en: str
    days_ago: int
    province: str
    goods: tuple[str, ...]
    topics: tuple[str, ...]
    title_th: str
    title_en: str
    summary_th: str
    summary_en: str
    body_th: Words
    body_en: Words


POSTER = "scene-harvest"
_POSTER_TH, _POSTER_EN = "คนเกี่ยวข้าวในนา", "People harvesting rice"
SEASON = "rice"
SEASON_WORDS = {
    "th": (
        "ข้าวใหม่มาแล้ว หอมตั้งแต่เปิดถุง",
        "ข้าวต้นฤดูสีใหม่ทุกสัปดาห์จากกลุ่มผู้ปลูกทั่วประเทศ เลือกจากหลายกลุ่มใส่ตะกร้าเดียว จ่ายครั้งเดียว",
        "ดูข้าวใหม่",
    ),
    "en": (
        "The new rice is here",
        "Milled every week by the groups that grew it. Fill one basket from many groups and pay once.",
        "See the new rice",
    ),
}
GOODS, GROUPS = ("goods", ""), ("groups", "")
STORIES = (
    Story(
        slug="weavers-of-the-northeast",
        topics=("weaving", "networks"),
        picture="scene-weave",
        alt_th="หญิงสูงวัยยิ้มอยู่ข้างกี่ทอผ้าใต้ถุนบ้าน",
        alt_en="An old woman smiles beside her loom below the house",
        days_ago=4,
        province="ขอนแก่น",
        goods=("Chonnabot mudmee silk", "Chaiyaphum mudmee silk", "Kalasin Phrae Wa silk"),
        title_th="เสียงกี่ดังอีกครั้งใต้ถุนบ้านอีสาน",
        title_en="Looms are heard again below the houses of the Northeast",
        summary_th="กลุ่มทอผ้าจากขอนแก่น ชัยภูมิ และกาฬสินธุ์ วางผ้าไหมไว้ในตลาดเดียวกัน ผู้ซื้อรู้ก่อนจ่ายว่าใครทอ ทอที่ไหน และใครรับรอง",
        summary_en=(
            "Weaving groups of Khon Kaen, Chaiyaphum and Kalasin sell their silk in one market, and a buyer knows before "
            "paying who wove it, where, and who vouches for it."
        ),
        body_th=(
            (
                "text",
                "<p>หกโมงเช้าที่ขอนแก่น เสียงกระทบกี่ดังมาจากใต้ถุนบ้าน สมาชิกกลุ่มทยอยมานั่งประจำกี่ของตัวเอง บางคนทอผ้ามาห้าสิบปี "
                "บางคนเพิ่งหัดมัดลายเป็นปีแรก</p>"
                "<p>ผ้ามัดหมี่เริ่มต้นก่อนขึ้นกี่นานนัก ช่างมัดเส้นไหมทีละปอยแล้วย้อม แก้มัด มัดใหม่ แล้วย้อมซ้ำจนครบทุกสี "
                "ลายทั้งผืนจึงซ่อนอยู่ในเส้นไหมมาแต่แรก มัดพลาดเพียงปอยเดียว ลายก็เหลื่อมไปทั้งผืน</p>",
            ),
            ("quote", "ผืนหนึ่งทอสามสัปดาห์ คนที่ได้ไปใช้ควรรู้ว่าใครเป็นคนทอ"),
            GOODS,
            (
                "text",
                "<h2>จากใต้ถุนบ้านถึงมือผู้ซื้อ</h2>"
                "<p>เมื่อก่อนกลุ่มต้องรอพ่อค้าเข้าหมู่บ้าน จะได้ราคาเท่าไรขึ้นอยู่กับว่าวันนั้นใครมา เดี๋ยวนี้คำสั่งซื้อเข้ามาในโทรศัพท์ของผู้จัดการกลุ่ม "
                "ทอเสร็จ ตรวจผืน แล้วแพ็กส่งจากที่ทำการของกลุ่ม</p>"
                "<p>ใบรับรองของผ้าแต่ละผืนอยู่ในหน้าสินค้า กดที่ตราแล้วจะเห็นเลขที่ใบรับรองและวันหมดอายุ "
                "ส่วนใครอยากรู้จักคนทอ เปิดหน้าร้านของกลุ่มอ่านต่อได้เลย</p>",
            ),
            GROUPS,
        ),
        body_en=(
            (
                "text",
                "<p>At six in the morning in Khon Kaen the looms can be heard from below the houses. One by one the members take "
                "their seats; some have woven for fifty years, some are tying their first pattern.</p>"
                "<p>Mudmee begins long before the loom. Silk is tied strand by strand and dyed, untied, tied again and dyed again, "
                "until every colour is in. The whole pattern lies hidden in the thread, and one wrong knot shifts it all the way "
                "across the cloth.</p>",
            ),
            ("quote", "One piece takes three weeks. Whoever wears it should know who wove it."),
            GOODS,
            (
                "text",
                "<h2>From below the house to the buyer</h2>"
                "<p>The groups used to wait for a dealer to come to the village, and the price was whatever that day's dealer said. "
                "Now orders arrive on the manager's phone; the cloth is checked, packed and sent from the group's own workshop.</p>"
                "<p>The certificate of each cloth stands on its product page: press the mark to see its number and the day it ends. "
                "To get to know the weavers, open the shop page of their group.</p>",
            ),
            GROUPS,
        ),
    ),
    Story(
        slug="hubs-in-every-region",
        topics=("networks",),
        picture="scene-hub",
        alt_th="เจ้าหน้าที่สองคนยืนยิ้มท่ามกลางกล่องพัสดุหน้าจุดกระจายสินค้า",
        alt_en="Two packers among parcels in front of a distribution hub",
        days_ago=12,
        province="",
        goods=("Khao Khiriwong mangosteen", "Tubtim Siam pomelo", "Phulae pineapple"),
        title_th="จุดกระจายสินค้าเปิดครบสี่ภาค ผลไม้จากสวนเดินทางไกลขึ้น",
        title_en="Hubs are open in all four regions, and fruit travels further",
        summary_th="เครือข่ายทั้งสี่ภาคเปิดจุดรับ ตรวจ และส่งต่อสินค้าครบแล้ว ทุกภาคมีห้องเย็น สวนเล็ก ๆ ก็ส่งของสดถึงผู้ซื้อต่างจังหวัดได้",
        summary_en=(
            "The four regional networks have opened their hubs, each with a cold store, so that even a small orchard can send "
            "fresh fruit to buyers far away."
        ),
        body_th=(
            (
                "text",
                "<p>จุดกระจายสินค้าคือที่พักของสินค้าระหว่างทาง ของจากหลายกลุ่มมารวมกันที่นี่ เจ้าหน้าที่นับจำนวน ตรวจสภาพ "
                "แล้วส่งต่อไปจังหวัดปลายทาง เปิดวันจันทร์ถึงวันเสาร์ เวลา 8.30–16.30 น.</p>"
                "<p>สำหรับของแห้ง เรื่องนี้ช่วยประหยัดเวลา แต่สำหรับผลไม้สด นี่คือเรื่องใหญ่ มังคุดที่เก็บตอนเช้าเข้าห้องเย็นได้ก่อนบ่าย "
                "ไม่ต้องนอนตากแดดรอรถเหมือนแต่ก่อน</p>",
            ),
            GOODS,
            ("quote", "เราดูแลสวนได้ดี แต่ส่งของไกล ๆ เองไม่ไหว มีคนรับช่วงต่อกลางทางแบบนี้ เราก็กล้าขายต่างจังหวัด"),
            (
                "text",
                "<h2>ของหลายกลุ่ม จ่ายครั้งเดียว</h2>"
                "<p>ผู้ซื้อเลือกของจากหลายกลุ่มใส่ตะกร้าเดียวและจ่ายครั้งเดียว ค่าส่งของแต่ละกลุ่มแสดงให้เห็นก่อนจ่ายเสมอ "
                "ดูที่ตั้งและเวลาเปิดของจุดกระจายสินค้าใกล้บ้านได้ที่หน้าเครือข่าย</p>",
            ),
            GROUPS,
        ),
        body_en=(
            (
                "text",
                "<p>A hub is where goods rest on their way. What many groups have made comes together there; its people count it, look "
                "at its condition and send it on to the province where it is awaited, Monday to Saturday from 8:30 to 16:30.</p>"
                "<p>For dry goods this saves time. For fresh fruit it changes everything: a mangosteen that was picked in the "
                "morning is in the cold store before the afternoon, and no longer waits for the lorry in the sun.</p>",
            ),
            GOODS,
            (
                "quote",
                "We look after our trees well, but we cannot send fruit far by ourselves. With somebody on the way who takes it "
                "over, we dare to sell to other provinces.",
            ),
            (
                "text",
                "<h2>Many groups, paid once</h2>"
                "<p>A buyer puts goods of several groups into one basket and pays once; what each delivery costs is always shown "
                "before paying. Where the hubs are and when they are open is told on the pages of the networks.</p>",
            ),
            GROUPS,
        ),
    ),
    Story(
        slug="new-rice-harvest",
        topics=("food", "standards"),
        picture="scene-harvest",
        alt_th="ชาวนาสองคนกับถุงข้าวหน้าทุ่งนาสีทอง",
        alt_en="Two farmers with sacks of rice in front of golden fields",
        days_ago=20,
        province="ร้อยเอ็ด",
        goods=("Thung Kula Rong-Hai jasmine rice", "Surin jasmine rice", "Sangyod Muang Phatthalung rice"),
        title_th="ข้าวใหม่มาแล้ว หอมตั้งแต่เปิดถุง",
        title_en="New rice is here, and it smells from the moment the bag is opened",
        summary_th="กลุ่มผู้ปลูกข้าวในร้อยเอ็ด สุรินทร์ และพัทลุง เริ่มส่งข้าวใหม่แล้ว ทุกถุงตรวจสอบสิ่งบ่งชี้ทางภูมิศาสตร์ (GI) ได้จากหน้าสินค้า",
        summary_en=(
            "Growers in Roi Et, Surin and Phatthalung have begun to send new rice; the geographical indication (GI) of every bag "
            "can be checked on its page."
        ),
        body_th=(
            (
                "text",
                "<p>ข้าวนาปีเกี่ยวได้ปีละครั้ง ช่วงปลายฝนต้นหนาว ข้าวหอมมะลิที่เพิ่งเกี่ยวหอมที่สุดในสามเดือนแรก "
                "แล้วกลิ่นจะค่อย ๆ จางลง กลุ่มจึงเก็บไว้เป็นข้าวเปลือกและทยอยสีตามคำสั่งซื้อ</p>"
                "<p>ข้าวใหม่ยังมียางมาก หุงแล้วนุ่ม ใส่น้ำน้อยกว่าข้าวเก่าสักหน่อย ข้าวหนึ่งถ้วยใช้น้ำราวหนึ่งถ้วยก็พอ</p>",
            ),
            GOODS,
            ("quote", "คนกินข้าวทุกวัน แต่น้อยคนรู้ว่าข้าวในจานมาจากนาของใคร"),
            (
                "text",
                "<h2>GI บอกอะไร</h2>"
                "<p>สิ่งบ่งชี้ทางภูมิศาสตร์ หรือ GI บอกว่าข้าวถุงนี้ปลูกในพื้นที่ที่ขึ้นทะเบียนไว้ และปลูกตามวิธีที่ตกลงกัน "
                "ข้าวหอมมะลิทุ่งกุลาร้องไห้ต้องมาจากทุ่งกุลา ข้าวสังข์หยดเมืองพัทลุงต้องมาจากพัทลุง ปลูกที่อื่นใช้ชื่อนี้ไม่ได้</p>"
                "<p>อยากตรวจเอง กดที่ตรา GI ในหน้าสินค้า จะเห็นเลขที่ใบรับรองและวันหมดอายุ</p>",
            ),
            GROUPS,
        ),
        body_en=(
            (
                "text",
                "<p>Rain-fed rice is cut once a year, when the rains end and the cool season begins. Jasmine rice smells best in its "
                "first three months and less with every week, so the groups store it in the husk and mill it as orders come.</p>"
                "<p>New rice is soft and takes a little less water than old: one cup of rice, about one cup of water.</p>",
            ),
            GOODS,
            ("quote", "Everybody eats rice every day, but few know whose field it came from."),
            (
                "text",
                "<h2>What GI tells you</h2>"
                "<p>A geographical indication says that this rice was grown in a registered area and in the way that was agreed. "
                "Thung Kula Rong-Hai jasmine rice comes from that plain, Sangyod Muang Phatthalung from Phatthalung; rice from "
                "elsewhere may not carry the name.</p>"
                "<p>To check it yourself, press the GI mark on the product page: it shows the number and the day it ends.</p>",
            ),
            GROUPS,
        ),
    ),
)


def publish_stories(pictures: dict[str, Any]) -> None:
    """Publishes the three stories in both languages and hangs the poster of the front page."""
    if (poster := pictures.get(POSTER)) is not None:
        set_home_picture(
            image_of(poster, title=_POSTER_TH, alt_th=_POSTER_TH, alt_en=_POSTER_EN, collection=shared_collection())
        )
    category = Category.objects.get(slug=SEASON)
    for language, (headline, lead, link) in SEASON_WORDS.items():
        set_season(category_id=category.pk, language=language, headline=headline, lead=lead, link=link)
    for story in STORIES:
        thai = _publish(story, pictures, "th", None)
        _publish(story, pictures, "en", thai)


def _publish(story: Story, pictures: dict[str, Any], language: str, thai: Any) -> Any:
    english = language == "en"
    return publish_news(
        title=story.title_en if english else story.title_th,
        summary=story.summary_en if english else story.summary_th,
        body=_body(story, story.body_en if english else story.body_th),
        published_on=clock.today() - dt.timedelta(days=story.days_ago),
        language=language,
        slug=story.slug,
        translation_of=thai,
        image=_image(pictures.get(story.picture), story),
        picture_alt=story.alt_en if english else story.alt_th,
        province=Province.objects.filter(name_th=story.province).first(),
        topics=[topic for slug, topic in topics().items() if slug in story.topics],
    )


def _image(picture: Picture | None, story: Story) -> MarketImage | None:
    if picture is None:
        return None
    return image_of(
        picture, title=story.alt_th, alt_th=story.alt_th, alt_en=story.alt_en, collection=shared_collection()
    )


def _body(story: Story, words: Words) -> list[tuple[str, Any]]:
    """The words, with the named goods and their groups, each group once, where they belong."""
    found = {row.title_en: row for row in Product.objects.filter(title_en__in=story.goods).select_related("group")}
    goods = [found[name] for name in story.goods if name in found]
    chosen = {"goods": goods, "groups": list(dict.fromkeys(product.group for product in goods))}
    return [(kind, chosen.get(kind, text)) for kind, text in words]

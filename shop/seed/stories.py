"""Three stories for the demo, Thai and English."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from catalogue.models import Category
from cms.services import publish_news, set_home_picture, set_season
from shop.common import clock


@dataclass(frozen=True)
class Story:
    """One story in both languages."""

    slug: str
    picture: str
    alt_th: str
    alt_en: str
    days_ago: int
    title_th: str
    title_en: str
    summary_th: str
    summary_en: str
    body_th: tuple[tuple[str, str], ...]
    body_en: tuple[tuple[str, str], ...]


POSTER = "scene-harvest"
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
STORIES = (
    Story(
        "weavers-of-the-northeast",
        "scene-weave",
        "หญิงทอผ้าใต้ถุนบ้าน",
        "A woman weaving below her house",
        4,
        "กี่หลังเก่ากลับมาดังอีกครั้งที่อีสาน",
        "Old looms are heard again in the Northeast",
        "กลุ่มทอผ้าในหกจังหวัดรวมลายมัดหมี่ไว้ในตะกร้าเดียวกัน ลูกค้าเลือกลายได้ก่อนทอ",
        "Weaving groups of six provinces put their patterns into one basket; buyers choose before the threads are tied.",
        (
            (
                "text",
                "<p>เช้าวันเสาร์ที่ขอนแก่น เสียงกระทบกี่ดังตั้งแต่หกโมง สมาชิกสิบเจ็ดคนนั่งทอผ้าใต้ถุนบ้าน บางคนอายุเกินเจ็ดสิบ บางคนเพิ่งจบมัธยม</p>",
            ),
            ("quote", "ผ้าผืนหนึ่งใช้เวลาสามสัปดาห์ คนซื้อควรรู้ว่าใครทอ"),
            (
                "text",
                "<p>ตั้งแต่เปิดขายร่วมกัน กลุ่มไม่ต้องรอพ่อค้ามารับถึงหมู่บ้าน ใบสั่งเข้ามาในโทรศัพท์ แพ็กแล้วส่งเองหรือผ่านจุดกระจายสินค้าของจังหวัด</p>",
            ),
        ),
        (
            (
                "text",
                "<p>On a Saturday in Khon Kaen the looms start at six. Seventeen members weave below the house; some are over seventy, some have just left school.</p>",
            ),
            ("quote", "A piece takes three weeks. Whoever buys it should know who wove it."),
            (
                "text",
                "<p>Since they sell together, the group no longer waits for a dealer. Orders arrive on the phone, and the cloth goes out directly or through the hub of the province.</p>",
            ),
        ),
    ),
    Story(
        "hubs-in-every-region",
        "scene-hub",
        "คนแพ็กของที่จุดกระจายสินค้า",
        "Packers at a distribution hub",
        12,
        "จุดกระจายสินค้าเปิดครบสี่ภาค",
        "Hubs are open in all four regions",
        "เครือข่ายสี่ภาคเปิดจุดรวมและส่งต่อสินค้า กลุ่มเล็กส่งของถึงลูกค้าไกลได้ในราคาเดียวกับร้านใหญ่",
        "The four regional networks have opened their hubs: small groups now reach far buyers at fair delivery prices.",
        (
            (
                "text",
                "<p>จุดกระจายสินค้าคือที่ที่ของจากหลายกลุ่มมาพบกัน เจ้าหน้าที่นับ ตรวจ และส่งต่อทุกวันทำการ</p><p>ภาคเหนือและภาคใต้มีห้องเย็นแล้ว ผลไม้และอาหารสดจึงเดินทางได้ไกลขึ้น</p>",
            ),
        ),
        (
            (
                "text",
                "<p>A hub is where the goods of many groups meet. Its people count, check and forward them every working day.</p><p>The hubs of the North and the South have cold stores, so that fruit and fresh food travel further.</p>",
            ),
        ),
    ),
    Story(
        "new-rice-harvest",
        "scene-harvest",
        "ชาวนาเกี่ยวข้าวในทุ่ง",
        "Farmers harvesting rice",
        20,
        "ข้าวใหม่ปีนี้มาแล้ว หอมตั้งแต่เปิดถุง",
        "This year's new rice is here",
        "กลุ่มผู้ปลูกข้าวในร้อยเอ็ด สุรินทร์ และพัทลุง เริ่มส่งข้าวใหม่ที่มีใบรับรอง GI",
        "Growers in Roi Et, Surin and Phatthalung have begun to send new rice with GI certificates.",
        (
            (
                "text",
                "<p>ข้าวที่เกี่ยวเดือนพฤศจิกายนหอมที่สุดในสามเดือนแรก กลุ่มจึงสีใหม่ทุกสัปดาห์และพิมพ์วันสีไว้ข้างถุง</p><p>ดูใบรับรอง GI ของแต่ละถุงได้จากหน้าสินค้า กดที่ตราแล้วจะเห็นเลขที่และวันหมดอายุ</p>",
            ),
        ),
        (
            (
                "text",
                "<p>Rice cut in November smells best in its first three months, so the groups mill weekly and print the day on the bag.</p><p>Every bag's GI certificate can be opened from the product page.</p>",
            ),
        ),
    ),
)


def publish_stories(pictures: dict[str, Any]) -> None:
    """Publishes the three stories in both languages and hangs the poster of the front page."""
    today = clock.today()
    if (poster := pictures.get(POSTER)) is not None:
        set_home_picture(poster)
    category = Category.objects.get(slug=SEASON)
    for language, (headline, lead, link) in SEASON_WORDS.items():
        set_season(category_id=category.pk, language=language, headline=headline, lead=lead, link=link)
    for story in STORIES:
        day = today - dt.timedelta(days=story.days_ago)
        thai = publish_news(
            title=story.title_th,
            summary=story.summary_th,
            body=story.body_th,
            published_on=day,
            slug=story.slug,
            picture=pictures.get(story.picture),
            picture_alt=story.alt_th,
        )
        publish_news(
            title=story.title_en,
            summary=story.summary_en,
            body=story.body_en,
            published_on=day,
            language="en",
            slug=story.slug,
            translation_of=thai,
            picture=pictures.get(story.picture),
            picture_alt=story.alt_en,
        )

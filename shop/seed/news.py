"""Further news of the demo, over several months and provinces, with every kind of block; topics and what networks tell."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile

from catalogue.models import Lot, Product
from cms.models import Topic
from cms.services import keep_topics, publish_network_page, publish_news
from cms.services.editors import shared_collection
from media.models import MarketDocument, MarketImage, Picture
from media.services import image_of
from shop.common import clock
from shop.seed.makers import MAKERS
from shop.seed.releases import RELEASES
from shop.seed.telling import Item, Words
from vendors.certificates import in_force
from vendors.models import Certificate, Organisation, Province

TOPICS = (
    ("networks", "เครือข่ายและสหกรณ์", "Networks and cooperatives"),
    ("weaving", "ผ้าทอ", "Weaving"),
    ("food", "อาหาร", "Food"),
    ("crafts", "งานฝีมือ", "Crafts"),
    ("standards", "มาตรฐาน", "Standards"),
    ("packaging", "บรรจุภัณฑ์", "Packaging"),
    ("marketing", "การตลาด", "Marketing"),
    ("export", "ส่งออกและการค้าเสรี", "Export and free trade"),
)
PRESS = {
    "name": "กลุ่มประชาสัมพันธ์ กรมส่งเสริมสหกรณ์ (ตัวอย่าง)",
    "phone": "0 2000 0100",
    "fax": "0 2000 0101",
    "email": "press@example.test",
    "web": "https://www.cpd.go.th/",
}
PRESS_EN = {**PRESS, "name": "Public relations, Cooperative Promotion Department (example)"}
PLAN = "วันที่,เวลา,กิจกรรม\r\n28 มิถุนายน 2554,10.00,เปิดงาน\r\n2 กรกฎาคม 2554,10.00,วันสหกรณ์สากล\r\n4 กรกฎาคม 2554,18.00,ปิดงาน\r\n"


def topics() -> dict[str, Topic]:
    """The demo's topics."""
    return keep_topics(TOPICS)


def publish_items(pictures: dict[str, Any]) -> None:
    """Every story of this page in both languages, and what the network of the Northeast tells."""
    kept = topics()
    plan = MarketDocument.objects.create(
        title="กำหนดการงานวันสหกรณ์สากล พ.ศ. 2554",
        file=ContentFile(PLAN.encode("utf-8-sig"), name="coop-day-2554.csv"),
        file_size=len(PLAN.encode("utf-8-sig")),
    )
    for item in (*RELEASES, *MAKERS):
        thai = _publish(item, pictures, kept, plan, "th", None)
        _publish(item, pictures, kept, plan, "en", thai)
    _tell_network(pictures)


def image_named(pictures: dict[str, Picture], name: str, title: str = "", title_en: str = "") -> MarketImage | None:
    """A drawn picture as an editor's image; a name of a good stands for its first picture."""
    picture = pictures.get(name)
    if picture is None:
        product = Product.objects.filter(title_en=name).first()
        picture = Picture.objects.filter(name=product.picture_name).first() if product else None
    if picture is None:
        return None
    return image_of(
        picture,
        title=title or name,
        alt_th=title,
        alt_en=title_en,
        credit="ตลาดร่วม · Talat Ruam",
        collection=shared_collection(),
    )


def _publish(
    item: Item, pictures: dict[str, Any], kept: dict[str, Topic], plan: MarketDocument, language: str, thai: Any
) -> Any:
    place = 1 if language == "en" else 0
    day = item.day if isinstance(item.day, dt.date) else clock.today() - dt.timedelta(days=item.day)
    contact = (PRESS_EN if place else PRESS) if item.contact else None
    return publish_news(
        title=item.title[place],
        summary=item.summary[place],
        body=_body(item, pictures, plan, item.english if place else item.thai, place),
        published_on=day,
        language=language,
        slug=item.slug,
        translation_of=thai,
        image=image_named(pictures, item.picture, *item.alt),
        picture_alt=item.alt[place],
        province=Province.objects.filter(name_th=item.province).first(),
        topics=[kept[slug] for slug in item.topics],
        contact=contact,
    )


def _body(
    item: Item, pictures: dict[str, Any], plan: MarketDocument, words: Words, place: int
) -> list[tuple[str, Any]]:
    body = []
    for kind, given in words:
        value = _chosen(item, pictures, plan, kind, place) if given is None else given
        if kind == "video":
            value = {**given, "image": image_named(pictures, given["image"])}
        if value:
            body.append((kind, value))
    return body


def _chosen(item: Item, pictures: dict[str, Any], plan: MarketDocument, kind: str, place: int) -> Any:
    found = {row.title_en: row for row in Product.objects.filter(title_en__in=item.goods).select_related("group")}
    goods = [found[name] for name in item.goods if name in found]
    if kind == "goods":
        return goods
    if kind == "groups":
        return list(dict.fromkeys(product.group for product in goods))
    if kind == "certificates":
        return some_certificates([product.group_id for product in goods])
    if kind == "lots":
        return list(Lot.objects.filter(recalled_at=None, product__is_public=True).order_by("-pk")[:2])
    if kind == "gallery":
        shown = [(image_named(pictures, name, *alt), alt) for name, *alt in item.pictures]
        rows = [{"image": image, "alt_text": alt[place]} for image, alt in shown if image is not None]
        title = "A closer look" if place else "ดูใกล้ ๆ"
        return {"title": title, "pictures": rows} if len(rows) > 1 else None
    return [{"document": plan, "title": plan.title if not place else "Programme of the fair, 2011"}]


def some_certificates(holders: list[int] | None = None) -> list[Certificate]:
    """Two that are in force, of these groups or of any."""
    rows = Certificate.objects.filter(in_force(clock.today()), holder__state=Organisation.State.APPROVED)
    if holders is not None:
        rows = rows.filter(holder__in=holders)
    return list(rows.order_by("pk")[:2])


def _tell_network(pictures: dict[str, Any]) -> None:
    network = Organisation.objects.filter(kind=Organisation.Kind.REGIONAL, region_id="northeast").first()
    if network is None:
        return
    image = image_named(pictures, "scene-weave", "หญิงทอผ้าที่กี่", "A woman at her loom")
    page = publish_network_page(
        network=network,
        title="อีสานทอผ้า ปั้นดิน และทำนาไปพร้อมกัน",
        summary="เครือข่ายภาคตะวันออกเฉียงเหนือรวมของจาก 20 จังหวัด ส่งต่อผ่านจุดกระจายสินค้าของภาค",
        body=[
            (
                "text",
                "<p>หน้านาก็ทำนา หมดหน้านาก็ทอผ้า กลุ่มในภาคนี้จึงมีของออกตลอดปี เครือข่ายช่วยนัดวันส่งของให้ตรงกัน ของจากหลายจังหวัดจะได้ออกรถเที่ยวเดียว</p>",
            ),
            ("figures", [{"number": "20", "words": "จังหวัดในภาค"}, {"number": "2", "words": "วันรวมของต่อสัปดาห์"}]),
        ],
        image=image,
        picture_alt="หญิงทอผ้าที่กี่",
    )
    publish_network_page(
        network=network,
        title="Weaving, pottery and rice, all in one year",
        summary="The network of the Northeast brings together goods of 20 provinces and forwards them through its hub.",
        body=[
            (
                "text",
                "<p>In the rains people plant, afterwards they weave, so something leaves the region all year. The network agrees on days, and goods of many provinces share one lorry.</p>",
            ),
            (
                "figures",
                [
                    {"number": "20", "words": "provinces"},
                    {"number": "2", "words": "days a week on which goods are collected"},
                ],
            ),
        ],
        language="en",
        translation_of=page,
        image=image,
        picture_alt="A woman at her loom",
    )

"""Shop pages as groups make them: two that are finished, one with changes that wait, one that the department looks at."""

from __future__ import annotations

from typing import Any

from catalogue.cover import goods_of
from cms.models import GroupPage
from cms.selectors import goods_to_feature, pages_of
from cms.services import feature_good, hand_in_page, save_part, set_moderation
from cms.shop_page import PARTS, Values, digest, to_html
from media.models import Picture
from shop.seed.drawing.portraits import FACES, portrait_name
from shop.seed.market import Demo
from vendors.models import Organisation

_STORY = """เราเริ่มจากแม่บ้าน 7 คนที่อยากมีรายได้หลังหน้านา วันนี้มีสมาชิกหลายสิบครัวเรือน ทุกชิ้นยังทำด้วยมือที่ศาลาของหมู่บ้าน

# ของดีเริ่มจากวัตถุดิบ
เราเลือกวัตถุดิบในตำบลก่อนเสมอ ส่วนที่ต้องซื้อจากที่อื่นบอกไว้ในหน้าสินค้าทุกรายการ

- คัดทีละชิ้น
- ตรวจก่อนใส่กล่อง
- มีใบรับรองทุกอย่างที่ขาย"""
_STORY_EN = """We began as seven housewives who wanted an income after the rice harvest. Today many families belong to us, and every piece is still made by hand in the village hall.

# Good things begin with what they are made of
We take what grows in our own sub-district first. What we have to buy is named on each product's page.

- Chosen one by one
- Looked at before it goes into the box
- A certificate for everything that we sell"""
_MAKERS = (
    ("f", "ป้าแก้ว", "Aunt Kaeo", "หัวหน้ากลุ่ม ดูแลคุณภาพทุกชิ้น", "Leads the group and looks at every piece"),
    ("m", "ลุงคำ", "Uncle Kham", "หาและเตรียมวัตถุดิบ", "Finds and prepares what we need"),
    ("f", "น้องดาว", "Dao", "รับออร์เดอร์และแพ็กของ", "Takes the orders and packs"),
)
_VISIT = "เปิดให้เยี่ยมวันจันทร์ถึงเสาร์ 9.00–16.00 น. โทรบอกก่อนหนึ่งวัน จะมีคนพาดูการทำงาน\nจอดรถหน้าศาลาหมู่บ้านได้"
_VISIT_EN = "Monday to Saturday, 9.00 to 16.00. Call a day before and somebody shows you how we work.\nPark in front of the village hall."


def make_shop_pages(demo: Demo, users: dict[str, Any], group_a: Organisation, group_b: Organisation) -> None:
    """A has published and writes on; B is published; a third waits at the office of its province."""
    manager_a, manager_b = users["manager.a@example.test"], users["manager.b@example.test"]
    for group, by, scene in ((group_a, manager_a, "scene-sea"), (group_b, manager_b, "scene-harvest")):
        _fill(demo, group, by)
        _save(group, by, "banner", {"banner": _shot(demo.pictures[scene])})
        hand_in_page(group=group, seen=pages_of(group.pk).version, by=by)
    _save(group_a, manager_a, "video", {"video": "https://www.youtube.com/watch?v=dQw4w9WgXcQ"})
    _waiting(users["chief@example.test"], group_a)


def _waiting(chief: Any, group_a: Organisation) -> None:
    """The province of A wants to see pages first from now on; a neighbour of A has handed its page in."""
    office = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province=group_a.province)
    set_moderation(office=office, is_on=True, by=chief)
    pages = GroupPage.objects.filter(group__province=group_a.province, group__state=Organisation.State.APPROVED)
    page = pages.exclude(group=group_a).select_related("group").order_by("group_id").first()
    if page is not None:
        opening = {"opening": "ของเราทำสดทุกสัปดาห์ สั่งวันนี้ส่งวันพฤหัส", "story": to_html(_STORY)}
        _save(page.group, None, "story", opening)
        hand_in_page(group=page.group, seen=pages_of(page.group_id).version, by=None)


def _fill(demo: Demo, group: Organisation, by: Any) -> None:
    goods = list(goods_of(group).exclude(picture_name="")[:4])
    shots = {row.name: row for row in Picture.objects.filter(name__in=[product.picture_name for product in goods])}
    story = {
        "opening": "ทำด้วยมือทุกชิ้น ส่งตรงจากหมู่บ้านเรา",
        "opening_en": "Made by hand, sent straight from our village",
        "story": to_html(_STORY),
        "story_en": to_html(_STORY_EN),
    }
    _save(group, by, "story", story)
    _save(group, by, "faces", {"faces": _makers(demo)})
    gallery = [
        _item(shots[product.picture_name], line=product.title, line_en=product.title_en)
        for product in goods
        if product.picture_name in shots
    ]
    _save(group, by, "gallery", {"gallery": gallery})
    _save(
        group, by, "contact", {"visit": _VISIT, "visit_en": _VISIT_EN, "phone": "0810000000", "line_id": "@talatdemo"}
    )
    for product in goods_to_feature(group).order_by("pk")[:3]:
        feature_good(group=group, product_id=product.pk, act="add", by=by)


def _makers(demo: Demo) -> list[Values]:
    rows, faces = [], list(FACES)
    for sex, name, english, line, line_en in _MAKERS:
        face = next(face for face in faces if face.sex == sex and not face.muslim)
        faces.remove(face)
        picture = demo.pictures[portrait_name(face.key)]
        rows.append(_item(picture, name=name, name_en=english, line=line, line_en=line_en))
    return rows


def _shot(picture: Picture) -> Values:
    return {"name": picture.name, "width": picture.width, "height": picture.height, "blur": picture.blur}


def _item(picture: Picture, **words: str) -> Values:
    return {"picture": _shot(picture), "name": "", "line": "", "name_en": "", "line_en": "", **words}


def _save(group: Organisation, by: Any, part: str, changes: Values) -> None:
    assert set(changes) <= set(PARTS[part][1])
    save_part(group=group, part=part, changes=changes, seen=digest(pages_of(group.pk).draft, part), by=by)

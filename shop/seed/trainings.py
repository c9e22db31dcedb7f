"""Trainings of the demo: one that was, with certificates; one with places left; one that is full, with people waiting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile

from cms import services
from cms.models import Course, Registration, TrainingMaterial, TrainingPage
from cms.services import Comer, CourseFacts
from cms.services.editors import shared_collection
from media.models import MarketDocument
from media.services import image_of
from shop.common import clock
from shop.seed.market import Demo
from vendors.models import Organisation


@dataclass(frozen=True)
class Told:
    """The words of one training in both languages, and its picture."""

    name_th: str
    name_en: str
    venue_th: str
    venue_en: str
    summary_th: str
    summary_en: str
    programme_th: str
    programme_en: str
    picture: str
    alt_th: str
    alt_en: str


_LABELS = Told(
    "ทำฉลากอาหารให้ถูกกฎหมายในหนึ่งวัน",
    "Food labels that the law accepts, in one day",
    "ห้องประชุมสำนักงานสหกรณ์จังหวัด",
    "Meeting room of the provincial office",
    "อ่านฉลากของตัวเองใหม่ทีละบรรทัด กลับบ้านพร้อมฉลากที่ส่งขอ อย. ได้เลย",
    "Read your own label anew, line by line, and go home with one that can be handed in.",
    "<p><b>เช้า</b> ฉลากต้องมีอะไรบ้าง และข้อความที่ห้ามใช้</p><p><b>บ่าย</b> ลงมือทำฉลากของกลุ่มเอง มีเจ้าหน้าที่ดูให้ทีละโต๊ะ</p>",
    "<p><b>Morning</b> What a label must say, and what it must not</p><p><b>Afternoon</b> Your own label, with an officer at each table</p>",
    "scene-sea",
    "ชาวบ้านตากของทะเลริมคลอง",
    "People drying seafood beside a canal",
)
_PHOTOS = Told(
    "ถ่ายภาพสินค้าด้วยมือถือให้ขายได้",
    "Photos that sell, with the phone you have",
    "ศูนย์ประชุมสหกรณ์ กรุงเทพฯ",
    "Cooperative meeting hall, Bangkok",
    "แสงหน้าต่าง ผ้าหนึ่งผืน และมือถือเครื่องเดิม เอาสินค้ามาถ่ายจริง กลับบ้านพร้อมภาพขึ้นร้านอย่างน้อย 5 ภาพ",
    "Window light, one cloth and your own phone. Bring your goods and go home with five pictures for the shop.",
    "<p><b>9.00 น.</b> แสงและฉากหลังที่หาได้ในบ้าน</p><p><b>10.30 น.</b> ถ่ายจริงทีละกลุ่ม</p><p><b>13.00 น.</b> เลือกและแต่งภาพในมือถือ</p><p><b>15.00 น.</b> เอาขึ้นร้านในตลาดร่วม</p>",
    "<p><b>9.00</b> Light and backgrounds found at home</p><p><b>10.30</b> Shooting, group by group</p><p><b>13.00</b> Choosing and editing on the phone</p><p><b>15.00</b> Into the shop</p>",
    "scene-weave",
    "หญิงทอผ้ายิ้มอยู่ข้างกี่",
    "A weaver smiles beside her loom",
)
_PRICES = Told(
    "คิดต้นทุนและตั้งราคาไม่ให้ขาดทุน",
    "Costs and prices that do not lose money",
    "ห้องอบรมสหกรณ์การเกษตร",
    "Training room of the agricultural cooperative",
    "สองวัน คิดต้นทุนจริงของสินค้าตัวเองหนึ่งอย่าง รวมค่าแรงและค่าส่ง แล้วตั้งราคาที่อยู่ได้",
    "Two days: the real cost of one of your goods, work and delivery included, and a price that you can live on.",
    "<p><b>วันแรก</b> ต้นทุนที่มักลืม และบัญชีแผ่นเดียว</p><p><b>วันที่สอง</b> ตั้งราคา ส่วนแบ่ง และค่าส่ง</p>",
    "<p><b>Day one</b> The costs that are forgotten, and books on one page</p><p><b>Day two</b> Prices, shares and delivery</p>",
    "scene-hub",
    "คนช่วยกันขนกล่องที่จุดกระจายสินค้า",
    "People carrying boxes at a hub",
)
_MATERIAL = "รายการตรวจฉลากอาหาร 12 ข้อ\n\n1. ชื่ออาหาร\n2. เลขสารบบอาหาร\n3. ชื่อและที่ตั้งผู้ผลิต\n"


def make_trainings(demo: Demo, users: dict[str, Any], group_a: Organisation, group_b: Organisation) -> None:
    """Three trainings of three offices, with people of the demo's groups."""
    others = Organisation.objects.filter(kind=Organisation.Kind.GROUP, state=Organisation.State.APPROVED, is_demo=True)
    more = list(others.exclude(pk__in=[group_a.pk, group_b.pk]).order_by("pk")[:8])
    _past(demo, users, group_a, group_b, more)
    _coming(demo, users, group_a, more)
    _full(demo, users, group_a, group_b, more)


def _office(group: Organisation | None) -> Organisation:
    province = group.province if group is not None else None
    return Organisation.objects.get(kind=Organisation.Kind.OFFICE, province=province)


def _at(days: int, hour: int) -> dt.datetime:
    return clock.start_of_day(clock.today() + dt.timedelta(days=days)) + dt.timedelta(hours=hour)


def _made(demo: Demo, told: Told, office: Organisation, by: Any, **facts: Any) -> Course:
    given = CourseFacts(
        name_th=told.name_th, name_en=told.name_en, venue_th=told.venue_th, venue_en=told.venue_en, **facts
    )
    course = services.make_course(office=office, facts=given, by=by)
    picture = demo.pictures.get(told.picture)
    image = (
        image_of(picture, title=told.alt_th, alt_th=told.alt_th, alt_en=told.alt_en, collection=shared_collection())
        if picture
        else None
    )
    services.publish_course(
        course=course,
        summary_th=told.summary_th,
        summary_en=told.summary_en,
        programme_th=told.programme_th,
        programme_en=told.programme_en,
        image=image,
        alt_th=told.alt_th,
        alt_en=told.alt_en,
        by=by,
    )
    return course


def _register(course: Course, group: Organisation, by: Any, *names: str) -> list[Registration]:
    people = [Comer(name, f"08{number}5550{group.pk % 1000:03d}0"[:10]) for number, name in enumerate(names, start=1)]
    return services.register_people(course=course, group=group, people=people, by=by)


def _past(demo: Demo, users: dict[str, Any], group_a: Organisation, group_b: Organisation, more: list[Any]) -> None:
    officer, admin = users["officer.x@example.test"], users["admin@example.test"]
    facts = {"starts_at": _at(-12, 9), "ends_at": _at(-12, 16), "seats": 20}
    facts |= {"register_from": _at(-40, 0), "register_until": _at(-13, 0), "province": group_a.province}
    with clock.moved_to(_at(-39, 9)):
        course = _made(demo, _LABELS, _office(group_a), officer, **facts)
    with clock.moved_to(_at(-30, 10)):
        rows = _register(course, group_a, users["manager.a@example.test"], "วรรณา ใจดี", "สมศรี ทองสุข", "มาลี คลองโคน")
        rows += _register(course, group_b, users["manager.b@example.test"], "สมจิตร แก้วมณี")
    with clock.moved_to(_at(-12, 8)):
        for row in (rows[0], rows[1], rows[3]):
            services.check_in(course=course, code=row.code, by=officer)
        services.walk_in(course=course, name="ประนอม เรือนไทย", phone="", group=more[0], by=officer)
    with clock.moved_to(_at(-11, 9)):
        services.finish_course(course=course, by=officer)
    document = MarketDocument(title="รายการตรวจฉลากอาหาร", uploaded_by_user=admin)
    document.file.save("label-checklist.txt", ContentFile(_MATERIAL.encode()))
    for page in TrainingPage.objects.filter(course=course):
        title = "รายการตรวจฉลากอาหาร 12 ข้อ" if page.locale.language_code == "th" else "Check-list for labels (Thai)"
        page.materials = [TrainingMaterial(document=document, title=title)]  # type: ignore[misc]
        page.save_revision().publish()


def _coming(demo: Demo, users: dict[str, Any], group_a: Organisation, more: list[Any]) -> None:
    chief, admin = users["chief@example.test"], users["admin@example.test"]
    bangkok = Organisation.objects.get(kind=Organisation.Kind.PROVINCIAL, province_id="TH-10").province
    facts = {"starts_at": _at(16, 9), "ends_at": _at(16, 16), "seats": 40}
    facts |= {"register_from": _at(-5, 0), "register_until": _at(15, 0), "province": bangkok}
    course = _made(demo, _PHOTOS, _office(None), chief, **facts)
    _register(course, group_a, users["manager.a@example.test"], "วรรณา ใจดี", "สมศรี ทองสุข")
    for group in more[:3]:
        _as_member(course, group, admin, f"{group.contact_name}")


def _full(demo: Demo, users: dict[str, Any], group_a: Organisation, group_b: Organisation, more: list[Any]) -> None:
    officer, admin = users["officer.y@example.test"], users["admin@example.test"]
    facts = {"starts_at": _at(5, 9), "ends_at": _at(6, 15), "seats": 4}
    facts |= {"register_from": _at(-10, 0), "register_until": _at(4, 0), "province": group_b.province}
    course = _made(demo, _PRICES, _office(group_b), officer, **facts)
    _register(course, group_b, users["manager.b@example.test"], "สมจิตร แก้วมณี", "บุญทา คำมา")
    for group in more[3:5]:
        _as_member(course, group, admin, f"{group.contact_name}")
    _register(course, group_a, users["manager.a@example.test"], "มาลี คลองโคน")
    _as_member(course, more[5], admin, f"{more[5].contact_name}")


def _as_member(course: Course, group: Organisation, admin: Any, name: str) -> None:
    """For a group without an account: its cooperative would do it; here the seed's person serves it for a moment."""
    from vendors.models import Membership
    from vendors.services import add_member

    add_member(organisation=group, user=admin, role=Membership.Role.EDITOR)
    try:
        _register(course, group, admin, name)
    finally:
        Membership.objects.filter(organisation=group, user=admin).delete()

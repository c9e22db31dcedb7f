"""One object for every edge: states of groups, goods that are not for sale, and why."""

from __future__ import annotations

from typing import Any

from catalogue.models import Category, Product
from catalogue.services import add_picture, create_product, link_certificate, publish_product, withdraw_product
from shop.partner.services import set_offer
from shop.seed.market import Demo, certify
from shop.seed.state import LAST
from vendors.models import Organisation, Place
from vendors.services import (
    approve_group,
    close_group,
    create_organisation,
    open_place,
    send_back_group,
    suspend_group,
)

Kind = Organisation.Kind


def make_edges(demo: Demo, officer: Any) -> None:
    """Everything that a tester looks for and a normal market has little of."""
    group = (
        demo.groups[("เชียงใหม่", "basket")]
        if ("เชียงใหม่", "basket") in demo.groups
        else demo.groups[("อ่างทอง", "basket")]
    )
    _goods(demo, group)
    _groups(demo, group.get_parent(), officer)


def basket(
    demo: Demo, group: Organisation, title: str, english: str, stock: int = 5, picture: str = "rattan-basket"
) -> Product:
    """A product that shows one state; not yet public."""
    product = create_product(
        group=group,
        category=Category.objects.get(slug="basketry"),
        title_th=title,
        title_en=english,
        description_th="ชิ้นนี้มีไว้แสดงสถานะพิเศษในตลาดตัวอย่าง",
        description_en="This piece shows a special state of the demo market.",
        unit_th="ใบ",
        unit_en="piece",
        weight_g=400,
        province=group.province,
    )
    add_picture(product=product, picture=demo.pictures[picture], alt_th=title, alt_en=english)
    place = demo.workshops.get(group.pk) or Place.objects.filter(organisation=group).first()
    assert place is not None
    set_offer(product=product, place=place, price_satang=12_500, in_stock=stock)
    return product


def _goods(demo: Demo, group: Organisation) -> None:
    cases: tuple[tuple[str, str, int, dict[str, int]], ...] = (
        ("ตะกร้าหวายใบเล็ก (ตัวอย่าง: ขายหมด)", "Small rattan basket (example: sold out)", 0, {}),
        ("ตะกร้าไม้ไผ่ (ตัวอย่าง: ใบรับรองหมดอายุ)", "Bamboo basket (example: certificate expired)", 5, {"days_left": -3}),
        ("ตะกร้ากก (ตัวอย่าง: ใบรับรองใกล้หมดอายุ)", "Sedge basket (example: certificate ends soon)", 5, {"days_left": 5}),
        ("ตะกร้าคล้า (ตัวอย่าง: ยังไม่เริ่มมีผล)", "Arrowroot basket (example: not yet in force)", 5, {"issued_days_ago": -20}),
    )
    for title, english, stock, dates in cases:
        product = basket(demo, group, title, english, stock)
        link_certificate(product=product, certificate=certify(demo, group, "TCPS", **dates))
        publish_product(product=product)
    unpublished = basket(demo, group, "ตะกร้าเชือกกล้วย (ตัวอย่าง: ยังไม่เผยแพร่)", "Banana-rope basket (example: unpublished)")
    link_certificate(product=unpublished, certificate=certify(demo, group, "TCPS"))
    withdraw_product(product=unpublished)
    reviewed = basket(demo, group, "มีดจักตอก (ตัวอย่าง: รอเจ้าหน้าที่ดู)", "Splitting knife (example: waiting for review)")
    link_certificate(product=reviewed, certificate=certify(demo, group, "TCPS"))
    publish_product(product=reviewed)


def _groups(demo: Demo, cooperative: Organisation, officer: Any) -> None:
    def new(name: str, english: str, slug: str, state: str = Organisation.State.APPLIED) -> Organisation:
        return create_organisation(
            kind=Kind.GROUP,
            parent=Organisation.objects.get(pk=cooperative.pk),
            name_th=name,
            name_en=english,
            slug=slug,
            state=state,
            is_demo=True,
        )

    new("กลุ่มจักสานตัวอย่าง (ยื่นสมัครแล้ว)", "Example group (applied)", "demo-applied-group")
    new("กลุ่มจักสานตัวอย่าง (กำลังพิจารณา)", "Example group (in review)", "demo-review-group", Organisation.State.IN_REVIEW)
    sent_back = new("กลุ่มจักสานตัวอย่าง (ส่งกลับแก้ไข)", "Example group (sent back)", "demo-sent-back-group")
    send_back_group(group=sent_back, by=officer, reason="ยังไม่มีที่อยู่ของกลุ่ม")
    suspended = approve_group(
        group=new("กลุ่มจักสานตัวอย่าง (ถูกระงับ)", "Example group (suspended)", "demo-suspended-group"), by=officer
    )
    open_place(organisation=suspended, kind=Place.Kind.WORKSHOP, name_th="ที่ทำการกลุ่มตัวอย่าง")
    product = basket(demo, suspended, "กระบุง (ตัวอย่าง: กลุ่มถูกระงับ)", "Basket (example: group suspended)")
    link_certificate(product=product, certificate=certify(demo, suspended, "TCPS"))
    publish_product(product=product)
    suspend_group(group=suspended, by=officer, reason="ตรวจพบฉลากไม่ตรงกับใบรับรอง (ตัวอย่าง)")
    closed = approve_group(group=new("กลุ่มจักสานตัวอย่าง (ปิดแล้ว)", "Example group (closed)", LAST), by=officer)
    close_group(group=closed, by=officer, reason="เลิกกิจการ (ตัวอย่าง)")

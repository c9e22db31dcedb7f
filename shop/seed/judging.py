"""What officers look at: words that made a product wait, exemptions asked for, granted and refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

from catalogue.models import Category, Product
from catalogue.services import (
    SECTIONS,
    add_picture,
    add_variant,
    approve_product,
    create_product,
    edit_product,
    grant_exemption,
    link_certificate,
    publish_product,
    refresh_sale,
    refuse_exemption,
    request_exemption,
    stamp,
    values_of,
)
from shop.common import clock
from shop.partner.services import set_offer
from shop.seed.drawing.book import key_of
from shop.seed.goods import SIZES
from shop.seed.market import Demo, certify
from vendors.models import Organisation

_CASES = (
    ("น้ำตาลมะพร้าวสด (ตัวอย่าง: ขอยกเว้น)", "Fresh coconut sap sugar (example: exemption asked for)", "honey-sugar", "Amphawa coconut sugar", "ask"),
    ("ข้าวเกรียบว่าวดิบ (ตัวอย่าง: ได้รับยกเว้น)", "Raw rice crackers (example: exempt)", "snacks-sweets", "Mon caramel sweet", "grant"),
    ("พริกแกงคั่ว (ตัวอย่าง: ไม่ให้ยกเว้น)", "Khua curry paste (example: exemption refused)", "chilli-paste", "Roasted chilli paste with shrimp", "refuse"),
    ("กะปิแบ่งบรรจุ (ตัวอย่าง: ยังไม่มีเลข อย.)", "Repacked shrimp paste (example: no food number yet)", "chilli-paste", "Khlong Khon shrimp paste", ""),
    ("ที่วางขวดไวน์ก้านมะพร้าว (ตัวอย่าง: รอเจ้าหน้าที่ดู)", "Coconut-stem wine rack (example: waiting)", "basketry", "Rattan basket", ""),
    ("มีดปอกมะพร้าว (ตัวอย่าง: เจ้าหน้าที่อนุมัติแล้ว)", "Coconut knife (example: approved)", "wood-metal", "Aranyik knife", "approve"),
)  # fmt: skip


def make_judgements(demo: Demo, group: Organisation, users: dict[str, Any]) -> None:
    """Six goods of one group, each at another step, decided by the officer of its province."""
    officer, manager = users["officer.x@example.test"], users["manager.a@example.test"]
    certificate = certify(demo, group, "TCPS", days_left=400)
    for thai, english, slug, picture, act in _CASES:
        product = _product(demo, group, (thai, english, slug, picture))
        link_certificate(product=product, certificate=certificate)
        publish_product(product=product)
        if act == "approve":
            approve_product(product=product, by=officer, reason="มีดครัวทั่วไป ส่งได้ตามเงื่อนไขขนส่ง")
            _change(Product.objects.get(pk=product.pk), manager)
        elif act:
            _question(product, act, manager, officer)
    draft = ("กระเช้าก้านมะพร้าว (ตัวอย่าง: ร่าง)", "Coconut-stem basket (example: draft)", *_DRAFT)
    refresh_sale([_product(demo, group, draft).pk])
    sized = _product(demo, group, _SIZED, sizes=SIZES["basketry"])
    link_certificate(product=sized, certificate=certificate)
    publish_product(product=sized)


_DRAFT = ("basketry", "Rattan basket")
_SIZED = ("กระจาดก้านมะพร้าว (ตัวอย่าง: มีสองขนาด)", "Coconut-stem tray (example: two sizes)", *_DRAFT)


def _change(product: Product, manager: Any) -> None:
    """The group wants other words for what is on sale; the officer has not answered yet."""
    now = values_of(product, SECTIONS["texts"])
    longer = f"{now['description']} ใบมีดตีจากแหนบรถ ด้ามไม้ประดู่"
    edit_product(product=product, section="texts", values={**now, "description": longer}, seen=stamp(now), by=manager)


def _question(product: Product, act: str, manager: Any, officer: Any) -> None:
    asked = request_exemption(product=product, reason="ทำสดวันต่อวัน ไม่ได้บรรจุสำเร็จ ขายตามน้ำหนัก", by=manager)
    if act == "grant":
        until = clock.today() + dt.timedelta(days=180)
        grant_exemption(exemption=asked, reason="ตรวจสถานที่แล้ว เป็นของดิบยังไม่แปรรูปพร้อมกิน", by=officer, last_day=until)
    elif act == "refuse":
        refuse_exemption(exemption=asked, reason="พริกแกงบรรจุถุงพร้อมขาย ต้องมีเลขสารบบอาหาร", by=officer)


def _product(
    demo: Demo, group: Organisation, words: tuple[str, str, str, str], sizes: tuple[tuple[str, str], ...] = ()
) -> Product:
    thai, english, slug, picture = words
    category = Category.objects.get(slug=slug)
    product = create_product(
        group=group,
        category=category,
        title_th=thai,
        title_en=english,
        description_th="ชิ้นนี้มีไว้แสดงขั้นตอนพิจารณาของเจ้าหน้าที่ในตลาดตัวอย่าง",
        description_en="This piece shows how officers decide in the demo market.",
        unit_th="ชิ้น",
        unit_en="piece",
        weight_g=500,
        is_prepacked_processed=bool(category.gating_any_of),
    )
    add_picture(product=product, picture=demo.pictures[key_of(picture)], alt_th=thai, alt_en=english)
    place = demo.workshops[group.pk]
    if not sizes:
        set_offer(product=product, place=place, price_satang=8_500, in_stock=12)
    for step, (name, name_en) in enumerate(sizes):
        variant = add_variant(parent=product, variant_th=name, variant_en=name_en, weight_g=500 + 200 * step)
        set_offer(product=variant, place=place, price_satang=8_500 + 3_000 * step, in_stock=12 - 9 * step)
    return product

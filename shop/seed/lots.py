"""Lots of the demo: one made of another group's lot, one whose materials come from three provinces, one recalled."""

from __future__ import annotations

import datetime as dt
from typing import Any

from catalogue.models import Lot, Product
from catalogue.services import Material, enter_lot, recall_lot
from shop.common import clock
from vendors.models import Province


def make_lots(users: dict[str, Any]) -> None:
    """Four lots; the officer of the province calls the oldest back."""
    own, bought, market = "own", "bought", "market"
    coconut = Material("น้ำตาลจากช่อดอกมะพร้าว", own, name_en="Coconut flower sap")
    lime = Material("ไม้พะยอม", bought, _province("ราชบุรี"), name_en="Phayom wood")
    sugar = _lot("น้ำตาลมะพร้าวอัมพวา", 9, 120, [coconut, lime])
    rice = Material("ข้าวเหนียว", bought, _province("เชียงราย"), name_en="Sticky rice")
    milk = Material("กะทิสด", own, name_en="Fresh coconut milk")
    _lot("กะละแมรามัญ", 4, 60, [rice, milk, Material("น้ำตาลมะพร้าว", market, None, sugar.code, "Coconut sugar")])
    chilli = Material("พริกแห้ง", bought, _province("ชัยภูมิ"), name_en="Dried chilli")
    shrimp = Material("กุ้งสด", own, name_en="Fresh shrimp")
    palm = Material("น้ำตาลมะพร้าว", market, None, sugar.code, "Coconut sugar")
    _lot("น้ำพริกเผากุ้งสด", 3, 180, [chilli, shrimp, palm])
    old = _lot(
        "กะปิคลองโคน", 30, 365, [Material("เคย", own, name_en="Krill"), Material("เกลือทะเล", bought, name_en="Sea salt")]
    )
    recall_lot(
        lot=old,
        reason="พบฝาปิดไม่สนิทในล็อตนี้ (ตัวอย่าง) กรุณาอย่ารับประทาน และติดต่อกลุ่มเพื่อคืนเงิน",
        by=users["officer.x@example.test"],
    )


def _lot(title: str, days_ago: int, keeps: int, materials: list[Material]) -> Lot:
    product = Product.objects.get(title=title)
    made_on = clock.today() - dt.timedelta(days=days_ago)
    best_before = made_on + dt.timedelta(days=keeps)
    return enter_lot(
        product=product, made_on=made_on, best_before=best_before, quantity=120, materials=materials, is_demo=True
    )


def _province(name: str) -> Province:
    return Province.objects.get(name_th=name)

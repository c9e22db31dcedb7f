"""Discounts on documents: what the seller gives makes the tax less, what the fund pays does not; both go back exactly."""

from __future__ import annotations

from typing import Any

import pytest

from shop.documents import services
from shop.documents.models import Document, Kind
from shop.documents.papers import shown
from shop.order.models import Order
from shop.payment import services as payments
from tests.market import Market, make_user, signed_in
from tests.papers_of_tax import give_back, register, sale_of
from tests.payments import place
from tests.vouchers import fund_voucher, group_voucher

pytestmark = pytest.mark.django_db


def sold(market: Market, voucher: str, **quantities: int) -> Order:
    register(market, market.groups["isan"].get_parent())
    order = place(market, "transfer", voucher=voucher, **quantities)
    services.issue_sale(attempt=payments.confirm(attempt=order.payment_attempts.get()))
    return order


def notes(order: Order) -> list[Document]:
    return list(Document.objects.filter(order=order, kind=Kind.CREDIT_NOTE).order_by("pk"))


def give_each_back(order: Order) -> None:
    line, part = order.lines.get(), order.vendor_orders.get()
    for number in range(3):
        give_back(order, {line.pk: 1}, {part.pk: part.delivery_satang} if number == 2 else {})


def test_what_the_fund_pays_is_part_of_the_price(market: Market) -> None:
    fund_voucher()
    order = sold(market, "FUND10", hat=3)
    sale = sale_of(order)
    assert sale.borne_satang == order.discount_satang > 0
    assert sale.total_satang == int(order.total_incl_tax * 100) + order.discount_satang
    assert shown(sale)["borne"].startswith("กองทุนการตลาดร่วม จ่ายแทนผู้ซื้อ")
    give_each_back(order)
    made = notes(order)
    assert sum(note.total_satang for note in made) == sale.total_satang
    assert sum(note.vat_satang for note in made) == sale.vat_satang
    assert sum(note.borne_satang for note in made) == sale.borne_satang


def test_what_the_seller_gives_makes_price_and_tax_less(market: Market) -> None:
    group_voucher(market)
    order = sold(market, "OWN10", hat=3)
    sale = sale_of(order)
    assert (sale.total_satang, sale.borne_satang) == (int(order.total_incl_tax * 100), 0)
    first: Any = shown(sale)["lines"][0]
    assert first["discount"] == f"−{order.discount_satang / 100:,.2f}"
    give_each_back(order)
    made = notes(order)
    assert sum(note.total_satang for note in made) == sale.total_satang
    assert sum(note.vat_satang for note in made) == sale.vat_satang


def test_a_credit_note_names_the_part_of_the_discount(market: Market) -> None:
    group_voucher(market, amount_satang=1_250)
    order = sold(market, "OWN10", hat=3)
    give_each_back(order)
    reader = signed_in(make_user("keeper", is_superuser=True, is_staff=True))
    gave = ((416, "−4.16"), (417, "−4.17"), (417, "−4.17"))
    for note, (satang, words) in zip(notes(order), gave, strict=True):
        line = note.snapshot["lines"][0]
        assert line["unit_satang"] * line["quantity"] - line["discount_satang"] == line["total_satang"]
        assert line["discount_satang"] == satang
        told = reader.get(f"/office/documents/{note.code}/").content.decode()
        assert f"ส่วนลด {words}" in told


def test_a_credit_note_of_a_fund_voucher_names_no_discount_of_the_seller(market: Market) -> None:
    fund_voucher()
    order = sold(market, "FUND10", hat=1)
    give_back(order, {order.lines.get().pk: 1}, {})
    (note,) = notes(order)
    line = note.snapshot["lines"][0]
    assert (line["discount_satang"], line["borne_satang"]) == (0, order.discount_satang)
    assert line["total_satang"] == line["unit_satang"]

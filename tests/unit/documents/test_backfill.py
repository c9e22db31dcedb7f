"""Documents of what was sold before there were documents: dated the day they are issued, naming the day of the sale."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command

from shop.common.models import OutboxMessage
from shop.documents import audit, errors, selectors, services
from shop.documents.models import Document, Kind
from shop.documents.papers import shown
from shop.order.models import Order
from shop.payment import services as payments
from shop.payment.models import PaymentAttempt
from tests.market import Market
from tests.papers_of_tax import at, register, sale_of
from tests.payments import place

pytestmark = pytest.mark.django_db


def paid_long_ago(market: Market, **quantities: int) -> PaymentAttempt:
    """Paid in May 2026 (2569), with no news of it."""
    order = place(market, "transfer", **quantities)
    with at(2026, 5, 31, 23, 30):
        attempt = payments.confirm(attempt=order.payment_attempts.get())
    OutboxMessage.objects.all().delete()
    return attempt


def give_back(order: Order, pieces: int) -> None:
    refund = payments.ask_refund(order=order, pieces={order.lines.get().pk: pieces}, why="returned", by=None)
    payments.settle_by_hand(refund=refund, route="transfer", reference="KTB 1", by=None)


def run(*options: str) -> list[str]:
    out = StringIO()
    call_command("documents", "backfill", *options, stdout=out)
    return out.getvalue().splitlines()


def test_a_receipt_is_dated_the_day_it_is_issued_and_names_the_day_of_the_sale(market: Market) -> None:
    order = paid_long_ago(market, hat=2).order
    with at(2026, 6, 20):
        give_back(order, 1)
    with at(2026, 8, 1):
        assert run("--dry-run") == [f"{order.number}: no document", "0 documents issued, 1 purchases left"]
        assert not Document.objects.exists()
        told = run()
        assert run() == ["0 documents issued, 0 purchases left"], "again is nothing"
        assert audit.found() == []
    sale, note = sale_of(order), Document.objects.get(kind=Kind.REFUND_NOTE)
    assert told == [
        f"{order.number}: RE00000-2569-000001",
        f"{order.number}: RF00000-2569-000001",
        "2 documents issued, 0 purchases left",
    ]
    assert (sale.dated, note.dated) == (dt.date(2026, 8, 1), dt.date(2026, 8, 1))
    assert (sale.total_satang, note.total_satang, note.about) == (55_000, 25_000, sale)
    assert "ออกย้อนหลังสำหรับการขายที่ชำระเงินเมื่อวันที่ 31 พฤษภาคม 2569" in shown(sale)["notes"]
    assert not any("ย้อนหลัง" in words for words in shown(note)["notes"])


def test_what_can_still_be_reported_keeps_the_day_of_the_sale(market: Market) -> None:
    order = paid_long_ago(market).order
    with at(2026, 6, 7, 23, 59):
        run()
    assert sale_of(order).dated == dt.date(2026, 5, 31)
    assert shown(sale_of(order))["notes"] == ["ผู้ขายไม่ได้จดทะเบียนภาษีมูลค่าเพิ่ม เอกสารนี้ไม่ใช่ใบกำกับภาษี"]


def test_tax_invoices_are_left_to_their_sellers_until_they_say_that_they_wrote_none(market: Market) -> None:
    register(market, market.groups["isan"].get_parent())
    attempt = paid_long_ago(market, hat=1, bag=1)
    with at(2026, 8, 1):
        assert run()[-1] == "0 documents issued, 1 purchases left"
        with pytest.raises(errors.OfTax):
            services.backfill_purchase(attempt=attempt)
        assert not Document.objects.exists(), "all of a purchase or nothing"
        assert run("--tax-invoices")[-1] == "2 documents issued, 0 purchases left"
    invoice = Document.objects.get(kind=Kind.ABBREVIATED)
    assert (invoice.dated, invoice.vat_basis_points) == (dt.date(2026, 8, 1), 700)
    report = selectors.tax_report(market.groups["isan"].get_parent(), 2026, 8)
    assert [row.document for row in report.rows] == [invoice], "no month that was reported changes"


def test_the_standing_is_that_of_the_day_of_the_sale(market: Market) -> None:
    register(market, market.groups["isan"].get_parent(), dt.date(2026, 7, 1))
    order = paid_long_ago(market).order
    with at(2026, 8, 1):
        run()
    assert sale_of(order).kind == Kind.RECEIPT


def test_what_never_became_a_purchase_has_none(market: Market) -> None:
    paid_long_ago(market)
    Order.objects.update(cancelled_at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
    assert run() == ["0 documents issued, 0 purchases left"]

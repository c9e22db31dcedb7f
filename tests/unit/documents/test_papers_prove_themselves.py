"""`manage.py check_invariants` of documents: silent while all is right, and each thing that is wrong is named with its ids."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection, transaction

from shop.common.models import OutboxMessage
from shop.common.outbox import MAX_TRIES
from shop.documents import audit, services
from shop.documents.checks import GUARDS, guards_are_awake, sleeping_guards
from shop.documents.models import Document, Kind
from shop.order.models import Order
from shop.payment import services as payments
from shop.payment.models import PaymentAttempt, Refund
from shop.seed.invariants import SUBJECTS, number_of_checks
from tests.market import Market
from tests.papers_of_tax import commit_checks, details, give_back, paid, register, sale_of
from tests.payments import place
from tests.vouchers import fund_voucher

pytestmark = pytest.mark.django_db


def registered(market: Market, **quantities: int) -> Order:
    register(market, market.groups["isan"].get_parent())
    return paid(market, **quantities)


def tamper(sql: str, *values: object) -> None:
    """Writes past every guard, as somebody with the keys of the database could."""
    commit_checks()
    with transaction.atomic(), connection.cursor() as cursor:
        for table in ("documents_document", "documents_series"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        commit_checks()
        for table in ("documents_document", "documents_series"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def told(check: str) -> list[str]:
    return [what for name, what in audit.found() if name == check]


def test_nothing_is_wrong_with_all_that_can_happen_to_a_document(market: Market) -> None:
    order = registered(market, hat=3)
    services.set_tax_details(order=order, details=details())
    give_back(order, {order.lines.get().pk: 1})
    paid(market, kratip=1, bag=1)
    fund_voucher()
    with_voucher = place(market, "transfer", voucher="FUND10", hat=2, email="b@example.test", phone="0877777777")
    services.issue_sale(attempt=payments.confirm(attempt=with_voucher.payment_attempts.get()))
    give_back(with_voucher, {with_voucher.lines.get().pk: 1})
    assert Document.objects.count() == 8
    assert audit.found() == []


def test_the_command_asks_about_documents(market: Market) -> None:
    order = paid(market)
    out = StringIO()
    call_command("check_invariants", stdout=out)
    assert out.getvalue().strip() == f"{number_of_checks()} checks, 0 violations"
    assert "documents" in SUBJECTS
    tamper("UPDATE documents_document SET untaxed_satang = untaxed_satang + 1, total_satang = total_satang + 1")
    wrong = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_invariants", stdout=StringIO(), stderr=wrong)
    reference = sale_of(order).reference
    assert f"documents: the lines of a document make its sums: {reference} 30001 30000" in wrong.getvalue()
    assert (
        f"documents: the documents of a purchase are what was charged for it: {order.number} 30001" in wrong.getvalue()
    )


def test_a_number_that_is_missing_is_told_with_its_series(market: Market) -> None:
    paid(market)
    sale = sale_of(paid(market))
    tamper("DELETE FROM documents_document WHERE id = %s", sale.pk)
    assert told("the numbers of a series run from one without a gap") == [f"{sale.series_id} 2 1 1 1"]


@pytest.mark.parametrize(
    "change",
    [
        "seller_id = seller_id + 1",
        "is_test = true",
        "dated = dated - 400",
        "number = number + 1",
        "reference = 'TX00001-2569-000001'",
    ],
)
def test_a_document_of_another_series_is_told(market: Market, change: str) -> None:
    sale = sale_of(paid(market))
    if change.startswith("seller"):
        change = f"seller_id = {market.groups['north'].get_parent().pk}"
    tamper(f"UPDATE documents_document SET {change} WHERE id = %s", sale.pk)
    (row,) = told("a document is of the seller, kind and year of its series, and has its number")
    assert f" {sale.series_id} " in row


def test_a_document_that_was_dated_ahead_is_told(market: Market) -> None:
    sale = sale_of(paid(market))
    tamper("UPDATE documents_document SET issued_at = issued_at - interval '2 days' WHERE id = %s", sale.pk)
    (row,) = told("no document is dated after the day it was made")
    assert row.startswith(f"{sale.reference} ")


def test_tax_of_another_rate_is_told(market: Market) -> None:
    sale = sale_of(registered(market))
    tamper("UPDATE documents_document SET taxable_satang = taxable_satang + 5, vat_satang = vat_satang - 5")
    assert told("the tax of a sale is its rate, of what bears tax") == [f"{sale.reference} 700 28042 1958"]
    assert len(told("the lines of a document make its sums")) == 1


def test_a_line_that_lost_its_tax_is_told(market: Market) -> None:
    order = registered(market)
    line = order.lines.get()
    line.vat_class = "exempt_raw_agri"
    line.save()
    row = f"{sale_of(order).reference} {line.pk} exempt_raw_agri"
    assert told("what is exempt on a document was sold as exempt") == [row]


def test_a_paid_purchase_without_a_document_is_told(market: Market) -> None:
    check = "every paid purchase has its document"
    order = place(market, "transfer")
    attempt = payments.confirm(attempt=order.payment_attempts.get())
    assert told(check) == [], "its news is on its way"
    OutboxMessage.objects.filter(topic="payment.succeeded").update(tries=MAX_TRIES)
    assert told(check) == [f"{order.number} {attempt.idempotency_key} {attempt.received_at}"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET applied = now() + interval '1 day' WHERE app = 'documents'")
    assert told(check) == [], "paid before there were documents"


def test_a_second_document_of_a_sale_is_told(market: Market) -> None:
    order = paid(market)
    first = sale_of(order)
    services.set_tax_details(order=order, details=details())
    second = sale_of(order)
    tamper("UPDATE documents_document SET about_id = %s WHERE kind = 'cancellation'", second.pk)
    tamper("UPDATE documents_document SET about_id = NULL WHERE id = %s", first.pk)
    assert told("what takes the place of a document is about one that is void") == [
        f"{second.reference} {first.reference}"
    ]
    tamper("DELETE FROM documents_document WHERE kind = 'cancellation'")
    row = f"{order.number} {first.seller_id} 2 {first.reference} {second.reference}"
    assert told("a seller has one document in force of a purchase") == [row]


def test_a_refund_without_its_note_is_told(market: Market) -> None:
    check = "what was given back is credited to the satang"
    order = registered(market, hat=2)
    refund = payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)
    refund = payments.settle_by_hand(refund=refund, route="transfer", reference="KTB 1", by=None)
    assert told(check) == [], "its news is on its way"
    OutboxMessage.objects.filter(topic="refund.moved").update(tries=MAX_TRIES)
    assert told(check) == [f"{order.number} {refund.idempotency_key} 25000 0 0 0"]
    services.issue_credit(refund=refund)
    assert told(check) == []


def test_a_note_of_money_that_came_back_to_us_is_told(market: Market) -> None:
    refund = give_back(order := registered(market, hat=2), {order.lines.get().pk: 1})
    OutboxMessage.objects.all().delete()
    Refund.objects.filter(pk=refund.pk).update(state="failed")
    note = Document.objects.get(refund=refund)
    (row,) = told("money that did not go back is not credited")
    assert row == f"{note.reference} {refund.idempotency_key} failed"


def test_more_credit_than_was_sold_is_told(market: Market) -> None:
    order = registered(market, hat=2)
    refund = give_back(order, {order.lines.get().pk: 2})
    sale, note = sale_of(order), Document.objects.get(refund=refund)
    tamper(
        "UPDATE documents_document SET snapshot = jsonb_set(snapshot, '{lines,0,total_satang}', '50001') WHERE id = %s",
        note.pk,
    )
    line, part = order.lines.get().pk, order.vendor_orders.get().pk
    (row,) = told("no more is credited than was sold")
    assert row.startswith(f"{sale.reference} {line} {part} 50000 50001 ")


def test_a_note_about_what_is_void_is_told(market: Market) -> None:
    order = registered(market, hat=2)
    first = sale_of(order)
    services.set_tax_details(order=order, details=details())
    note = Document.objects.get(refund=give_back(order, {order.lines.get().pk: 1}))
    tamper("UPDATE documents_document SET about_id = %s WHERE id = %s", first.pk, note.pk)
    row = f"{note.reference} {first.reference}"
    assert told("a note is about a document of its own seller and purchase that is in force") == [row]
    assert [found.split(" {")[0] for found in told("a document says of another what that one says")] == [row]


def test_a_document_changed_behind_its_note_is_told(market: Market) -> None:
    order = registered(market, hat=2)
    note = Document.objects.get(refund=give_back(order, {order.lines.get().pk: 1}))
    sale = sale_of(order)
    tamper("UPDATE documents_document SET dated = dated - 1 WHERE id = %s", sale.pk)
    (row,) = told("a document says of another what that one says")
    assert row.startswith(f"{note.reference} {sale.reference} ")


@pytest.mark.parametrize(("guard", "table"), sorted(GUARDS.items()))
def test_a_guard_that_is_gone_or_asleep_is_told(guard: str, table: str) -> None:
    assert guards_are_awake(databases=["default"]) == []
    for sql in (f"ALTER TABLE {table} DISABLE TRIGGER {guard}", f"DROP TRIGGER {guard} ON {table}"):
        with connection.cursor() as cursor:
            cursor.execute(sql)
        assert sleeping_guards() == [(guard, table)]
        (error,) = guards_are_awake(databases=["default"])
        assert (error.id, guard in error.msg) == ("documents.E001", True)
        assert audit.found() == [(audit.GUARDED, f"{guard} on {table}")]
    assert "documents.E001" in {found.id for found in run_checks(databases=["default"])}


def test_every_guard_is_known() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'documents%' AND NOT tgisinternal")
        assert {name for (name,) in cursor.fetchall()} == set(GUARDS)


def free(market: Market, **quantities: int) -> Order:
    """A purchase that a voucher of the fund pays wholly."""
    from shop.common import versions
    from shop.shipping.models import Tariff

    Tariff.objects.update(price_satang=0)
    versions.bump()
    fund_voucher(amount_satang=100_000)
    return place(market, "", voucher="FUND10", **quantities)


def test_what_a_voucher_paid_wholly_has_its_documents_too(market: Market, mailoutbox: Any) -> None:
    from shop.common import outbox
    from shop.ledger.selectors import balance_of
    from shop.partner.models import StockRecord
    from tests.vouchers import national, wrong

    register(market, market.groups["isan"].get_parent())
    order = free(market, hat=2)
    outbox.work_off()
    sale = sale_of(order)
    assert (sale.kind, sale.total_satang, sale.borne_satang) == (Kind.ABBREVIATED, 50_000, 50_000)
    assert order.payment_attempts.get().method == PaymentAttempt.Method.VOUCHER
    aside = balance_of(f"org:{national().code}", "fund_vouchers")
    mailoutbox.clear()
    refund = payments.ask_refund(order=order, pieces={order.lines.get().pk: 2}, why="returned", by=None)
    assert (refund.amount_satang, refund.state) == (0, Refund.State.SUCCEEDED)
    outbox.work_off()
    note = Document.objects.get(refund=refund)
    assert (note.kind, note.total_satang, note.borne_satang, note.vat_satang) == (
        Kind.CREDIT_NOTE, 50_000, 50_000, sale.vat_satang,
    )  # fmt: skip
    assert balance_of(f"org:{national().code}", "fund_vouchers") == aside - 50_000, "the money is the fund's again"
    assert order.vendor_orders.get().state == "cancelled"
    assert StockRecord.objects.get(pk=market.stock["hat"].pk).num_allocated == 0
    (letter,) = [mail for mail in mailoutbox if order.number in mail.subject]
    assert "คูปองจ่ายค่าสินค้านี้ให้ทั้งหมดแล้ว" in letter.body
    assert "0.00" not in letter.body
    assert (wrong(), audit.found()) == ([], [])

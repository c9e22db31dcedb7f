"""Documents of sales and refunds: which kind, which sums, which number, frozen, never changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from shop.common import clock, outbox
from shop.documents import errors, services
from shop.documents.models import Document, Kind, Series, TaxDetails
from shop.order.models import Line, Order
from shop.payment import services as payments
from tests.market import Market
from tests.papers_of_tax import at, commit_checks, details, give_back, paid, register, sale_of
from tests.payments import place

pytestmark = pytest.mark.django_db


def seller(market: Market, group: str = "isan") -> Any:
    return market.groups[group].get_parent()


@transaction.atomic
def ask(sql: str) -> None:
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(sql)


def exempt(order: Order) -> None:
    Line.objects.filter(order=order).update(vat_class="exempt_raw_agri")


def test_a_seller_that_is_not_registered_gives_a_receipt_in_the_cooperatives_name(market: Market) -> None:
    sale = sale_of(paid(market))
    assert (sale.kind, sale.seller, sale.vat_basis_points) == (Kind.RECEIPT, seller(market), None)
    assert (sale.total_satang, sale.untaxed_satang, sale.vat_satang) == (30_000, 30_000, 0)
    assert sale.snapshot["groups"] == ["กลุ่มทอผ้าบ้านโนน"]
    assert sale.snapshot["buyer"] is None, "a receipt tells a seller no buyer's name"
    assert sale.reference == f"RE00000-{clock.today().year + 543}-000001"


def test_a_group_that_is_its_own_taxpayer_sells_in_its_own_name(market: Market) -> None:
    from vendors.models import GroupRecord

    GroupRecord.objects.update_or_create(organisation=market.groups["isan"], defaults={"tax_of": "own"})
    assert sale_of(paid(market)).seller_id == market.groups["isan"].pk


def test_a_registered_seller_gives_an_abbreviated_tax_invoice(market: Market) -> None:
    register(market, seller(market))
    sale = sale_of(paid(market))
    assert (sale.kind, sale.vat_basis_points) == (Kind.ABBREVIATED, 700)
    assert (sale.taxable_satang, sale.vat_satang, sale.total_satang) == (28_037, 1_963, 30_000)
    lines = sale.snapshot["lines"]
    assert [line["total_satang"] for line in lines] == [25_000, 5_000]
    assert sum(line["vat_satang"] for line in lines) == 1_963


def test_raw_produce_is_exempt_and_its_delivery_with_it(market: Market) -> None:
    register(market, seller(market))
    order = place(market, "transfer")
    exempt(order)
    services.issue_sale(attempt=payments.confirm(attempt=order.payment_attempts.get()))
    sale = sale_of(order)
    assert (sale.kind, sale.untaxed_satang, sale.vat_satang) == (Kind.RECEIPT, 30_000, 0)


def test_who_was_registered_later_was_not_registered_then(market: Market) -> None:
    register(market, seller(market), clock.today() + dt.timedelta(days=1))
    assert sale_of(paid(market)).kind == Kind.RECEIPT


def test_each_seller_has_its_own_document_and_all_are_the_purchase(market: Market) -> None:
    order = paid(market, hat=1, kratip=2, bag=1)
    rows = Document.objects.filter(order=order)
    assert {row.seller_id for row in rows} == {seller(market, key).pk for key in market.groups}
    assert sum(row.total_satang for row in rows) == int(order.total_incl_tax * 100)
    assert {row.number for row in rows} == {1}


def test_news_bring_documents_once(market: Market) -> None:
    order = place(market, "transfer")
    attempt = payments.confirm(attempt=order.payment_attempts.get())
    assert not Document.objects.exists(), "no payment waits for a number"
    outbox.work_off()
    first = sale_of(order)
    services.issue_sale(attempt=attempt)
    assert list(Document.objects.all()) == [first]


def test_money_of_a_test_never_counts_in_the_real_series(market: Market, settings: Any) -> None:
    from shop.gateways import trial
    from tests.payments import attempt_of

    order = place(market, "test")
    attempt = attempt_of(order)
    trial.press(attempt.provider_ref, paid=True)
    services.issue_sale(attempt=payments.refresh(attempt=attempt))
    assert sale_of(order).reference.startswith("TEST-RE00000-")
    assert sale_of(paid(market)).number == 1


def test_a_refund_is_credited_piece_by_piece_to_the_last_satang_of_tax(market: Market) -> None:
    register(market, seller(market))
    order = paid(market, hat=3)
    sale, line = sale_of(order), order.lines.get()
    part = order.vendor_orders.get()
    notes = []
    for number in range(3):
        delivery = {part.pk: part.delivery_satang} if number == 2 else {}
        give_back(order, {line.pk: 1}, delivery)
        notes.append(Document.objects.latest("pk"))
    assert {note.kind for note in notes} == {Kind.CREDIT_NOTE}
    assert [note.number for note in notes] == [1, 2, 3]
    assert all(note.about == sale for note in notes)
    assert sum(note.total_satang for note in notes) == sale.total_satang
    assert sum(note.vat_satang for note in notes) == sale.vat_satang
    assert notes[0].snapshot["about"]["reference"] == sale.reference
    assert notes[0].snapshot["reason"]


def test_a_refund_of_a_receipt_is_a_refund_note(market: Market) -> None:
    order = paid(market, hat=2)
    refund = give_back(order, {order.lines.get().pk: 1})
    note = Document.objects.get(refund=refund)
    assert (note.kind, note.total_satang, note.vat_basis_points) == (Kind.REFUND_NOTE, 25_000, None)
    assert services.issue_credit(refund=refund) == [note], "again is nothing"


def test_a_refund_under_way_is_not_credited(market: Market) -> None:
    order = paid(market)
    refund = payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)
    assert services.issue_credit(refund=refund) == []


def test_money_that_came_twice_goes_back_without_a_note(market: Market) -> None:
    order = paid(market)
    attempt = payments.start_first(order=order, method="transfer", total_satang=30_000, number=2)
    payments.confirm(attempt=attempt, late=True)
    refund = payments.settle_by_hand(refund=attempt.refunds.get(), route="transfer", reference="KTB 2", by=None)
    assert services.issue_credit(refund=refund) == []


def test_the_buyer_gets_a_full_invoice_instead_and_the_first_one_is_void(market: Market) -> None:
    register(market, seller(market))
    order = paid(market)
    first = sale_of(order)
    (made,) = services.set_tax_details(order=order, details=details())
    assert (made.kind, made.dated, made.total_satang) == (Kind.TAX_INVOICE, first.dated, 30_000)
    assert made.snapshot["buyer"]["tax_id"] == "0105536000313"
    assert made.snapshot["instead_of"]["reference"] == first.reference
    void = Document.objects.get(kind=Kind.CANCELLATION)
    assert (void.about, void.snapshot["about"]["total_satang"]) == (first, 30_000)
    assert services.set_tax_details(order=order, details=details()) == [], "the same again is nothing"
    assert sale_of(order) == made


def test_details_before_paying_make_the_full_invoice_at_once(market: Market) -> None:
    register(market, seller(market))
    order = place(market, "transfer")
    services.set_tax_details(order=order, details=details(who="person", branch=""))
    services.issue_sale(attempt=payments.confirm(attempt=order.payment_attempts.get()))
    assert [row.kind for row in Document.objects.all()] == [Kind.TAX_INVOICE]


def test_a_full_invoice_is_asked_for_until_the_seventh_of_the_next_month(market: Market) -> None:
    order = paid(market, (2027, 1, 31))
    with at(2027, 2, 8), pytest.raises(errors.TooLate):
        services.set_tax_details(order=order, details=details())
    assert not TaxDetails.objects.exists()
    with at(2027, 2, 7, 23, 59):
        services.set_tax_details(order=order, details=details())
    assert sale_of(order).dated == dt.date(2027, 1, 31)


def test_what_was_credited_is_not_issued_anew(market: Market) -> None:
    order = paid(market, hat=2)
    give_back(order, {order.lines.get().pk: 1})
    before = Document.objects.count()
    with pytest.raises(errors.AlreadyCredited), transaction.atomic():
        services.set_tax_details(order=order, details=details())
    assert (Document.objects.count(), TaxDetails.objects.count()) == (before, 0)


def test_a_document_says_what_it_said_though_everything_is_renamed(market: Market) -> None:
    register(market, seller(market))
    order = paid(market)
    before = sale_of(order).snapshot
    parent = seller(market)
    parent.name_th = "สหกรณ์ใหม่ จำกัด"
    parent.save()
    register(market, parent, clock.today(), name="ชื่อใหม่", is_vat_registered=False)
    Line.objects.filter(order=order).update(title="อื่น")
    assert Document.objects.get(order=order).snapshot == before
    assert before["seller"]["name"] == "สหกรณ์การเกษตรทดสอบ จำกัด"


@pytest.mark.parametrize(
    ("moment", "year"),
    [
        ((2026, 12, 31, 23, 59), 2569),
        ((2027, 1, 1, 0, 1), 2570),
        ((2028, 2, 29, 0, 0), 2571),
        ((2028, 2, 29, 23, 59), 2571),
    ],
)
def test_the_series_is_that_of_the_day_in_bangkok(market: Market, moment: tuple[int, ...], year: int) -> None:
    sale = sale_of(paid(market, moment))
    assert (sale.series.year, sale.dated) == (year, dt.date(*moment[:3]))
    assert f"-{year}-" in sale.reference


def test_each_year_begins_with_one(market: Market) -> None:
    paid(market, (2026, 12, 31, 23, 59))
    order = place(market, "transfer")
    with at(2026, 12, 31, 23, 59):
        attempt = payments.confirm(attempt=order.payment_attempts.get())
    with at(2027, 1, 1, 0, 1):
        late = services.issue_sale(attempt=attempt)[0]
    fresh = sale_of(paid(market, (2027, 1, 1, 0, 1)))
    assert late.reference.endswith("2569-000002"), "the money came in the old year"
    assert fresh.reference.endswith("2570-000001")


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE documents_document SET total_satang = total_satang",
        "DELETE FROM documents_document",
        "TRUNCATE documents_document CASCADE",
        "UPDATE documents_series SET last = last + 2",
        "UPDATE documents_series SET last = last - 1",
        "UPDATE documents_series SET year = year + 1, last = last + 1",
        "DELETE FROM documents_series",
    ],
)
def test_the_database_refuses_to_change_what_is_numbered(market: Market, act: str) -> None:
    paid(market)
    commit_checks()
    with pytest.raises(DatabaseError, match="documents: "):
        ask(act)
    assert (Document.objects.count(), Series.objects.get().last) == (1, 1)


def test_a_number_without_a_document_is_refused_at_the_end_of_the_transaction(market: Market) -> None:
    paid(market)
    with pytest.raises(DatabaseError, match="taken without a document"):
        ask("UPDATE documents_series SET last = last + 1; SET CONSTRAINTS ALL IMMEDIATE")
    assert Series.objects.get().last == 1


def test_names_go_after_seven_years_and_nothing_else_can(market: Market) -> None:
    register(market, seller(market), dt.date(2018, 1, 1))
    order = paid(market, (2018, 5, 5))
    with at(2018, 5, 5):
        services.set_tax_details(order=order, details=details())
    young = paid(market)
    services.set_tax_details(order=young, details=details())
    assert services.forget_names() == 1
    assert sale_of(order).snapshot["buyer"] is None
    assert sale_of(young).snapshot["buyer"]["name"] == "บริษัท ครัวไทย จำกัด"

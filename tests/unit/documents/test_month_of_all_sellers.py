"""All documents of a month over all sellers: sheet and page say what the documents sum up to, to the satang."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shop.documents import services
from shop.documents.models import Document, Kind
from shop.theme import formats
from tests.market import Market, signed_in
from tests.papers_of_tax import BUYER_ID, TAX_ID, at, details, give_back, paid, register

pytestmark = pytest.mark.django_db


def month_sheet(admin: Client, month: str) -> list[list[str]]:
    answer = admin.get(f"/office/documents/months/documents.csv?month={month}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def counted(month: int) -> list[int]:
    """Sums of documents as a person would make them: sales less notes, and what a cancellation takes back."""
    sums = [0, 0, 0, 0, 0]
    for row in Document.objects.filter(dated__year=2027, dated__month=month, is_test=False).select_related("about"):
        what, sign = (row.about, -1) if row.kind == Kind.CANCELLATION and row.about else (row, 1)
        sign = -sign if what.is_credit else sign
        outside = row.vat_basis_points is None
        for column, satang in enumerate(
            (
                row.untaxed_satang if outside else 0,
                0 if outside else row.untaxed_satang,
                row.taxable_satang,
                row.vat_satang,
                row.total_satang,
            )
        ):
            sums[column] += sign * satang
    return sums


def test_the_month_of_all_sellers_is_the_sum_of_its_documents(market: Market) -> None:
    """One seller registered, one not; a note, a cancellation within the month, one after it, an exempt sale."""
    register(market, market.groups["isan"].get_parent())
    order = paid(market, (2027, 1, 10), hat=3, kratip=2)
    named, other = paid(market, (2027, 1, 11), hat=1), paid(market, (2027, 1, 31), kratip=1)
    with at(2027, 1, 12):
        services.set_tax_details(order=named, details=details())
        give_back(order, {line.pk: 1 for line in order.lines.all()})
    refunds = [row.refund for row in Document.objects.filter(kind__in=[Kind.CREDIT_NOTE, Kind.REFUND_NOTE])]
    with at(2027, 2, 3):
        services.set_tax_details(order=other, details=details(name="บริษัท สอง จำกัด"))
        refund = refunds[0]
        assert refund is not None
        type(refund).objects.filter(pk=refund.pk).update(state="failed")
        services.withdraw_credit(refund=refund)
    admin = signed_in(market.people["administrator"])
    for month in (1, 2):
        rows = month_sheet(admin, f"2027-{month:02d}")
        head, told, total = rows[1], rows[2:-2], rows[-2]
        assert len(head) == len(total) == 16
        assert [row[0] for row in told] == [str(number) for number in range(1, len(told) + 1)]
        amounts = [[round(float(cell) * 100) for cell in row[10:15]] for row in told]
        assert [sum(column) for column in zip(*amounts, strict=True)] == counted(month)
        assert [round(float(cell) * 100) for cell in total[10:15]] == counted(month)
        assert all(cell.partition(".")[2].isdigit() and len(cell.partition(".")[2]) == 2 for cell in total[10:15])
        page = admin.get(f"/office/documents/months/?month=2027-{month:02d}").content.decode()
        for satang in counted(month):
            assert formats.figure(satang) in page
    january = month_sheet(admin, "2027-01")[2:-2]
    notes = [row for row in january if row[3] in ("ใบลดหนี้", "ใบคืนเงิน")]
    assert len(notes) == 2
    assert all(row[14].startswith("-") and row[15].startswith("อ้างถึง") for row in notes)
    void = [row for row in january if row[15].startswith("ยกเลิกตาม")]
    assert {tuple(row[10:15]) for row in void} == {("0.00",) * 5}
    (full,) = [row for row in january if row[8] == BUYER_ID and row[4] == "สหกรณ์การเกษตรทดสอบ จำกัด"]
    assert full[2].startswith("TX00000-2570-")
    assert (full[3], full[5], full[6], full[7]) == (
        "ใบกำกับภาษี / ใบเสร็จรับเงิน",
        TAX_ID,
        "สำนักงานใหญ่",
        "บริษัท ครัวไทย จำกัด",
    )


def test_the_month_costs_few_queries_and_says_when_nothing_was_issued(market: Market) -> None:
    admin = signed_in(market.people["administrator"])
    assert "เดือนนี้ไม่มีเอกสาร" in admin.get("/office/documents/months/?month=2569-01").content.decode()
    for number in (1, 2, 3):
        paid(market, (2027, 1, number), hat=1, kratip=1)
    for path, most in (("", 7), ("documents.csv", 10)):
        with CaptureQueriesContext(connection) as asked:
            answer = admin.get(f"/office/documents/months/{path}?month=2570-01")
            b"".join(answer)
        assert len(asked) <= most, [row["sql"][:120] for row in asked]


def test_a_seller_that_is_not_registered_has_its_month_too(market: Market) -> None:
    paid(market, (2027, 1, 10), hat=1, kratip=1)
    cooperative = market.groups["north"].get_parent()
    treasurer = signed_in(market.people["cooperative"])
    address = f"/workspace/{cooperative.slug}/money/documents/"
    assert f"{address}month.csv?month=2027-01" in treasurer.get(f"{address}?month=2027-01").content.decode()
    answer = treasurer.get(f"{address}month.csv?month=2027-01")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]
    (own,) = Document.objects.filter(seller=cooperative)
    assert [row[2] for row in rows[2:-2]] == [own.reference], "and nobody else's"
    whole = formats.figure(own.total_satang).replace(",", "")
    assert rows[-2][10:15] == [whole, "0.00", "0.00", "0.00", whole]

"""Documents on pages: the buyer's, the seller's, the office's; what is typed stays; the sheet of the output tax; queries."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shop.common import clock
from shop.documents import selectors, services
from shop.documents.models import Document, Kind, TaxDetails, TaxStanding, VatRate
from shop.documents.papers import print_document, shown
from shop.payment import services as payments
from tests.market import Market, signed_in
from tests.papers_of_tax import BUYER_ID, TAX_ID, at, details, give_back, paid, register, sale_of
from tests.payments import place
from vendors.models import Organisation

pytestmark = pytest.mark.django_db
TYPED = {
    "who": "company",
    "name": "บริษัท ครัวไทย จำกัด",
    "tax_id": "0-1055-36000-31-3",
    "branch": "",
    "line1": "88 ถนนสุขุมวิท",
    "area_code": "103901",
    "postcode": "",
}


@pytest.fixture
def buyer(market: Market) -> Client:
    return signed_in(market.people["buyer"])


def own(market: Market, **quantities: int) -> Any:
    order = place(market, "transfer", user=market.people["buyer"], **quantities)
    services.issue_sale(attempt=payments.confirm(attempt=order.payment_attempts.get()))
    return order


def seller(market: Market) -> Organisation:
    return market.groups["isan"].get_parent()


def test_the_buyer_finds_each_document_as_page_and_pdf(market: Market, buyer: Client) -> None:
    order = own(market, hat=1, kratip=1)
    assert f"/orders/{order.number}/documents/" in buyer.get(f"/orders/{order.number}/").content.decode()
    page = buyer.get(f"/orders/{order.number}/documents/").content.decode()
    for row in Document.objects.filter(order=order):
        assert row.reference in page
        told = buyer.get(f"/orders/{order.number}/documents/{row.code}/").content.decode()
        assert "ใบเสร็จรับเงิน" in told
        assert row.snapshot["seller"]["name"] in told
        answer = buyer.get(f"/orders/{order.number}/documents/{row.code}.pdf")
        assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_full_invoice_is_asked_for_on_the_page(market: Market, buyer: Client) -> None:
    register(market, seller(market))
    order = own(market)
    answer = buyer.post(f"/orders/{order.number}/documents/", TYPED)
    assert answer.status_code == 302
    sale = sale_of(order)
    assert (sale.kind, sale.snapshot["buyer"]["tax_id"]) == (Kind.TAX_INVOICE, BUYER_ID)
    assert (sale.snapshot["buyer"]["branch"], sale.snapshot["buyer"]["postcode"]) == ("00000", "10110")
    page = buyer.get(f"/orders/{order.number}/documents/").content.decode()
    assert page.count("ยกเลิกแล้ว") == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"tax_id": "0105536000316"}, "tax_id"),
        ({"tax_id": "12"}, "tax_id"),
        ({"branch": "สาขา 1"}, "branch"),
        ({"name": " "}, "name"),
        ({"area_code": "999999"}, "area_code"),
        ({"who": "cat"}, "who"),
        ({"who": "person"}, "tax_id"),
        ({"who": "person", "tax_id": "1101700203468", "branch": "00001"}, "branch"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    market: Market, buyer: Client, wrong: dict[str, str], field: str
) -> None:
    order = own(market)
    answer = buyer.post(f"/orders/{order.number}/documents/", {**TYPED, **wrong})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert TYPED["line1"] in answer.content.decode()
    assert (TaxDetails.objects.count(), Document.objects.count()) == (0, 1)


def test_a_missing_sub_district_is_named_in_thai(market: Market, buyer: Client) -> None:
    order = own(market)
    page = buyer.post(f"/orders/{order.number}/documents/", {**TYPED, "area_code": ""}).content.decode()
    assert "ตำบล / แขวง: พิมพ์ชื่อตำบล" in page
    assert "Area code" not in page
    assert not TaxDetails.objects.exists()


def test_a_person_has_a_person_s_number_and_no_branch(market: Market, buyer: Client) -> None:
    order = own(market)
    address = f"/orders/{order.number}/documents/"
    told = buyer.post(address, {**TYPED, "who": "person", "branch": "1"}).content.decode()
    assert "เลขนี้เป็นของนิติบุคคลหรือหน่วยงาน" in told
    assert "บุคคลธรรมดาไม่มีสาขา" in told
    assert not TaxDetails.objects.exists()
    typed = {**TYPED, "who": "person", "name": "สมหญิง รักดี", "tax_id": "1101700203468"}
    assert buyer.post(address, typed).status_code == 302
    assert TaxDetails.objects.get().branch == ""


def test_documents_are_issued_anew_three_times_and_no_more(market: Market, buyer: Client) -> None:
    register(market, seller(market))
    order = own(market)
    address = f"/orders/{order.number}/documents/"
    for number in range(1, 4):
        assert buyer.post(address, {**TYPED, "name": f"บริษัท {number} จำกัด"}).status_code == 302
    issued = Document.objects.count()
    refused = buyer.post(address, {**TYPED, "name": "บริษัท 4 จำกัด"})
    assert refused.status_code == 422
    assert "ออกใหม่ครบ 3 ครั้งแล้ว" in refused.content.decode()
    assert Document.objects.count() == issued == 1 + 3 * 2
    assert TaxDetails.objects.get().name == "บริษัท 3 จำกัด", "the refused name is not kept"


def test_without_a_script_the_sub_district_is_picked_and_the_rest_stays(market: Market, buyer: Client) -> None:
    order = own(market)
    typed = {**TYPED, "area_code": "", "area_query": "คลองเตย", "pick": "search"}
    answer = buyer.post(f"/orders/{order.number}/documents/", typed)
    assert answer.status_code == 200
    assert TYPED["name"] in answer.content.decode()
    assert answer.context["area_found"]
    assert not TaxDetails.objects.exists()


def test_a_guest_opens_them_by_the_link_and_nobody_else(market: Market, buyer: Client) -> None:
    from shop.order import links

    order = paid(market)
    code = sale_of(order).code
    guest = Client()
    for path in ("", f"{code}/", f"{code}.pdf"):
        assert buyer.get(f"/orders/{order.number}/documents/{path}").status_code == 404
        assert guest.get(f"/orders/{order.number}/documents/{path}").status_code == 404
    guest.get(f"/orders/{order.number}/?key={links.secret_of(order)}")
    assert guest.get(f"/orders/{order.number}/documents/{code}/").status_code == 200


def test_the_seller_finds_its_copies_and_the_group_below_it_finds_none(market: Market) -> None:
    cooperative = market.groups["north"].get_parent()
    order = paid(market, kratip=1)
    services.set_tax_details(order=order, details=details())
    code = sale_of(order).code
    treasurer, group = signed_in(market.people["cooperative"]), signed_in(market.people["north"])
    page = treasurer.get(f"/workspace/{cooperative.slug}/money/documents/").content.decode()
    assert sale_of(order).reference in page
    assert (
        "บริษัท ครัวไทย จำกัด" in treasurer.get(f"/workspace/{cooperative.slug}/money/documents/{code}/").content.decode()
    )
    below = market.groups["north"].slug
    assert sale_of(order).reference not in group.get(f"/workspace/{below}/money/documents/").content.decode()
    assert group.get(f"/workspace/{below}/money/documents/{code}/").status_code == 404
    assert group.get(f"/workspace/{cooperative.slug}/money/documents/{code}.pdf").status_code == 404


def test_the_report_of_output_tax_counts_and_a_reported_month_does_not_change(market: Market) -> None:
    register(market, seller(market))
    order = paid(market, (2027, 1, 10), hat=2)
    replaced = paid(market, (2027, 1, 11))
    with at(2027, 1, 12):
        services.set_tax_details(order=replaced, details=details())
        give_back(order, {order.lines.get().pk: 1})
    january = selectors.tax_report(seller(market), 2027, 1)
    assert [(row.document.kind, row.taxable + row.vat) for row in january.rows] == [
        (Kind.ABBREVIATED, sale_of(order).total_satang),
        (Kind.ABBREVIATED, 0),
        (Kind.TAX_INVOICE, 30_000),
        (Kind.CREDIT_NOTE, -25_000),
    ]
    before = (january.taxable, january.vat)
    refund = Document.objects.get(kind=Kind.CREDIT_NOTE).refund
    assert refund is not None
    type(refund).objects.filter(pk=refund.pk).update(state="failed")
    with at(2027, 2, 3):
        services.withdraw_credit(refund=refund)
    again = selectors.tax_report(seller(market), 2027, 1)
    assert (again.taxable, again.vat) == before
    (row,) = selectors.tax_report(seller(market), 2027, 2).rows
    assert (row.taxable + row.vat, row.document.kind) == (25_000, Kind.CANCELLATION)


def test_the_sheet_is_in_thai_with_buddhist_days_and_the_buyers_number(market: Market) -> None:
    register(market, seller(market))
    order = paid(market)
    services.set_tax_details(order=order, details=details(branch="00012"))
    admin = signed_in(market.people["administrator"])
    answer = admin.get(f"/office/documents/sellers/{seller(market).slug}/tax.csv?month={clock.today():%Y-%m}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text)))
    day = clock.today()
    assert rows[0][:2] == ["รายงานภาษีขาย", f"{day.month:02d}/{day.year + 543}"]
    assert rows[3][1:9] == [
        f"{day.day:02d}/{day.month:02d}/{day.year + 543}",
        sale_of(order).reference,
        "บริษัท ครัวไทย จำกัด",
        BUYER_ID,
        "สาขาที่ 00012",
        "0.00",
        "280.37",
        "19.63",
    ]
    assert rows[4][2:9] == ["รวม", "", "", "", "0.00", "280.37", "19.63"]


def test_the_office_enters_a_standing_and_issues_a_wrong_document_anew(market: Market) -> None:
    admin = signed_in(market.people["administrator"])
    order = paid(market)
    first = sale_of(order)
    typed = {
        "valid_from": "1/1/2563",
        "is_vat_registered": "on",
        "tax_id": TAX_ID,
        "branch": "1",
        "name": "สหกรณ์ ก จำกัด",
        "address": "1 หมู่ 1",
    }
    slug = seller(market).slug
    assert admin.post(f"/office/documents/sellers/{slug}/", {**typed, "tax_id": ""}).status_code == 422
    assert admin.post(f"/office/documents/sellers/{slug}/", typed).status_code == 302
    assert TaxStanding.objects.get().branch == "00001"
    admin.post(f"/office/documents/{first.code}/", {"reason": ""})
    assert Document.objects.count() == 1, "not without a reason"
    admin.post(f"/office/documents/{first.code}/", {"reason": "ผู้ขายจดทะเบียนภาษีมูลค่าเพิ่มแล้ว"})
    made = sale_of(order)
    assert (made.kind, made.dated, made.vat_satang) == (Kind.ABBREVIATED, first.dated, 1_963)
    assert made.reference.startswith("AB00001-")
    assert Document.objects.get(about=first, kind=Kind.CANCELLATION).snapshot["reason"].startswith("ผู้ขาย")


def test_what_was_in_force_is_not_entered_otherwise(market: Market) -> None:
    register(market, seller(market))
    admin = signed_in(market.people["administrator"])
    yesterday = clock.today() - dt.timedelta(days=1)
    typed = {"valid_from": yesterday.isoformat(), "name": "ก", "address": "ข", "tax_id": "", "branch": ""}
    answer = admin.post(f"/office/documents/sellers/{seller(market).slug}/", typed)
    assert answer.status_code == 422
    assert TaxStanding.objects.count() == 1
    assert (
        admin.post("/office/documents/rates/", {"valid_from": yesterday.isoformat(), "percent": "10"}).status_code
        == 422
    )
    assert VatRate.objects.count() == 1


def test_a_rate_that_is_no_rate_is_told_in_thai(market: Market) -> None:
    admin = signed_in(market.people["administrator"])
    for percent, says in (("7.001", "ร้อยละมีทศนิยมได้ไม่เกินสองตำแหน่ง"), ("31", "โปรดใส่ร้อยละตั้งแต่ 0 ถึง 30")):
        typed = {"valid_from": clock.today().isoformat(), "percent": percent}
        answer = admin.post("/office/documents/rates/", typed)
        assert answer.status_code == 422, percent
        assert says in answer.content.decode()
        assert f'value="{percent}"' in answer.content.decode(), "kept as it was typed"
    assert VatRate.objects.count() == 1


def test_a_new_rate_counts_from_its_day(market: Market) -> None:
    register(market, seller(market))
    admin = signed_in(market.people["administrator"])
    answer = admin.post("/office/documents/rates/", {"valid_from": clock.today().isoformat(), "percent": "10"})
    assert answer.status_code == 302
    assert (sale_of(paid(market)).vat_basis_points, sale_of(paid(market, (2026, 10, 1))).vat_basis_points) == (
        1_000,
        700,
    )


def sale_data(market: Market) -> dict[str, Any]:
    return shown(sale_of(paid(market)))


def test_the_paper_has_words_and_says_that_it_is_no_tax_invoice(market: Market) -> None:
    data = sale_data(market)
    assert (data["total"], data["words"]) == ("300.00", "สามร้อยบาทถ้วน")
    assert data["notes"] == ["ผู้ขายไม่ได้จดทะเบียนภาษีมูลค่าเพิ่ม เอกสารนี้ไม่ใช่ใบกำกับภาษี"]
    assert data["sums"] == []


def test_a_full_invoice_has_everything_that_the_law_asks_for(market: Market) -> None:
    register(market, seller(market))
    order = paid(market, (2027, 1, 10))
    with at(2027, 1, 10):
        services.set_tax_details(order=order, details=details())
    data = shown(sale_of(order))
    assert data["title"].startswith("ใบกำกับภาษี")
    assert data["seller"] == {
        "name": "สหกรณ์การเกษตรทดสอบ จำกัด",
        "address": "9 หมู่ 2 ต.ในเมือง อ.เมือง จ.ขอนแก่น 40000",
        "tax_id": TAX_ID,
        "branch": "สำนักงานใหญ่",
    }
    assert data["buyer"]["name"] == "บริษัท ครัวไทย จำกัด"
    assert data["buyer"]["address"].startswith("88 ถนนสุขุมวิท แขวง")
    assert (data["buyer"]["tax_id"], data["buyer"]["branch"]) == (BUYER_ID, "สำนักงานใหญ่")
    assert (data["number"], data["dated"]) == ("TX00000-2570-000001", "10 มกราคม 2570")
    assert [line["amount"] for line in data["lines"]] == ["250.00", "50.00"]
    assert [(row["th"], row["amount"]) for row in data["sums"]] == [
        ("มูลค่าสินค้าก่อนภาษี", "280.37"),
        ("ภาษีมูลค่าเพิ่ม 7%", "19.63"),
    ]
    assert data["about"]["words"].startswith("ใบกำกับภาษีอย่างย่อ")


def test_a_credit_note_tells_old_value_right_value_and_difference(market: Market) -> None:
    register(market, seller(market))
    order = paid(market, hat=2)
    give_back(order, {order.lines.get().pk: 1})
    sale = sale_of(order)
    data = shown(Document.objects.get(kind=Kind.CREDIT_NOTE))
    value = sale.taxable_satang
    note = Document.objects.get(kind=Kind.CREDIT_NOTE)
    assert [row["amount"] for row in data["sums"]] == [
        f"{value / 100:,.2f}",
        f"{(value - note.taxable_satang) / 100:,.2f}",
        f"{note.taxable_satang / 100:,.2f}",
        f"{note.vat_satang / 100:,.2f}",
    ]
    assert sale.reference in data["about"]["words"]


def test_the_same_row_is_the_same_pdf_whenever_it_is_made(market: Market) -> None:
    sale = sale_of(paid(market))
    first = print_document(sale)
    with at(2030, 1, 1):
        assert print_document(sale) == first


def test_queries_are_few_and_flat(market: Market, buyer: Client) -> None:
    order = own(market, hat=1, kratip=1, bag=1)
    code = Document.objects.filter(order=order)[0].code
    for path, most in (("", 8), (f"{code}/", 8), (f"{code}.pdf", 5)):
        buyer.get(f"/orders/{order.number}/documents/{path}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            buyer.get(f"/orders/{order.number}/documents/{path}")
        assert len(asked) <= most, [row["sql"][:120] for row in asked]

"""Who bore a discount stands in the statement: a line of the group's own, and the fund's in its public books."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
from django.test import Client
from django.utils.translation import override

from shop.common import clock
from shop.fulfilment import services as work
from shop.fund import selectors as fund
from shop.fund.web import views as fund_pages
from shop.order.models import Order
from shop.payment import services as payments
from shop.payouts.selectors import is_discount, statement
from shop.payouts.services import release_due
from shop.payouts.web.workspace.views import _paper
from tests.market import Market, signed_in
from tests.payments import place
from tests.vouchers import fund_voucher, group_voucher, wrong

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


def paid(market: Market, voucher: str, **quantities: int) -> Order:
    order = place(market, "transfer", voucher=voucher, **quantities)
    payments.confirm(attempt=order.payment_attempts.get())
    return order


def lines(market: Market) -> list[tuple[str, int, bool]]:
    """(kind, what the group gains, is it a discount) of its statement of today."""
    told = statement(market.groups["isan"], clock.today(), clock.today())
    return [(row.entry.kind, -row.amount_satang, is_discount(row)) for row in told.rows]


def words(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def test_the_discount_of_a_group_is_a_line_beside_its_part(market: Market) -> None:
    group_voucher(market)
    order = paid(market, "OWN10", hat=2)
    assert sorted(lines(market)) == [("share", -5_000, True), ("share", 5_000, False), ("share", 45_000, False)]
    refund = payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)
    assert refund.amount_satang == 22_500
    assert sorted(lines(market)[3:]) == [("share_back", -22_500, False), ("share_back", 2_500, True)]
    payments.withdraw_refund(refund=refund, by=None)
    assert sorted(lines(market)[5:]) == [("share_again", -2_500, True), ("share_again", 22_500, False)]
    told = statement(market.groups["isan"], clock.today(), clock.today())
    assert told.closing == 45_000 - 5_000 + 5_000 == told.purse.held_satang
    assert wrong() == []


def test_page_sheet_and_paper_name_it(market: Market) -> None:
    group_voucher(market)
    paid(market, "OWN10", hat=2)
    group = market.groups["isan"]
    member, path = signed_in(market.people["isan"]), f"/workspace/{group.slug}/money/"
    page = words(member.get(path).content)
    assert "ส่วนลดที่กลุ่มออกให้เอง" in page
    assert "−50.00" in page
    sheet = b"".join(member.get(f"{path}statement.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(sheet)))
    (discount,) = [row for row in rows if row[1] == "ส่วนลดที่กลุ่มออกให้เอง"]
    assert (discount[4], discount[6]) == ("-50.00", "")
    (share,) = [row for row in rows if row[4] == "450.00"]
    assert "500.00" not in share[4]
    assert "ส่วนลดที่กลุ่มออกให้ −50.00" in share[6]
    assert [row[5] for row in rows if row[5]][-1] == "450.00"
    today = clock.today()
    paper = _paper(group, statement(group, today, today))
    told = [(line["kind"], line["amount"], line["after"]) for line in paper["lines"]]
    assert ("ส่วนลดที่กลุ่มออกให้เอง", "−50.00") in [line[:2] for line in told]
    assert told[-1][2] == paper["closing"] == "450.00"
    assert any("ส่วนลดที่กลุ่มออกให้ −50.00" in line["kept"] for line in paper["lines"])
    assert member.get(f"{path}statement.pdf").content.startswith(b"%PDF")


def test_without_a_voucher_no_line_is_a_discount(market: Market) -> None:
    order = place(market, "transfer", hat=2)
    payments.confirm(attempt=order.payment_attempts.get())
    payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)
    assert len(lines(market)) == 3
    assert not any(discount for _kind, _satang, discount in lines(market))


def test_the_fund_says_what_it_bore(market: Market) -> None:
    """1,000.00 set aside; 50.00 borne for two pieces, of which one comes back after the hold."""
    fund_voucher()
    order = paid(market, "FUND10", hat=2)
    assert fund.books().vouchers == fund.Vouchers(aside=100_000, borne=5_000, back=0, left=95_000)
    for part in order.vendor_orders.all():
        for act in (work.accept, work.pack, work.hand_over, work.deliver):
            act(vendor_order=part, by=None)
    with clock.moved_to(clock.now() + WEEK):
        release_due()
        payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)
        assert fund.books().vouchers == fund.Vouchers(aside=100_000, borne=2_500, back=0, left=97_500)
        page = words(Client().get("/fund/").content)
        assert "ส่วนลดที่กองทุนออกให้ผู้ซื้อแล้ว 25.00" in page
        assert "ยังกันไว้ 975.00" in page
        year = clock.today().year
        with override("th"):
            told = dict(fund_pages._statement_data(year)["vouchers"])
        assert told["ส่วนลดที่กองทุนออกให้ผู้ซื้อแล้ว"] == "25.00"
        assert Client().get(f"/fund/{year}.pdf").content.startswith(b"%PDF")
    assert wrong() == []

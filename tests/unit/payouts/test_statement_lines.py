"""A statement names what was sold, why money goes back, and tells what only moves within a purse in one line."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from typing import Any

import pytest
from django.test import Client

from shop.common import clock
from shop.fulfilment import services as work
from shop.order.models import Order
from shop.payment import services as payments
from shop.payouts import selectors
from shop.payouts.services import release_due
from shop.payouts.web.workspace.views import _paper
from tests.market import Market, signed_in
from tests.payments import place
from tests.unit.fund.test_spending import delivered
from tests.vouchers import group_voucher, wrong

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


def sheet(client: Client, address: str) -> list[list[str]]:
    answer: Any = client.get(address)
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def lines(market: Market, key: str = "isan") -> list[tuple[str, ...]]:
    """(kind, baht, balance, what it is about) of the sheet, without the balances around it."""
    group = market.groups[key]
    rows = sheet(signed_in(market.people[key]), f"/workspace/{group.slug}/money/statement.csv")
    return [(row[1], row[4], row[5], row[7]) for row in rows[2:-1]]


def test_a_release_is_one_line_and_changes_nothing(market: Market) -> None:
    """250.00 less 25.00 for others, and 50.00 for posting it: 275.00 held, then ready."""
    delivered(market)
    with clock.moved_to(clock.now() + WEEK):
        release_due()
        sold, ready = lines(market)[:-1], lines(market)[-1]
        assert ready == ("ครบกำหนด พร้อมโอน", "0.00", "275.00", "ย้าย 275.00 บาทจากพักไว้เป็นพร้อมจ่าย · หมวกใบลาน")
        assert [row[3] for row in sold] == ["1 × หมวกใบลาน", ""], "goods, and the posting of them"
        group = market.groups["isan"]
        page = signed_in(market.people["isan"]).get(f"/workspace/{group.slug}/money/").content.decode()
        assert page.count("จากพักไว้เป็นพร้อมจ่าย") == 1
        assert "1 × หมวกใบลาน" in page
        today = clock.today()
        paper = _paper(group, selectors.statement(group, today - dt.timedelta(days=30), today))
        assert [line["goods"] for line in paper["lines"]] == [row[3] for row in lines(market)]
        assert (paper["lines"][-1]["amount"], paper["lines"][-1]["after"]) == ("0.00", "275.00")
    assert wrong() == []


def test_a_refund_names_its_pieces_and_its_reason(market: Market) -> None:
    order = place(market, "transfer", hat=3)
    payments.confirm(attempt=order.payment_attempts.get())
    part = order.vendor_orders.get()
    facts = {"pieces": {order.lines.get().pk: 2}, "delivery": {part.pk: 1_000}}
    refund = payments.ask_refund(order=order, why="returned", by=None, **facts)
    backs = [row for row in lines(market) if row[0] == "หักคืน เพราะคืนเงินให้ผู้ซื้อ"]
    assert backs
    assert {row[3] for row in backs} == {"ส่งของคืน · 2 × หมวกใบลาน · ค่าส่ง"}
    assert {row[3] for row in lines(market)} - {row[3] for row in backs} == {"3 × หมวกใบลาน", ""}
    payments.withdraw_refund(refund=refund, by=None)
    assert lines(market)[-1][3] == "ส่งของคืน · 2 × หมวกใบลาน · ค่าส่ง"


def test_nobody_reads_what_others_sold(market: Market) -> None:
    order = place(market, "transfer", hat=1, kratip=2)
    payments.confirm(attempt=order.payment_attempts.get())
    assert {row[3] for row in lines(market, "north")} == {"2 × กระติบข้าวเหนียว", ""}
    assert {row[3] for row in lines(market, "isan")} == {"1 × หมวกใบลาน", ""}


def at_the_door(market: Market, **quantities: int) -> Order:
    """Two thirds of the hats are missing; the rest is handed over and paid."""
    order = place(market, "cod", **quantities)
    part = order.vendor_orders.get()
    work.accept(vendor_order=part, by=None)
    line = part.lines.get()
    work.mark_short(vendor_order=part, by=None, line_id=line.pk, available=1, reason="sold_out", seen=0)
    for act in (work.pack, work.hand_over, work.deliver):
        part.refresh_from_db()
        act(vendor_order=part, by=None)
    return order


def test_at_the_door_what_was_missing_was_neither_sold_nor_kept(market: Market) -> None:
    at_the_door(market, hat=3)
    told = selectors.statement(market.groups["isan"], clock.today(), clock.today())
    rows = sheet(signed_in(market.people["isan"]), f"/workspace/{market.groups['isan'].slug}/money/statement.csv")
    shares = [row for row in rows[1:] if row[6]]
    assert {row[7] for row in shares} == {"1 × หมวกใบลาน"}
    assert all("จากที่ผู้ซื้อจ่าย" in row[6] and " 325.00: " in row[6] for row in shares), "the cash at the door"
    assert told.closing == told.opening + sum(map(selectors.gain, told.rows))
    assert wrong() == []


def test_every_amount_of_the_sheets_has_two_decimals(market: Market) -> None:
    group_voucher(market)
    order = place(market, "transfer", voucher="OWN10", hat=1)
    payments.confirm(attempt=order.payment_attempts.get())
    payments.ask_refund(order=order, pieces={}, delivery={order.vendor_orders.get().pk: 1_950}, why="other", by=None)
    rows = lines(market)
    amounts = [cell for row in rows for cell in row[1:3]]
    admin = signed_in(market.people["administrator"])
    amounts += [cell for row in sheet(admin, "/office/payouts/purses.csv")[1:] for cell in row[2:6]]
    assert any(not amount.endswith("00") for amount in amounts), "some are not whole"
    assert all(re.fullmatch(r"-?\d+\.\d\d", amount) for amount in amounts), amounts

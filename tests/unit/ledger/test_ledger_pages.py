"""The books in the office: the same figures as the postings, in words of people, at a flat cost."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shop.common import clock
from shop.ledger.models import Account, Entry, Posting
from shop.ledger.services import credit, debit, post, reverse
from tests.market import Market

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 26, 5, 0, tzinfo=dt.UTC)


@pytest.fixture
def admin(client: Client, market: Market) -> Client:
    client.force_login(market.people["administrator"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def paid(number: int, satang: int = 123_450, moment: dt.datetime = NOON) -> Entry:
    lines = [debit("platform", "bank", satang), credit("platform", "buyers_unallocated", satang)]
    return post(cause=f"capture:TEST-{number}", kind="capture", lines=lines, happened_at=moment, memo="=1+1")


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sheet(client: Client, path: str) -> list[list[str]]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(content)))


def test_empty_books_say_so(admin: Client) -> None:
    assert "ยังไม่มีรายการบัญชี" in text(admin, "/office/ledger/")


def test_trial_balance_names_every_purpose_and_both_sums(admin: Client, market: Market) -> None:
    paid(1)
    north = market.groups["north"]
    lines = [debit("platform", "buyers_unallocated", 100_000), credit(f"org:{north.code}", "held", 100_000)]
    post(cause="share:TEST-1", kind="share", lines=lines)
    told = text(admin, "/office/ledger/")
    for words in ("บัญชีธนาคาร 1,234.50", "เงินของผู้ซื้อที่ยังไม่แบ่ง", "234.50", "ค่าขายที่พักไว้จนส่งถึง", "1,000.00"):
        assert words in told
    assert "รวม 1,234.50 1,234.50" in told
    assert sheet(admin, "/office/ledger/trial-balance.csv")[1:] == [
        ["bank", "บัญชีธนาคาร", "THB", "1", "1234.50", ""],
        ["buyers_unallocated", "เงินของผู้ซื้อที่ยังไม่แบ่ง", "THB", "1", "", "234.50"],
        ["held", "ค่าขายที่พักไว้จนส่งถึง", "THB", "1", "", "1000.00"],
    ]
    assert str(north.name_th) in text(admin, "/office/ledger/purposes/held/")


def test_a_statement_has_a_running_balance_and_thai_days(admin: Client) -> None:
    with clock.moved_to(NOON):
        paid(1, 100_00, NOON - dt.timedelta(days=60))
        paid(2, 50_50)
        reverse(entry=paid(3, 25_00))
        bank = Account.objects.get(purpose="bank")
        told = text(admin, f"/office/ledger/accounts/{bank.pk}/")
        assert "28 ตุลาคม 2569 – 26 พฤศจิกายน 2569" in told
        assert "ยอดยกมา 100.00" in told
        assert "ยอดคงเหลือสิ้นงวด 150.50" in told
        rows = sheet(admin, f"/office/ledger/accounts/{bank.pk}/statement.csv?first=26/11/2569&last=26/11/2569")
        assert [[row[0], row[1], row[2], *row[4:]] for row in rows[1:]] == [
            ["26/11/2569", "", "ยอดยกมา", "", "", "100.00", ""],
            ["26/11/2569", "12:00:00", "capture:TEST-2", "50.50", "", "150.50", "'=1+1"],
            ["26/11/2569", "12:00:00", "capture:TEST-3", "25.00", "", "175.50", "'=1+1"],
            ["26/11/2569", "12:00:00", rows[4][2], "", "25.00", "150.50", ""],
        ]
    owed = Account.objects.get(purpose="buyers_unallocated")
    last = sheet(admin, f"/office/ledger/accounts/{owed.pk}/statement.csv?last=26/11/2569")[-1]
    assert last[6] == "150.50", "what is owed is positive"


def test_a_statement_with_wrong_days_says_so_and_keeps_them(admin: Client) -> None:
    paid(1)
    bank = Account.objects.get(purpose="bank")
    for query, words in (
        ("first=40/11/2569", "ตัวอย่าง"),
        ("first=27/11/2569&last=26/11/2569", "วันเริ่มอยู่หลังวันสุดท้าย"),
    ):
        answer = admin.get(f"/office/ledger/accounts/{bank.pk}/?{query}")
        assert answer.status_code == 422
        assert words in answer.content.decode() or words == "ตัวอย่าง"
        assert query.split("&")[0].removeprefix("first=") in answer.content.decode()


def test_an_entry_leads_to_its_reversal_and_back(admin: Client) -> None:
    entry = paid(1)
    back = reverse(entry=entry)
    assert f"ถูกกลับรายการโดย {back.cause}" in text(admin, f"/office/ledger/entries/{entry.pk}/")
    assert f"กลับรายการของ {entry.cause}" in text(admin, f"/office/ledger/entries/{back.pk}/")


def test_entries_are_found_by_the_beginning_of_their_cause(admin: Client) -> None:
    paid(1)
    paid(2)
    found = text(admin, "/office/ledger/entries/?q=capture:TEST-1")
    assert ("capture:TEST-1" in found, "capture:TEST-2" in found) == (True, False)
    assert "ไม่พบรายการ" in text(admin, "/office/ledger/entries/?q=%25")
    assert "ไม่พบรายการ" in text(admin, "/office/ledger/entries/?kind=refund")


def test_nothing_can_be_sent_in(admin: Client) -> None:
    entry = paid(1)
    for path in ("", "entries/", f"entries/{entry.pk}/", "purposes/bank/"):
        assert admin.post(f"/office/ledger/{path}").status_code == 405
    assert (Entry.objects.count(), Posting.objects.count()) == (1, 2)


def test_pages_cost_the_same_with_one_and_with_many(admin: Client, market: Market) -> None:
    def post_some(start: int, number: int) -> None:
        for position in range(start, start + number):
            group = list(market.groups.values())[position % 3]
            lines = [debit("platform", "bank", 100), credit(f"org:{group.code}", "held", 100)]
            post(cause=f"share:{position}", kind="share", lines=lines)

    post_some(0, 1)
    entry, bank = Entry.objects.get(), Account.objects.get(purpose="bank")
    paths = [
        "/office/ledger/",
        "/office/ledger/purposes/held/",
        f"/office/ledger/accounts/{bank.pk}/",
        "/office/ledger/entries/",
        f"/office/ledger/entries/{entry.pk}/",
    ]

    def counts() -> list[int]:
        found = []
        for path in paths:
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                assert admin.get(path).status_code == 200
            found.append(len([one for one in queries if "SAVEPOINT" not in one["sql"]]))
        return found

    counts()
    few = counts()
    post_some(1, 120)
    many = counts()
    assert many == few
    assert max(many) <= 12

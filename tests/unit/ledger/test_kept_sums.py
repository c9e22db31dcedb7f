"""Sums that are kept an hour say at every moment what counting every line says."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shop.common import clock
from shop.fund import selectors as fund
from shop.fund.selectors import balance as fund_balance
from shop.ledger import audit, causes, selectors
from shop.ledger.models import Posting
from shop.ledger.services import credit, debit, post, reverse
from shop.ledger.sums import counted_anew, sums_of
from shop.payouts.selectors import purses, statement
from tests.market import Market, signed_in

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
KEYS = ("account__owner", "account__purpose")


def sold(number: int, owner: str = "org:G", satang: int = 1_000, fund: str = "org:N") -> None:
    lines = [debit("platform", "bank", satang), credit(owner, "payable", satang - 10), credit(fund, "fund", 10)]
    post(cause=f"known:{number}", kind="share", lines=lines)


def shown() -> dict[tuple[str, ...], int]:
    return sums_of("test", Posting.objects.all(), *KEYS)


def test_each_posting_is_in_the_next_sum() -> None:
    begun = clock.now()
    for number in range(8):
        with clock.moved_to(begun + number * 0.4 * HOUR):
            before = shown()
            sold(number)
            assert shown() == counted_anew(Posting.objects.all(), *KEYS) != before
    with clock.moved_to(begun + 9 * HOUR):
        assert shown() == counted_anew(Posting.objects.all(), *KEYS)
        assert shown()["org:G", "payable"] == -8 * 990


def test_what_was_reversed_long_after_and_what_happened_long_ago_count_at_once() -> None:
    begun = clock.now()
    lines = [debit("platform", "bank", 70), credit("org:G", "payable", 70)]
    first = post(cause="known:1", kind="share", lines=lines)
    with clock.moved_to(begun + 3 * HOUR):
        assert shown()["org:G", "payable"] == -70
        post(cause="known:2", kind="share", lines=lines, happened_at=begun - 400 * 24 * HOUR)
        assert shown()["org:G", "payable"] == -140
        reverse(entry=first)
        assert shown()["org:G", "payable"] == -70


def test_older_lines_are_read_once_an_hour() -> None:
    begun = clock.now()
    sold(1)
    with clock.moved_to(begun + 3 * HOUR):
        with CaptureQueriesContext(connection) as cold:
            shown()
        with CaptureQueriesContext(connection) as warm:
            shown()
    assert (len(cold), len(warm)) == (3, 2)
    assert 'entry_id" >' in warm[1]["sql"]


def test_pages_agree_with_the_lines_whatever_is_kept(market: Market) -> None:
    """The fund's page, the trial balance, the desk and a statement, with old and new lines, with the cache and without."""
    group, begun = market.groups["isan"], clock.now()
    network = group.get_parent().get_parent()
    office = signed_in(market.people["administrator"])

    def look() -> None:
        held = {
            owner: -satang
            for (owner, purpose), satang in counted_anew(Posting.objects.all(), *KEYS).items()
            if purpose == "payable"
        }
        assert {f"org:{one.owner.code}": one.ready_satang for one in purses()} == held
        assert statement(group, clock.today(), clock.today()).purse.ready_satang == held[f"org:{group.code}"]
        books = fund.books()
        assert books.closing == books.came - books.went == fund_balance()
        page = Client().get("/fund/", headers={"cookie": "sessionid=anew"}).content.decode()
        assert f"{fund_balance() / 100:,.2f}" in page
        assert f"{-selectors.balance_of(f'org:{network.code}', 'fund') / 100:,.2f}" in page
        assert f"{held[f'org:{group.code}'] / 100:,.2f}" in office.get("/office/payouts/").content.decode()
        assert (
            f"{held[f'org:{group.code}'] / 100:,.2f}" in office.get("/office/ledger/purposes/payable/").content.decode()
        )

    for number in range(4):
        with clock.moved_to(begun + number * 2 * HOUR):
            sold(2 * number, f"org:{group.code}", 123_456, f"org:{network.code}")
            lines = [debit("platform", "bank", 4_321), credit(f"org:{network.code}", "fund", 4_321)]
            post(cause=f"known:{2 * number + 1}", kind="release", lines=lines)
            look()
            cache.clear()
            look()


def test_a_kept_sum_that_is_wrong_is_found() -> None:
    @causes.knows("known")
    def known(asked: object) -> set[str]:
        return {"known:1"}

    try:
        begun = clock.now()
        sold(1)
        with clock.moved_to(begun + 3 * HOUR):
            assert audit.differences() == []
            (name,) = [key for key in cache._cache if "ledger:sums:trial" in key]  # type: ignore[attr-defined]
            name = name.split(":", 2)[2]
            kept = cache.get(name)
            kept["payable", "THB", "liability"] += 1
            cache.set(name, kept)
            assert [(one.code, one.about) for one in audit.differences()] == [("kept", "payable THB liability")]
            cache.clear()
            assert audit.differences() == []
    finally:
        del causes._resolvers["known"]

"""The same payment told many times at once is posted once; postings from all sides keep the sum."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from shop.common import clock
from shop.ledger import errors, selectors
from shop.ledger.models import Account, Entry, Posting
from shop.ledger.services import credit, debit, post, reverse
from tests.flushing import books_may_be_emptied
from tests.market import Market

pytestmark = pytest.mark.race
TIMES = 12


def _capture(cause: str, satang: int = 45_000) -> int:
    lines = [debit("platform", "stripe_clearing", satang), credit("platform", "buyers_unallocated", satang)]
    return post(cause=cause, kind="capture", lines=lines).pk


def test_twelve_at_once_are_one_entry(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    """Also the first ever, where the accounts themselves are opened at once."""
    for number in range(5):
        keys = at_once(_capture, [f"capture:{number}"] * TIMES, threads=TIMES)
        assert len(set(keys)) == 1
        assert isinstance(keys[0], int)
    assert (Entry.objects.count(), Posting.objects.count(), Account.objects.count()) == (5, 10, 2)
    assert selectors.balance_of("platform", "stripe_clearing") == 5 * 45_000


def test_without_the_unique_cause_it_would_be_posted_more_than_once(
    race_market: Market, at_once: Callable[..., list[Any]]
) -> None:
    """The negative control: first looking whether it is there, then writing, lets several through."""
    _capture("capture:0")
    bank, owed = Account.objects.order_by("pk")
    together = threading.Barrier(TIMES)

    def naive(cause: str) -> None:
        with transaction.atomic():
            there = Entry.objects.filter(memo=cause).exists()
            together.wait(20)
            if not there:
                moment = clock.now()
                name = f"capture:{threading.get_ident()}"
                entry = Entry.objects.create(
                    cause=name, memo=cause, kind="capture", happened_at=moment, posted_at=moment
                )
                for account, amount in ((bank, 45_000), (owed, -45_000)):
                    Posting.objects.create(entry=entry, account=account, amount_satang=amount, happened_at=moment)

    assert at_once(naive, ["the same payment"] * TIMES, threads=TIMES) == [None] * TIMES
    assert Entry.objects.filter(memo="the same payment").count() == TIMES


def test_of_different_lines_for_one_cause_one_wins(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    found = at_once(lambda satang: _capture("capture:1", satang), list(range(100, 100 + TIMES)), threads=TIMES)
    assert sum(isinstance(one, int) for one in found) == 1
    assert sum(isinstance(one, errors.CauseUsed) for one in found) == TIMES - 1
    assert (Entry.objects.count(), Posting.objects.count()) == (1, 2)


def test_an_entry_is_reversed_once(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    entry = Entry.objects.get(pk=_capture("capture:1"))
    found = at_once(
        lambda number: reverse(entry=entry, cause=f"correction:{number}").pk, list(range(TIMES)), threads=TIMES
    )
    assert sum(isinstance(one, int) for one in found) == 1
    assert sum(isinstance(one, errors.AlreadyReversed) for one in found) == TIMES - 1
    assert selectors.balance_of("platform", "stripe_clearing") == 0


def test_postings_from_all_sides_keep_the_sum(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    """Accounts that nobody has opened yet, named in opposite orders: nobody waits in a circle."""

    def share(number: int) -> int:
        names = [f"org:G{number % 7}", f"org:G{(number + 3) % 7}"]
        lines = [debit("platform", "bank", 200), *(credit(name, "held", 100) for name in names)]
        return post(cause=f"share:{number}", kind="share", lines=lines[:: 1 if number % 2 else -1]).pk

    found = at_once(share, list(range(84)), threads=12)
    assert [one for one in found if not isinstance(one, int)] == []
    assert selectors.trial_balance().sums == {"THB": 0}
    assert selectors.balance_of("platform", "bank") == 84 * 200
    assert [selectors.balance_of(f"org:G{number}", "held") for number in range(7)] == [-2_400] * 7


def test_a_committed_entry_takes_no_more_lines_and_a_crooked_one_does_not_commit(race_market: Market) -> None:
    """Here transactions really end."""
    pk = _capture("capture:1")
    bank, owed = Account.objects.order_by("pk")
    late = [
        Posting(entry_id=pk, account=account, amount_satang=amount, happened_at=clock.now())
        for account, amount in ((bank, 5), (owed, -5))
    ]
    with pytest.raises(DatabaseError, match="is closed"), transaction.atomic():
        Posting.objects.bulk_create(late)
    moment = clock.now()
    with pytest.raises(DatabaseError, match="does not balance"), transaction.atomic():
        Entry.objects.create(cause="capture:2", kind="capture", happened_at=moment, posted_at=moment)
    assert (Entry.objects.count(), Posting.objects.count()) == (1, 2)


def test_flush_is_refused_but_to_the_test_runner(race_market: Market) -> None:
    _capture("capture:1")
    with pytest.raises(Exception, match=r"couldn't be flushed|is refused"):
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    assert Entry.objects.count() == 1
    with books_may_be_emptied():
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    assert Entry.objects.count() == 0


def test_the_setting_opens_nothing_in_a_database_of_another_name(race_market: Market) -> None:
    _capture("capture:1")
    values = connection.settings_dict
    name = "real_books_" + values["NAME"]
    words = {"user": values["USER"], "password": values["PASSWORD"] or None, "host": values["HOST"]}
    connection.close()
    with psycopg.connect(dbname="postgres", autocommit=True, **words) as admin:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        admin.execute(drop)
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(values["NAME"]))
        )
        try:
            with psycopg.connect(dbname=name, autocommit=True, **words) as real:
                real.execute("SET market.ledger_flush = 'on'")
                with pytest.raises(psycopg.errors.IntegrityError, match="is refused"):
                    real.execute("TRUNCATE ledger_account, ledger_posting, ledger_entry")
                assert real.execute("SELECT count(*) FROM ledger_posting").fetchone() == (2,)
        finally:
            admin.execute(drop)

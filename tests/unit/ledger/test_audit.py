"""The nightly check finds what is wrong and says what to do; a book in order has nothing to tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from shop.common import jobs
from shop.common.models import JobRun
from shop.ledger import audit, causes
from shop.ledger.models import Account, Entry, Posting
from shop.ledger.services import credit, debit, post, reverse

pytestmark = pytest.mark.django_db
PAID = {"known:1", "known:2"}


@pytest.fixture(autouse=True)
def _somebody_knows() -> Iterator[None]:
    """A room that knows two payments."""

    @causes.knows("known")
    def known(asked: Sequence[str]) -> set[str]:
        return PAID & set(asked)

    yield
    del causes._resolvers["known"]


def paid(cause: str) -> Entry:
    lines = [debit("platform", "bank", 45_000), credit("platform", "buyers_unallocated", 45_000)]
    return post(cause=cause, kind="capture", lines=lines)


def found() -> list[tuple[str, str]]:
    return [(one.code, one.about) for one in audit.differences()]


def past_the_guards(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("ledger_account", "ledger_entry", "ledger_posting"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in ("ledger_account", "ledger_entry", "ledger_posting"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_books_in_order_have_nothing_to_tell() -> None:
    paid("known:1")
    reverse(entry=paid("known:2"))
    assert audit.differences() == []
    assert causes.cause_exists("known:1")
    assert not causes.cause_exists("known:3")
    assert not causes.cause_exists("nobody:1")
    out = StringIO()
    call_command("ledger_check", stdout=out)
    assert out.getvalue().splitlines() == [
        "bank                  THB             450.00 debit",
        "buyers_unallocated    THB             450.00 credit",
        "0 differences",
    ]


def test_a_cause_that_does_not_exist_and_one_that_nobody_knows() -> None:
    paid("known:1")
    paid("known:3")
    paid("nobody:1")
    assert found() == [("cause", "known:3"), ("prefix", "nobody:1")]
    errors = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("ledger_check", stdout=StringIO(), stderr=errors)
    assert end.value.code == 1
    assert "known:3" in errors.getvalue()
    assert "nobody:1" in errors.getvalue()


def test_what_was_written_past_the_guards_is_found() -> None:
    entry = paid("known:1")
    past_the_guards("UPDATE ledger_posting SET amount_satang = 45001 WHERE amount_satang = 45000")
    codes = found()
    assert ("sum", "THB 1") in codes
    assert ("entry", entry.cause) in codes
    assert len([code for code, _about in codes if code == "guard"]) == 10, "awake, but not always: that is told too"


def test_an_entry_without_lines_is_found() -> None:
    past_the_guards(
        "INSERT INTO ledger_entry (cause, kind, happened_at, posted_at, memo, made_in)"
        " VALUES ('known:2', 'capture', now(), now(), '', '')"
    )
    assert ("entry", "known:2") in found()


def test_the_clock_does_it_and_the_office_reads_the_outcome() -> None:
    paid("known:1")
    job = next(one for one in jobs.all_jobs() if one.name == "ledger.check")
    assert job.run() == "0 differences"
    paid("known:3")
    record = JobRun.objects.create(name="ledger.check")
    jobs._run(job, record)
    assert record.last_error.startswith("LedgerDiffers: ledger.differs")
    assert "known:3" in record.last_error


def test_one_room_alone_knows_a_prefix() -> None:
    with pytest.raises(ValueError, match="two rooms"):
        causes.knows("known")(lambda asked: set(asked))


def test_thousands_of_entries_are_asked_for_in_batches() -> None:
    asked: list[int] = []

    @causes.knows("many")
    def many(named: Sequence[str]) -> set[str]:
        asked.append(len(named))
        return set(named)

    try:
        for number in range(7):
            paid(f"many:{number}")
        batch, audit._AT_ONCE = audit._AT_ONCE, 3
        try:
            assert audit.differences() == []
        finally:
            audit._AT_ONCE = batch
    finally:
        del causes._resolvers["many"]
    assert asked == [3, 3, 1]
    assert (Account.objects.count(), Posting.objects.count()) == (2, 14)

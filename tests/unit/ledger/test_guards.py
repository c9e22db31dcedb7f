"""The database keeps the books, whoever writes: tried with plain SQL, past every service."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, transaction

from shop.ledger.checks import GUARDS, guards_are_awake, sleeping_guards
from shop.ledger.models import Account, Entry, Posting
from shop.ledger.services import credit, debit, post
from tests.flushing import books_may_be_emptied

pytestmark = pytest.mark.django_db


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def as_at_commit() -> None:
    """What the end of a transaction asks."""
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def entry() -> Entry:
    lines = [debit("platform", "bank", 100), credit("platform", "buyers_unallocated", 100)]
    return post(cause="capture:1", kind="capture", lines=lines)


def write_entry(cause: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_entry (cause, kind, happened_at, posted_at, memo, made_in)"
            " VALUES (%s, 'capture', now(), now(), '', 'forged') RETURNING id",
            [cause],
        )
        return int(cursor.fetchone()[0])


def write_posting(entry: int, account: Account, amount: int) -> None:
    run(
        "INSERT INTO ledger_posting (entry_id, account_id, amount_satang, happened_at) VALUES (%s, %s, %s, 'epoch')",
        *(entry, account.pk, amount),
    )


def write_whole(cause: str, lines: list[tuple[Account, int]]) -> int:
    """An entry with its lines, up to the end of its transaction."""
    made = write_entry(cause)
    for account, amount in lines:
        write_posting(made, account, amount)
    as_at_commit()
    return made


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_posting SET amount_satang = amount_satang + 1",
        "UPDATE ledger_posting SET happened_at = now() WHERE false",
        "UPDATE ledger_entry SET memo = 'x'",
        "UPDATE ledger_entry SET made_in = ledger_transaction()",
        "UPDATE ledger_account SET owner = 'org:X'",
        "UPDATE ledger_account SET kind = 'income'",
        "DELETE FROM ledger_posting",
        "DELETE FROM ledger_entry",
        "DELETE FROM ledger_account",
        "TRUNCATE ledger_posting",
        "TRUNCATE ledger_entry CASCADE",
        "TRUNCATE ledger_account, ledger_posting, ledger_entry",
        "INSERT INTO ledger_entry SELECT * FROM ledger_entry ON CONFLICT (id) DO UPDATE SET memo = 'x'",
    ],
)
def test_nothing_posted_is_changed_or_emptied(entry: Entry, sql: str) -> None:
    before = list(Posting.objects.values()), list(Entry.objects.values()), list(Account.objects.values())
    as_at_commit()
    with (
        pytest.raises(DatabaseError, match=r"ledger: (UPDATE|DELETE|TRUNCATE) on ledger_\w+ is refused"),
        transaction.atomic(),
    ):
        run(sql)
    assert before == (list(Posting.objects.values()), list(Entry.objects.values()), list(Account.objects.values()))


def test_also_a_session_that_calls_itself_a_replica_is_refused(entry: Entry) -> None:
    as_at_commit()
    run("SET LOCAL session_replication_role = 'replica'")
    with pytest.raises(DatabaseError, match="is refused"), transaction.atomic():
        run("DELETE FROM ledger_posting")
    assert entry.postings.count() == 2


def test_an_entry_that_does_not_balance_never_commits(entry: Entry) -> None:
    bank, owed = Account.objects.get(purpose="bank"), Account.objects.get(purpose="buyers_unallocated")
    for lines in ([], [(bank, 5)], [(bank, 5), (owed, -4)], [(bank, 5), (bank, 5)]):
        with pytest.raises(DatabaseError, match="does not balance"), transaction.atomic():
            write_whole("capture:2", lines)
    assert Entry.objects.count() == 1


def test_currencies_do_not_make_up_for_each_other(entry: Entry) -> None:
    bank = Account.objects.get(purpose="bank")
    post(
        cause="capture:3",
        kind="capture",
        lines=[debit("platform", "test_clearing", 7, "XTS"), credit("platform", "buyers_unallocated", 7, "XTS")],
    )
    toys = Account.objects.get(purpose="test_clearing")
    with pytest.raises(DatabaseError, match=r"THB 5, XTS -5|XTS -5, THB 5"), transaction.atomic():
        write_whole("capture:2", [(bank, 5), (toys, -5)])


def test_a_balanced_entry_written_by_hand_commits_and_has_its_moment_from_the_entry(entry: Entry) -> None:
    """The control of the refusals above."""
    bank, owed = Account.objects.get(purpose="bank"), Account.objects.get(purpose="buyers_unallocated")
    made = write_whole("capture:2", [(bank, 5), (owed, -5)])
    row = Entry.objects.get(pk=made)
    assert row.made_in != "forged"
    assert {posting.happened_at for posting in row.postings.all()} == {row.happened_at}


def test_a_line_too_many_is_found_also_after_the_first_look() -> None:
    """SET CONSTRAINTS asks in the middle; what is written afterwards is asked again."""
    lines = [debit("platform", "bank", 100), credit("platform", "buyers_unallocated", 100)]
    made = post(cause="capture:1", kind="capture", lines=lines)
    as_at_commit()
    write_posting(made.pk, Account.objects.get(purpose="bank"), 1)
    with pytest.raises(DatabaseError, match="does not balance"), transaction.atomic():
        as_at_commit()
    write_posting(made.pk, Account.objects.get(purpose="bank"), -1)


def test_nothing_moves_by_zero(entry: Entry) -> None:
    bank = Account.objects.get(purpose="bank")
    with pytest.raises(DatabaseError, match="posting_moves_something"), transaction.atomic():
        write_posting(write_entry("capture:2"), bank, 0)


def test_every_guard_is_there_and_awake() -> None:
    assert sleeping_guards() == []
    assert guards_are_awake(databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'ledger%' AND NOT tgisinternal")
        assert {name for (name,) in cursor.fetchall()} == set(GUARDS)


@pytest.mark.parametrize(("guard", "table"), sorted(GUARDS.items()))
def test_a_guard_that_is_gone_or_asleep_is_told(guard: str, table: str) -> None:
    for sql in (
        f"ALTER TABLE {table} DISABLE TRIGGER {guard}",
        f"ALTER TABLE {table} ENABLE TRIGGER {guard}",
        f"DROP TRIGGER {guard} ON {table}",
    ):
        run(sql)
        assert sleeping_guards() == [(guard, table)]
        (told,) = guards_are_awake(databases=["default"])
        assert (told.id, guard in told.msg, table in (told.hint or "")) == ("ledger.E001", True, True)
        with pytest.raises(SystemCheckError, match=guard):
            call_command("check", databases=["default"])


def test_before_the_tables_are_made_nothing_is_missing() -> None:
    """`migrate` asks before it makes them."""
    run("ALTER TABLE ledger_account RENAME TO elsewhere_account")
    run("ALTER TABLE ledger_entry RENAME TO elsewhere_entry")
    run("ALTER TABLE ledger_posting RENAME TO elsewhere_posting")
    assert sleeping_guards() == []


def test_the_test_runner_may_empty_them_but_not_change_them(entry: Entry) -> None:
    as_at_commit()
    with books_may_be_emptied():
        with pytest.raises(DatabaseError, match="is refused"), transaction.atomic():
            run("DELETE FROM ledger_posting")
        run("TRUNCATE ledger_account, ledger_posting, ledger_entry")
    assert Entry.objects.count() == 0

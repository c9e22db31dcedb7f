"""The books through their services: posting once for each cause, reversing, balances, statements."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.common import clock
from shop.ledger import errors, selectors
from shop.ledger.models import Account, Entry, Posting
from shop.ledger.purposes import PURPOSES, Holder
from shop.ledger.services import Line, credit, debit, post, reverse

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 27, 5, 0, tzinfo=dt.UTC)


def sale(cause: str = "capture:1", satang: int = 45_000) -> Entry:
    """A payment of 450.00 that came through Stripe."""
    lines = [debit("platform", "stripe_clearing", satang), credit("platform", "buyers_unallocated", satang)]
    return post(cause=cause, kind="capture", lines=lines)


def divided() -> Entry:
    """The example of design §6: 250.00 baht among five."""
    lines = [
        debit("platform", "buyers_unallocated", 25_000),
        credit("org:GROUP1", "held", 22_500),
        credit("org:COOP1", "cooperative", 500),
        credit("org:HUB1", "hub", 1_000),
        credit("platform", "fund", 250),
        credit("platform", "commission", 750),
    ]
    return post(cause="share:1", kind="share", lines=lines)


def test_a_payment_and_its_division() -> None:
    sale(satang=25_000)
    divided()
    assert selectors.balance_of("platform", "stripe_clearing") == 25_000
    assert selectors.balance_of("platform", "buyers_unallocated") == 0
    assert selectors.balances("org:GROUP1") == {("held", "THB"): -22_500}
    assert selectors.balances("platform") == {
        ("stripe_clearing", "THB"): 25_000,
        ("buyers_unallocated", "THB"): 0,
        ("commission", "THB"): -750,
        ("fund", "THB"): -250,
    }
    trial = selectors.trial_balance()
    assert [(row.purpose, row.debit, row.credit) for row in trial.rows] == [
        ("stripe_clearing", 25_000, None),
        ("buyers_unallocated", None, None),
        ("held", None, 22_500),
        ("cooperative", None, 500),
        ("hub", None, 1_000),
        ("fund", None, 250),
        ("commission", None, 750),
    ]
    assert trial.sums == {"THB": 0}
    assert selectors.balance_of("org:NOBODY", "held") == 0


def test_the_same_cause_again_is_the_same_entry() -> None:
    first, again = sale(), sale()
    assert (again.pk, Entry.objects.count(), Posting.objects.count()) == (first.pk, 1, 2)


def test_the_same_cause_with_other_lines_is_refused_and_nothing_happens() -> None:
    sale()
    with pytest.raises(errors.CauseUsed):
        sale(satang=45_001)
    lines = [debit("platform", "stripe_clearing", 45_000), credit("platform", "buyers_unallocated", 45_000)]
    with pytest.raises(errors.CauseUsed):
        post(cause="capture:1", kind="refund", lines=lines)
    assert Entry.objects.count() == 1
    assert selectors.balance_of("platform", "stripe_clearing") == 45_000


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        ([], errors.Unbalanced),
        ([debit("platform", "bank", 100)], errors.Unbalanced),
        ([debit("platform", "bank", 100), credit("platform", "commission", 99)], errors.Unbalanced),
        ([debit("platform", "bank", 100), credit("platform", "commission", 100, "XTS")], errors.Unbalanced),
        ([debit("platform", "bank", 0), credit("platform", "commission", 0)], errors.BadLine),
        ([debit("platform", "bank", 1.5), credit("platform", "commission", 1.5)], errors.BadLine),  # type: ignore[arg-type]
        ([debit("platform", "bank", True), credit("platform", "commission", 1)], errors.BadLine),
        ([debit("platform", "bank", 10**15 + 1), credit("platform", "commission", 10**15 + 1)], errors.BadLine),
        ([debit("platform", "gold", 1), credit("platform", "commission", 1)], errors.BadLine),
        ([debit("platform", "bank", 1, "USD"), credit("platform", "commission", 1, "USD")], errors.BadLine),
        ([debit("org:A", "bank", 1), credit("platform", "commission", 1)], errors.BadLine),
        ([debit("platform", "bank", 1), credit("platform", "held", 1)], errors.BadLine),
        ([debit("platform", "bank", 1), credit("org:", "held", 1)], errors.BadLine),
        ([debit("platform", "bank", 1), credit("org:a b", "held", 1)], errors.BadLine),
    ],
)
def test_what_cannot_be_posted(lines: list[Line], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        post(cause="capture:1", kind="capture", lines=lines)
    assert (Entry.objects.count(), Account.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "cause", ["", "capture", "capture:", "Capture:1", "1:1", "capture:a b", f"capture:{'x' * 101}"]
)
def test_a_cause_says_what_and_which(cause: str) -> None:
    with pytest.raises(errors.BadCause):
        sale(cause)
    assert Entry.objects.count() == 0


def test_a_kind_is_known() -> None:
    with pytest.raises(errors.UnknownKind):
        post(cause="capture:1", kind="gift", lines=[debit("platform", "bank", 1), credit("platform", "fund", 1)])


def test_a_reversal_is_the_opposite_and_comes_once() -> None:
    entry = sale()
    back = reverse(entry=entry, memo="posted twice at the bank")
    assert (back.cause, back.kind, back.reverses_id) == (f"reversal:{entry.pk}", "reversal", entry.pk)
    assert selectors.balance_of("platform", "stripe_clearing") == 0
    assert reverse(entry=entry).pk == back.pk
    with pytest.raises(errors.AlreadyReversed):
        reverse(entry=entry, cause="correction:2")
    assert Entry.objects.count() == 2


def test_money_of_tests_stands_in_books_of_its_own() -> None:
    sale()
    lines = [
        debit("platform", "test_clearing", 100, "XTS"),
        credit("platform", "buyers_unallocated", 100, "XTS"),
    ]
    post(cause="capture:2", kind="capture", lines=lines)
    assert selectors.balance_of("platform", "buyers_unallocated") == -45_000
    assert selectors.trial_balance().sums == {"THB": 0, "XTS": 0}
    assert [entry[0] for entry in selectors.trial_balance().by_currency] == ["THB", "XTS"]


def test_a_statement_counts_days_in_thailand() -> None:
    """23.59 in Bangkok is 16.59 UTC of the same day; midnight belongs to the new one."""
    day = dt.date(2026, 11, 26)
    moments = [
        clock.start_of_day(day) - dt.timedelta(microseconds=1),
        clock.start_of_day(day),
        clock.end_of_day(day) - dt.timedelta(minutes=1),
        clock.end_of_day(day),
    ]
    for number, moment in enumerate(moments, start=1):
        lines = [debit("platform", "bank", number * 100), credit("platform", "buyers_unallocated", number * 100)]
        post(cause=f"capture:{number}", kind="capture", lines=lines, happened_at=moment)
    bank = Account.objects.get(purpose="bank")
    told = selectors.statement(bank, day, day)
    assert (told.opening, told.closing) == (100, 600)
    found = [(row.entry.cause, after) for row, after in told.with_balance(list(told.rows))]
    assert found == [("capture:2", 300), ("capture:3", 600)]
    assert [entry.cause for entry in selectors.entries_of(day=day)] == ["capture:3", "capture:2"]
    assert selectors.balance(bank) == 1_000


def test_entries_are_found_by_cause_account_and_kind() -> None:
    sale("capture:A-1")
    sale("capture:B-1")
    divided()
    assert [entry.cause for entry in selectors.entries_of(cause_prefix="capture:A")] == ["capture:A-1"]
    held = Account.objects.get(purpose="held")
    assert [entry.cause for entry in selectors.entries_of(account=held)] == ["share:1"]
    assert {entry.cause for entry in selectors.entries_of(kind="capture")} == {"capture:A-1", "capture:B-1"}


_PLACES = [
    (owner, purpose.code)
    for purpose in PURPOSES.values()
    for owner in ("platform", "org:A", "org:B")
    if purpose.holder is Holder.ANYBODY or owner.startswith("org:") is (purpose.holder is Holder.ORGANISATION)
]


@st.composite
def balanced(draw: st.DrawFn) -> list[Line]:
    """Two to seven lines in one or two currencies that sum to zero in each."""
    lines: list[Line] = []
    for currency in draw(st.sampled_from([("THB",), ("XTS",), ("THB", "XTS")])):
        amounts = draw(st.lists(st.integers(-(10**9), 10**9).filter(bool), min_size=1, max_size=6))
        rest = -sum(amounts)
        amounts += [rest] if rest else [1, -1]
        places = draw(st.lists(st.sampled_from(_PLACES), min_size=len(amounts), max_size=len(amounts)))
        lines += [Line(*place, amount, currency) for place, amount in zip(places, amounts, strict=True)]
    return lines


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(balanced(), min_size=1, max_size=6), st.data())
def test_whatever_is_posted_sums_to_zero_and_is_posted_once(entries: list[list[Line]], data: st.DataObject) -> None:
    before = Entry.objects.count()
    prefix = f"capture:{before}"
    order = data.draw(st.permutations([*range(len(entries)), *range(len(entries))]))
    known: dict[int, tuple[int, list[tuple[int, int]]]] = {}
    for number in order:
        entry = post(cause=f"{prefix}-{number}", kind="capture", lines=entries[number])
        rows = sorted(entry.postings.values_list("account_id", "amount_satang"))
        assert known.setdefault(number, (entry.pk, rows)) == (entry.pk, rows)
        assert sorted(amount for _account, amount in rows) == sorted(line.amount_satang for line in entries[number])
    assert Entry.objects.count() == before + len(entries)
    assert set(selectors.trial_balance().sums.values()) == {0}
    for owner, purpose in {(line.owner, line.purpose) for lines in entries for line in lines}:
        account = Account.objects.filter(owner=owner, purpose=purpose).first()
        assert account is not None
        everything = sum(account.postings.values_list("amount_satang", flat=True))
        assert selectors.balance(account) == everything

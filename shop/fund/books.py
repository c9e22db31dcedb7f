"""What the fund writes into the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Sum

from shop.fund.models import Spending
from shop.fund.sums import ASIDE
from shop.ledger import causes
from shop.ledger.models import Entry, Posting
from shop.ledger.purposes import PLATFORM
from shop.ledger.services import Line, credit, debit, post
from shop.order.dividing import take


def post_spending(spending: Spending, parts: Sequence[tuple[str, int]]) -> Entry:
    """Money leaves the bank account, or is set aside for vouchers: out of the parts (owner, satang) in the proportion of what they hold.

    Where refunds have made one part negative, the others hold less together than they seem; the whole was checked before.
    """
    given = take(spending.amount_satang, [satang for _owner, satang in parts])
    lines = [debit(owner, "fund", satang) for (owner, _held), satang in zip(parts, given, strict=True) if satang]
    owner, purpose = (f"org:{spending.network.code}", ASIDE) if spending.is_budget else (PLATFORM, "bank")
    lines.append(credit(owner, purpose, spending.amount_satang))
    return post(
        cause=f"spending:{spending.code}",
        kind="budget" if spending.is_budget else "spending",
        lines=lines,
        happened_at=spending.decided_at,
        memo=spending.what,
    )


def post_back(spending: Spending, satang: int, number: int) -> Entry:
    """What vouchers did not need of a budget goes back to the parts of the fund that gave it; below zero they give it after all.

    In the proportion of what each still lacks of what it gave, largest remainder: all of it back leaves every part as it was.
    """
    gave = _by_owner(f"spending:{spending.code}", exactly=True)
    back = _by_owner(f"budget_back:{spending.code}:")
    left = {owner: max(0, given + back.get(owner, 0)) for owner, given in sorted(gave.items())}
    has = {owner: max(0, -satang) for owner, satang in sorted(back.items())}
    among = left if satang > 0 else has
    parts = zip(among, take(abs(satang), list(among.values())), strict=True)
    sign = 1 if satang > 0 else -1
    lines = [Line(owner, "fund", -sign * part) for owner, part in parts if part]
    return post(
        cause=f"budget_back:{spending.code}:{number}",
        kind="budget_back",
        lines=[Line(f"org:{spending.network.code}", ASIDE, satang), *lines],
        memo=spending.what,
    )


def _by_owner(cause: str, *, exactly: bool = False) -> dict[str, int]:
    """Owner of a part of the fund → satang that left it (positive) with entries of this cause."""
    rows = Posting.objects.filter(account__purpose="fund")
    rows = rows.filter(entry__cause=cause) if exactly else rows.filter(entry__cause__startswith=cause)
    return dict(rows.order_by().values_list("account__owner").annotate(Sum("amount_satang")))


def given_back(spending: Spending) -> tuple[int, int]:
    """(satang, entries) that went back of a budget."""
    rows = Posting.objects.filter(entry__cause__startswith=f"budget_back:{spending.code}:", account__purpose=ASIDE)
    sums = rows.aggregate(sum=Sum("amount_satang"), number=Count("entry", distinct=True))
    return int(sums["sum"] or 0), int(sums["number"])


@causes.knows("budget_back")
def _backs(names: Sequence[str]) -> set[str]:
    codes = {name: name.split(":")[1] for name in names}
    rows = Spending.objects.filter(code__in=codes.values(), is_budget=True, state=Spending.State.APPROVED)
    known = set(rows.values_list("code", flat=True))
    return {name for name, code in codes.items() if code in known}


@causes.knows("spending")
def _spendings(names: Sequence[str]) -> set[str]:
    codes = [name.partition(":")[2] for name in names]
    rows = Spending.objects.filter(code__in=codes, state=Spending.State.APPROVED).values_list("code", flat=True)
    return {f"spending:{code}" for code in rows}

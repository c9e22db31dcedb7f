"""What the fund writes into the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from shop.fund.models import Spending
from shop.ledger import causes
from shop.ledger.models import Entry
from shop.ledger.purposes import PLATFORM
from shop.ledger.services import credit, debit, post
from shop.order.dividing import take


def post_spending(spending: Spending, parts: Sequence[tuple[str, int]]) -> Entry:
    """Money leaves the bank account: out of the parts (owner, satang) in the proportion of what they hold.

    Where refunds have made one part negative, the others hold less together than they seem; the whole was checked before.
    """
    given = take(spending.amount_satang, [satang for _owner, satang in parts])
    lines = [debit(owner, "fund", satang) for (owner, _held), satang in zip(parts, given, strict=True) if satang]
    lines.append(credit(PLATFORM, "bank", spending.amount_satang))
    return post(
        cause=f"spending:{spending.code}",
        kind="spending",
        lines=lines,
        happened_at=spending.decided_at,
        memo=spending.what,
    )


@causes.knows("spending")
def _spendings(names: Sequence[str]) -> set[str]:
    codes = [name.partition(":")[2] for name in names]
    rows = Spending.objects.filter(code__in=codes, state=Spending.State.APPROVED).values_list("code", flat=True)
    return {f"spending:{code}" for code in rows}

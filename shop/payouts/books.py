"""What payouts write into the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from shop.ledger import causes
from shop.ledger.purposes import PLATFORM
from shop.ledger.services import credit, debit, post
from shop.order.models import VendorOrder
from shop.payouts.models import PayoutItem


def owner(code: str) -> str:
    """An organisation's name in the ledger."""
    return f"org:{code}"


def post_sent(item: PayoutItem) -> None:
    """On its way: not owed any more, not arrived yet. The cash that the organisation has already is counted against it."""
    code, name = item.owner.code, str(item)
    if item.cash_satang:
        lines = [
            debit(owner(code), "payable", item.cash_satang),
            credit(owner(code), "cash_held", item.cash_satang),
        ]
        post(cause=f"cash_offset:{name}", kind="cash_offset", lines=lines)
    lines = [
        debit(owner(code), "payable", item.amount_satang),
        credit(PLATFORM, "payouts_in_transit", item.amount_satang),
    ]
    post(cause=f"payout:{name}", kind="payout", lines=lines)


def post_confirmed(item: PayoutItem) -> None:
    """The bank says that it arrived."""
    lines = [debit(PLATFORM, "payouts_in_transit", item.amount_satang), credit(PLATFORM, "bank", item.amount_satang)]
    post(cause=f"payout_done:{item}", kind="payout_done", lines=lines)


def post_bounced(item: PayoutItem) -> None:
    """It came back: it is owed again. The cash stays counted."""
    lines = [
        debit(PLATFORM, "payouts_in_transit", item.amount_satang),
        credit(owner(item.owner.code), "payable", item.amount_satang),
    ]
    post(cause=f"payout_bounced:{item}", kind="payout_bounced", lines=lines)


def _items(prefix: str, names: Sequence[str], *states: str) -> set[str]:
    places = [name.partition(":")[2].rpartition("-") for name in names]
    rows = PayoutItem.objects.filter(batch__code__in={batch for batch, _dash, _position in places}, state__in=states)
    known = {f"{batch}-{position}" for batch, position in rows.values_list("batch__code", "position")}
    return {name for name in names if name.removeprefix(f"{prefix}:") in known}


_SENT = (PayoutItem.State.SENT, PayoutItem.State.CONFIRMED, PayoutItem.State.BOUNCED)


@causes.knows("payout")
def _payouts(names: Sequence[str]) -> set[str]:
    return _items("payout", names, *_SENT)


@causes.knows("cash_offset")
def _offsets(names: Sequence[str]) -> set[str]:
    return _items("cash_offset", names, *_SENT)


@causes.knows("payout_done")
def _done(names: Sequence[str]) -> set[str]:
    return _items("payout_done", names, PayoutItem.State.CONFIRMED)


@causes.knows("payout_bounced")
def _bounced(names: Sequence[str]) -> set[str]:
    return _items("payout_bounced", names, PayoutItem.State.BOUNCED)


@causes.tells_of_orders
def _of_order(number: str) -> list[str]:
    """What became ready of it; a payout is of a balance, not of an order."""
    parts = VendorOrder.objects.filter(order__number=number).values_list("number", flat=True)
    return [f"release:{part}" for part in parts]


@causes.knows("release")
def _releases(names: Sequence[str]) -> set[str]:
    numbers = [name.partition(":")[2] for name in names]
    rows = VendorOrder.objects.filter(number__in=numbers, released_at__isnull=False).values_list("number", flat=True)
    return {f"release:{number}" for number in rows}

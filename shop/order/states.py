"""What may follow what, as data: it can be asked, refused with a reason, and shown as buttons."""

from __future__ import annotations

from shop.order.models import VendorOrder

S = VendorOrder.State
NEXT: dict[str, frozenset[str]] = {
    S.AWAITING_PAYMENT: frozenset({S.TO_ACCEPT, S.CANCELLED}),
    S.TO_ACCEPT: frozenset({S.TO_PACK, S.CANCELLED}),
    S.TO_PACK: frozenset({S.PACKED, S.CANCELLED}),
    S.PACKED: frozenset({S.HANDED_OVER}),
    S.HANDED_OVER: frozenset({S.DELIVERED, S.CANCELLED}),
    S.DELIVERED: frozenset(),
    S.CANCELLED: frozenset(),
}


def may_become(state: str, wanted: str) -> bool:
    """True when `wanted` may follow `state`."""
    return wanted in NEXT[state]

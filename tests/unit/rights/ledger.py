"""The books are read by who keeps the market's money; an officer of a province finds nothing there."""

from __future__ import annotations

from collections.abc import Callable

from shop.common.access import Kind
from shop.ledger.models import Account
from shop.ledger.models import Entry as Posted
from shop.ledger.services import credit, debit, post
from tests.unit.rights.entries import Entry, Filled
from tests.unit.rights.world import World


def _posted() -> Posted:
    lines = [debit("platform", "bank", 100), credit("platform", "buyers_unallocated", 100)]
    return post(cause="capture:rights", kind="capture", lines=lines)


def _account() -> Filled:
    _posted()
    return {"pk": Account.objects.get(purpose="bank").pk}


def _order(world: World) -> Filled:
    assert world.transfer is not None
    return {"number": world.transfer.order.number}


def _pages(read: Callable[[World], Filled] | None = None, nothing: Filled | None = None) -> Entry:
    """For administrators; an officer of a province finds nothing there."""

    def filled(world: World) -> Filled:
        return read(world) if read else {}

    return Entry(
        own=lambda world, kind: None if kind is Kind.OFFICER else filled(world),
        foreign=lambda world, kind: [filled(world)] if kind is Kind.OFFICER else [],
        hidden=lambda world, kind: [nothing] if nothing else [],
    )


_NO_KEY: Filled = {"pk": 999_999_999}
LEDGER: dict[str, Entry] = {
    "ledger:index": _pages(),
    "ledger:index-csv": _pages(),
    "ledger:purpose": _pages(lambda world: {"code": "bank"}, {"code": "gold"}),
    "ledger:account": _pages(lambda world: _account(), _NO_KEY),
    "ledger:account-csv": _pages(lambda world: _account(), _NO_KEY),
    "ledger:entries": _pages(),
    "ledger:entry": _pages(lambda world: {"pk": _posted().pk}, _NO_KEY),
    "ledger:order": _pages(_order, {"number": "000000-00000"}),
    "ledger:proof": _pages(),
}

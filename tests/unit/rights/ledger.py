"""The books are read by administrators alone; an account or entry that is not there is a 404."""

from __future__ import annotations

from shop.common.access import Kind
from shop.ledger.models import Account
from shop.ledger.models import Entry as Posted
from shop.ledger.services import credit, debit, post
from tests.unit.rights.entries import Entry, Filled
from tests.unit.rights.world import World


def _posted() -> Posted:
    lines = [debit("platform", "bank", 100), credit("platform", "buyers_unallocated", 100)]
    return post(cause="capture:rights", kind="capture", lines=lines)


def _account(world: World, kind: Kind) -> Filled:
    _posted()
    return {"pk": Account.objects.get(purpose="bank").pk}


def _entry(world: World, kind: Kind) -> Filled:
    return {"pk": _posted().pk}


def _nothing(world: World, kind: Kind) -> list[Filled]:
    return [{"pk": 999_999_999}]


LEDGER: dict[str, Entry] = {
    "ledger:index": Entry(),
    "ledger:index-csv": Entry(),
    "ledger:purpose": Entry(own=lambda world, kind: {"code": "bank"}, hidden=lambda world, kind: [{"code": "gold"}]),
    "ledger:account": Entry(own=_account, hidden=_nothing),
    "ledger:account-csv": Entry(own=_account, hidden=_nothing),
    "ledger:entries": Entry(),
    "ledger:entry": Entry(own=_entry, hidden=_nothing),
}

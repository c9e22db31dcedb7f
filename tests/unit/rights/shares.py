"""The rules of shares: the department itself and administrators; an officer of a province finds nothing there."""

from __future__ import annotations

import datetime as dt

from shop.common import clock
from shop.common.access import Kind
from shop.order.models import ShareRule
from tests.unit.rights.entries import Entry, Filled
from tests.unit.rights.world import World


def _rule(world: World) -> Filled:
    day = clock.today() + dt.timedelta(days=9)
    rule = ShareRule.objects.filter(valid_from__gt=clock.today()).first()
    rule = rule or ShareRule.objects.create(
        payee="fund", fixed_satang=1, valid_from=day, made_at=clock.now(), valid_until=day
    )
    return {"pk": rule.pk}


def _pages(*, of_rule: bool = False) -> Entry:
    def filled(world: World) -> Filled:
        return _rule(world) if of_rule else {}

    return Entry(
        own=lambda world, kind: None if kind is Kind.OFFICER else filled(world),
        foreign=lambda world, kind: [filled(world)] if kind is Kind.OFFICER else [],
        hidden=lambda world, kind: [{"pk": 999_999_999}] if of_rule else [],
    )


SHARES: dict[str, Entry] = {
    "office_shares:index": _pages(),
    "office_shares:new": _pages(),
    "office_shares:end": _pages(of_rule=True),
    "office_shares:drop": _pages(of_rule=True),
}

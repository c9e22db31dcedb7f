"""Two officers decide at once: one decision holds, the other is told. Without the lock and the check both would."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from catalogue.errors import AlreadyRecalled, NotOpen
from catalogue.models import Category, GateExemption, Lot, Product
from catalogue.services import (
    enter_lot,
    grant_exemption,
    recall_lot,
    refuse_exemption,
    request_exemption,
    update_product,
)
from shop.common import clock
from shop.common.models import OutboxMessage
from tests.market import Market, make_user
from vendors.models import Membership
from vendors.services import add_member

pytestmark = pytest.mark.race


def two_officers(market: Market) -> list[Any]:
    office = market.people["officer"].memberships.get().organisation
    second = make_user("second")
    add_member(organisation=office, user=second, role=Membership.Role.OFFICER)
    return [market.people["officer"], second]


def question(market: Market) -> GateExemption:
    product = market.products["kratip"]
    Product.objects.filter(pk=product.pk).update(is_prepacked_processed=True)
    update_product(product=product, main_category=Category.objects.get(slug="chilli-paste"))
    return request_exemption(product=product, reason="ทำสดทุกวัน")


def test_of_two_decisions_at_once_one_holds(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    asked, officers = question(race_market), two_officers(race_market)
    together = threading.Barrier(10)

    def decide(number: int) -> str:
        act = grant_exemption if number % 2 else refuse_exemption
        together.wait()
        act(exemption=asked, reason=f"เหตุผล {number}", by=officers[number % 2])
        return "decided"

    answers = at_once(decide, list(range(10)), threads=10)
    assert answers.count("decided") == 1
    assert sum(isinstance(answer, NotOpen) for answer in answers) == 9
    asked.refresh_from_db()
    assert asked.state in ("granted", "refused")
    assert asked.product.events.filter(act__in=["exemption_granted", "exemption_refused"]).count() == 1
    assert OutboxMessage.objects.filter(topic="goods.decided").count() == 1


def test_the_same_without_lock_and_check_decides_twice(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    asked = question(race_market)
    together = threading.Barrier(2)

    def careless(state: str) -> str:
        seen = GateExemption.objects.get(pk=asked.pk).state
        together.wait()
        assert seen == "asked"
        GateExemption.objects.filter(pk=asked.pk).update(state=state, first_day=clock.today())
        return "decided"

    assert at_once(careless, ["granted", "refused"], threads=2) == ["decided", "decided"]


def test_a_lot_is_recalled_once(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    officers = two_officers(race_market)
    lot = enter_lot(product=race_market.products["kratip"], made_on=clock.today(), quantity=5)
    together = threading.Barrier(8)

    def recall(number: int) -> str:
        together.wait()
        recall_lot(lot=Lot.objects.get(pk=lot.pk), reason=f"เชื้อรา {number}", by=officers[number % 2])
        return "recalled"

    answers = at_once(recall, list(range(8)), threads=8)
    assert answers.count("recalled") == 1
    assert sum(isinstance(answer, AlreadyRecalled) for answer in answers) == 7
    assert OutboxMessage.objects.filter(topic="lot.recalled").count() == 1

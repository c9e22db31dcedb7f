"""One form of the office is one act, however many clicks arrive at once; two people do not both give the same look's money back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shop.order.models import Order
from shop.payment import errors
from shop.payment import services as payments
from shop.payment.models import MoneyAct, Refund
from shop.payment.selectors import money_version
from tests.market import Market
from tests.payments import place

pytestmark = pytest.mark.race
CLICKS = 20


def _paid(market: Market) -> Order:
    order = place(market, "transfer", kratip=5)
    payments.confirm(attempt=order.payment_attempts.get())
    return order


def _click(order: Order, by: Any, seen: str, token: str) -> Refund:
    return payments.give_back(
        order=order, pieces={order.lines.get().pk: 1}, delivery={}, why="returned", by=by, token=token, seen=seen
    )


def test_twenty_clicks_of_one_form_are_one_refund(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    order, by = _paid(race_market), race_market.people["administrator"]
    seen = money_version(order.pk)
    results = at_once(lambda _number: _click(order, by, seen, "a" * 32), list(range(CLICKS)), 10)
    assert {getattr(result, "pk", result) for result in results} == {Refund.objects.get().pk}
    assert MoneyAct.objects.count() == 1


def test_of_twenty_people_who_saw_the_same_one_gives_back(
    race_market: Market, at_once: Callable[..., list[Any]]
) -> None:
    order, by = _paid(race_market), race_market.people["administrator"]
    seen = money_version(order.pk)
    results = at_once(lambda number: _click(order, by, seen, f"{number:032x}"), list(range(CLICKS)), 10)
    assert sum(isinstance(result, Refund) for result in results) == 1
    assert sum(isinstance(result, errors.MoneyChanged) for result in results) == CLICKS - 1
    assert Refund.objects.count() == MoneyAct.objects.count() == 1


def test_without_form_and_look_each_click_would_give_back(
    race_market: Market, at_once: Callable[..., list[Any]]
) -> None:
    """The control: what stands below the office's service gives back as often as it is asked, up to what was bought."""
    order = _paid(race_market)
    pieces = {order.lines.get().pk: 1}
    results = at_once(
        lambda _number: payments.ask_refund(order=order, pieces=pieces, why="returned", by=None),
        list(range(CLICKS)),
        10,
    )
    assert sum(isinstance(result, Refund) for result in results) == 5
    assert sum(isinstance(result, errors.TooManyPieces) for result in results) == CLICKS - 5

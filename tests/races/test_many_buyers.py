"""Many want the last pieces and pay for them, fifty at a time: what is there is sold and paid, and nobody else is charged."""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from shop.basket.models import Basket
from shop.basket.services import COOKIE, add_to_basket
from shop.checkout.web.views import _SESSION
from shop.common import clock
from shop.common.errors import MarketError
from shop.gateways.standin.server import Standin
from shop.order.models import Order
from shop.partner.models import StockRecord
from shop.payment.models import PaymentAttempt
from tests.market import GUEST, Market
from tests.money import wrong_with_money
from tests.payments import settle, stripe
from tests.races.paying import bring_to, no_worker, served, work_off_all, workers

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("no_worker")]
__all__ = ["no_worker", "stripe"]
BUYERS, PIECES = (2_000, 100) if os.environ.get("TORTURE") else (200, 10)
AT_ONCE = 50
Run = Callable[..., list[Any]]


@dataclass(frozen=True)
class Outcome:
    """What a buyer saw: the answers' codes, the number of the order, and whether it was said that it is sold out."""

    codes: tuple[int, ...]
    number: str = ""
    told: bool = False
    paid: bool = False


def visitor(market: Market, number: int, keys: list[str]) -> tuple[Client, int]:
    """A guest with goods in the basket and an address typed; and what the page says that they cost."""
    basket = Basket.objects.create(status=Basket.OPEN)
    for key in keys:
        add_to_basket(basket=basket, product_id=market.products[key].pk, quantity=1)
    client = Client(raise_request_exception=False)
    client.cookies[COOKIE] = Signer(salt="market.basket").sign(str(basket.pk))
    session = client.session
    details = {**GUEST, "email": f"payer{number}@example.test", "phone": f"08{number:08d}", "line2": ""}
    session[_SESSION] = details
    session.save()
    prices = {"kratip": 12_000, "hat": 25_000, "bag": 39_000}
    return client, sum(prices[key] + 5_000 for key in keys)


def buy(one: tuple[Client, int], stripe: Standin, method: str = "promptpay") -> Outcome:
    """Presses the button that orders, opens the payment page, and pays in the bank's app, if there is something to pay."""
    client, total = one
    answer = client.post(reverse("checkout:payment"), {"method": method, "expected": total, "note": ""})
    if answer.status_code != 302:
        return Outcome((answer.status_code,), told=_is_told(answer))
    where = str(answer["Location"])
    found = re.match(r"/orders/([A-Z0-9]+)/pay/", where)
    if found is None:
        page = client.get(where)
        return Outcome((answer.status_code, page.status_code), told=_is_told(page))
    page = client.get(f"/orders/{found[1]}/pay/")
    attempt = PaymentAttempt.objects.get(order__number=found[1])
    if attempt.provider_ref:
        stripe.pay(attempt.provider_ref)
    return Outcome((answer.status_code, page.status_code), found[1], paid=bool(attempt.provider_ref))


def _is_told(answer: Any) -> bool:
    return "หมด" in answer.content.decode()


def test_many_buyers_for_few_pieces(race_market: Market, stripe: Standin, at_once: Run) -> None:
    record = race_market.stock["hat"]
    StockRecord.objects.filter(pk=record.pk).update(num_in_stock=PIECES)
    crowd = [visitor(race_market, number, ["hat"]) for number in range(BUYERS)]
    with workers(2):
        outcomes = at_once(lambda one: buy(one, stripe), crowd, threads=AT_ONCE)
    assert [each for each in outcomes if not isinstance(each, Outcome)] == []
    assert [code for each in outcomes for code in each.codes if code >= 500] == []
    sold = [each for each in outcomes if each.number]
    assert (len(sold), {each.paid for each in sold}) == (PIECES, {True})
    assert {each.told for each in outcomes if not each.number} == {True}
    messages = stripe.take_webhooks() * 2
    random.Random(3).shuffle(messages)
    with served() as port, workers(2):
        codes = at_once(lambda message: bring_to(port, message), messages, threads=20)
    at_once(lambda _worker: work_off_all(), [1, 2], threads=2)
    assert set(codes) == {200}
    assert len([row for row in stripe.all("payment_intent") if row["status"] == "succeeded"]) == PIECES
    assert len(stripe.all("payment_intent")) == PIECES
    assert Counter(PaymentAttempt.objects.values_list("state", flat=True)) == {"succeeded": PIECES}
    record.refresh_from_db()
    assert (record.num_in_stock, record.num_allocated) == (PIECES, PIECES)
    assert Basket.objects.filter(status=Basket.OPEN).count() == BUYERS - PIECES
    assert wrong_with_money(stripe) == []


def test_three_things_in_opposite_order_for_the_last_pieces(race_market: Market, stripe: Standin, at_once: Run) -> None:
    """Paid, ended and placed at the same time: each takes stock in its own order, and nobody waits for ever."""
    StockRecord.objects.update(num_in_stock=8)
    keys = ["kratip", "hat", "bag"]
    crowd = [visitor(race_market, number, keys if number % 2 else keys[::-1]) for number in range(24)]
    with workers(2):
        outcomes = at_once(lambda one: buy(one, stripe), crowd, threads=24)
    assert [code for each in outcomes for code in each.codes if code >= 500] == []
    assert len([each for each in outcomes if each.number]) == 8
    with served() as port, workers(2):
        at_once(lambda message: bring_to(port, message), stripe.take_webhooks(), threads=20)
    settle()
    assert set(StockRecord.objects.values_list("num_allocated", flat=True)) == {8}
    assert wrong_with_money(stripe) == []


def test_who_ends_orders_and_who_pays_late_do_not_stand_in_each_other_s_way(
    race_market: Market, stripe: Standin, at_once: Run
) -> None:
    """Three-item orders run out while their money arrives, and others want the pieces that come free."""
    import datetime as dt

    from shop.fulfilment import services as work
    from shop.payment import services as payments
    from tests.races.paying import begun, ordered

    StockRecord.objects.update(num_in_stock=10)
    orders = [ordered(race_market, number, kratip=1, hat=1, bag=1) for number in range(10)]
    made = [begun(order) for order in orders]
    later = clock.now() + dt.timedelta(minutes=31)

    def end(order: Order) -> Any:
        with clock.moved_to(later):
            return work.expire_order(order=order)

    def late(attempt: PaymentAttempt) -> Any:
        try:
            stripe.pay(attempt.provider_ref)
        except Exception:  # it was withdrawn before: nobody can pay it any more
            return None
        return payments.refresh(attempt=attempt)

    def fresh(number: int) -> Any:
        try:
            return ordered(race_market, number, hat=1, bag=1)
        except MarketError:  # sold out, at this moment
            return None

    acts: list[Callable[[], Any]] = [lambda order=order: end(order) for order in orders]  # type: ignore[misc]
    acts += [lambda attempt=attempt: late(attempt) for attempt in made[::2]]  # type: ignore[misc]
    acts += [lambda number=number: fresh(number) for number in range(100, 110)]  # type: ignore[misc]
    random.Random(5).shuffle(acts)
    results = at_once(lambda act: act(), acts, threads=len(acts))
    assert [result for result in results if isinstance(result, Exception)] == []
    with clock.moved_to(later):
        settle()
    assert wrong_with_money(stripe) == []

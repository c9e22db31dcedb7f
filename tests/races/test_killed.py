"""kill -9 at every step of placing, paying and giving back. Afterwards the market recovers by what production has: the clock's
jobs once, and the comparison with the provider once. Then every payment that succeeded has exactly one paid order or goes back,
stock is what orders hold, the books sum to zero, and the comparison names nothing open.

On each run three steps of each act of each life: its first, one in the middle, its last. With TORTURE=1 all of them.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from shop.common import clock, embedded
from shop.gateways.standin.server import Standin
from shop.payment.audit import violations
from shop.payment.models import PaymentAttempt
from tests.market import Market
from tests.money import wrong_with_money
from tests.payments import stripe
from tests.races.paying import plenty
from tests.recovery import clock_once, compare_once, production_worker

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("production_worker")]
__all__ = ["production_worker", "stripe"]
TORTURE = bool(os.environ.get("TORTURE"))
HALF_AN_HOUR = dt.timedelta(minutes=31)  # so long PromptPay and cards are waited for
TOGETHER = 8
"""So many are killed one after the other before the market recovers from all of it."""


@dataclass(frozen=True)
class Lived:
    """How it ended, after how many steps, and which of them each act had (only of those that came to their end)."""

    ended: int
    steps: int
    acts: dict[str, tuple[int, int]]


class Buyer:
    """The process that lives orders and is killed."""

    def __init__(self, market: Market, standin: Standin) -> None:
        variables = {"DB_NAME": connection.settings_dict["NAME"], "DJANGO_SETTINGS_MODULE": "shop.settings.test"}
        variables |= {"STRIPE_SECRET_KEY": standin.key, "STRIPE_WEBHOOK_SECRET": standin.secret}
        variables |= {"STRIPE_API_BASE": standin.url, "DEMO": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash"],
            cwd=embedded.ROOT,
            env={**os.environ, **variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.products = [market.products[key].pk for key in ("hat", "kratip")]
        self.number = 0

    def live(self, life: str, method: str, until: int) -> Lived:
        """Until it is killed there; 0 lets it live to its end. The first is lived by the process itself and not counted."""
        assert self.process.stdin
        assert self.process.stdout
        self.number += 1
        order = {"number": self.number, "life": life, "method": method, "until": until, "products": self.products}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        acts = {name: (first, last) for name, (first, last) in answer["acts"].items()}
        return Lived(int(answer["ended"]), int(answer["steps"]), acts)

    def end(self) -> None:
        """No more orders."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(30)


@pytest.fixture
def buyer(race_market: Market, stripe: Standin) -> Iterator[Buyer]:
    plenty(race_market, "hat")
    plenty(race_market, "kratip")
    made = Buyer(race_market, stripe)
    yield made
    made.end()


def bring(messages: list[tuple[bytes, str]]) -> None:
    """Stripe sends again what was not answered."""
    for body, header in messages:
        facts: dict[str, Any] = {"content_type": "application/json", "headers": {"stripe-signature": header}}
        assert Client().post("/webhooks/stripe/", data=body, **facts).status_code == 200


def night_after(day: dt.date) -> dt.datetime:
    """When the day is compared."""
    return clock.start_of_day(day + dt.timedelta(days=1)) + dt.timedelta(hours=3)


def recover(day: dt.date, *, clock_first: bool) -> int:
    """The clock's jobs once, the comparison once; whichever comes first finds all that was left lying. What was repaired.

    The comparison is that of the night after `day`, and asks for `day`.
    """
    night = night_after(day)
    if clock_first:
        clock_once(clock.now() + HALF_AN_HOUR)
    still_open, repaired = compare_once(night)
    assert still_open == []
    if not clock_first:
        clock_once(night + HALF_AN_HOUR)
    return repaired


def steps_of(lived: Lived) -> list[int]:
    """Where to kill."""
    if TORTURE:
        return list(range(1, lived.steps + 1))
    return sorted({step for first, last in lived.acts.values() for step in (first, (first + last) // 2, last)})


LIVES = {
    ("pays", "promptpay"): ["place", "begin", "hear", "work off", "ask back", "send back"],
    ("pays", "card"): ["place", "begin", "hear", "work off", "ask back", "send back"],
    ("changes", "card"): [
        "place",
        "begin",
        "choose",
        "begin again",
        "hear",
        "work off",
        "ask back",
        "send back",
    ],
    ("leaves", "promptpay"): ["place", "begin", "cancel"],
}


@pytest.mark.slow
@pytest.mark.parametrize(("life", "method"), LIVES)
def test_killed_at_every_step(race_market: Market, stripe: Standin, buyer: Buyer, life: str, method: str) -> None:
    lived = [buyer.live(life, method, 0) for _ in range(2)][1]  # the very first one opens accounts in the books as well
    assert (lived.ended, list(lived.acts)) == (0, LIVES[life, method])
    day = clock.today()
    stripe.take_webhooks()
    recover(day, clock_first=True)
    assert wrong_with_money(stripe) == []
    steps = steps_of(lived)
    rounds = -(-len(steps) // TOGETHER)
    for number in range(rounds):
        together = steps[number::rounds]  # of every act some
        messages = []
        for until in together:
            killed = buyer.live(life, method, until)
            assert (killed.ended, killed.steps) == (-signal.SIGKILL, until)
            came = stripe.take_webhooks()
            messages += came if until % 2 else []  # the others are lost
        bring(messages)
        recover(day, clock_first=bool(number % 2))
        where = f"payer{buyer.number - len(together) + 1} and on were killed at {together} of {lived.steps}"
        assert wrong_with_money(stripe) == [], where
        assert violations() == [], where
    states = set(PaymentAttempt.objects.values_list("state", flat=True))
    assert states == ({"cancelled", "expired"} if life == "leaves" else states | {"succeeded", "expired"})


def test_control_without_recovering_something_is_left_lying(race_market: Market, stripe: Standin, buyer: Buyer) -> None:
    """Killed after the money, before anything of it was noted: the sentences above must be able to say something, and the comparison too."""
    acts = [buyer.live("pays", "card", 0) for _ in range(2)][1].acts
    day = clock.today()
    first, last = acts["send back"]
    for until in (acts["hear"][0], *range(first, last + 1, 2)):
        assert buyer.live("pays", "card", until).ended == -signal.SIGKILL
        stripe.take_webhooks()
    left = wrong_with_money(stripe)
    assert any("was paid, here it is" in sentence for sentence in left), left
    still_open, repaired = compare_once(night_after(day), dry_run=True)
    assert {sentence.split()[0] for sentence in still_open} == {"late", "late_refund"}, still_open
    assert repaired == 0
    assert wrong_with_money(stripe) == left
    assert recover(day, clock_first=False) == len(still_open)
    assert wrong_with_money(stripe) == []

"""The made-up lives of `test_machine` must be able to say something: with one rule broken, one of a few lives shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from shop.fulfilment.services import orders
from shop.gateways.standin.server import Standin
from shop.payment import books
from shop.payment.events import payment_succeeded
from shop.payment.models import Refund
from shop.payment.services import attempts
from tests.market import Market
from tests.payments import stripe
from tests.unit.payment.test_machine import Lives

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
__all__ = ["stripe"]
MOST_LIVES, STEPS = 100, 40
Break = Callable[[pytest.MonkeyPatch], None]


class Counted(Lives):
    """The same lives, counted."""

    lives: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).lives += 1


def keep(why: str) -> Break:
    """Money that must go back by itself stays."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        give_back = attempts.refund_attempt

        def kept(**facts: Any) -> Refund | None:
            return None if facts["why"] == why else give_back(**facts)

        monkeypatch.setattr(attempts, "refund_attempt", kept)

    return patch


def nothing(where: Any, name: str) -> Break:
    """A call that does nothing any more."""
    return lambda monkeypatch: monkeypatch.setattr(where, name, lambda *_words, **_facts: None)


BROKEN: dict[str, tuple[Break, str]] = {
    "a second payment is kept": (keep("paid_twice"), "keeps the money of 2 attempts"),
    "late money is kept": (keep("goods_gone"), "is cancelled and its money is kept"),
    "goods are not given back": (nothing(orders.stock, "release"), "reserved, orders hold"),
    "money is not written into the books": (nothing(books, "post_capture"), "the books have None for capture:"),
    "a paid order does not start": (nothing(payment_succeeded, "run"), "is paid and still waits for money"),
}


def live(breaking: Break | None, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        if breaking is not None:
            breaking(patch)
        run_state_machine_as_test(
            Counted,
            settings=settings(
                max_examples=MOST_LIVES,
                stateful_step_count=STEPS,
                deadline=None,
                derandomize=True,
                database=None,
                phases=[Phase.generate],
                report_multiple_bugs=False,
                suppress_health_check=[
                    HealthCheck.too_slow,
                    HealthCheck.data_too_large,
                    HealthCheck.filter_too_much,
                ],
            ),
        )


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_rule_is_found(market: Market, stripe: Standin, monkeypatch: pytest.MonkeyPatch, rule: str) -> None:
    Counted.market, Counted.standin, Counted.lives = market, stripe, 0
    breaking, sentence = BROKEN[rule]
    with pytest.raises(AssertionError) as found:
        live(breaking, monkeypatch)
    assert sentence in str(found.value)
    assert Counted.lives <= MOST_LIVES + 1  # the one that shows it is lived once more

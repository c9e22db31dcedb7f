"""A provider that does not answer is left alone for a while: buyers get words at once, the worker does not stand still.

After `GATEWAY_FAILURES` calls in a row without an answer every further one fails at once for `GATEWAY_PAUSE_SECONDS`; then one
may try again. Counted in the cache: with Redis for all processes, else for each alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache

from shop.gateways.contract import Charge, DisputeStanding, Gateway, News, RefundOrder, RefundStanding, Standing
from shop.gateways.errors import GatewayBusy, GatewayDown, GatewayPaused, GatewayStuck

Answer = TypeVar("Answer")
_WINDOW = 60  # seconds in which failures count as "in a row"


class Breaker:
    """A gateway behind the breaker; see `shop.gateways.contract`. Reading a message is no call and is never stopped."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self.name = gateway.name

    def start(self, charge: Charge) -> Standing:
        return self._call(self._gateway.start, charge)

    def find(self, charge: Charge) -> Standing | None:
        return self._call(self._gateway.find, charge)

    def refresh(self, ref: str) -> Standing:
        return self._call(self._gateway.refresh, ref)

    def cancel(self, ref: str, *, key: str) -> Standing:
        return self._call(self._gateway.cancel, ref, key=key)

    def refund(self, order: RefundOrder) -> RefundStanding:
        return self._call(self._gateway.refund, order)

    def refresh_refund(self, ref: str) -> RefundStanding:
        return self._call(self._gateway.refresh_refund, ref)

    def refunds_of(self, payment_ref: str) -> list[RefundStanding]:
        return self._call(self._gateway.refunds_of, payment_ref)

    def disputes_of(self, payment_ref: str) -> list[DisputeStanding]:
        return self._call(self._gateway.disputes_of, payment_ref)

    def parse_event(self, body: bytes, headers: Mapping[str, str]) -> News:
        return self._gateway.parse_event(body, headers)

    def payments_between(self, since: Any, until: Any) -> Iterator[Standing]:
        return self._gateway.payments_between(since, until)

    def refunds_between(self, since: Any, until: Any) -> Iterator[RefundStanding]:
        return self._gateway.refunds_between(since, until)

    def disputes_between(self, since: Any, until: Any) -> Iterator[DisputeStanding]:
        return self._gateway.disputes_between(since, until)

    def _call(self, call: Callable[..., Answer], *args: Any, **facts: Any) -> Answer:
        paused, failures = f"gateway-paused:{self.name}", f"gateway-failures:{self.name}"
        if cache.get(paused):
            raise GatewayPaused
        try:
            answer = call(*args, **facts)
        except (
            GatewayBusy,
            GatewayStuck,
        ):  # it is there: who presses twice, or one payment's old failure, stops nobody
            cache.delete(failures)
            raise
        except GatewayDown:
            if self._count(failures) >= settings.GATEWAY_FAILURES:
                cache.set(paused, True, settings.GATEWAY_PAUSE_SECONDS)
            raise
        cache.delete(failures)
        return answer

    @staticmethod
    def _count(name: str) -> int:
        cache.add(name, 0, _WINDOW)
        try:
            return int(cache.incr(name))
        except ValueError:  # it ran out between the two
            return 1

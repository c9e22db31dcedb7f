"""Lives of orders made up by chance: every kind of money, message, silence and change of mind, in any order.

After each step what is always true of money and stock is looked at (`tests.money`), and at the end of a life, when
everything that can be settled is settled, also what the provider has. TORTURE=1 makes up many more and longer lives.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Any, ClassVar

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from shop.common import clock
from shop.common.errors import MarketError
from shop.fulfilment import services as work
from shop.gateways.contract import RefundOrder
from shop.gateways.errors import BadEvent, GatewayDown, GatewayRefused
from shop.gateways.registry import gateway
from shop.gateways.standin.refusal import Refusal
from shop.gateways.standin.server import Standin
from shop.order.models import Order
from shop.partner.models import StockRecord
from shop.payment import services as payments
from shop.payment.models import Dispute, PaymentAttempt, PaymentProblem, Refund
from tests.market import Market
from tests.money import wrong_with_money
from tests.payments import place, settle, stripe

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
__all__ = ["stripe"]
TORTURE = bool(os.environ.get("TORTURE"))
LIVES, STEPS, PARTS = (75, 60, 8) if TORTURE else (25, 40, 1)
"""Lives of a part; the first part is the same every time, the others are never the same twice."""
PIECES, ORDERS = 4, 4
_READS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "SET CONSTRAINTS")
ANY = st.integers(min_value=0, max_value=7)
METHODS = st.sampled_from(["promptpay", "card", "test", "transfer"])
FAULTS = st.sampled_from(["error_before", "error_after", "drop_before", "drop_after", "rate_limit"])


class Lives(RuleBasedStateMachine):
    """Up to four orders for four hats, and the stand-in for Stripe."""

    market: ClassVar[Market]
    standin: ClassVar[Standin]

    def __init__(self) -> None:
        super().__init__()
        self.stack, self.inbox, self.moment = ExitStack(), [], clock.now()
        outside = transaction.atomic()
        outside._from_testcase = True  # type: ignore[attr-defined]  # as Django's own test case does
        self.stack.enter_context(outside)
        self.has_written = True
        self.stack.enter_context(connection.execute_wrapper(self._watch))
        self.clock = self.stack.enter_context(ExitStack())
        self._pass(dt.timedelta(0))
        StockRecord.objects.filter(pk=self.market.stock["hat"].pk).update(num_in_stock=PIECES)
        self.standin.calm()
        self.standin.take_webhooks()

    def _watch(self, execute: Callable[..., Any], sql: Any, *facts: Any) -> Any:
        """Django's wrapper around every statement: what only reads leaves everything as true as it was."""
        self.has_written = self.has_written or not str(sql).lstrip().upper().startswith(_READS)
        return execute(sql, *facts)

    def _pass(self, time: dt.timedelta) -> None:
        self.moment += time
        self.clock.close()
        self.clock.enter_context(clock.moved_to(self.moment))

    # --- who is meant -------------------------------------------------------------------------------------------------

    def _order(self, which: int) -> Order | None:
        orders = list(Order.objects.filter(payment_attempts__isnull=False).distinct().order_by("pk"))
        return orders[which % len(orders)] if orders else None

    def _attempt(self, which: int, **facts: Any) -> PaymentAttempt | None:
        rows = list(PaymentAttempt.objects.filter(**facts).order_by("pk"))
        return rows[which % len(rows)] if rows else None

    def _refund(self, which: int, **facts: Any) -> Refund | None:
        rows = list(Refund.objects.select_related("attempt").filter(**facts).order_by("pk"))
        return rows[which % len(rows)] if rows else None

    def _at(self, act: str, ref: str | None) -> None:
        """Somebody does something at the provider, if it can be done."""
        if ref:
            with suppress(Refusal):
                self.standin.act(act, ref)

    @staticmethod
    def _try(act: Callable[..., Any], **facts: Any) -> None:
        """Refused in words, or not answered: both are allowed, breaking is not."""
        with suppress(MarketError):
            act(**facts)

    @initialize(methods=st.lists(METHODS, min_size=2, max_size=2))
    def begins(self, methods: list[str]) -> None:
        """Chance leaves whole rules out of a life: without orders it would be about nothing."""
        for method in methods:
            self.places_and_opens(method)

    # --- the buyer ------------------------------------------------------------------------------------------------------

    @precondition(lambda self: Order.objects.filter(payment_attempts__isnull=False).distinct().count() < ORDERS)
    @rule(method=METHODS, pieces=st.integers(1, 2))
    def places(self, method: str, pieces: int) -> None:
        number = Order.objects.count()
        phone = f"08{number:08d}"
        self._try(place, market=self.market, method=method, email=f"b{number}@example.test", phone=phone, hat=pieces)

    @rule(which=ANY)
    def opens_the_payment_page(self, which: int) -> None:
        if attempt := self._attempt(which, state="created"):
            self._try(payments.begin, attempt=attempt)

    @rule(which=ANY)
    def looks_again(self, which: int) -> None:
        if attempt := self._attempt(which):
            self._try(payments.refresh, attempt=attempt)

    @rule(which=ANY, method=METHODS)
    def chooses_another_way(self, which: int, method: str) -> None:
        if order := self._order(which):
            self._try(lambda: payments.begin(attempt=work.choose_method(order=order, method=method)))

    @rule(which=ANY)
    def cancels(self, which: int) -> None:
        if order := self._order(which):
            self._try(work.cancel_order, order=order, by=None, reason="buyer")

    @precondition(lambda self: Order.objects.filter(payment_attempts__isnull=False).distinct().count() < ORDERS)
    @rule(method=METHODS)
    def places_and_opens(self, method: str) -> None:
        """The usual way, so that lives are about money sooner."""
        self.places(method, 1)
        self.opens_the_payment_page(0)

    @rule(which=ANY)
    def pays_and_it_is_told(self, which: int) -> None:
        """An old QR too: whatever the provider still takes."""
        if attempt := self._attempt(which, provider="stripe", provider_ref__gt=""):
            self._at("pay", attempt.provider_ref)
            self._all_is_told()

    def _all_is_told(self) -> None:
        self._fetch()
        for provider, body, headers in self.inbox:
            payments.receive(provider=provider, body=body, headers=headers)
        self.inbox.clear()
        settle()

    @rule(which=ANY, method=METHODS)
    def chooses_another_way_in_silence(self, which: int, method: str) -> None:
        """The first way cannot be withdrawn: both can be paid."""
        if order := self._order(which):
            self.standin.fault("error_before", "*", times=6)
            self._try(lambda: work.choose_method(order=order, method=method))
            self.standin.calm()
            self._try(lambda: payments.begin(attempt=order.payment_attempts.order_by("-number")[0]))

    @rule(which=ANY, method=st.sampled_from(["promptpay", "card"]))
    def pays_in_two_tabs(self, which: int, method: str) -> None:
        """Another way was chosen while the provider was silent, and then both are paid."""
        if order := self._order(which):
            self.chooses_another_way_in_silence(which, method)
            for attempt in order.payment_attempts.filter(provider="stripe", provider_ref__gt="").order_by("number"):
                self._at("pay", attempt.provider_ref)
            self._all_is_told()

    @rule(which=ANY)
    def cancels_in_silence_and_pays(self, which: int) -> None:
        """The provider could not be told, and its old QR is paid."""
        if order := self._order(which):
            self.standin.fault("error_before", "*", times=6)
            self._try(work.cancel_order, order=order, by=None, reason="buyer")
            self.standin.calm()
            for attempt in order.payment_attempts.filter(provider="stripe", provider_ref__gt=""):
                self._at("pay", attempt.provider_ref)
            self._all_is_told()

    # --- the banks --------------------------------------------------------------------------------------------------------

    @rule(which=ANY, act=st.sampled_from(["pay", "pay", "pay", "decline", "expire", "process", "challenge"]))
    def happens_at_the_bank(self, which: int, act: str) -> None:
        if attempt := self._attempt(which, provider="stripe", provider_ref__gt=""):
            self._at(act, attempt.provider_ref)

    @rule(which=ANY, act=st.sampled_from(["pay_late", "pay_late_error"]))
    def will_pay_when_it_is_withdrawn(self, which: int, act: str) -> None:
        if attempt := self._attempt(which, provider="stripe", provider_ref__gt=""):
            self._at(act, attempt.provider_ref)

    @rule(which=ANY, paid=st.booleans())
    def presses_the_test_payment(self, which: int, paid: bool) -> None:
        from shop.gateways import trial

        if attempt := self._attempt(which, provider="test", provider_ref__gt=""):
            body, headers = trial.press(attempt.provider_ref, paid=paid)
            self.inbox.append(("test", body, headers))

    @rule(which=ANY, satang=st.sampled_from([-1, 1, 100]))
    def another_amount_is_paid(self, which: int, satang: int) -> None:
        attempt = self._attempt(which, method="promptpay", state="awaiting_payer")
        if attempt and self.standin.get(attempt.provider_ref)["status"] == "requires_action":
            self.standin.memory.things[attempt.provider_ref]["amount"] += satang
            self._at("pay", attempt.provider_ref)

    @rule(which=ANY, satang=st.sampled_from([0, 0, -100]))
    def a_transfer_is_seen(self, which: int, satang: int) -> None:
        if attempt := self._attempt(which, method="transfer"):
            self._try(payments.confirm, attempt=attempt, received_satang=attempt.amount_satang + satang)

    @rule(which=ANY)
    def a_card_is_disputed(self, which: int) -> None:
        if attempt := self._attempt(which, method="card", payment_ref__gt=""):
            self._at("dispute", attempt.payment_ref)

    @rule(which=ANY, act=st.sampled_from(["dispute_win", "dispute_lose"]))
    def a_dispute_is_decided(self, which: int, act: str) -> None:
        rows = list(Dispute.objects.order_by("pk"))
        self._at(act, rows[which % len(rows)].provider_ref if rows else None)

    @rule(
        which=ANY,
        act=st.sampled_from(["refund_pending", "refund_succeed", "refund_succeed", "refund_fail", "refund_cancel"]),
    )
    def a_refund_moves(self, which: int, act: str) -> None:
        if refund := self._refund(which, provider_ref__startswith="re_"):
            self._at(act, refund.provider_ref)

    # --- messages -----------------------------------------------------------------------------------------------------------

    def _fetch(self) -> None:
        for body, header in self.standin.take_webhooks():
            self.inbox.append(("stripe", body, {"Stripe-Signature": header}))

    @rule(which=st.integers(0, 1_000), keep=st.booleans())
    def a_message_arrives(self, which: int, keep: bool) -> None:
        """Any of those on their way; it may come again later."""
        self._fetch()
        if self.inbox:
            position = which % len(self.inbox)
            provider, body, headers = self.inbox[position] if keep else self.inbox.pop(position)
            payments.receive(provider=provider, body=body, headers=headers)

    @rule(which=st.integers(0, 1_000))
    def a_message_is_lost(self, which: int) -> None:
        self._fetch()
        if self.inbox:
            self.inbox.pop(which % len(self.inbox))

    @rule()
    def a_message_is_forged(self) -> None:
        self._fetch()
        if self.inbox:
            provider, body, headers = self.inbox[0]
            with pytest.raises(BadEvent):
                payments.receive(provider=provider, body=body + b" ", headers=headers)

    # --- the market ------------------------------------------------------------------------------------------------------------

    @rule()
    def the_worker_works(self) -> None:
        settle()

    @rule(minutes=st.sampled_from([5, 31, 50]))
    def time_passes(self, minutes: int) -> None:
        self._pass(dt.timedelta(minutes=minutes))
        self._end_what_is_over()

    def _end_what_is_over(self) -> None:
        over = Order.objects.filter(pay_by__lte=clock.now(), cancelled_at=None)
        for order in over.filter(vendor_orders__state="awaiting_payment").distinct():
            work.expire_order(order=order)

    @rule(which=ANY, pieces=st.integers(0, 2), quarters=st.integers(0, 4), route=st.sampled_from(["", "", "cash"]))
    def somebody_gives_back(self, which: int, pieces: int, quarters: int, route: str) -> None:
        if order := self._order(which):
            line, part = order.lines.get(), order.vendor_orders.get()
            facts: dict[str, Any] = {"pieces": {line.pk: pieces}, "delivery": {part.pk: quarters * 1_250}}
            self._try(payments.ask_refund, order=order, why="returned", by=None, route=route, **facts)

    @rule(which=ANY, satang=st.sampled_from([1_000, 25_000]))
    def somebody_gives_back_at_the_provider(self, which: int, satang: int) -> None:
        if attempt := self._attempt(which, provider="stripe", state="succeeded"):
            order = RefundOrder(f"hand:{self.moment}:{which}", attempt.payment_ref, satang, "somebody@example.test")
            with suppress(GatewayDown, GatewayRefused):
                gateway("stripe").refund(order)

    @rule(which=ANY)
    def a_failed_refund_goes_another_way(self, which: int) -> None:
        if refund := self._refund(which, state__in=["failed", "cancelled", "pending"]):
            self._try(
                payments.settle_by_hand,
                refund=refund,
                route="cash",
                reference="counter",
                by=self.market.people["buyer"],
            )

    @rule(which=ANY)
    def another_amount_is_accepted(self, which: int) -> None:
        if attempt := self._attempt(which, state="review"):
            self._try(payments.accept_review, attempt=attempt, by=self.market.people["buyer"])

    @rule(which=ANY, available=st.integers(0, 1))
    def a_piece_is_missing(self, which: int, available: int) -> None:
        if order := self._order(which):
            part, line = order.vendor_orders.get(), order.lines.get()
            facts: dict[str, Any] = {"available": available, "reason": "sold_out", "seen": line.short_quantity}
            self._try(work.mark_short, vendor_order=part, line_id=line.pk, by=None, **facts)

    @rule(which=ANY, act=st.sampled_from([work.accept, work.pack, work.hand_over, work.deliver]))
    def a_group_works(self, which: int, act: Callable[..., Any]) -> None:
        if order := self._order(which):
            self._try(act, vendor_order=order.vendor_orders.get(), by=None)

    @rule(
        kind=FAULTS,
        where=st.sampled_from(["*", "POST *", "GET *", "* /v1/refunds*", "*/cancel"]),
        times=st.integers(1, 3),
    )
    def the_provider_has_trouble(self, kind: str, where: str, times: int) -> None:
        self.standin.fault(kind, where, times=times)

    @rule()
    def the_provider_is_well_again(self) -> None:
        self.standin.calm()

    # --- what is always true -------------------------------------------------------------------------------------------------

    @invariant()
    def money_and_stock_are_right(self) -> None:
        if not self.has_written:
            return
        with connection.cursor() as cursor:  # what else is looked at when a transaction ends
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        assert wrong_with_money(settled=False) == []
        self.has_written = False

    def teardown(self) -> None:
        try:
            self._settle_everything()
        finally:
            transaction.set_rollback(True)
            self.stack.close()

    def _settle_everything(self) -> None:
        """The provider is well, half of the last messages come and half are lost, and the market has a day."""
        self.standin.calm()
        self._fetch()
        for provider, body, headers in self.inbox[::2]:
            payments.receive(provider=provider, body=body, headers=headers)
        for _ in range(3):
            settle()
            self._pass(dt.timedelta(days=1))
            self._end_what_is_over()
        for attempt in PaymentAttempt.objects.filter(provider="stripe", state="succeeded"):
            payments.sync_refunds(attempt=attempt)  # what the nightly comparison does
            payments.sync_disputes(attempt=attempt)
        settle()
        assert wrong_with_money(self.standin) == []
        self._no_money_is_nobody_s()

    def _no_money_is_nobody_s(self) -> None:
        for attempt in PaymentAttempt.objects.filter(state="review"):
            assert PaymentProblem.objects.filter(attempt=attempt, kind="mismatch", closed_at=None).exists()


@pytest.mark.parametrize("part", range(PARTS))
def test_lives_made_up_by_chance(market: Market, stripe: Standin, part: int) -> None:
    Lives.market, Lives.standin = market, stripe
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    phases = [Phase.generate, Phase.shrink] if TORTURE else [Phase.generate]
    run_machine(
        Lives,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=part == 0,
            database=None,
            phases=phases,
            suppress_health_check=checks,
        ),
    )

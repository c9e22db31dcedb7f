"""Cash from the door comes in, fees are booked when they are known, and acts with money ask for the second factor."""

from __future__ import annotations

import secrets
import time
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from shop.common import clock
from shop.fulfilment import services as work
from shop.fund.models import Spending
from shop.gateways.contract import DisputeStand, DisputeStanding
from shop.gateways.standin.charges import fee
from shop.gateways.standin.server import Standin
from shop.ledger.models import Entry
from shop.ledger.purposes import PLATFORM, TEST_MONEY
from shop.ledger.selectors import balance_of
from shop.payment import errors
from shop.payment import services as payments
from shop.payment.models import CashHandIn
from shop.payment.reconciling import reconcile
from shop.payouts import services as payouts
from shop.payouts.errors import CashMeanwhile
from shop.payouts.models import PayoutBatch
from shop.seed.invariants import violations
from tests.market import Market, make_user, signed_in
from tests.payments import attempt_of, bring, place, settle, stripe
from tests.unit.fund.test_spending import WEEK, ask, delivered, network_of
from tests.unit.payouts.test_payouts import account
from vendors.errors import NotYours

pytestmark = pytest.mark.django_db
__all__ = ["stripe"]


def at_the_door(market: Market) -> None:
    """A hat is delivered and paid in cash: 300.00 with the group."""
    part = place(market, "cod").vendor_orders.get()
    for act in (work.accept, work.pack, work.hand_over, work.deliver):
        act(vendor_order=part, by=None)


def hand_in(market: Market, satang: int, token: str = "", **facts: Any) -> CashHandIn:
    token = token or secrets.token_hex(16)
    told = {"reference": "KTB 1", "by": market.people["administrator"], **facts}
    return payments.hand_in_cash(holder=market.groups["isan"], amount_satang=satang, token=token, **told)


def test_cash_is_handed_in_once_for_each_form_and_never_more_than_is_held(market: Market) -> None:
    at_the_door(market)
    owner = f"org:{market.groups['isan'].code}"
    with pytest.raises(errors.CashNotThere):
        hand_in(market, 30_001)
    with pytest.raises(NotYours):
        hand_in(market, 100, by=market.people["isan"])
    first = hand_in(market, 10_000, "a" * 32)
    assert hand_in(market, 10_000, "a" * 32) == first
    assert (balance_of(owner, "cash_held"), balance_of(PLATFORM, "bank")) == (20_000, 10_000)
    for change in (lambda: CashHandIn.objects.update(amount_satang=1), lambda: CashHandIn.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert violations() == []


def test_a_batch_that_counts_cash_which_came_meanwhile_is_refused(market: Market) -> None:
    admin, second = market.people["administrator"], make_user("second", is_superuser=True, is_staff=True)
    account(market, market.groups["isan"], second)
    delivered(market, hat=2)
    at_the_door(market)
    with clock.moved_to(clock.now() + WEEK):
        payouts.release_due()
        batch = payouts.make_batch(by=admin)
        assert batch.items.get().cash_satang == 30_000
        hand_in(market, 30_000)
        with pytest.raises(CashMeanwhile):
            payouts.approve_batch(batch=batch, by=second)
        payouts.withdraw_batch(batch=batch, by=admin)
        batch = payouts.approve_batch(batch=payouts.make_batch(by=admin), by=second)
        payouts.mark_sent(batch=batch, by=admin)
        assert (batch.items.get().cash_satang, balance_of(f"org:{market.groups['isan'].code}", "payable")) == (0, 0)
        assert violations() == []


def test_what_stripe_keeps_is_booked_with_the_comparison_of_the_day_and_once(market: Market, stripe: Standin) -> None:
    order = place(market, "promptpay")
    attempt = attempt_of(order)
    stripe.pay(attempt.provider_ref)
    bring(stripe)
    settle()
    kept = fee("promptpay", 30_000)
    for _night in range(2):
        reconcile(day=clock.today())
    assert kept == 495
    assert balance_of(PLATFORM, "fee_expense", TEST_MONEY) == kept
    assert balance_of(PLATFORM, "stripe_clearing", TEST_MONEY) == 30_000 - kept
    assert Entry.objects.get(kind="fee").cause == f"fee:{order.number}:1"
    page = signed_in(market.people["administrator"]).get(f"/office/ledger/orders/{order.number}/").content.decode()
    assert "ส่วนที่ผู้ให้บริการรับชำระเงินหักไว้" in page
    assert violations() == []


def test_what_a_dispute_costs_follows_its_end(market: Market, stripe: Standin) -> None:
    order = place(market, "card")
    attempt = attempt_of(order)
    stripe.pay(attempt.provider_ref)
    bring(stripe)
    settle()
    attempt.refresh_from_db()
    stands = ((DisputeStand.OPEN, 50_000), (DisputeStand.OPEN, 50_000), (DisputeStand.WON, 0), (DisputeStand.WON, 0))
    booked = []
    for stand, kept in stands:
        told = DisputeStanding("dp_1", stand, 30_000, attempt.payment_ref, fee_satang=kept)
        payments.note_dispute(attempt=attempt, standing=told)
        booked.append((balance_of(PLATFORM, "fee_expense", TEST_MONEY), Entry.objects.filter(kind="fee").count()))
    assert booked == [(50_000, 1), (50_000, 1), (0, 2), (0, 2)]
    assert balance_of(PLATFORM, "stripe_clearing", TEST_MONEY) == 30_000
    assert violations() == []


def shown(client: Client, person: Any) -> Client:
    """Has typed the code of the phone just now."""
    session = client.session
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
    session.save()
    return client


def test_acts_with_money_ask_for_the_second_factor_and_nothing_happens_without(market: Market, settings: Any) -> None:
    settings.DEMO = False
    admin, second = market.people["administrator"], make_user("second", is_superuser=True, is_staff=True)
    made = account(market, market.groups["isan"], second)
    delivered(market, hat=4)
    at_the_door(market)
    cash = f"/office/money/cash/{market.groups['isan'].code}/"
    handed = {"amount": "100", "reference": "KTB 1", "token": "b" * 32}
    with clock.moved_to(clock.now() + WEEK):
        payouts.release_due()
        spending = ask(market, network_of(market, "isan"), 100)
        fresh = payouts.enter_account(
            organisation=market.groups["isan"].get_parent(), bank="006", number="1234567890", name="ก", by=admin
        )
        acts = (
            (f"/office/fund/{spending.code}/", {"decision": "approve"}),
            ("/office/payouts/make/", {}),
            (f"/office/payouts/accounts/{fresh.pk}/", {"act": "verify"}),
            (cash, handed),
        )
        other = signed_in(second)
        for path, data in acts:
            other.post(path, data)
        fresh.refresh_from_db()
        assert (Spending.objects.get().state, PayoutBatch.objects.count(), fresh.verified_at) == ("asked", 0, None)
        assert not CashHandIn.objects.exists()
        assert handed["reference"] in other.post(cash, handed).content.decode(), "what was typed stays"
        shown(other, second)
        for path, data in acts:
            assert other.post(path, data).status_code == 302, path
        fresh.refresh_from_db()
        assert (Spending.objects.get().state, PayoutBatch.objects.count()) == ("approved", 1)
        assert fresh.verified_by == second
        assert CashHandIn.objects.get().amount_satang == 10_000
        assert made.ended_at is None
        assert violations() == []

"""Every difference between the provider, the payments and the books is seen, in both directions; what was late is mended."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.management import call_command

from shop.common import clock
from shop.gateways import trial
from shop.gateways.models import TrialCharge, TrialRefund
from shop.gateways.standin.server import Standin
from shop.ledger.models import Entry
from shop.ledger.purposes import PLATFORM, TEST_MONEY
from shop.ledger.services import credit, debit, post, reverse
from shop.order.models import Order
from shop.payment import services as payments
from shop.payment.audit import violations
from shop.payment.models import PaymentAttempt, PaymentProblem, ReconciliationRun, Refund
from shop.payment.reconciling import Report, reconcile
from tests.market import Market
from tests.payments import attempt_of, bring, place, settle, stripe

pytestmark = pytest.mark.django_db
__all__ = ["stripe"]


def today(**options: Any) -> Report:
    """The comparison of today, some minutes later."""
    with clock.moved_to(clock.now() + dt.timedelta(minutes=5)):
        return reconcile(day=clock.today(), **options)


def codes(report: Report) -> list[str]:
    return sorted(finding.code for finding in report.findings)


def mended(report: Report) -> list[str]:
    return sorted(finding.code for finding in report.repaired)


def pay(order: Order) -> PaymentAttempt:
    """A test payment of which the market has not heard yet."""
    attempt = attempt_of(order)
    trial.press(attempt.provider_ref, paid=True)
    return attempt


def paid(order: Order) -> PaymentAttempt:
    return payments.refresh(attempt=pay(order))


def test_a_quiet_day_has_no_differences(market: Market) -> None:
    paid(place(market, "test"))
    transfer = place(market, "transfer")
    payments.confirm(attempt=transfer.payment_attempts.get())
    report = today()
    assert (codes(report), mended(report), report.unasked) == ([], [], [])
    assert report.counts == {"payments": 1, "ours": 1, "entries": 2}
    assert violations() == []


def test_money_whose_message_was_lost_is_noted_and_told_as_repaired(market: Market) -> None:
    order = place(market, "test")
    pay(order)
    dry = today(dry_run=True)
    assert (codes(dry), mended(dry)) == (["late"], [])
    assert order.payment_attempts.get().state == "awaiting_payer"
    assert not ReconciliationRun.objects.exists()
    report = today()
    assert (codes(report), mended(report)) == ([], ["late"])
    assert set(order.vendor_orders.values_list("state", flat=True)) == {"to_accept"}
    kept = ReconciliationRun.objects.get()
    assert (kept.findings, [row["order"] for row in kept.repaired]) == ([], [order.number])
    assert (codes(today()), mended(today())) == ([], [])


def test_money_without_an_order_is_a_problem_once(market: Market) -> None:
    charge = trial.TrialGateway().start(
        _charge("pay:somebody-else:1", 12_300)  # another shop on the same account
    )
    trial.press(charge.ref, paid=True)
    report = today()
    assert [(f.code, f.about, f.theirs_satang) for f in report.findings] == [("no_order", charge.ref, 12_300)]
    today()
    problem = PaymentProblem.objects.get()
    assert (problem.kind, problem.facts) == ("unknown", {"ref": charge.ref, "amount": 12_300})


def _charge(key: str, satang: int) -> Any:
    from shop.gateways.contract import Charge

    return Charge(key, "X", "test", satang, "THB", "", "", clock.now(), "", "")


def test_what_the_provider_does_not_have_is_missing_there(market: Market) -> None:
    attempt = paid(place(market, "test"))
    TrialCharge.objects.all().delete()
    report = today()
    assert [(f.code, f.order, f.ours_satang) for f in report.findings] == [
        ("missing_there", attempt.order.number, 30_000)
    ]
    assert PaymentProblem.objects.get().kind == "difference"


def test_another_amount_at_the_provider_is_seen(market: Market) -> None:
    paid(place(market, "test"))
    TrialCharge.objects.update(amount_satang=29_999)
    report = today()
    assert [(f.code, f.ours_satang, f.theirs_satang) for f in report.findings] == [("amount", 30_000, 29_999)]


def test_a_mismatch_that_waits_for_a_person_is_told_and_not_accepted(market: Market) -> None:
    order = place(market, "test")
    attempt_of(order)
    TrialCharge.objects.update(amount_satang=10_000)
    trial.press(TrialCharge.objects.get().ref, paid=True)
    report = today()
    assert codes(report) == ["not_paid_here"]
    assert order.payment_attempts.get().state == "review"
    assert list(PaymentProblem.objects.values_list("kind", flat=True)) == ["mismatch"]


def test_refunds_are_compared_both_ways(market: Market) -> None:
    first, second = place(market, "test"), place(market, "test")
    paid(first)
    attempt = paid(second)
    line = first.lines.get()
    refund = payments.ask_refund(order=first, pieces={line.pk: 1}, why="returned", by=None)
    TrialRefund.objects.create(
        ref="testre_outside",
        key="by-hand",
        charge=TrialCharge.objects.get(ref=attempt.payment_ref),
        amount_satang=500,
        created_at=clock.now(),
    )
    report = today()
    assert (codes(report), mended(report)) == ([], ["late_refund", "late_refund"])
    refund.refresh_from_db()
    assert refund.state == "succeeded"
    assert Refund.objects.get(provider_ref="testre_outside").amount_satang == 500
    assert PaymentProblem.objects.get().kind == "refund_outside"
    TrialRefund.objects.filter(ref=refund.provider_ref).delete()
    assert [(f.code, f.about) for f in today().findings] == [("refund_missing_there", refund.provider_ref)]
    assert violations() == []


def test_the_books_are_compared_both_ways(market: Market) -> None:
    attempt = paid(place(market, "test"))
    lines = [debit(PLATFORM, "test_clearing", 700, TEST_MONEY), credit(PLATFORM, "buyers_unallocated", 700, TEST_MONEY)]
    post(cause="capture:nobody:1", kind="capture", lines=lines)
    PaymentAttempt.objects.filter(pk=attempt.pk).update(received_satang=29_000)
    TrialCharge.objects.update(amount_satang=29_000)
    report = today()
    assert [(f.code, f.about, f.ours_satang, f.theirs_satang) for f in report.findings] == [
        ("ledger_amount", f"capture:{attempt.order.number}:1", 29_000, 30_000),
        ("ledger_no_cause", "capture:nobody:1", None, None),
    ]
    assert {violation.check for violation in violations()} == {
        "every payment stands in the books",
        "the books owe what buyers have paid",
        "the books are right",
    }
    reverse(entry=Entry.objects.get(cause="capture:nobody:1"))
    assert codes(today()) == ["ledger_amount"]


def test_a_payment_without_an_entry_is_seen(market: Market) -> None:
    order = place(market, "transfer")
    attempt = order.payment_attempts.get()
    PaymentAttempt.objects.filter(pk=attempt.pk).update(
        state="succeeded", received_satang=30_000, received_at=clock.now()
    )
    assert [(f.code, f.order) for f in today().findings] == [("not_in_ledger", order.number)]
    assert "every payment stands in the books" in {violation.check for violation in violations()}


def test_stripe_is_compared_with_the_real_library(market: Market, stripe: Standin) -> None:
    card, qr = place(market, "card"), place(market, "promptpay")
    first, second = attempt_of(card), attempt_of(qr)
    stripe.pay(first.provider_ref)
    stripe.pay(second.provider_ref)
    stripe.take_webhooks()  # all lost
    report = today()
    assert (codes(report), mended(report)) == ([], ["late", "late"])
    first.refresh_from_db()
    stripe.dispute(first.payment_ref)
    stripe.take_webhooks()
    report = today()
    assert (codes(report), mended(report)) == ([], ["late_dispute"])
    assert (codes(today()), mended(today())) == ([], [])
    assert violations() == []


def test_a_provider_that_is_down_is_not_taken_for_right(market: Market, stripe: Standin) -> None:
    place(market, "promptpay")
    stripe.fault("error_before", times=1_000)
    report = today()
    assert (report.unasked, report.is_right) == (["stripe"], False)
    stripe.calm()
    bring(stripe)
    settle()
    assert today().is_right


def test_a_provider_without_keys_is_told_as_not_asked(market: Market, stripe: Standin, settings: Any) -> None:
    attempt = attempt_of(place(market, "promptpay"))
    stripe.pay(attempt.provider_ref)
    bring(stripe)
    settle()
    settings.STRIPE_SECRET_KEY = ""
    report = today()
    assert (report.unasked, report.findings, report.is_right) == (["stripe"], [], False)


def test_the_command_ends_with_0_or_1_and_names_what_remains(market: Market, capsys: Any) -> None:
    attempt = paid(place(market, "test"))
    day = clock.today().isoformat()
    call_command("reconcile_payments", day=clock.today())
    assert "1 payments; 0 repaired, 0 remain" in capsys.readouterr().out
    call_command("check_money")
    assert "0 violations" in capsys.readouterr().out
    TrialCharge.objects.all().delete()
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("reconcile_payments", "--day", day, "--dry-run", stdout=out, stderr=err)
    assert end.value.code == 1
    assert err.getvalue().startswith(
        f"missing_there test:{attempt.payment_ref} order {attempt.order.number} ours=300.00"
    )
    assert not PaymentProblem.objects.exists()


def test_the_nightly_job_only_hands_out_three_days(market: Market, settings: Any) -> None:
    from django_tasks import default_task_backend

    from shop.payment.jobs import reconcile as nightly

    assert nightly() == "3 days handed out"
    handed = [result.args[0] for result in default_task_backend.results]  # type: ignore[attr-defined]
    today = clock.today()
    assert handed[-3:] == [(today - dt.timedelta(days=back)).isoformat() for back in (3, 2, 1)]
    assert not ReconciliationRun.objects.exists()

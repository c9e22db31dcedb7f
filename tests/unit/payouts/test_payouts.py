"""From held to paid out: holds, bank details, batches of two people, what the bank answers, cash and negative lines."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.test import Client

from shop.common import clock
from shop.ledger.purposes import PLATFORM
from shop.ledger.selectors import balance_of, trial_balance
from shop.payment import services as payments
from shop.payouts import errors, selectors, services
from shop.payouts.formats import FORMATS
from shop.payouts.models import BankAccount, PayoutBatch, PayoutItem
from shop.seed.invariants import violations
from tests.market import Market, make_user, signed_in
from tests.unit.fund.test_spending import WEEK, delivered
from vendors.errors import NotYours
from vendors.models import Organisation

pytestmark = pytest.mark.django_db
THREE = dt.timedelta(days=3)


@pytest.fixture
def second(market: Market) -> Any:
    return make_user("second", is_superuser=True, is_staff=True)


def account(market: Market, organisation: Organisation, second: Any) -> BankAccount:
    """Entered by one, verified by another, confirmed by a third; still frozen."""
    admin = market.people["administrator"]
    made = services.enter_account(organisation=organisation, bank="006", number="123-4-56789-0", name="บัญชี", by=admin)
    services.verify_account(account=made, by=second)
    return services.confirm_account(account=made, how="โทรศัพท์", by=third())


def third() -> Any:
    """A third person who keeps the market's money."""
    known = get_user_model().objects.filter(email="third@example.test").first()
    return known or make_user("third", is_superuser=True, is_staff=True)


def right() -> None:
    assert [str(one) for one in violations()] == []
    assert set(trial_balance().sums.values()) <= {0}


def test_new_details_wait_for_two_people_another_channel_and_three_days(market: Market, second: Any) -> None:
    delivered(market)
    admin, cooperative = market.people["administrator"], market.groups["isan"].get_parent()
    made = services.enter_account(organisation=cooperative, bank="006", number="๑๒๓-๔-๕๖๗๘๙-๐", name="สหกรณ์", by=admin)
    assert made.number == "1234567890"
    with clock.moved_to(clock.now() + WEEK):
        services.release_due()
        assert selectors.usable_accounts() == {}
        with pytest.raises(errors.SamePerson):
            services.verify_account(account=made, by=admin)
        services.verify_account(account=made, by=second)
        with pytest.raises(errors.NothingToPay):
            services.make_batch(by=admin)
        services.confirm_account(account=made, how="โทรศัพท์", by=third())
        assert {one.owner.pk for one in selectors.ready_to_pay()} == {cooperative.pk, market.groups["isan"].pk}
        again = account(market, cooperative, second)
        assert selectors.ready_to_pay() == [], "new details are frozen"
        with pytest.raises(errors.AccountOld):
            services.verify_account(account=made, by=second)
    with clock.moved_to(clock.now() + WEEK + THREE):
        assert {one.account for one in selectors.ready_to_pay()} == {again}
    with pytest.raises(NotYours):
        services.enter_account(
            organisation=cooperative, bank="006", number="1234567890", name="x", by=market.people["buyer"]
        )
    with pytest.raises(errors.BadNumber):
        services.enter_account(organisation=cooperative, bank="006", number="123", name="x", by=admin)


def test_one_person_alone_never_checks_an_account_twice(market: Market, second: Any, settings: Any) -> None:
    settings.DEMO = True  # where no second factor is asked for
    group = market.groups["isan"]
    entered = {"bank": "006", "number": "1234567890", "name": "กลุ่มทอผ้า"}
    signed_in(market.people["isan"]).post(f"/workspace/{group.slug}/money/account/", entered)
    made = BankAccount.objects.get(organisation=group)
    page = f"/office/payouts/accounts/{made.pk}/"
    first, other = signed_in(second), signed_in(third())

    def act(by: Client, **typed: str) -> tuple[bool, bool, str]:
        told = by.post(page, typed, follow=True).content.decode()
        made.refresh_from_db()
        return made.verified_at is not None, made.confirmed_at is not None, told

    *done, told = act(first, act="confirm", how="โทร")
    assert done == [False, False], "asking comes after comparing"
    assert "ต้องมีคนเทียบกับสมุดบัญชีก่อน" in told
    *done, told = act(first, act="verify")
    assert done == [True, False]
    assert 'value="confirm"' not in told
    assert "คุณเป็นคนเทียบ" in told
    *done, told = act(first, act="confirm", how="โทร")
    assert done == [True, False], "both checks by one person"
    assert "ต้องให้อีกคน" in told
    assert 'value="confirm"' in other.get(page).content.decode()
    assert act(other, act="confirm", how="โทร")[:2] == (True, True)
    assert act(other, act="verify")[:2] == (True, True)
    assert (made.verified_by, made.confirmed_by) == (second, third())
    told = other.get(page).content.decode()
    assert "ผู้ใส่ข้อมูล" in told
    assert "วันหยุด" not in told, "the word of another room"
    for change in ({"confirmed_by": second}, {"confirmed_by": made.entered_by}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BankAccount.objects.filter(pk=made.pk).update(**change)


def test_a_batch_is_approved_by_another_sent_once_and_answered(market: Market, second: Any) -> None:
    delivered(market)
    admin, group = market.people["administrator"], market.groups["isan"]
    account(market, group.get_parent(), second)
    with clock.moved_to(clock.now() + WEEK):
        services.release_due()
        batch = services.make_batch(by=admin)
        assert (batch.count, batch.total_satang) == (2, 28_000), (
            "225.00 and delivery of 50.00, and the cooperative's 5.00"
        )
        with pytest.raises(errors.NothingToPay):
            services.make_batch(by=second)
        with pytest.raises(errors.SamePerson):
            services.approve_batch(batch=batch, by=admin)
        with pytest.raises(errors.NotWaiting):
            services.mark_sent(batch=batch, by=admin)
        services.approve_batch(batch=batch, by=second)
        services.mark_sent(batch=batch, by=admin)
        with pytest.raises(errors.NotWaiting):
            services.mark_sent(batch=batch, by=admin)
        assert balance_of(PLATFORM, "payouts_in_transit") == -28_000
        assert balance_of(f"org:{group.code}", "payable") == 0
        right()
        items = {item.owner_id: item for item in batch.items.all()}
        services.confirm_item(item=items[group.pk], by=admin)
        services.confirm_item(item=items[group.pk], by=admin)
        services.bounce_item(item=items[group.get_parent().pk], by=admin, answer="ปิดบัญชีแล้ว")
        with pytest.raises(errors.NotWaiting):
            services.confirm_item(item=items[group.get_parent().pk], by=admin)
        batch.refresh_from_db()
        assert batch.state == "closed"
        assert (balance_of(PLATFORM, "payouts_in_transit"), balance_of(PLATFORM, "bank")) == (0, 30_000 - 27_500)
        assert [(one.owner.pk, one.net_satang) for one in selectors.ready_to_pay()] == [(group.get_parent().pk, 500)]
        right()


def test_a_refund_after_the_payout_is_a_negative_line_that_the_next_sale_pays(market: Market, second: Any) -> None:
    order = delivered(market)
    admin, group = market.people["administrator"], market.groups["isan"]
    account(market, group, second)
    with clock.moved_to(clock.now() + WEEK):
        services.release_due()
        batch = services.approve_batch(batch=services.make_batch(by=admin), by=second)
        for item in services.mark_sent(batch=batch, by=admin).items.all():
            services.confirm_item(item=item, by=admin)
        payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)
        purse = selectors.purse_of(group)
        assert (purse.net_satang, purse.why_not) == (-22_500, "negative")
        assert balance_of(f"org:{group.get_parent().get_parent().code}", "fund") == 0
        right()
        delivered(market, hat=2)
    with clock.moved_to(clock.now() + WEEK + WEEK):
        services.release_due()
        (ready,) = selectors.ready_to_pay()
        assert ready.net_satang == 45_000 + 5_000 - 22_500
        right()


def test_cash_that_a_group_keeps_is_counted_against_what_it_is_owed(market: Market, second: Any) -> None:
    from shop.fulfilment import services as work
    from tests.payments import place

    group, admin = market.groups["isan"], market.people["administrator"]
    account(market, group, second)
    delivered(market, hat=3)
    order = place(market, "cod")
    for act in (work.accept, work.pack, work.hand_over, work.deliver):
        act(vendor_order=order.vendor_orders.get(), by=None)
    with clock.moved_to(clock.now() + WEEK):
        services.release_due()
        purse = selectors.purse_of(group)
        assert (purse.ready_satang, purse.cash_satang) == (67_500 + 7_500 + 22_500 + 5_000, 30_000)
        batch = services.approve_batch(batch=services.make_batch(by=admin), by=second)
        services.mark_sent(batch=batch, by=admin)
        item = batch.items.get()
        assert (item.ready_satang, item.cash_satang, item.amount_satang) == (102_500, 30_000, 72_500)
        assert selectors.purse_of(group).net_satang == 0
        assert balance_of(f"org:{group.code}", "cash_held") == 0
        right()


def test_a_refund_between_making_and_approving_stops_the_batch(market: Market, second: Any) -> None:
    order = delivered(market)
    admin, group = market.people["administrator"], market.groups["isan"]
    account(market, group, second)
    with clock.moved_to(clock.now() + WEEK):
        services.release_due()
        batch = services.make_batch(by=admin)
        payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)
        with pytest.raises(errors.LessMeanwhile):
            services.approve_batch(batch=batch, by=second)
        services.withdraw_batch(batch=batch, by=second)
        (ready,) = selectors.ready_to_pay()
        assert ready.net_satang == 5_000, "the delivery was made"
        right()


def test_a_disputed_order_is_not_released(market: Market) -> None:
    from shop.payment.models import Dispute

    order = delivered(market)
    Dispute.objects.create(
        attempt=order.payment_attempts.get(), provider_ref="dp_1", amount_satang=30_000, state="open",
        opened_at=clock.now(), changed_at=clock.now(),
    )  # fmt: skip
    with clock.moved_to(clock.now() + WEEK):
        assert services.release_due() == 0


def test_what_a_batch_holds_is_never_changed_and_its_file_has_every_item_once(market: Market, second: Any) -> None:
    delivered(market)
    admin, group = market.people["administrator"], market.groups["isan"]
    account(market, group.get_parent(), second)
    with clock.moved_to(clock.now() + WEEK):
        services.release_due()
        batch = services.make_batch(by=admin)
    item = batch.items.order_by("position")[0]
    for change in ({"amount_satang": 1, "ready_satang": 1}, {"number": "9999999999"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PayoutItem.objects.filter(pk=item.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        PayoutBatch.objects.filter(pk=batch.pk).update(total_satang=1)
    lines = FORMATS["csv"].render(batch, list(batch.items.order_by("position"))).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 2 + 1
    assert lines[0] == "position,bank_code,account_number,account_name,amount_baht,reference"
    assert lines[-1] == f"total,2,,,280.00,{batch.digest}"


def test_the_desk_and_the_statement_say_the_same(market: Market, second: Any, settings: Any) -> None:
    settings.DEMO = True  # where no second factor is asked for
    delivered(market)
    admin, other = signed_in(market.people["administrator"]), signed_in(second)
    group = market.groups["isan"]
    account(market, group.get_parent(), second)
    member = signed_in(market.people["isan"])
    path = f"/workspace/{group.slug}/money/"
    assert "275.00" in member.get(path).content.decode()
    with clock.moved_to(clock.now() + WEEK):
        services.release_due()
        assert "290.00" in admin.get("/office/payouts/").content.decode()
        made = admin.post("/office/payouts/make/")
        batch = PayoutBatch.objects.get()
        assert made.headers["Location"] == f"/office/payouts/batches/{batch.code}/"
        desk = admin.get("/office/payouts/").content.decode()
        assert "อยู่ในชุดการจ่ายแล้ว" in desk
        assert "จ่ายได้ ·" not in desk, "nobody twice"
        admin.post(made.headers["Location"], {"act": "approve"})
        batch.refresh_from_db()
        assert batch.state == "made", "nobody approves their own"
        assert admin.get(f"{made.headers['Location']}file.csv").status_code == 404
        other.post(made.headers["Location"], {"act": "approve"})
        assert admin.get(f"{made.headers['Location']}file.csv").status_code == 200
        admin.post(made.headers["Location"], {"act": "send"})
        for position in (1, 2):
            admin.post(f"{made.headers['Location']}{position}/", {"act": "confirm", "answer": "ok"})
        told = member.get(path)
        assert "0.00 บาท" in told.content.decode()
        sheet = b"".join(member.get(f"{path}statement.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        assert sheet.strip().splitlines()[-1].endswith(",0.00,,")
        assert member.get(f"{path}statement.pdf").content.startswith(b"%PDF")
        assert member.get(f"/workspace/{market.groups['north'].slug}/money/").status_code == 404
        unnamed = member.post(f"{path}account/", {"number": "0123456789012", "name": "กลุ่มทอผ้า"})
        assert unnamed.status_code == 422
        assert "โปรดเลือกธนาคารจากรายการ" in unnamed.content.decode()
        entered = member.post(f"{path}account/", {"bank": "034", "number": "0123456789012", "name": "กลุ่มทอผ้า"})
        assert entered.status_code == 302
        assert BankAccount.objects.get(organisation=group).entered_by == market.people["isan"]
    right()

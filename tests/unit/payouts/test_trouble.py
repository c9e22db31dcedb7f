"""What can come between a sale and its money: half a line back, groups that change, midnights and leap days, a batch sent twice."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from shop.common import clock
from shop.fund import selectors as fund_books
from shop.ledger.models import Account, Entry
from shop.ledger.purposes import PLATFORM
from shop.ledger.selectors import balance_of
from shop.ledger.selectors import statement as account_statement
from shop.ledger.services import credit, debit, post
from shop.order.models import ShareRule
from shop.order.services import write_share_rule
from shop.payment import services as payments
from shop.payouts import selectors, services
from shop.payouts.models import PayoutBatch
from shop.seed.invariants import violations
from tests.market import Market, make_user, signed_in
from tests.unit.fund.test_spending import WEEK, delivered
from tests.unit.payouts.test_payouts import account
from vendors.models import Organisation
from vendors.services import suspend_group

pytestmark = pytest.mark.django_db
LAST_MOMENT = dt.timedelta(microseconds=-1)


@pytest.fixture
def second(market: Market) -> Any:
    return make_user("second", is_superuser=True, is_staff=True)


def pay_out(market: Market, second: Any) -> PayoutBatch:
    """Everything that is ready is made, approved, sent and arrives."""
    admin = market.people["administrator"]
    batch = services.approve_batch(batch=services.make_batch(by=admin), by=second)
    for item in services.mark_sent(batch=batch, by=admin).items.all():
        services.confirm_item(item=item, by=admin)
    return batch


def owed(organisation: Organisation, purpose: str = "payable") -> int:
    """As its owner counts."""
    return -balance_of(f"org:{organisation.code}", purpose)


def test_half_a_line_comes_back_after_the_payout_and_after_the_rule_changed(market: Market, second: Any) -> None:
    order, group = delivered(market, hat=2), market.groups["isan"]
    cooperative = group.get_parent()
    network = cooperative.get_parent()
    account(market, cooperative, second)
    with clock.moved_to(clock.now() + WEEK):
        services.release_due()
        pay_out(market, second)
        rule = ShareRule(payee="fund", basis_points=900, valid_from=clock.today() + dt.timedelta(days=1))
        write_share_rule(wanted=rule, by=market.people["administrator"])
    with clock.moved_to(clock.now() + WEEK + WEEK):
        before = owed(network), owed(network, "fund"), balance_of(PLATFORM, "commission")
        assert (owed(group), owed(cooperative), *before) == (0, 0, 2_000, 500, -1_500)
        payments.ask_refund(order=order, pieces={order.lines.get().pk: 1}, why="returned", by=None)
        after = owed(network), owed(network, "fund"), balance_of(PLATFORM, "commission")
        assert (owed(group), owed(cooperative), *after) == (-22_500, -500, 1_000, 250, -750), "by the rules of that day"
        assert selectors.ready_to_pay() == [], "nobody is paid below zero"
        assert violations() == []


def test_a_suspended_group_keeps_what_it_has_earned(market: Market, second: Any) -> None:
    delivered(market)
    group = market.groups["isan"]
    account(market, group, second)
    suspend_group(group=group, by=market.people["administrator"], reason="ตรวจสอบ")
    with clock.moved_to(clock.now() + WEEK):
        services.release_due()
        assert {item.owner for item in pay_out(market, second).items.all()} == {group}
        page = signed_in(market.people["isan"]).get(f"/workspace/{group.slug}/money/")
        assert page.status_code == 200
        assert "275.00" in page.content.decode()
        assert violations() == []


def test_a_group_with_another_name_and_slug_is_the_same_creditor(market: Market, second: Any) -> None:
    delivered(market)
    group = market.groups["isan"]
    account(market, group, second)
    Organisation.objects.filter(pk=group.pk).update(name_th="กลุ่มทอผ้าชื่อใหม่", slug="new-name")
    group.refresh_from_db()
    with clock.moved_to(clock.now() + WEEK):
        services.release_due()
        (item,) = pay_out(market, second).items.all()
        assert (item.amount_satang, item.name) == (27_500, "บัญชี"), "to the account as it was checked"
        told = signed_in(market.people["isan"]).get("/workspace/new-name/money/").content.decode()
        assert "กลุ่มทอผ้าชื่อใหม่" in told
        assert "275.00" in told
        assert violations() == []


def test_a_group_that_moves_takes_its_own_money_along_and_leaves_the_cooperatives(market: Market, second: Any) -> None:
    delivered(market)
    group, old = market.groups["isan"], market.groups["isan"].get_parent()
    new = market.groups["north"].get_parent()
    own, others = (account(market, cooperative, second) for cooperative in (old, new))
    Organisation.objects.get(pk=group.pk).move(Organisation.objects.get(pk=new.pk), pos="last-child")
    group.refresh_from_db()
    with clock.moved_to(clock.now() + WEEK):
        services.release_due()
        items = {item.owner_id: (item.amount_satang, item.account) for item in pay_out(market, second).items.all()}
        assert items == {group.pk: (27_500, others), old.pk: (500, own)}
        assert owed(new) == 0, "it had no part in the sale"
        delivered(market)
        assert (owed(new, "cooperative"), owed(old, "cooperative")) == (500, 0), "from then on it has"
        assert violations() == []


def test_the_same_batch_sent_twice_is_booked_once(market: Market, second: Any, settings: Any) -> None:
    settings.DEMO = True  # where no second factor is asked for
    delivered(market)
    account(market, market.groups["isan"], second)
    admin, other = signed_in(market.people["administrator"]), signed_in(second)
    with clock.moved_to(clock.now() + WEEK):
        services.release_due()
        path = admin.post("/office/payouts/make/").headers["Location"]
        for client, act in (
            (other, "approve"),
            (other, "approve"),
            (admin, "send"),
            (other, "send"),
            (admin, "withdraw"),
        ):
            assert client.post(path, {"act": act}).status_code == 302
        assert Entry.objects.filter(kind="payout").count() == 1
        for _again in range(2):
            admin.post(f"{path}1/", {"act": "confirm", "answer": "ok"})
        admin.post(f"{path}1/", {"act": "bounce", "answer": "late"})
        assert (
            Entry.objects.filter(kind="payout_done").count(),
            Entry.objects.filter(kind="payout_bounced").count(),
        ) == (1, 0)
        assert balance_of(PLATFORM, "bank") == 30_000 - 27_500
        assert violations() == []


def test_a_hold_ends_in_its_very_moment_also_on_the_leap_day(market: Market) -> None:
    evening = dt.datetime(2028, 2, 22, 23, 59, 59, tzinfo=clock.BANGKOK)
    with clock.moved_to(evening):
        for certificate in market.certificates.values():
            type(certificate).objects.filter(pk=certificate.pk).update(expires_on=dt.date(2029, 1, 1))
    order = delivered(market)
    order.vendor_orders.update(state_changed_at=evening)
    with clock.moved_to(evening + WEEK + LAST_MOMENT):
        assert clock.today() == dt.date(2028, 2, 29)
        assert services.release_due() == 0
    with clock.moved_to(evening + WEEK):
        assert services.release_due() == 1
        group = market.groups["isan"]
        client = signed_in(market.people["isan"])
        told = client.get(f"/workspace/{group.slug}/money/?first=29/02/2571&last=29/02/2571").content.decode()
        assert "29 กุมภาพันธ์ 2571" in told
        assert re.search(r"ส่วนของการขายพร้อมจ่าย|พร้อมจ่าย", told)
        assert client.get(f"/workspace/{group.slug}/money/?first=29/02/2570").status_code == 422, "no leap year"


def _fund_grows(market: Market, moment: dt.datetime, satang: int) -> None:
    owner = f"org:{market.groups['isan'].get_parent().get_parent().code}"
    lines = [debit(PLATFORM, "bank", satang), credit(owner, "fund", satang)]
    post(cause=f"correction:{moment:%Y%m%d%H%M%S}", kind="correction", lines=lines, happened_at=moment)


def test_midnight_in_bangkok_parts_the_days_and_the_years_of_the_books(market: Market, client: Client) -> None:
    new_year = dt.datetime(2027, 1, 1, tzinfo=clock.BANGKOK)
    with clock.moved_to(new_year + dt.timedelta(hours=2)):
        _fund_grows(market, new_year + dt.timedelta(seconds=-1), 100)
        _fund_grows(market, new_year, 1_000)
        old, new = (fund_books.books(dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in (2026, 2027))
        assert (old.opening, old.came, old.closing) == (0, 100, 100)
        assert (new.opening, new.came, new.closing) == (100, 1_000, 1_100)
        assert fund_books.books().years == [2027, 2026]
        page = client.get("/fund/").content.decode()
        for words in ("ธ.ค. 69", "ม.ค. 70", "/fund/2026.pdf", "/fund/2027.pdf", "2570"):
            assert words in page, words
        bank = Account.objects.get(purpose="bank")
        last, first = (account_statement(bank, day, day) for day in (dt.date(2026, 12, 31), dt.date(2027, 1, 1)))
        assert (last.opening, last.closing, first.opening, first.closing) == (0, 100, 100, 1_100)

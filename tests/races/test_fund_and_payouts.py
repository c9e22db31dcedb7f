"""Two who spend the fund at once, two approvers of one batch, one batch sent twice: each happens once.

The negative controls take the lock away and see the fund overdrawn and the money sent twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from shop.common import clock
from shop.common.errors import MarketError
from shop.fund import services as fund
from shop.fund.models import Spending
from shop.ledger.models import Entry
from shop.ledger.purposes import PLATFORM
from shop.ledger.selectors import balance_of
from shop.ledger.services import credit, debit, post
from shop.payouts import books, services
from shop.payouts.models import PayoutBatch
from shop.payouts.services import batches
from tests.market import Market, make_user
from tests.unit.fund.test_spending import ask, network_of
from vendors.models import Organisation

pytestmark = pytest.mark.race
AtOnce = Callable[..., list[Any]]
WEEK = dt.timedelta(days=7)


def people(number: int) -> list[Any]:
    return [make_user(f"keeper{one}", is_superuser=True, is_staff=True) for one in range(number)]


def filled(network: Organisation, satang: int) -> None:
    lines = [debit(PLATFORM, "bank", satang), credit(f"org:{network.code}", "fund", satang)]
    post(cause="correction:fund", kind="correction", lines=lines)


def outcomes(at_once: AtOnce, acts: list[Callable[[], Any]]) -> list[str]:
    """ "ok" or the code of the refusal, of all acts begun at once."""
    found = at_once(lambda number: acts[number](), list(range(len(acts))), threads=len(acts))
    for one in found:
        assert not isinstance(one, Exception) or isinstance(one, MarketError), one
    return sorted(one.code if isinstance(one, MarketError) else "ok" for one in found)


def spendings(market: Market) -> tuple[Organisation, list[Spending], list[Any]]:
    network = network_of(market, "isan")
    filled(network, 1_000)
    return network, [ask(market, network, 700) for _ in range(6)], people(6)


def test_six_spendings_at_once_never_overdraw_the_fund(race_market: Market, at_once: AtOnce) -> None:
    network, asked, keepers = spendings(race_market)
    acts = [lambda s=s, k=k: fund.approve_spending(spending=s, by=k) for s, k in zip(asked, keepers, strict=True)]
    assert outcomes(at_once, acts) == ["fund.not_enough"] * 5 + ["ok"]
    assert balance_of(f"org:{network.code}", "fund") == -300


def test_without_the_lock_the_fund_is_overdrawn(
    race_market: Market, at_once: AtOnce, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, asked, keepers = spendings(race_market)
    monkeypatch.setattr(fund, "lock_fund", lambda: None)
    plain = fund._check

    def slow(*args: Any) -> Any:
        found = plain(*args)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.3)")
        return found

    monkeypatch.setattr(fund, "_check", slow)
    acts = [lambda s=s, k=k: fund.approve_spending(spending=s, by=k) for s, k in zip(asked, keepers, strict=True)]
    assert outcomes(at_once, acts).count("ok") > 1
    assert balance_of(f"org:{network.code}", "fund") > 0, "more was spent than there was"


@pytest.fixture
def batch(race_market: Market) -> PayoutBatch:
    admin, other = race_market.people["administrator"], make_user("other", is_superuser=True, is_staff=True)
    group = race_market.groups["isan"]
    lines = [debit(PLATFORM, "bank", 5_000), credit(f"org:{group.code}", "payable", 5_000)]
    post(cause="correction:ready", kind="correction", lines=lines)
    made = services.enter_account(organisation=group, bank="006", number="1234567890", name="กลุ่ม", by=admin)
    services.verify_account(account=made, by=other)
    third = make_user("third", is_superuser=True, is_staff=True)
    services.confirm_account(account=made, how="โทรศัพท์", by=third)
    with clock.moved_to(clock.now() + WEEK):
        return services.make_batch(by=admin)


def test_two_who_put_payouts_together_pay_nobody_twice(
    race_market: Market, batch: PayoutBatch, at_once: AtOnce
) -> None:
    services.withdraw_batch(batch=batch, by=race_market.people["administrator"])
    keepers = people(4)
    later = clock.now() + WEEK

    def make(keeper: Any) -> None:
        with clock.moved_to(later):
            services.make_batch(by=keeper)

    found = outcomes(at_once, [lambda k=k: make(k) for k in keepers])
    assert found == ["ok"] + ["payouts.nothing_to_pay"] * 3


def test_two_approvers_and_two_senders_at_once(batch: PayoutBatch, at_once: AtOnce) -> None:
    keepers = people(4)
    found = outcomes(at_once, [lambda k=k: services.approve_batch(batch=batch, by=k) for k in keepers])
    assert found == ["ok"] + ["payouts.not_waiting"] * 3
    found = outcomes(at_once, [lambda k=k: services.mark_sent(batch=batch, by=k) for k in keepers])
    assert found == ["ok"] + ["payouts.not_waiting"] * 3
    assert balance_of(PLATFORM, "payouts_in_transit") == -5_000
    assert Entry.objects.filter(kind="payout").count() == 1


def test_without_locks_the_cause_still_books_it_once(
    batch: PayoutBatch, at_once: AtOnce, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: locks and the look at the state are gone, all four send. The ledger's cause is the net below."""
    services.approve_batch(batch=batch, by=people(1)[0])
    monkeypatch.setattr(batches, "_locked", lambda batch, by, *states: PayoutBatch.objects.get(pk=batch.pk))
    plain = books.post_sent

    def slow(item: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.2)")
        plain(item)

    monkeypatch.setattr(books, "post_sent", slow)
    keepers = [make_user(f"sender{one}", is_superuser=True, is_staff=True) for one in range(4)]
    found = outcomes(at_once, [lambda k=k: services.mark_sent(batch=batch, by=k) for k in keepers])
    assert found.count("ok") > 1, "nothing else held them back"
    assert Entry.objects.filter(kind="payout").count() == 1
    assert balance_of(PLATFORM, "payouts_in_transit") == -5_000

"""Whatever happens in whatever order, the books are right after each step: sales with and without vouchers, shortages, refunds that
arrive or do not, cash that is kept and handed in, disputes that are won and lost, changed rules, days that pass, payouts that arrive
or come back, spendings of the fund."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest

from shop.common import clock
from shop.common.errors import MarketError
from shop.fulfilment import services as work
from shop.fund import selectors as fund_books
from shop.fund import services as fund
from shop.gateways.contract import DisputeStand, DisputeStanding
from shop.ledger.selectors import balance_of, trial_balance
from shop.order.models import Order, ShareRule, VendorOrder
from shop.order.services import write_share_rule
from shop.payment import services as payments
from shop.payment.models import Dispute, PaymentAttempt, Refund
from shop.payouts import selectors, services
from shop.payouts.models import PayoutItem
from shop.vouchers.subscribers import return_rests
from tests.market import Market, make_user
from tests.payments import place
from tests.unit.fund.test_spending import ask
from tests.vouchers import fund_voucher, group_voucher, wrong
from vendors.models import Organisation

pytestmark = pytest.mark.django_db
STEPS = 42


class Life:
    """A market that lives through acts drawn by a die."""

    def __init__(self, market: Market, seed: int) -> None:
        self.market, self.dice = market, random.Random(seed)
        self.admin, self.now = market.people["administrator"], clock.now()
        self.codes: list[str] = []
        self.seen: set[str] = set()
        self.second = make_user("second", is_superuser=True, is_staff=True)
        third = make_user("third", is_superuser=True, is_staff=True)
        for group in market.groups.values():
            payee = group.get_parent()
            made = services.enter_account(organisation=payee, bank="034", number="1234567890", name="ก", by=self.admin)
            services.verify_account(account=made, by=self.second)
            services.confirm_account(account=made, how="โทร", by=third)

    def sell(self) -> None:
        method = self.dice.choice(["transfer", "transfer", "cod"])
        voucher = self.codes.pop() if self.codes and self.dice.random() < 0.7 else ""
        bought = {self.dice.choice(["hat", "kratip"]): self.dice.randint(1, 2)}
        order = place(self.market, method, voucher=voucher, **bought)
        self.seen |= {"discount"} if order.discount_satang else set()
        if method == "transfer":
            payments.confirm(attempt=order.payment_attempts.get())

    def make_voucher(self) -> None:
        """The fund's or the hat's group's; each is used once, so that its rest goes back."""
        code = f"CODE{self.dice.randint(0, 10**6)}"
        if self.dice.random() < 0.5:
            fund_voucher(code, budget_satang=20_000)
        else:
            group_voucher(self.market, code)
        self.codes.append(code)

    def end_vouchers(self) -> None:
        return_rests()

    def dispute(self) -> None:
        open_to = PaymentAttempt.objects.filter(state="succeeded", received_satang__gt=0, disputes=None)
        attempt = self._any(open_to.exclude(method="cod"))
        self._tell(attempt, f"dp_{attempt.pk}", DisputeStand.OPEN)

    def end_dispute(self) -> None:
        found = self._any(Dispute.objects.filter(state="open"))
        stand = self.dice.choice([DisputeStand.WON, DisputeStand.LOST])
        self._tell(found.attempt, found.provider_ref, stand)
        self.seen.add(stand.value)

    def _tell(self, attempt: PaymentAttempt, ref: str, stand: DisputeStand) -> None:
        satang = int(attempt.received_satang or 0)
        payments.note_dispute(attempt=attempt, standing=DisputeStanding(ref, stand, satang, "fraudulent"))

    def hand_in(self) -> None:
        holding = [one for one in selectors.purses() if one.cash_satang > 0]
        if not holding:
            raise Nothing
        purse = self.dice.choice(holding)
        satang, token = self.dice.randint(1, purse.cash_satang), f"{self.dice.getrandbits(128):032x}"
        payments.hand_in_cash(holder=purse.owner, amount_satang=satang, reference="KTB 1", token=token, by=self.admin)

    def move(self) -> None:
        """A vendor order goes one step on; now and then a piece of it is missing."""
        part = self._any(VendorOrder.objects.filter(state__in=["to_accept", "to_pack", "packed", "handed_over"]))
        line = part.lines.get()
        if part.state == "to_pack" and line.to_pack > 1 and self.dice.random() < 0.4:
            facts = {"line_id": line.pk, "available": 1, "reason": "sold_out", "seen": 0}
            work.mark_short(vendor_order=part, by=None, **facts)
            return
        acts = {"to_accept": work.accept, "to_pack": work.pack, "packed": work.hand_over, "handed_over": work.deliver}
        acts[part.state](vendor_order=part, by=None)

    def refund(self) -> None:
        order = self._any(Order.objects.filter(payment_attempts__state="succeeded").distinct())
        part = order.vendor_orders.get()
        delivery = {part.pk: self.dice.randint(1, 100)} if self.dice.random() < 0.3 else {}
        payments.ask_refund(order=order, pieces={part.lines.get().pk: 1}, delivery=delivery, why="returned", by=None)

    def end_refund(self) -> None:
        refund = self._any(Refund.objects.filter(state=Refund.State.PENDING))
        if self.dice.random() < 0.4:
            payments.withdraw_refund(refund=refund, by=None)
        else:
            payments.settle_by_hand(refund=refund, route="transfer", reference="KTB 12345", by=None)

    def pass_days(self) -> None:
        self.now += dt.timedelta(days=self.dice.choice([1, 4, 8]))

    def release(self) -> None:
        services.release_due()

    def pay(self) -> None:
        batch = services.approve_batch(batch=services.make_batch(by=self.admin), by=self.second)
        services.mark_sent(batch=batch, by=self.admin)

    def answer(self) -> None:
        item = self._any(PayoutItem.objects.filter(state="sent"))
        act = services.bounce_item if self.dice.random() < 0.4 else services.confirm_item
        act(item=item, by=self.admin, answer="x")

    def spend(self) -> None:
        national = Organisation.objects.get(kind=Organisation.Kind.NATIONAL)
        fund.approve_spending(spending=ask(self.market, national, self.dice.randint(1, 300)), by=self.second)

    def change_rule(self) -> None:
        wanted = ShareRule(
            payee=self.dice.choice(["fund", "hub", "platform"]),
            basis_points=self.dice.randint(0, 900),
            valid_from=clock.today() + dt.timedelta(days=1),
        )
        write_share_rule(wanted=wanted, by=self.admin)

    def _any(self, rows: Any) -> Any:
        found = list(rows.order_by("pk"))
        if not found:
            raise Nothing
        return self.dice.choice(found)

    def acts(self) -> list[Callable[[], None]]:
        often = [self.sell, self.move, self.move, self.move, self.move, self.pass_days, self.release]
        money = [self.refund, self.end_refund, self.pay, self.answer, self.spend, self.change_rule, self.hand_in]
        return [*often, *money, self.make_voucher, self.end_vouchers, self.dispute, self.end_dispute]


class Nothing(Exception):
    """There is nothing to do this with yet."""


def look(market: Market) -> None:
    """Sum zero, parts = whole, statement = account, fund's page = ledger."""
    assert wrong() == []
    assert set(trial_balance().sums.values()) <= {0}
    today = clock.today()
    for purse in selectors.purses():
        told = selectors.statement(purse.owner, today - dt.timedelta(days=400), today)
        rows = list(told.rows)
        gained, posted = sum(map(selectors.gain, rows)), -sum(row.amount_satang for row in told.postings)
        assert told.closing == purse.held_satang + purse.net_satang == told.opening + gained == told.opening + posted
        after = [balance for _row, balance in told.with_balance(rows, are_first=True)]
        middle = len(rows) // 2
        assert [balance for _row, balance in told.with_balance(rows[middle:])] == after[middle:]
        within = [row.entry_id for row in rows if row.entry.kind in selectors.WITHIN]
        assert len(within) == len(set(within)), "one line for what moves within the purse"
    books = fund_books.books()
    owners = {f"org:{row.code}" for row in Organisation.objects.filter(kind__in=Organisation.NETWORKS)}
    assert books.closing == books.came - books.went == -sum(balance_of(owner, "fund") for owner in owners)
    assert sum(one.went for one in books.purposes) == books.went
    aside = -sum(balance_of(owner, "fund_vouchers") for owner in owners)
    told = books.vouchers
    assert told.left == aside == told.aside - told.borne - told.back
    kept = PaymentAttempt.objects.filter(state="succeeded").count()
    assert kept <= Order.objects.count()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_books_are_right_after_every_step(market: Market, seed: int) -> None:
    life = Life(market, seed)
    done: set[str] = set()
    steps = [life.make_voucher, life.sell, *(life.dice.choice(life.acts()) for _ in range(STEPS))]
    for act in steps:
        with clock.moved_to(life.now):
            try:
                act()
            except (Nothing, MarketError):
                continue
            done.add(act.__name__)
            look(market)
        life.now += dt.timedelta(minutes=7)
    assert {"sell", "move", "release", "make_voucher"} <= done


def test_disputes_cash_and_vouchers_one_after_the_other(market: Market) -> None:
    """What the die may leave out: each of them to its end."""
    life = Life(market, 4)
    for stand, method in ((DisputeStand.WON, "transfer"), (DisputeStand.LOST, "transfer"), (None, "cod")):
        with clock.moved_to(life.now):
            life.make_voucher()
            order = place(market, method, voucher=life.codes.pop(), hat=2)
            assert order.discount_satang > 0
            if stand is not None:
                payments.confirm(attempt=order.payment_attempts.get())
            for part in order.vendor_orders.all():
                for act in (work.accept, work.pack, work.hand_over, work.deliver):
                    act(vendor_order=part, by=None)
            if stand is None:
                life.hand_in()
            else:
                attempt = order.payment_attempts.get()
                for told in (DisputeStand.OPEN, stand):
                    life._tell(attempt, f"dp_{attempt.pk}", told)
                    look(market)
        life.now += dt.timedelta(days=9)
        with clock.moved_to(life.now):
            services.release_due()
            return_rests()
            look(market)

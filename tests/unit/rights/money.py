"""The market's money is kept by administrators and the department's treasurers; an officer finds nothing there."""

from __future__ import annotations

from collections.abc import Callable

from shop.common import clock
from shop.common.access import Kind
from shop.order.models import Order
from shop.payment import services as payments
from shop.payment.models import CashCollection, PaymentAttempt, PaymentProblem, Refund, TransferSlip
from tests.unit.rights.entries import Entry, Filled
from tests.unit.rights.world import World

TOKEN = "0" * 32


def _paid(world: World) -> PaymentAttempt:
    assert world.transfer is not None
    attempt = PaymentAttempt.objects.get(order=world.transfer.order)
    return payments.confirm(attempt=attempt)


def _number(world: World) -> Filled:
    return {"number": _paid(world).order.number}


def _attempt(world: World) -> Filled:
    return {"pk": _paid(world).pk}


def _problem(world: World) -> Filled:
    facts = {"kind": "difference", "opened_at": clock.now()}
    return {"pk": PaymentProblem.objects.get_or_create(key="rights", defaults=facts)[0].pk}


def _refund(world: World) -> Filled:
    attempt = _paid(world)
    line = Order.objects.get(pk=attempt.order_id).lines.get()
    known = Refund.objects.first()
    return {"pk": (known or payments.ask_refund(order=attempt.order, pieces={line.pk: 1}, why="returned", by=None)).pk}


def _slip(world: World) -> Filled:
    assert world.transfer is not None
    facts = {"order": world.transfer.order, "sent_at": clock.now()}
    return {"pk": TransferSlip.objects.get_or_create(fingerprint="0" * 64, defaults=facts)[0].pk}


def _holder(world: World) -> Filled:
    attempt = _paid(world)
    part = attempt.order.vendor_orders.order_by("pk")[0]
    facts = {"attempt": attempt, "holder": part.group, "amount_satang": 100, "at": clock.now()}
    CashCollection.objects.get_or_create(vendor_order=part, defaults=facts)
    return {"code": part.group.code}


def _entry(read: Callable[[World], Filled], nothing: Filled, **facts: str) -> Entry:
    def own(world: World, kind: Kind) -> Filled | None:
        return None if kind is Kind.OFFICER else read(world)

    def foreign(world: World, kind: Kind) -> list[Filled]:
        return [read(world)] if kind is Kind.OFFICER else []

    return Entry(own=own, foreign=foreign, hidden=lambda world, kind: [nothing] if nothing else [], data=facts)


def _none(world: World) -> Filled:
    return {}


def _confirming() -> Entry:
    """A transfer that is waited for; another method's payment is not there."""
    line = {"received": "300", "bank_date": "26/11/2569", "bank_reference": "KTB 1"}
    asked = _entry(lambda world: {"pk": world.transfer.attempt.pk if world.transfer else 0}, {}, **line)

    def hidden(world: World, kind: Kind) -> list[Filled]:
        return [{"pk": world.orders[Kind.BUYER].payment_attempts.get().pk}, {"pk": 999_999_999}]

    return Entry(own=asked.own, foreign=asked.foreign, hidden=hidden, data=asked.data)


_NO_ID: Filled = {"pk": 999_999_999}
_NO_NUMBER: Filled = {"number": "00000000000"}
MONEY: dict[str, Entry] = {
    "office:transfers": _entry(_none, {}),
    "office:confirm-transfer": _confirming(),
    "money:index": _entry(_none, {}),
    "money:problem": _entry(_problem, _NO_ID, how="จัดการแล้ว"),
    "money:accept": _entry(_attempt, _NO_ID, note="รับ", token=TOKEN),
    "money:return": _entry(_attempt, _NO_ID, note="คืน", token=TOKEN),
    "money:order": _entry(_number, _NO_NUMBER),
    "money:refund": _entry(_number, _NO_NUMBER, why="returned", route="transfer", token=TOKEN, seen="0" * 16),
    "money:settle": _entry(_refund, _NO_ID, route="cash", reference="ผู้ซื้อ", token=TOKEN),
    "money:withdraw": _entry(_refund, _NO_ID, note="สั่งผิด", token=TOKEN),
    "money:cash": _entry(_none, {}),
    "money:cash-in": _entry(_holder, {"code": "nobody"}, amount="1", reference="KTB", token=TOKEN),
    "money:reconciliation": _entry(_none, {}, day="26/11/2569"),
    "money:slip": Entry(own=lambda world, kind: None, foreign=lambda world, kind: [_slip(world)]),
}
"""The slip of the walk has no picture: its answer is 404 for everybody (test_office shows one)."""

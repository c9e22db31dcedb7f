"""Dividing in the books: what buyers paid becomes what each is owed, and what goes back is taken from each (docs/algorithms/shares.md).

Called where the order is locked, in the transaction of the payment or the refund. Orders that were placed before shares were kept have
none, and stay undivided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import Sum

from shop.ledger import causes
from shop.ledger.models import Entry
from shop.ledger.purposes import PLATFORM
from shop.ledger.services import Line, debit, post
from shop.order.models import LineShare, Order, VendorOrder
from shop.order.shares import Left, give_again, shares_left, take_any, take_back
from shop.payment import books
from shop.payment.models import PaymentAttempt, Refund
from vendors.models import Organisation

_OWED, _LOSSES = "buyers_unallocated", "losses"
_ASIDE = {"fund_voucher": "fund_vouchers"}
HELD = {
    **{"group": "held", "cooperative": "cooperative", "hub": "hub", "delivery": "delivery", "fund": "fund_held"},
    **{"own_voucher": "held", **_ASIDE},
}
"""Where a share waits until delivery, by its kind; the market's own is earned at once, a discount of the fund was set aside before."""
READY = {
    **{"group": "payable", "cooperative": "payable", "hub": "payable", "delivery": "payable", "fund": "fund"},
    **{"own_voucher": "payable", **_ASIDE},
}


def share_cause(number: str) -> str:
    """The ledger's name for the division of an order."""
    return f"share:{number}"


def is_divided(number: str) -> bool:
    """Do the books say who has a part of this order?"""
    return Entry.objects.filter(cause=share_cause(number)).exists()


def divide_capture(attempt: PaymentAttempt) -> None:
    """The purchase is paid: everybody's part is held for them.

    At the door less may be due than was ordered; that part of the shares is taken back first. What the office accepted too little
    the market bears; what came too much stays undivided. What a discount takes off comes from whoever bears it.
    """
    order = Order.objects.get(pk=attempt.order_id)
    if attempt.method == PaymentAttempt.Method.COD:
        _take_undue(order)
    left = shares_left(order.pk)
    total, received = sum(one.satang for one in left), int(attempt.received_satang or 0)
    if not any(one.satang for one in left):
        return
    currency = books.booked_currency(attempt)
    lines = _lines(left, order.pk, currency)
    if min(total, received):
        lines.append(debit(PLATFORM, _OWED, min(total, received), currency))
    if received < total:
        lines.append(debit(PLATFORM, _LOSSES, total - received, currency))
    post(cause=share_cause(order.number), kind="share", lines=lines, happened_at=attempt.received_at)


def take_back_for(refund: Refund) -> None:
    """Pieces and delivery of a refund are everybody's no more, from the moment in which it is asked for."""
    order = refund.attempt.order
    pieces: Counter[int] = Counter()
    delivery: Counter[int] = Counter()
    discounts: Counter[int] = Counter()
    for row in refund.lines.all():
        if row.line_id:
            pieces[row.line_id] += row.amount_satang + row.discount_satang
            discounts[row.line_id] += row.discount_satang
        else:
            delivery[row.vendor_order_id] += row.amount_satang
    cause = books.refund_cause(refund)
    if pieces or delivery:
        rows = take_back(order_id=order.pk, pieces=pieces, delivery=delivery, discounts=discounts, cause=cause)
    elif is_divided(order.number):
        rows = take_any(order_id=order.pk, satang=_not_covered(order.pk, refund), cause=cause)
    else:
        return
    _post(order, refund, rows, kind="share_back", cause=f"share_back:{cause.partition(':')[2]}")


def give_again_for(refund: Refund) -> None:
    """The refund did not arrive: everybody has their part again."""
    order = refund.attempt.order
    rows = give_again(order_id=order.pk, cause=books.refund_cause(refund))
    cause = books.refund_cause(refund).partition(":")[2]
    _post(order, refund, rows, kind="share_again", cause=f"share_again:{cause}")


def _post(order: Order, refund: Refund, rows: Sequence[LineShare], *, kind: str, cause: str) -> None:
    if not rows or not is_divided(order.number):
        return
    currency = books.booked_currency(refund.attempt)
    moved = [Left(row.vendor_order_id, row.line_id, row.kind, row.payee_id, row.amount_satang) for row in rows]
    lines, amount = _lines(moved, order.pk, currency), sum(one.satang for one in moved)
    if amount:
        lines.append(Line(PLATFORM, _OWED, amount, currency))
    if lines:
        post(cause=cause, kind=kind, lines=lines)


def _not_covered(order_id: int, refund: Refund) -> int:
    """Satang of the shares that no money of the order covers any more once this refund is made."""
    paid = PaymentAttempt.objects.filter(order_id=order_id, state=PaymentAttempt.State.SUCCEEDED)
    came = paid.aggregate(sum=Sum("received_satang"))["sum"] or 0
    given = Refund.objects.filter(attempt__order_id=order_id).exclude(state__in=Refund.GONE)
    back = given.aggregate(sum=Sum("amount_satang"))["sum"] or 0
    shared = sum(one.satang for one in shares_left(order_id))
    return min(refund.amount_satang, max(0, shared - max(0, came - back)))


def _take_undue(order: Order) -> None:
    """What the buyer at the door does not pay, because it was missing or not sent, belongs to nobody."""
    left = shares_left(order.pk)
    for part in VendorOrder.objects.filter(order=order).prefetch_related("lines").order_by("pk"):
        own = [one for one in left if one.vendor_order_id == part.pk]
        over = sum(one.satang for one in own) - part.due_satang
        goods, discounts = Counter[int](), Counter[int]()
        is_over = part.state == VendorOrder.State.CANCELLED
        for line in part.lines.all():
            shares = [one.satang for one in own if one.line_id == line.pk]
            over_line = sum(share for share in shares if share > 0) - (0 if is_over else line.left_satang)
            if over_line > 0:
                goods[line.pk] = over_line
                borne = -sum(share for share in shares if share < 0)
                discounts[line.pk] = max(0, borne - (0 if is_over else line.discount_left_satang))
        rest = over - sum(goods.values()) + sum(discounts.values())
        delivery = {part.pk: rest} if rest > 0 else {}
        if goods or delivery:
            take_back(
                order_id=order.pk, pieces=goods, delivery=delivery, discounts=discounts, cause=f"undue:{part.number}"
            )


def _lines(shares: Iterable[Left], order_id: int, currency: str) -> list[Line]:
    """Shares as lines of the books, by account; positive shares are owed. Of what was released the ready accounts are meant.

    A group's own discount is a line beside its part, so that its statement names it.
    """
    released = set(
        VendorOrder.objects.filter(order_id=order_id, released_at__isnull=False).values_list("pk", flat=True)
    )
    sums: Counter[tuple[str, str, bool]] = Counter()
    rows = list(shares)
    codes = _codes({one.payee_id for one in rows if one.payee_id})
    for one in rows:
        stage = READY if one.vendor_order_id in released else HELD
        owner = f"org:{codes[one.payee_id]}" if one.payee_id else PLATFORM
        sums[owner, stage.get(one.kind, "commission"), one.kind == LineShare.Kind.OWN_VOUCHER] += one.satang
    return [Line(owner, purpose, -satang, currency) for (owner, purpose, _own), satang in sums.items() if satang]


def _codes(keys: set[int]) -> dict[int, str]:
    return dict(Organisation.objects.filter(pk__in=keys).values_list("pk", "code"))


def release_lines(part: VendorOrder, left: Iterable[Left], currency: str) -> list[Line]:
    """What moves from held to ready when the hold of a vendor order is over."""
    rows = [one for one in left if one.vendor_order_id == part.pk and one.payee_id and one.satang]
    codes = _codes({one.payee_id for one in rows if one.payee_id})
    sums: Counter[tuple[str, str]] = Counter()
    for one in rows:
        owner = f"org:{codes[one.payee_id or 0]}"
        sums[owner, HELD[one.kind]] += one.satang
        sums[owner, READY[one.kind]] -= one.satang
    return [Line(owner, purpose, satang, currency) for (owner, purpose), satang in sums.items() if satang]


@causes.knows("share")
def _shares(names: Sequence[str]) -> set[str]:
    numbers = [name.partition(":")[2] for name in names]
    rows = LineShare.objects.filter(order__number__in=numbers).values_list("order__number", flat=True)
    return {share_cause(number) for number in set(rows)}


@causes.knows("share_back")
def _backs(names: Sequence[str]) -> set[str]:
    return _by_cause(names, "share_back", "refund:")


@causes.knows("share_again")
def _agains(names: Sequence[str]) -> set[str]:
    return _by_cause(names, "share_again", "again:refund:")


def _by_cause(names: Sequence[str], prefix: str, of_shares: str) -> set[str]:
    wanted = {of_shares + name.partition(":")[2]: name for name in names}
    rows = LineShare.objects.filter(cause__in=wanted).values_list("cause", flat=True)
    return {wanted[cause] for cause in set(rows)}

"""Taking a voucher with an order, in the transaction of the order: two statements, each with its condition inside.

Lock order: the order, its payments, stock, then the voucher. Whoever comes second to a voucher waits for its row and then counts anew.
"""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import get_language

from shop.common import clock
from shop.order.models import Order
from shop.vouchers import errors
from shop.vouchers.models import Voucher, VoucherUse
from shop.vouchers.quoting import Quoted, check_time, used_by

_NOTE_USE = """
INSERT INTO vouchers_voucheruse (voucher_id, order_id, discount_satang, taken_at)
SELECT v.id, %(order)s, %(satang)s, %(now)s FROM vouchers_voucher v
WHERE v.id = %(voucher)s AND (v.most_per_buyer IS NULL OR v.most_per_buyer > (
    SELECT count(*) FROM vouchers_voucheruse u JOIN order_order o ON o.id = u.order_id
    WHERE u.voucher_id = v.id AND u.returned_at IS NULL AND (o.user_id = %(user)s
        OR (%(user)s::bigint IS NULL AND o.user_id IS NULL
            AND (upper(o.guest_email) = upper(%(email)s) OR o.guest_phone = %(phone)s)))))
"""


@transaction.atomic(savepoint=False)
def take(*, order: Order, quoted: Quoted) -> None:
    """Takes a voucher for a new order. Raises VoucherOver, VoucherTooEarly, VoucherUsedUp, VoucherUsedByYou: all is rolled back then."""
    moment = clock.now()
    _count(quoted.voucher, quoted.satang, moment.astimezone(clock.BANGKOK).date())
    facts = {
        "order": order.pk,
        "satang": quoted.satang,
        "now": moment,
        "voucher": quoted.voucher.pk,
        "user": order.user_id,
        "email": order.guest_email,
        "phone": order.guest_phone,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NOTE_USE, facts)
        if cursor.rowcount != 1:
            raise errors.VoucherUsedByYou


@transaction.atomic
def give_back(*, order: Order) -> None:
    """The order is cancelled: its use does not count any more. Again is nothing."""
    rows = VoucherUse.objects.filter(order=order, returned_at=None)
    use = rows.first() if order.voucher_code else None
    if use is not None and rows.update(returned_at=clock.now()):
        counted = Voucher.objects.filter(pk=use.voucher_id)
        counted.update(uses=F("uses") - 1, given_satang=F("given_satang") - use.discount_satang)


@transaction.atomic
def take_again(*, order: Order) -> None:
    """A cancelled order is taken up again, its late money is there: the voucher must still be there for it, whatever the day.

    Raises VoucherUsedUp, VoucherOver, VoucherUsedByYou.
    """
    use = VoucherUse.objects.select_related("voucher").filter(order=order).first() if order.voucher_code else None
    if use is None or use.returned_at is None:
        return
    _count(use.voucher, use.discount_satang, None)
    most = use.voucher.most_per_buyer
    facts = {"user": order.user, "email": order.guest_email, "phone": order.guest_phone}
    if most is not None and used_by(use.voucher, **facts) >= most:
        raise errors.VoucherUsedByYou
    VoucherUse.objects.filter(pk=use.pk).update(returned_at=None)


def _count(voucher: Voucher, satang: int, day: dt.date | None) -> None:
    """The conditional update: of two hundred at once exactly as many go on as there are uses and money."""
    rows = Voucher.objects.filter(pk=voucher.pk, state=Voucher.State.RUNNING)
    if day is not None:
        rows = rows.filter(valid_from__lte=day, valid_until__gte=day)
    fits = rows.filter(
        Q(most_uses=None) | Q(most_uses__gt=F("uses")),
        Q(budget_satang=None) | Q(budget_satang__gte=F("given_satang") + satang),
    )
    if fits.update(uses=F("uses") + 1, given_satang=F("given_satang") + satang) != 1:
        current = Voucher.objects.get(pk=voucher.pk)
        check_time(current, get_language() or "th")
        raise errors.VoucherUsedUp

"""What the money tells about a person."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shop.order.events import Shortfall, pieces_short
from shop.order.models import VendorOrder
from shop.payment import errors
from shop.payment.models import PaymentAttempt, PaymentProblem, Refund
from shop.payment.selectors import latest_attempt, was_paid
from shop.payment.services import ask_refund, open_problem
from shop.people.events import Copy, Section, copy_wanted


@copy_wanted.register
def tell_payments(copy: Copy) -> None:
    """Every attempt to pay an own order."""
    labels = {
        "order": _("Order"),
        "method": _("How to pay"),
        "state": _("State"),
        "amount_satang": _("Amount"),
        "at": _("When"),
    }
    names = {"order": "order__number", "method": "method", "state": "state", "amount_satang": "amount_satang"}
    attempts = PaymentAttempt.objects.filter(order__user=copy.user).order_by("pk").values(*names.values(), "changed_at")
    rows = [{key: row[name] for key, name in names.items()} | {"at": row["changed_at"]} for row in attempts]
    copy.add(Section("payments", _("Payments"), labels, rows))


@pieces_short.register
def give_back_what_is_missing(short: Shortfall) -> None:
    """Pieces that were paid and cannot be sent are given back at once, in one refund; with the last piece of a group's part
    its delivery too, unless the way was made and nobody took them."""
    order = short.order
    if order.payment_method == PaymentAttempt.Method.COD or not was_paid(order.pk):
        return  # whoever pays at the door pays less, and so less is divided
    parts = VendorOrder.objects.filter(lines__in=short.pieces).distinct().prefetch_related("lines")
    delivery = {
        part.pk: part.delivery_satang
        for part in parts
        if not any(line.to_pack for line in part.lines.all()) and not part.keeps_delivery
    }
    try:
        with transaction.atomic():
            refund = ask_refund(order=order, pieces=short.pieces, delivery=delivery, why=Refund.Why.SHORT, by=None)
        short.refund = refund.pk
    except (errors.Disputed, errors.TooMuch, errors.TooManyPieces):  # a person gives it back, or has done so
        first = short.lines[0]
        open_problem(
            kind=PaymentProblem.Kind.REFUND_FAILED,
            key=f"short:{first.pk}:{first.short_quantity}",
            attempt=latest_attempt(order.pk),
            facts={"lines": {str(line): pieces for line, pieces in short.pieces.items()}},
        )

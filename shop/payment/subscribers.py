"""What the money tells about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.payment.models import PaymentAttempt
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

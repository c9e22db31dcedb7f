"""What happens to purchases after years."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from shop.order.models import Order, ShippingAddress

_AT_ONCE = 1_000


@transaction.atomic
def forget_buyers(*, before: dt.datetime) -> int:
    """Orders placed before this moment by guests or by accounts that are deleted lose the person; the sale itself stays."""
    nobodys = Q(user=None) | Q(user__deletion__isnull=False)
    named = ~Q(guest_email="") | ~Q(guest_phone="") | ~Q(note="") | ~Q(shipping_address__recipient="")
    rows = list(
        Order.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(nobodys, named, date_placed__lt=before)
        .order_by("pk")[:_AT_ONCE]
        .values_list("pk", "shipping_address_id")
    )
    Order.objects.filter(pk__in=[pk for pk, _address in rows]).update(
        guest_email="", guest_phone="", note="", link_nonce=""
    )
    ShippingAddress.objects.filter(pk__in=[address for _pk, address in rows if address]).update(
        recipient="", first_name="", last_name="", phone="", line1="", line2="", notes="", search_text=""
    )
    return len(rows)

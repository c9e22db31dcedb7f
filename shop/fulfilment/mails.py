"""Letters about a purchase: to the buyer in the language of the order, to groups in Thai. Sent by the outbox, never in a request."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from shop.common import codes, letters
from shop.common.money import to_satang
from shop.fulfilment import carriers, collecting
from shop.fulfilment.digests import Bring
from shop.fulfilment.models import DeliveryPlan, Movement, Parcel, TransferBox, TransferLine, Where
from shop.gateways.registry import in_earnest, provider_of
from shop.order import links
from shop.order.models import Line, Order, VendorOrder
from shop.order.selectors import discount_of, with_parts
from shop.payment.models import Refund
from shop.shipping.counters import counter_days
from shop.theme import formats
from vendors.models import Membership, Organisation, Place

_State = VendorOrder.State


def to_buyer(*, order_id: int, template: str, **facts: Any) -> None:
    """Sends one letter to the buyer; the link opens the order without an account."""
    order = with_parts(Order.objects.filter(pk=order_id)).select_related("user").first()
    if order is None:
        return
    address = order.user.email if order.user else order.guest_email
    if not address or (order.user and not order.user.is_active):
        return
    with translation.override(order.language):
        link = _link(order)
        known = {"order": order, "link": link, "bank": settings.BANK_ACCOUNT, "mark": _mark(order)}
        discount = discount_of(order)
        known |= {"discount": discount, "bearer": discount.name(order.language) if discount else ""}
        _send(address, template, {**known, **facts})


def _mark(order: Order) -> str:
    """Letters about a test payment say so first."""
    return _("TEST – no money moves") if not in_earnest(provider_of(order.payment_method)) else ""


def links_to_guest(*, orders: list[Order]) -> None:
    """Sends the links of a guest's orders to the address that they were placed with."""
    if not orders:
        return
    with translation.override(orders[0].language):
        entries = [{"order": order, "link": _link(order)} for order in orders]
        _send(orders[0].guest_email, "links", {"entries": entries})


def _link(order: Order) -> str:
    """The address of an order; a guest's carries its secret."""
    address: str = settings.SITE_URL + reverse("orders:detail", args=[order.number])
    return f"{address}?key={links.secret_of(order)}" if order.user_id is None else address


def to_groups(*, order_id: int) -> None:
    """Tells the managers and packers of each group about its own part, and only that."""
    parts = VendorOrder.objects.filter(order_id=order_id).select_related("group", "order").prefetch_related("lines")
    for part in parts:
        addresses = _people_of(part.group)
        with translation.override("th"):
            link = settings.SITE_URL + reverse("vendor_orders:detail", args=[part.group.slug, part.number])
            for address in addresses:
                _send(address, "group_new_order", {"part": part, "link": link, "mark": _mark(part.order)})


def difference_to_group(*, box: TransferBox, rows: list[TransferLine]) -> None:
    """Tells the people of a group what a hub found wrong with its box."""
    part = box.vendor_order
    with translation.override("th"):
        link = settings.SITE_URL + reverse("vendor_orders:detail", args=[part.group.slug, part.number])
        lost = box.state == TransferBox.State.MISSING
        facts = {"part": part, "rows": rows, "place": box.transfer.to_place, "lost": lost, "link": link, "mark": ""}
        for address in _people_of(part.group):
            _send(address, "group_difference", facts)


def shortage_to_buyer(*, order_id: int, missing: list[list[Any]], refund: int | None) -> None:
    """One letter about all pieces that one act found missing. `missing`: line, pieces, why."""
    lines = {
        line.pk: line
        for line in Line.objects.filter(pk__in=[row[0] for row in missing]).select_related("vendor_order__group")
    }
    rows = [
        {"line": lines[key], "pieces": pieces, "why": Line.Why(why).label}
        for key, pieces, why in missing
        if key in lines
    ]
    parts = list(VendorOrder.objects.filter(order_id=order_id).prefetch_related("lines"))
    left = any(part.state not in (_State.CANCELLED, _State.DELIVERED) for part in parts)
    facts = {
        "rows": rows,
        "satang": sum(_not_paid(row["line"], row["pieces"]) for row in rows),
        "left": left,
        "kept": any(part.state == _State.CANCELLED and part.keeps_delivery for part in parts),
        "refund": Refund.objects.select_related("attempt").filter(pk=refund or 0).first(),
    }
    to_buyer(order_id=order_id, template="short", **facts)


def _not_paid(line: Line, pieces: int) -> int:
    """What the buyer does not pay for the pieces that went missing last: their price less their part of a discount."""
    before = line.short_quantity - pieces
    discount = line.discount_of(line.short_quantity) - line.discount_of(before)
    return to_satang(line.unit_price_incl_tax) * pieces - discount


def return_to_groups(*, parcel: Parcel) -> None:
    """Tells each group whose goods came back which, and that they lie at the hub for it."""
    back = Movement.objects.filter(parcel=parcel, target=Where.RETURNED).select_related("line__vendor_order__group")
    by_part: dict[VendorOrder, list[Movement]] = {}
    for move in back.order_by("pk"):
        if move.line.vendor_order is not None:
            by_part.setdefault(move.line.vendor_order, []).append(move)
    with translation.override("th"):
        for part, rows in by_part.items():
            link = settings.SITE_URL + reverse("vendor_orders:detail", args=[part.group.slug, part.number])
            facts = {"part": part, "rows": rows, "place": parcel.place, "link": link, "mark": ""}
            for address in _people_of(part.group):
                _send(address, "group_return", facts)


def run_to_group(*, run: Bring, group: Organisation) -> None:
    """Tells the people of a group what to bring to the hub."""
    with translation.override("th"):
        link = settings.SITE_URL + reverse("vendor_orders:bring", args=[group.slug])
        facts = {"run": run, "goods": run.goods, "link": link, "mark": ""}
        for address in _people_of(group):
            _send(address, "group_bring", facts)


def _people_of(group: Organisation) -> list[str]:
    """The addresses of those who manage and pack for a group; its own where there is nobody."""
    roles = [Membership.Role.MANAGER, Membership.Role.PACKER]
    people = Membership.objects.filter(organisation=group, role__in=roles, user__is_active=True)
    addresses = sorted(set(people.values_list("user__email", flat=True)))
    return addresses or ([group.email] if group.email else [])


def counter_days_to_buyer(*, order: Order) -> None:
    """The counter is closed for days: until when the goods are kept now, or when they can be fetched."""
    parcel = (
        Parcel.objects.filter(order=order, state=Parcel.State.ON_SHELF).select_related("order__plan", "place").first()
    )
    plan = DeliveryPlan.objects.select_related("hub").get(order=order)
    assert plan.hub is not None
    facts = parcel_facts(parcel) if parcel else _counter_facts(plan.hub, order.language, plan.latest)
    to_buyer(order_id=order.pk, template="counter_days", plan=plan, **{"parcel": None, **facts})


def _counter_facts(place: Place, language: str, until: dt.date | None) -> dict[str, Any]:
    return {
        "place_name": formats.local(place, "name_th", language),
        "hours": formats.local(place, "hours_th", language),
        "days": counter_days(place, until),
    }


def parcel_facts(parcel: Parcel) -> dict[str, Any]:
    """What a letter about a parcel tells, in the order's language; of a counter how many of the purchase's parcels stand there."""
    states = Parcel.objects.filter(order=parcel.order_id, place=parcel.place_id).values_list("state", flat=True)
    shelved, waiting = (sum(state == one for state in states) for one in (Parcel.State.ON_SHELF, Parcel.State.READY))
    return {
        "parcel": parcel,
        "shelved": shelved,
        "all": shelved + waiting,
        **_counter_facts(parcel.place, parcel.order.language, parcel.keep_until),
        "follow": carriers.link(parcel.carrier, parcel.tracking),
        "code": codes.grouped(collecting.code_of(parcel.order.plan)),
    }


def _send(address: str, template: str, context: dict[str, Any]) -> None:
    letters.send(address, f"fulfilment/mail/{template}", context)

"""The one door to a hub and to what lies in it: fetching and permission are one call; what is elsewhere is 404."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from shop.common import codes
from shop.fulfilment.models import DeliveryPlan, Parcel, Transfer, TransferBox
from shop.order.models import Order
from shop.people import addresses
from shop.shipping.models import Way
from vendors.models import Organisation, Place
from vendors.policies import Right, acts_through, may, reach, workspace_keys, workspace_or_404

_NAMED = frozenset({Parcel.State.READY, Parcel.State.ON_SHELF})
_ADDRESSED = frozenset({Parcel.State.READY, Parcel.State.SENT})
_PERSON = ("first_name", "last_name", "display_name")
_OF_BOX = (
    *("transfer", "state", "counted_at", "vendor_order__number"),
    *(f"vendor_order__group__{name}" for name in ("name_th", "name_en", "phone")),
    *(f"counted_by__{name}" for name in _PERSON),
)
_OF_PLAN = ("way", "hub", "latest", "pieces_here", "boxes_coming")
_OF_PARCEL = (
    *(column.name for column in Parcel._meta.concrete_fields),
    *("order__number", "order__note", "order__plan__way", "order__plan__hub"),
    *(f"order__shipping_address__{name}" for name in ("recipient", "phone", "line1", "subdistrict_code", "postcode")),
)
"""What pages show of them: the rows beside them are wide."""


def hubs_of(organisation: Organisation) -> QuerySet[Place]:
    """The hubs that an organisation runs, closed ones too: goods may lie there."""
    return Place.objects.filter(organisation=organisation, kind=Place.Kind.HUB).order_by("-is_open", "code")


def packing_workspace_or_404(user: Any, workspace: str) -> Organisation:
    """The workspace of a network, which may run hubs, for those who handle its boxes and parcels."""
    organisation = workspace_or_404(user, workspace)
    if not _packs(user, organisation):
        raise Http404("no packer of a network")
    return organisation


def _packs(user: Any, organisation: Organisation) -> bool:
    return organisation.kind in Organisation.NETWORKS and may(user, Right.PACK, organisation)


def hub_or_404(user: Any, workspace: str, code: str) -> Place:
    """A hub with its organisation, for those who pack for it; one query."""
    hub = Place.objects.filter(kind=Place.Kind.HUB, code=code).select_related("organisation__province").first()
    if hub is None or hub.organisation.slug != workspace or hub.organisation_id not in workspace_keys(user):
        raise Http404("no such hub")
    if not _packs(user, hub.organisation):
        raise Http404("no packer of a network")
    return hub


def network_or_404(user: Any, workspace: str) -> Organisation:
    """A network seen by its own members, who see the hubs of everybody below."""
    organisation = workspace_or_404(user, workspace)
    if organisation.kind not in Organisation.NETWORKS or acts_through(user, organisation) is not None:
        raise Http404("no network")
    return organisation


def hubs_below(user: Any, organisation: Organisation) -> QuerySet[Place]:
    """The hubs of a network and of all organisations below it that the person may see."""
    inside = reach(user, Right.SEE).filter(path__startswith=organisation.path)
    return Place.objects.filter(kind=Place.Kind.HUB, organisation__in=inside)


def box_or_404(hub: Place, number: str) -> TransferBox:
    """The box that came or comes to this hub, the newest of its number."""
    rows = TransferBox.objects.select_related("vendor_order__group", "counted_by").only(*_OF_BOX)
    found = rows.filter(vendor_order__number=number, transfer__to_place=hub).order_by("-pk").first()
    if found is None:
        raise Http404("no such box here")
    return found


def transfer_or_404(hub: Place, code: str) -> Transfer:
    """A transfer that comes to this hub or leaves it."""
    rows = Transfer.objects.select_related("from_place__organisation", "to_place", "sent_by", "closed_by")
    found = rows.filter(code=codes.normalise(code)).first()
    if found is None or hub.pk not in (found.from_place_id, found.to_place_id):
        raise Http404("no such transfer here")
    return found


def purchase_or_404(hub: Place, number: str) -> Order:
    """A purchase that is put together in this hub."""
    rows = Order.objects.select_related("plan").only("number", *(f"plan__{name}" for name in _OF_PLAN))
    found = rows.filter(number=codes.normalise(number), plan__hub=hub).first()
    if found is None:
        raise Http404("no such purchase here")
    return found


def parcel_or_404(hub: Place, code: str) -> Parcel:
    """A parcel that was put together here."""
    rows = Parcel.objects.select_related("order__plan", "order__shipping_address").only(*_OF_PARCEL)
    found = rows.filter(code=codes.normalise(code), place=hub).first()
    if found is None:
        raise Http404("no such parcel here")
    found.place = hub
    return found


@dataclass(frozen=True)
class Recipient:
    """Who a parcel is for; phone and address only where it is brought to a door."""

    name: str
    phone: str = ""
    line1: str = ""
    area: str = ""
    postcode: str = ""
    note: str = ""


def recipient_of(parcel: Parcel, hub: Place) -> Recipient | None:
    """Who a packer of this hub sees on a parcel now: nobody but the hub that has put it together, and only while it handles it.

    By courier: while it is written out, and on its way for questions. At the counter: the name alone, until it is handed over.
    """
    plan: DeliveryPlan = parcel.order.plan
    to = parcel.order.shipping_address
    if to is None or parcel.place_id != hub.pk or plan.hub_id != hub.pk:
        return None
    if plan.way == Way.PICKUP:
        return Recipient(to.recipient) if parcel.state in _NAMED else None
    if parcel.state not in _ADDRESSED:
        return None
    area = addresses.area(to.subdistrict_code)
    return Recipient(to.recipient, to.phone, to.line1, area.label() if area else "", to.postcode, parcel.order.note)

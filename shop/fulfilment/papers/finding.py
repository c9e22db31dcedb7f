"""Whose business a scanned code is: of a hub that the person works in, or of a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from shop.fulfilment.models import Parcel, Stop, Transfer, TransferBox
from shop.fulfilment.scanning import Kind, Scanned
from shop.order.models import VendorOrder
from vendors.models import Organisation, Place
from vendors.policies import Right, reach


@dataclass(frozen=True)
class Target:
    """Which page opens a code: "box", "transfer", "parcel" of a hub, its "scan" for all others; or of the group ("own")."""

    page: str
    kind: Kind
    code: str
    workspace: str
    hub: str = ""


def target_of(user: Any, scanned: Scanned) -> Target | None:
    """The page that this person opens with a code; None where it is no business of theirs.

    A hub's packer is led to a hub of theirs even with a foreign code: the hub's page says in words what is wrong with it.
    """
    mine = reach(user, Right.PACK)
    hubs = Place.objects.filter(kind=Place.Kind.HUB, organisation__in=mine).select_related("organisation")
    hubs = hubs.order_by("-is_open", "code")
    handling = hubs.filter(pk__in=_places(scanned)).first()
    own = None if handling else _own(mine, scanned)
    if own is not None:
        return Target("own", scanned.kind, scanned.code, own)
    hub = handling or hubs.first()
    if hub is None:
        return None
    page = str(scanned.kind) if handling and _has_page(scanned, hub) else "scan"
    return Target(page, scanned.kind, scanned.code, hub.organisation.slug, hub.code)


def _has_page(scanned: Scanned, hub: Place) -> bool:
    """A box has a page where it is to be counted; what has not been packed is told by the page for scanning."""
    if scanned.kind == Kind.BOX:
        return TransferBox.objects.filter(vendor_order__number=scanned.code, transfer__to_place=hub).exists()
    return True


def _places(scanned: Scanned) -> QuerySet[Any]:
    """The keys of the places that handle what a code names."""
    code = scanned.code
    if scanned.kind == Kind.PARCEL:
        return Parcel.objects.filter(code=code).values("place")
    if scanned.kind == Kind.TRANSFER:
        found = Transfer.objects.filter(code=code)
        return found.values("to_place").union(found.values("from_place"))
    if scanned.kind == Kind.BOX:
        return Stop.objects.filter(vendor_order__number=code).values("place")
    return Stop.objects.none().values("place")


def _own(mine: QuerySet[Organisation], scanned: Scanned) -> str | None:
    """The workspace of the group whose box or transfer it is."""
    if scanned.kind == Kind.BOX:
        rows = VendorOrder.objects.filter(number=scanned.code, group__in=mine)
        return rows.values_list("group__slug", flat=True).first()
    if scanned.kind == Kind.TRANSFER:
        sent = Transfer.objects.filter(code=scanned.code, from_place__organisation__in=mine)
        return sent.values_list("from_place__organisation__slug", flat=True).first()
    return None

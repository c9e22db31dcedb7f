"""Labels as plain values for `typst/label.typ`: of a parcel, of a box (the goods of one vendor order), of a whole transfer.

A buyer's name and address stand on a parcel's label alone, and only as far as its hub may see them now (`policies.recipient_of`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet, Sum

from shop.common import codes
from shop.fulfilment.models import Parcel, Stop, Transfer, TransferBox, TransferLine
from shop.fulfilment.papers.pieces import number_key
from shop.fulfilment.papers.printing import make, plain, square
from shop.fulfilment.policies import Recipient, recipient_of
from shop.order.models import Line, VendorOrder
from shop.shipping.models import Way
from shop.theme import formats
from vendors.models import Place

Label = dict[str, Any]
_STORED = {"ambient": "", "chilled": "ของแช่เย็น", "frozen": "ของแช่แข็ง"}
_BOX_HINT = "สแกนเมื่อถึงจุดกระจายสินค้า"


def print_labels(title: str, labels: list[Label], size: str = "a4") -> bytes:
    """One label is a page of A6, several share sheets of A4; or each is cut from a roll."""
    return make("label", {"title": title, "size": size, "labels": labels}, tagged=len(labels) < 50)


def label(kind: str, code: str, shown: list[str], hint: str, facts: Iterable[tuple[str, str]], to: Any = None) -> Label:
    """`shown` are the lines of large letters beside the square of `code`; facts without words are left out."""
    return {
        "kind": kind,
        "square": square(code),
        "shown": shown,
        "hint": hint,
        "to": to or {},
        "facts": [[name, plain(words)] for name, words in facts if words],
    }


def receiver(title: str, name: str, *lines: str) -> dict[str, Any]:
    """Where it goes, in large letters."""
    return {"label": title, "name": plain(name), "lines": [plain(line) for line in lines if line]}


def _kept(storages: Iterable[str]) -> str:
    return " ".join(_STORED.get(storage, "") for storage in sorted(set(storages))).strip()


# --- parcels ------------------------------------------------------------------------------------------------


def parcels_to_label(hub: Place) -> QuerySet[Parcel]:
    """Parcels that are put together and have not left, in the order in which all lists stand."""
    rows = Parcel.objects.filter(place=hub, state__in=[Parcel.State.READY, Parcel.State.ON_SHELF])
    rows = rows.select_related("order__plan", "order__shipping_address", "place")
    return rows.annotate(pieces=Sum("holdings__quantity")).order_by("order__plan__way", "shelf", "code")


def parcel_label(parcel: Parcel, hub: Place) -> Label:
    """Who gets it, as far as this hub may see it; `parcel` comes with its plan and address."""
    to, plan = recipient_of(parcel, hub), parcel.order.plan
    pieces = getattr(parcel, "pieces", None)
    if pieces is None:
        pieces = parcel.holdings.aggregate(number=Sum("quantity"))["number"]
    facts = [
        ("จัดที่", hub.name_th),
        ("จำนวน", f"{pieces:,} ชิ้น" if pieces else ""),
        ("น้ำหนัก", f"{parcel.weight_g / 1000:,.2f} กก." if parcel.weight_g else ""),
        ("ดูแล", _kept([parcel.storage])),
    ]
    if plan.way == Way.PICKUP:
        shelf = parcel.shelf or "________"
        facts.insert(0, ("เก็บถึง", formats.date_weekday(parcel.keep_until)))
        return label("รอรับที่จุดรับของ", parcel.code, [f"ชั้น {plain(shelf)}", parcel.code], "", facts, _person(to))
    return label("พัสดุ", parcel.code, [parcel.code], "", facts, _person(to))


def _person(to: Recipient | None) -> dict[str, Any]:
    if to is None:
        return {}
    if not to.line1:
        return receiver("ผู้รับ", to.name)
    return receiver(
        "ส่งถึง", to.name, f"โทร {formats.phone(to.phone)}" if to.phone else "", to.line1, f"{to.area} {to.postcode}"
    )


# --- boxes and transfers --------------------------------------------------------------------------------------


def _box(number: str, group: str, end: Place, due: dt.date, pieces: int, storages: Iterable[str]) -> Label:
    facts = [("จากกลุ่ม", group), ("จำนวน", f"{pieces:,} ชิ้น" if pieces else ""), ("ดูแล", _kept(storages))]
    to = receiver("ส่งไปที่", end.name_th, f"จังหวัด{end.province.name_th}", f"ให้ถึงภายใน {formats.date_weekday(due)}")
    return label("กล่องใบสั่งกลุ่ม", number, [number], _BOX_HINT, facts, to)


def group_box_label(vendor_order: VendorOrder) -> Label | None:
    """The label of a group's box on its way to the first hub; None where the group posts the goods itself."""
    stops = Stop.objects.filter(vendor_order=vendor_order, position=1).select_related("place__province")
    stop = stops.first()
    if stop is None:
        return None
    lines = [line for line in Line.objects.filter(vendor_order=vendor_order) if line.to_pack]
    pieces, storages = sum(line.to_pack for line in lines), [line.storage for line in lines]
    return _box(vendor_order.number, vendor_order.group.name_th, stop.place, stop.due, pieces, storages)


def boxes_to_send(hub: Place, until: dt.date) -> QuerySet[TransferBox]:
    """Boxes that wait in a hub for the way to the next one, until a day."""
    waiting = {"state": TransferBox.State.ANNOUNCED, "transfer__from_place": hub, "transfer__due__lte": until}
    return TransferBox.objects.filter(**waiting)


def box_labels(boxes: QuerySet[TransferBox]) -> list[Label]:
    """The labels of boxes of transfers, sorted by route and day, then by group and number; two queries."""
    rows = list(boxes.select_related("transfer__to_place__province", "vendor_order__group"))
    inside: dict[int, list[tuple[int, str]]] = {}
    lines = TransferLine.objects.filter(box__in=boxes.values("pk"))
    for box, pieces, storage in lines.values_list("box_id", "sent", "line__storage"):
        inside.setdefault(box, []).append((pieces, storage))

    def order(box: TransferBox) -> tuple[Any, ...]:
        to, part = box.transfer, box.vendor_order
        return to.to_place.name_th, to.due, part.group.sort_name, number_key(part.number)

    found = []
    for one in sorted(rows, key=order):
        part, to, there = one.vendor_order, one.transfer, inside.get(one.pk, [])
        pieces, kinds = sum(number for number, _kind in there), [kind for _number, kind in there]
        found.append(_box(part.number, part.group.name_th, to.to_place, to.due, pieces, kinds))
    return found


def transfer_label(transfer: Transfer) -> Label:
    """The label of a crate that holds a whole transfer."""
    sums = transfer.boxes.aggregate(boxes=Count("pk", distinct=True), pieces=Sum("lines__sent"))
    end = transfer.to_place
    facts = [
        ("จาก", transfer.from_place.name_th),
        ("จำนวน", f"{sums['boxes']:,} กล่อง · {sums['pieces'] or 0:,} ชิ้น"),
    ]
    to = receiver(
        "ส่งไปที่", end.name_th, f"จังหวัด{end.province.name_th}", f"ให้ถึงภายใน {formats.date_weekday(transfer.due)}"
    )
    return label("ใบโอน (ทั้งลัง)", transfer.code, [codes.grouped(transfer.code, 3)], _BOX_HINT, facts, to)

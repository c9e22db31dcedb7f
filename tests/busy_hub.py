"""A hub with so many open vendor orders: rows as the services leave them, written at once, for tests of speed alone."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

from django.db import models

from shop.common import clock, codes
from shop.fulfilment.models import DeliveryPlan, Holding, Parcel, Stop, Transfer, TransferBox, TransferLine, Where
from shop.order.models import Line, Order, VendorOrder
from vendors.models import Place


def _again(row: Any, **changes: Any) -> Any:
    made = copy.copy(row)
    made.pk, made._state = None, copy.copy(row._state)
    made._state.adding, made._state.fields_cache = True, {}
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def _make(model: type[models.Model], rows: list[Any]) -> list[Any]:
    return list(model._default_manager.bulk_create(rows, batch_size=1000))


def fill_hub(*, part: VendorOrder, hub: Place, first: Place, number: int) -> None:
    """So many vendor orders like `part` (with its first line alone) that come to `hub` from the hub `first`: to come, late,
    here, waiting for more, in parcels to send and on the shelf."""
    order, line, today = part.order, part.lines.order_by("pk")[0], clock.today()
    orders = _make(
        Order, [_again(order, number=codes.new_code(11), basket_id=None, link_nonce="") for _n in range(number)]
    )
    _make(
        DeliveryPlan,
        [
            DeliveryPlan(order=one, way="pickup" if n % 2 else "hubs", hub=hub, parcels=1, earliest=today, latest=today)
            for n, one in enumerate(orders)
        ],
    )
    state = VendorOrder.State.HANDED_OVER
    parts = _make(VendorOrder, [_again(part, order_id=one.pk, number=f"{one.number}-1", state=state) for one in orders])
    lines = _make(Line, [_again(line, order_id=one.order_id, vendor_order_id=one.pk) for one in parts])
    transfers = _make(
        Transfer,
        [
            Transfer(
                code=codes.new_code(9),
                from_place=first,
                to_place=hub,
                due=today + dt.timedelta(days=n % 5 - 2),
                state="sent",
                created_at=clock.now(),
            )
            for n in range(40)
        ],
    )
    _spread(orders, parts, lines, transfers, hub)


def _spread(orders: list[Any], parts: list[Any], lines: list[Any], transfers: list[Any], hub: Place) -> None:
    """By turns: two are on their way, one is here, one waits for more, one is ready, one is on the shelf."""
    kinds = [n % 6 for n in range(len(orders))]
    parcels = _parcels(orders, kinds, hub)
    stops, holdings, boxes = [], [], []
    for kind, one, own in zip(kinds, parts, lines, strict=True):
        reached = None if kind in (0, 1, 3) else clock.now()
        stops.append(Stop(vendor_order=one, position=1, place=hub, due=clock.today(), reached_at=reached))
        if kind in (0, 1):
            transfer = transfers[one.pk % len(transfers)]
            boxes.append(TransferBox(transfer=transfer, vendor_order=one, state="sent"))
            holdings.append(Holding(line=own, where=Where.TRANSIT, transfer=transfer, quantity=own.quantity))
        elif kind in (2, 3):
            holdings.append(Holding(line=own, where=Where.PLACE, place=hub, quantity=own.quantity))
        else:
            holdings.append(Holding(line=own, where=Where.PARCEL, parcel=parcels[one.order_id], quantity=own.quantity))
    _make(Stop, stops)
    _make(Holding, holdings)
    by_part = {own.vendor_order_id: own for own in lines}
    made = _make(TransferBox, boxes)
    _make(
        TransferLine,
        [
            TransferLine(box=box, line=by_part[box.vendor_order_id], sent=by_part[box.vendor_order_id].quantity)
            for box in made
        ],
    )


def _parcels(orders: list[Order], kinds: list[int], place: Place) -> dict[int, Parcel]:
    rows = [
        Parcel(
            code=codes.new_code(10),
            order=order,
            place=place,
            storage="ambient",
            state="ready" if kind == 4 else "on_shelf",
            to_counter=kind == 5,
            shelf="A1",
            keep_until=clock.today() + dt.timedelta(days=order.pk % 9 - 3),
            state_changed_at=clock.now(),
            created_at=clock.now(),
        )
        for order, kind in zip(orders, kinds, strict=True)
        if kind in (4, 5)
    ]
    return {row.order_id: row for row in _make(Parcel, rows)}


def paths_of(hub: Place) -> dict[str, str]:
    """Every page of the hub, with something on it, by a short name."""
    base = f"/workspace/{hub.organisation.slug}/hub/{hub.code}/"
    box = TransferBox.objects.filter(transfer__to_place=hub).order_by("pk")[0]
    workspace = f"/workspace/{hub.organisation.slug}/"
    here = Holding.objects.filter(place=hub, where=Where.PLACE).order_by("pk")[0]
    lists = ("", "scan/", "transfers/", "transfers/?way=out", "purchases/", "purchases/?which=waiting", "counter/")
    parcels = [f"parcels/?which={which}" for which in ("send", "shelve", "shelf", "past", "sent")]
    found = {path: base + path for path in (*lists, *parcels)}
    found["box"] = f"{base}boxes/{box.vendor_order.number}/"
    found["transfer"] = f"{base}transfers/{box.transfer.code}/"
    found["purchase"] = f"{base}purchases/{here.line.order.number}/"
    found["parcel"] = f"{base}parcels/{Parcel.objects.order_by('pk')[0].code}/"
    found["desk"], found["below"] = workspace, f"{workspace}hub/below/"
    return found

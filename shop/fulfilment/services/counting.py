"""A hub takes boxes in: each is scanned, counted, and what is missing or refused is settled at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from shop.common import clock, outbox
from shop.fulfilment import errors
from shop.fulfilment.models import Stop, Transfer, TransferBox, TransferLine, Where
from shop.fulfilment.services import settling, transfers, units
from shop.fulfilment.services.settling import Missing
from shop.fulfilment.services.units import Move, Spot
from shop.order.locks import lock_order
from shop.order.models import Line, Order, VendorOrder
from shop.theme import formats
from vendors import history
from vendors.models import Place
from vendors.policies import Right, require

State, BoxState = Transfer.State, TransferBox.State
_WAITING = (BoxState.ANNOUNCED, BoxState.SENT)


@dataclass(frozen=True)
class Count:
    """What was found of a line: good pieces, refused ones, and why they are refused."""

    good: int
    refused: int = 0
    reason: str = ""


def box_at(place: Place, number: str) -> TransferBox:
    """The box with this number that is to be counted here. Raises NoSuchBox, WrongHub, AlreadyCounted, GivenUp, NotPackedYet."""
    rows = TransferBox.objects.select_related("transfer__to_place", "vendor_order__group", "counted_by")
    boxes = list(rows.filter(vendor_order__number=number).order_by("-pk"))
    waiting = next((box for box in boxes if box.state in _WAITING), None)
    if waiting is not None and waiting.transfer.to_place_id == place.pk:
        return waiting
    counted = next(
        (box for box in boxes if box.state == BoxState.COUNTED and box.transfer.to_place_id == place.pk), None
    )
    if counted is not None:
        who = counted.counted_by.get_full_name() if counted.counted_by else "–"
        raise errors.AlreadyCounted(person=who, time=formats.date_time(counted.counted_at, get_language() or "th"))
    if waiting is not None:
        raise errors.WrongHub(place=formats.here(waiting.transfer.to_place, "name_th"))
    if any(box.state == BoxState.MISSING and box.transfer.to_place_id == place.pk for box in boxes):
        raise errors.GivenUp
    stop = Stop.objects.select_related("place").filter(vendor_order__number=number, reached_at=None).first()
    if stop is None:
        raise errors.NoSuchBox
    if stop.place_id != place.pk:
        raise errors.WrongHub(place=formats.here(stop.place, "name_th"))
    raise errors.NotPackedYet


@transaction.atomic
def step_tally(*, place: Place, number: str, line_id: int, by_pieces: int, by: Any) -> TransferLine:
    """One tap on plus or minus: so many good pieces more or fewer than are noted now, whoever noted them.

    What is noted outlives a dead battery and counts with `count_in`. Raises what `box_at` does, NoSuchLine, CountTooLarge or NotYours.
    """
    row = _noted_line(place, number, line_id, by)
    now = noted(row)
    return _note(row, Count(max(now.good + by_pieces, 0), now.refused, now.reason))


@transaction.atomic
def note_good(*, place: Place, number: str, line_id: int, pieces: int, by: Any) -> TransferLine:
    """So many good pieces are in the box, as typed; those that go back stay noted. Raises as `step_tally`."""
    row = _noted_line(place, number, line_id, by)
    return _note(row, Count(pieces, row.refused, row.reason))


@transaction.atomic
def note_refused(*, place: Place, number: str, line_id: int, pieces: int, reason: str, by: Any) -> TransferLine:
    """So many pieces go back: first of those noted as missing, then of the good ones; fewer make good ones again.

    Raises as `step_tally`, or ReasonWanted.
    """
    row = _noted_line(place, number, line_id, by)
    now = noted(row)
    good = min(now.good, row.sent - pieces) if pieces > now.refused else now.good + now.refused - pieces
    if not 0 <= pieces <= row.sent:
        raise errors.CountTooLarge(title=formats.here(row.line, "title"), sent=row.sent, noted=pieces)
    return _note(row, Count(good, pieces, reason))


def noted(row: TransferLine) -> Count:
    """What counts for a line now: as it was noted, else as complete."""
    good = row.sent - row.refused if row.tally is None else row.tally
    return Count(good, row.refused, row.reason)


def _noted_line(place: Place, number: str, line_id: int, by: Any) -> TransferLine:
    """The line of a box that is still to be counted here, locked."""
    require(by, Right.PACK, place.organisation)
    box = box_at(place, number)
    row = box.lines.select_for_update(of=("self",)).select_related("line").filter(line_id=line_id).first()
    if row is None:
        raise errors.NoSuchLine
    if row.counted is not None:
        box_at(place, number)  # counted between the two: says by whom and when
        raise errors.WrongState
    return row


def _note(row: TransferLine, count: Count) -> TransferLine:
    _check(row, count)
    row.tally, row.refused, row.reason = count.good, count.refused, count.reason if count.refused else ""
    row.save(update_fields=["tally", "refused", "reason"])
    return row


def _check(row: TransferLine, count: Count) -> None:
    noted = count.good + count.refused
    if min(count.good, count.refused) < 0 or noted > row.sent:
        raise errors.CountTooLarge(title=formats.here(row.line, "title"), sent=row.sent, noted=noted)
    if count.refused and count.reason not in TransferLine.Why.values:
        raise errors.ReasonWanted(title=formats.here(row.line, "title"))


@transaction.atomic
def count_in(
    *, place: Place, number: str, counts: Mapping[int, Count], by: Any, seen: Mapping[int, Count] | None = None
) -> TransferBox:
    """The box is counted: good pieces lie in the hub, the others are refused or lost, and the box goes on its way.

    Lines that are not named count as they were noted, else as complete. A box that nobody sent off has left
    with this scan. `seen`: what the person saw noted; another phone may have noted more meanwhile. Raises what `box_at` does,
    NoSuchLine, CountTooLarge, ReasonWanted, ChangedMeanwhile or NotYours.
    """
    order_id = VendorOrder.objects.filter(number=number).values_list("order_id", flat=True).first()
    if order_id is None:
        raise errors.NoSuchBox
    order = lock_order(order_id)
    require(by, Right.PACK, place.organisation)
    box = box_at(place, number)  # read again under the lock: of two who scan at once, the second is told
    if box.state == BoxState.ANNOUNCED:
        transfers.depart(box, by=by)
        box.refresh_from_db()
    rows = list(box.lines.select_for_update(of=("self",)).select_related("line").order_by("line_id"))
    if not set(counts) <= {row.line_id for row in rows}:
        raise errors.NoSuchLine
    if seen is not None and {row.line_id: noted(row) for row in rows} != dict(seen):
        raise errors.ChangedMeanwhile
    for row in rows:
        _count_line(row, counts.get(row.line_id, noted(row)))
    _take_in(box, rows, place, by)
    _miss(order, rows, by)
    settling.settle(order=order, by=by)
    transfers.announce_box(box.vendor_order)
    _close_when_done(box.transfer_id, by)
    return box


def _count_line(row: TransferLine, count: Count) -> None:
    _check(row, count)
    row.counted, row.rejected = count.good, count.refused
    row.reason = count.reason if count.refused else ""
    row.short = row.sent - count.good - count.refused


def _take_in(box: TransferBox, rows: list[TransferLine], place: Place, by: Any) -> None:
    source, here = Spot(Where.TRANSIT, transfer_id=box.transfer_id), Spot(Where.PLACE, place_id=place.pk)
    back = Spot(Where.REJECTED, place_id=place.pk)
    moves = []
    for row in rows:
        found = ((row.counted or 0, here), (row.rejected, back), (row.short, units.LOST))
        moves += [Move(row.line_id, pieces, source, target) for pieces, target in found if pieces]
    units.move(moves, by=by)
    TransferLine.objects.bulk_update(rows, ["counted", "rejected", "short", "reason"])
    box.state, box.counted_at, box.counted_by = BoxState.COUNTED, clock.now(), by
    box.save(update_fields=["state", "counted_at", "counted_by"])
    stop = Stop.objects.filter(vendor_order_id=box.vendor_order_id, place=place, reached_at=None)
    stop.update(reached_at=box.counted_at)
    facts = {"box": box.pk, "place": place.pk}
    outbox.announce("box.counted", facts, key=f"counted:{box.pk}")
    group = box.vendor_order.group
    history.record(organisation=group, act="order.counted", by=by, what=box.vendor_order.number, place=place.name_th)


def _miss(order: Order, rows: list[TransferLine], by: Any) -> None:
    back = [Missing(row.line_id, row.rejected, Line.Why.REJECTED) for row in rows if row.rejected]
    lost = [Missing(row.line_id, row.short, Line.Why.LOST) for row in rows if row.short]
    settling.miss(order=order, missing=[*back, *lost], by=by)


def _close_when_done(transfer_id: int, by: Any) -> None:
    transfer = Transfer.objects.select_for_update().get(pk=transfer_id)
    if transfer.state == State.SENT and not transfer.boxes.filter(state__in=_WAITING).exists():
        _close(transfer, by)


def _close(transfer: Transfer, by: Any) -> None:
    transfer.state, transfer.closed_at, transfer.closed_by = State.CLOSED, clock.now(), by
    transfer.save(update_fields=["state", "closed_at", "closed_by"])


@transaction.atomic
def close_transfer(*, transfer: Transfer, by: Any, seen: Collection[int] | None = None) -> Transfer:
    """Nothing more comes with this transfer: boxes that were sent and never seen are lost.

    `seen`: the boxes (by their keys) that the person saw missing; more of them meanwhile are refused. Raises NotYours,
    WrongState or ChangedMeanwhile.
    """
    sent = TransferBox.objects.filter(transfer=transfer, state=BoxState.SENT)
    orders = set(sent.values_list("vendor_order__order_id", flat=True))
    transfers.lock_orders(orders)
    rows = Transfer.objects.select_for_update(of=("self",)).select_related("to_place__organisation")
    locked = rows.get(pk=transfer.pk)
    require(by, Right.PACK, locked.to_place.organisation)
    if locked.state != State.SENT:
        raise errors.WrongState
    missing = list(sent.select_related("vendor_order__order", "vendor_order__group").order_by("pk"))
    if not {box.vendor_order.order_id for box in missing} <= orders:
        raise errors.ChangedMeanwhile  # another box has left with it at this moment: its order is not locked
    if seen is not None and not {box.pk for box in missing} <= set(seen):
        raise errors.ChangedMeanwhile
    for box in missing:
        _lose(box, locked, by)
    if locked.boxes.filter(state=BoxState.ANNOUNCED).exists():
        raise errors.WrongState
    _close(locked, by)
    history.record(organisation=locked.to_place.organisation, act="transfer.closed", by=by, what=locked.code)
    return locked


def _lose(box: TransferBox, transfer: Transfer, by: Any) -> None:
    rows = list(box.lines.select_for_update(of=("self",)).select_related("line").order_by("line_id"))
    for row in rows:
        row.counted, row.short = 0, row.sent
    source = Spot(Where.TRANSIT, transfer_id=transfer.pk)
    units.move([Move(row.line_id, row.short, source, units.LOST) for row in rows if row.short], by=by)
    TransferLine.objects.bulk_update(rows, ["counted", "short"])
    box.state, box.counted_at, box.counted_by = BoxState.MISSING, clock.now(), by
    box.save(update_fields=["state", "counted_at", "counted_by"])
    _miss(box.vendor_order.order, rows, by)
    outbox.announce("box.counted", {"box": box.pk, "place": transfer.to_place_id}, key=f"counted:{box.pk}")
    settling.settle(order=box.vendor_order.order, by=by)

"""Moving pieces: the one way in which a holding changes. A trigger refuses what does not add up (`fulfilment.Holding`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from shop.common import clock
from shop.fulfilment import errors
from shop.fulfilment.models import Holding, Movement, Where
from shop.order.models import Line


@dataclass(frozen=True)
class Spot:
    """Where pieces can be; at most one of the keys is set, as `where` asks for."""

    where: str
    transfer_id: int | None = None
    place_id: int | None = None
    parcel_id: int | None = None


@dataclass(frozen=True)
class Move:
    """So many pieces of a line go from here to there."""

    line_id: int
    quantity: int
    source: Spot
    target: Spot


GROUP, CANCELLED = Spot(Where.GROUP), Spot(Where.CANCELLED)
SHORT, LOST, BUYER, RETURNED = Spot(Where.SHORT), Spot(Where.LOST), Spot(Where.BUYER), Spot(Where.RETURNED)


@transaction.atomic
def put_down(lines: Iterable[Line]) -> None:
    """All pieces of new lines are with their groups."""
    rows, moment = list(lines), clock.now()
    Holding.objects.bulk_create([Holding(line=line, where=Where.GROUP, quantity=line.quantity) for line in rows])
    Movement.objects.bulk_create(
        [Movement(line=line, quantity=line.quantity, target=Where.GROUP, at=moment) for line in rows]
    )


@transaction.atomic
def move(moves: Sequence[Move], *, by: Any, note: str = "") -> None:
    """Moves pieces and writes each move down; the orders of the lines are locked by the caller.

    Raises NotThere when a source holds fewer: then nothing has moved.
    """
    found = _held({one.line_id for one in moves})
    before = {key: holding.quantity for key, holding in found.items()}
    after: dict[tuple[int, Spot], int] = defaultdict(int, before)
    for one in moves:
        after[one.line_id, one.source] -= one.quantity
        if one.quantity < 1 or after[one.line_id, one.source] < 0:
            raise errors.NotThere
        after[one.line_id, one.target] += one.quantity
    _write(found, after)
    moment = clock.now()
    Movement.objects.bulk_create(
        [
            Movement(
                line_id=one.line_id,
                quantity=one.quantity,
                source=one.source.where,
                target=one.target.where,
                transfer_id=one.target.transfer_id or one.source.transfer_id,
                place_id=one.target.place_id or one.source.place_id,
                parcel_id=one.target.parcel_id or one.source.parcel_id,
                at=moment,
                by=by,
                note=note,
            )
            for one in moves
        ]
    )


def _held(lines: set[int]) -> dict[tuple[int, Spot], Holding]:
    rows = Holding.objects.select_for_update().filter(line_id__in=lines).order_by("pk")
    return {(row.line_id, spot_of(row)): row for row in rows}


def spot_of(holding: Holding) -> Spot:
    """Where a holding is."""
    return Spot(holding.where, holding.transfer_id, holding.place_id, holding.parcel_id)


def _write(found: dict[tuple[int, Spot], Holding], after: dict[tuple[int, Spot], int]) -> None:
    changed, gone, new = [], [], []
    for key, quantity in after.items():
        holding = found.get(key)
        if holding is None:
            line_id, spot = key
            if quantity:
                new.append(
                    Holding(
                        line_id=line_id,
                        where=spot.where,
                        transfer_id=spot.transfer_id,
                        place_id=spot.place_id,
                        parcel_id=spot.parcel_id,
                        quantity=quantity,
                    )
                )
        elif quantity == 0:
            gone.append(holding.pk)
        elif holding.quantity != quantity:
            holding.quantity = quantity
            changed.append(holding)
    if gone:
        Holding.objects.filter(pk__in=gone).delete()
    if changed:
        Holding.objects.bulk_update(changed, ["quantity"], batch_size=500)
    Holding.objects.bulk_create(new, batch_size=500)


def move_all_of(holdings: QuerySet[Holding], source: Spot, target: Spot, *, by: Any) -> None:
    """Everything of these holdings that is here goes there; nothing where nothing is, as of what a group posts itself."""
    rows = holdings.filter(where=source.where).order_by("pk")
    moves = [Move(row.line_id, row.quantity, source, target) for row in rows if spot_of(row) == source]
    if moves:
        move(moves, by=by)

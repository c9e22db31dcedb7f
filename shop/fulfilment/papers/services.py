"""Lists that take a moment: asked for by a person, made by the worker outside of transactions, kept for a while.

A file with buyers' names is kept for an hour and opens for who asked for it alone; the others for a day, for the hub's packers.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from shop.common import clock, codes
from shop.common.outbox import announce
from shop.fulfilment import errors
from shop.fulfilment.models import PaperRun
from shop.fulfilment.papers import labels
from shop.fulfilment.papers.lists import list_of
from shop.fulfilment.papers.pieces import MOST_ROWS
from shop.fulfilment.papers.printing import SIZES, make
from vendors.models import Place
from vendors.policies import Right, require

log = logging.getLogger("market.papers")
State, Kind = PaperRun.State, PaperRun.Kind
AT_ONCE = 5
"""Papers of one hub that may be made at once."""
KEPT = dt.timedelta(days=1)
KEPT_NAMED = dt.timedelta(hours=1)
NAMED = (Kind.COUNTER, Kind.PARCELS)
"""What bears buyers' names."""
LABELS = (Kind.PARCELS, Kind.BOXES)


@transaction.atomic
def start_paper(*, place: Place, kind: str, day: dt.date, by: Any, size: str = "a4") -> PaperRun:
    """Asks the worker for a list. Raises NotYours or PapersAtWork."""
    require(by, Right.PACK, place.organisation)
    Place.objects.select_for_update().get(pk=place.pk)
    if PaperRun.objects.filter(place=place, state__in=PaperRun.AT_WORK).count() >= AT_ONCE:
        raise errors.PapersAtWork
    moment = clock.now()
    run = PaperRun.objects.create(
        code=codes.new_code(),
        place=place,
        kind=Kind(kind),
        day=day,
        size=size if size in SIZES and kind in LABELS else "a4",
        by=by,
        created_at=moment,
        touched_at=moment,
    )
    enqueue(run.pk)
    return run


def enqueue(key: int) -> None:
    """Gives a list to the worker."""
    from shop.fulfilment import tasks

    tasks.make_paper.enqueue(key)


def open_until(run: PaperRun) -> dt.datetime:
    """Until when its file may be fetched."""
    return run.created_at + (KEPT_NAMED if run.kind in NAMED else KEPT)


def make_paper(*, key: int) -> None:
    """What the worker does. Called again for a list that is finished, it does nothing."""
    run = PaperRun.objects.select_related("place__province").filter(pk=key, state__in=PaperRun.AT_WORK).first()
    if run is None:
        return
    try:
        content = _content(run)
        stored = storages["private"].save(f"papers/{run.code}.pdf", ContentFile(content))
    except errors.TooManyRows:
        _note(run, state=State.FAILED, finished_at=clock.now())
    except Exception:
        log.exception("paper %s could not be made", run.code)
        _note(run, state=State.FAILED, finished_at=clock.now())
    else:
        if not _note(run, state=State.DONE, stored_name=stored, finished_at=clock.now()):
            storages["private"].delete(stored)  # another worker was quicker


def _note(run: PaperRun, **facts: Any) -> int:
    rows = PaperRun.objects.filter(pk=run.pk, state__in=PaperRun.AT_WORK)
    return rows.update(**facts, touched_at=clock.now())


def _content(run: PaperRun) -> bytes:
    if run.kind in LABELS:
        return _labels(run)
    _note(run, state=State.READING)
    sheet = list_of(run.kind, run.place, run.day, _teller(run))
    _note(run, state=State.SETTING, rows=sheet.rows, rows_done=0)
    return make("list", sheet.data(run.place, run.day), tagged=sheet.rows < 200)


def _teller(run: PaperRun) -> Callable[[int, int], None]:
    def tell(done: int, rows: int) -> None:
        _note(run, rows_done=done, rows=rows)

    return tell


def _labels(run: PaperRun) -> bytes:
    _note(run, state=State.READING)
    if run.kind == Kind.PARCELS:
        rows = labels.parcels_to_label(run.place)
        number = rows.count()
    else:
        boxes = labels.boxes_to_send(run.place, run.day)
        number = boxes.count()
    if number > MOST_ROWS:
        raise errors.TooManyRows
    _note(run, rows=number, rows_done=0)
    if run.kind == Kind.PARCELS:
        made = [labels.parcel_label(parcel, run.place) for parcel in rows]
    else:
        made = labels.box_labels(boxes)
    _note(run, state=State.SETTING)
    return labels.print_labels(str(run.get_kind_display()), made, run.size)


@transaction.atomic
def forget_paper(*, run: PaperRun) -> None:
    """The file goes once its record is gone for good."""
    locked = PaperRun.objects.select_for_update().filter(pk=run.pk).first()
    if locked is not None:
        if locked.stored_name:
            announce("paper.forgotten", {"stored_name": locked.stored_name})
        locked.delete()

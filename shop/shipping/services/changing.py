"""One table of dated rows changes from a day on: what held ends the day before, what stays the same stays the same row."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, connection, transaction
from django.utils import translation

from shop.common import clock, outbox
from shop.shipping import errors
from shop.shipping.models import Closure, Dated
from shop.shipping.policies import require_delivery
from shop.shipping.tables import History, Table, read_table
from shop.theme.formats import date
from vendors import history
from vendors.models import Organisation, Place

_DAY = dt.timedelta(days=1)
P = ParamSpec("P")
R = TypeVar("R")


def one_write(service: Callable[P, R]) -> Callable[P, R]:
    """One transaction; a row that somebody else wrote in between is told as such."""

    @functools.wraps(service)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with transaction.atomic():
                return service(*args, **kwargs)
        except IntegrityError as error:
            raise errors.ChangedMeanwhile from error

    return wrapped


def lock(model: type[Dated] | type[Closure]) -> None:
    """One writer after the other; who only reads is not held up."""
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(model._meta.db_table)
        cursor.execute(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE")


def change_table(
    *,
    table: Table,
    rows: Sequence[dict[str, Any]],
    valid_from: dt.date,
    by: Any,
    seen: str | None,
    act: str = "delivery.changed",
) -> History:
    """Lets the table say `rows` from a day on; `seen`: the state that the person looked at. Inside a transaction.

    Raises NotYours, ChangedMeanwhile, PastDay, ChangedToday, ChangePlanned, NothingChanged.
    """
    place = _place_of(table)
    require_delivery(by, place)
    lock(table.shape.model)
    held = read_table(table, clock.today())
    _check(held, valid_from, seen)
    shape, counted = table.shape, held.on(valid_from)
    facts = {_facts(row, shape.step + shape.says): row for row in counted}
    kept = {facts[known].pk for row in rows if (known := tuple(row[name] for name in shape.step + shape.says)) in facts}
    new = [row for row in rows if tuple(row[name] for name in shape.step + shape.says) not in facts]
    ended = [row for row in held.all_on(valid_from) if row.pk not in kept]
    if not new and not ended:
        raise errors.NothingChanged
    manager = shape.model._default_manager
    manager.filter(pk__in=[row.pk for row in ended]).update(valid_until=valid_from - _DAY)
    manager.bulk_create([shape.model(**table.columns, **row, valid_from=valid_from) for row in new])
    note(act=act, by=by, place=place, table=table, day=valid_from)
    _tell_counters(table, place)
    return read_table(table, clock.today())


def _tell_counters(table: Table, place: Place | None) -> None:
    """What waits at a counter is kept by its days."""
    if table.kind == "weeks":
        outbox.announce("counter.days_changed", {"place": place.pk if place else None})


def _facts(row: Any, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _check(held: History, valid_from: dt.date, seen: str | None) -> None:
    if seen is not None and seen != held.seen:
        raise errors.ChangedMeanwhile
    if valid_from < held.today:
        raise errors.PastDay(day=said(valid_from))
    if valid_from == held.today and held.began_today:
        raise errors.ChangedToday
    if held.planned and valid_from <= held.planned[-1]:
        raise errors.ChangePlanned(day=said(held.planned[-1]))


@one_write
def take_back(*, table: Table, by: Any, seen: str | None = None) -> dt.date:
    """The last planned change does not come; returns its day. Raises NotYours, ChangedMeanwhile, NothingPlanned."""
    place = _place_of(table)
    require_delivery(by, place)
    lock(table.shape.model)
    held = read_table(table, clock.today())
    if seen is not None and seen != held.seen:
        raise errors.ChangedMeanwhile
    if not held.planned:
        raise errors.NothingPlanned
    day, manager = held.planned[-1], table.shape.model._default_manager
    manager.filter(pk__in=[row.pk for row in held.rows if row.valid_from == day]).delete()
    before = [row.pk for row in held.rows if row.valid_until == day - _DAY]
    manager.filter(pk__in=before).update(valid_until=None)
    note(act="delivery.taken_back", by=by, place=place, table=table, day=day)
    _tell_counters(table, place)
    return day


def _place_of(table: Table) -> Place | None:
    """The hub whose table it is; all others are the department's."""
    if table.kind != "weeks" or table.key[0] is None:
        return None
    return Place.objects.select_related("organisation").get(pk=table.key[0])


def note(*, act: str, by: Any, place: Place | None, table: Table, day: dt.date) -> None:
    """Writes an act with a table into the log of the office, or of the network that runs the hub."""
    with translation.override("th"):
        title = place.name_th if place else table.title
    facts = {"table": [table.kind, *table.key], "day": day.isoformat()}
    record(act=act, by=by, place=place, what=f"{title} · {date(day, 'th')}", **facts)


def record(*, act: str, by: Any, place: Place | None, what: str, **facts: Any) -> None:
    """Writes an act into the log of the department itself, or of the network that runs the hub."""
    owner = place.organisation if place else keeper()
    if owner is not None:
        history.record(organisation=owner, act=act, by=by, what=what, **facts)


def keeper() -> Organisation | None:
    """In whose log the acts of the office stand: the department's own."""
    rows = Organisation.objects.filter(kind=Organisation.Kind.OFFICE, province=None)
    return rows.order_by("pk").first() or Organisation.objects.filter(kind=Organisation.Kind.NATIONAL).first()


def said(day: dt.date) -> str:
    """A day in the language of the page."""
    return date(day, "en" if (translation.get_language() or "th").startswith("en") else "th")

"""The one clock of the market. Everything that asks for the time asks here, so that tests can move it.

`now()` is aware and in UTC, `today()` is the calendar day in Asia/Bangkok.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")

_fixed: ContextVar[dt.datetime | None] = ContextVar("market_clock", default=None)


def now() -> dt.datetime:
    """The moment, aware, in UTC."""
    return _fixed.get() or dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The calendar day in Thailand."""
    return now().astimezone(BANGKOK).date()


def start_of_day(day: dt.date) -> dt.datetime:
    """Midnight in Thailand at the beginning of `day`."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=BANGKOK)


def end_of_day(day: dt.date) -> dt.datetime:
    """The first moment that is no longer `day` in Thailand (exclusive end)."""
    return start_of_day(day + dt.timedelta(days=1))


@contextmanager
def moved_to(moment: dt.datetime) -> Iterator[None]:
    """Lets the clock stand at `moment` within the block (tests and the demo seed use it)."""
    if moment.tzinfo is None:
        raise ValueError("the clock needs an aware moment")
    token = _fixed.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _fixed.reset(token)

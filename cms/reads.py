"""How often stories are read, by page and day: a number, nothing about the person.

Each server process counts in memory and writes a sum once a minute, after an answer was sent; kept pages are counted as
well and wait for nothing. Machines that name themselves are left out. What a stopped process had not written is lost.
"""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from typing import Any

from django.db import connection

from shop.common import clock

_EVERY_SECONDS = 60.0
_STORY = re.compile(r"^(?:/en)?/(?:news|fairs|trainings|knowledge)/[a-z0-9-]{1,255}/$")
_MACHINE = re.compile(r"bot|crawl|spider|slurp|preview|facebookexternalhit|curl|wget|python|monitor|^$", re.I)
_SQL = """
INSERT INTO cms_pagereads (page_id, day, number)
SELECT page.id, told.day::date, told.number
FROM unnest(%s::text[], %s::text[], %s::int[]) AS told (url_path, day, number)
JOIN wagtailcore_page page ON page.url_path = told.url_path AND page.live
ON CONFLICT (page_id, day) DO UPDATE SET number = cms_pagereads.number + excluded.number
"""
_counted: Counter[tuple[str, str]] = Counter()
_lock = threading.Lock()
_written = time.monotonic()


def count(path: str, agent: str) -> None:
    """One reading of a story's address."""
    if _STORY.match(path) and not _MACHINE.search(agent):
        page = f"/home-en{path[3:]}" if path.startswith("/en/") else f"/home{path}"
        with _lock:
            _counted[(page, clock.today().isoformat())] += 1


def write_down(*, now: bool = False) -> int:
    """Writes what was counted, at most once a minute; returns how many readings."""
    global _written
    with _lock:
        if not _counted or not (now or time.monotonic() - _written >= _EVERY_SECONDS):
            return 0
        told = dict(_counted)
        _counted.clear()
        _written = time.monotonic()
    columns: Any = zip(*((page, day, number) for (page, day), number in sorted(told.items())), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [list(column) for column in columns])
    return sum(told.values())

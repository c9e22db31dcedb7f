"""What a story of the demo is made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

Words = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Item:
    """A story in both languages. A kind with the value None is filled by what the story names."""

    slug: str
    picture: str
    alt: tuple[str, str]
    day: int | dt.date
    province: str
    topics: tuple[str, ...]
    title: tuple[str, str]
    summary: tuple[str, str]
    thai: Words
    english: Words
    goods: tuple[str, ...] = ()
    pictures: tuple[tuple[str, str, str], ...] = ()
    contact: bool = False

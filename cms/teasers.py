"""What lists show of news: flat rows of one query, without bodies; a list of 24 costs little more than one story."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cms.models import NewsPage
from shop.theme import formats

_PICTURE = "image__cut__"
_FIELDS = (
    *("pk", "title", "slug", "summary", "published_on", "picture_alt", "province__name_th", "province__name_en"),
    *(f"{_PICTURE}{name}" for name in ("name", "width", "height", "blur")),
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A picture as `{% photo %}` wants it."""

    name: str
    width: int
    height: int
    blur: str


@dataclass(frozen=True, slots=True)
class Teaser:
    """One story in a list; `place` is its province in the reader's language."""

    pk: int
    title: str
    slug: str
    summary: str
    published_on: dt.date
    picture: Cut | None
    picture_alt: str
    place: str


def teasers(rows: QuerySet[NewsPage], language: str) -> list[Teaser]:
    """The stories in the queryset's order: one query."""
    return list(_made(rows.values(*_FIELDS), language))


def _made(rows: Iterable[dict[str, Any]], language: str) -> Iterable[Teaser]:
    for row in rows:
        name = row[f"{_PICTURE}name"]
        yield Teaser(
            pk=row["pk"],
            title=row["title"],
            slug=row["slug"],
            summary=row["summary"],
            published_on=row["published_on"],
            picture=Cut(name, *(row[f"{_PICTURE}{key}"] for key in ("width", "height", "blur"))) if name else None,
            picture_alt=row["picture_alt"],
            place=formats.pick(row["province__name_th"] or "", row["province__name_en"] or "", language),
        )

"""What lists show of news and articles: flat rows of one query, without bodies; a list of 24 costs little more than one story."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cms.models import ArticlePage, NewsPage
from shop.theme import formats

_PICTURE, _CUT = "image__cut__", ("name", "width", "height", "blur")
_FIELDS = (
    *("pk", "title", "slug", "summary", "published_on", "picture_alt", "province__name_th", "province__name_en"),
    *(f"{_PICTURE}{name}" for name in _CUT),
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


@dataclass(frozen=True, slots=True)
class Lesson:
    """One article below another; `topics` are keys."""

    pk: int
    title: str
    slug: str
    summary: str
    picture: Cut | None
    picture_alt: str
    topics: frozenset[int]


_OF_LESSONS = ("pk", "title", "slug", "summary", "picture_alt", *(f"{_PICTURE}{name}" for name in _CUT))


def lessons(rows: QuerySet[ArticlePage]) -> list[Lesson]:
    """The articles in the queryset's order: two queries."""
    found = list(rows.values(*_OF_LESSONS))
    through = ArticlePage.topics.through.objects.filter(articlepage__in=[row["pk"] for row in found])
    topics: dict[int, set[int]] = {}
    for article, topic in through.values_list("articlepage_id", "topic_id"):
        topics.setdefault(article, set()).add(topic)
    return [
        Lesson(
            pk=row["pk"],
            title=row["title"],
            slug=row["slug"],
            summary=row["summary"],
            picture=_cut(row),
            picture_alt=row["picture_alt"],
            topics=frozenset(topics.get(row["pk"], ())),
        )
        for row in found
    ]


def _cut(row: dict[str, Any]) -> Cut | None:
    name = row[f"{_PICTURE}name"]
    return Cut(name, *(row[f"{_PICTURE}{key}"] for key in _CUT[1:])) if name else None


def teasers(rows: QuerySet[NewsPage], language: str) -> list[Teaser]:
    """The stories in the queryset's order: one query."""
    return list(_made(rows.values(*_FIELDS), language))


def _made(rows: Iterable[dict[str, Any]], language: str) -> Iterable[Teaser]:
    for row in rows:
        yield Teaser(
            pk=row["pk"],
            title=row["title"],
            slug=row["slug"],
            summary=row["summary"],
            published_on=row["published_on"],
            picture=_cut(row),
            picture_alt=row["picture_alt"],
            place=formats.pick(row["province__name_th"] or "", row["province__name_en"] or "", language),
        )

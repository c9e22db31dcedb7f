"""Lists of stories: by topic, province, year and month of the Buddhist Era; what there is to choose from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.http import urlencode

from catalogue.shelves import per_version
from cms.models import ArticlePage, NewsPage, Topic
from cms.public import readable
from shop.common.thai import sort_key
from shop.theme import formats
from vendors.models import Province

BUDDHIST = 543
_FEED = 30


@dataclass(frozen=True)
class Chosen:
    """What a visitor chose; `year` is of the Buddhist Era, 0 is every one."""

    topic: str = ""
    province: str = ""
    year: int = 0
    month: int = 0
    audience: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], *, year: int = 0, month: int = 0) -> Chosen:
        """From the query of an address."""
        words = {name: query.get(name, "")[:60] for name in ("topic", "province")}
        return cls(**words, year=year, month=month, audience=query.get("for", "")[:10])

    @property
    def query(self) -> str:
        """The same as a query, for links to further pages."""
        named = {"topic": self.topic, "province": self.province, "for": self.audience}
        return urlencode({name: value for name, value in named.items() if value})


def _chosen(rows: Any, chosen: Chosen) -> Any:
    if chosen.topic:
        rows = rows.filter(topics__slug=chosen.topic)
    if chosen.province:
        rows = rows.filter(province__slug=chosen.province)
    return rows


def news(language: str, chosen: Chosen) -> QuerySet[NewsPage]:
    """Published stories that everybody may read, newest first."""
    rows = readable(NewsPage, language)
    rows = _chosen(rows, chosen)
    if chosen.year:
        rows = rows.filter(published_on__year=chosen.year - BUDDHIST)
    if chosen.month:
        rows = rows.filter(published_on__month=chosen.month)
    return rows.order_by("-published_on", "-pk")


def articles(language: str, chosen: Chosen) -> QuerySet[ArticlePage]:
    """Published articles, by the editors' order of topics and then by name; what is for all comes with what is for groups."""
    rows = readable(ArticlePage, language)
    rows = _chosen(rows, chosen)
    if chosen.audience in ArticlePage.Audience.values:
        rows = rows.filter(audience=chosen.audience)
    return rows.defer_streamfields().select_related("image__cut").prefetch_related("topics").order_by("path")


@dataclass(frozen=True)
class Month:
    """A month with stories: its number, name and how many."""

    number: int
    name: str
    count: int


@dataclass(frozen=True)
class Year:
    """A year of the Buddhist Era with its months."""

    number: int
    name: str
    months: list[Month]


@dataclass(frozen=True)
class Choices:
    """What the lists can be narrowed to."""

    years: list[Year]
    topics: list[Topic]
    provinces: list[Province]

    def has(self, year: int, month: int = 0) -> bool:
        """Are there stories of that year, or of that month of it?"""
        months = [each.number for one in self.years if one.number == year for each in one.months]
        return month in months if month else bool(months)


def choices(language: str) -> Choices:
    """Years, topics and provinces that have stories; read once for each change."""
    return per_version(f"news-choices-{language}", lambda: _choices(language))


def topics_of_articles(language: str) -> list[Topic]:
    """Topics that have articles."""
    rows = readable(ArticlePage, language)
    return per_version(f"knowledge-topics-{language}", lambda: _topics(rows))


def _topics(rows: QuerySet[Any]) -> list[Topic]:
    return list(Topic.objects.filter(pk__in=rows.order_by().values("topics")))


def _choices(language: str) -> Choices:
    rows = readable(NewsPage, language).order_by()
    provinces = list(Province.objects.filter(pk__in=rows.values("province")))
    provinces.sort(key=lambda row: row.name_en if language == "en" else sort_key(row.name_th))
    months = rows.annotate(month=TruncMonth("published_on")).values_list("month").annotate(number=Count("pk"))
    years: dict[int, list[Month]] = {}
    for first, number in sorted(months, reverse=True):
        years.setdefault(first.year, []).append(Month(first.month, month_name(first, language), number))
    named = [Year(year + BUDDHIST, year_name(year + BUDDHIST, language), found) for year, found in years.items()]
    return Choices(named, _topics(rows), provinces)


def year_name(year: int, language: str) -> str:
    """A year as a heading."""
    return str(year) if language == "th" else f"{year - BUDDHIST} (B.E. {year})"


def month_name(day: dt.date, language: str) -> str:
    """A month's name without day and year."""
    return formats.date(day.replace(day=1), language).split(" ")[1]


def feed(language: str, chosen: Chosen) -> list[NewsPage]:
    """What a feed holds: the newest stories."""
    rows: Any = news(language, chosen)
    rows = rows.defer_streamfields().select_related("image__cut").prefetch_related("topics")
    return list(rows[:_FEED])

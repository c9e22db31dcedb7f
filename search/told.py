"""What was found beside goods, as a page shows it: asked again of each thing itself, so nothing is shown that may not be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import translation

from catalogue import shelves
from cms.models import ArticlePage, FairPage, NewsPage, TrainingPage
from cms.public import readable
from search.contract import Others
from search.models import Kind
from shop.theme import formats
from vendors.models import Certificate, CertificationScheme, Network
from vendors.selectors import register, selling_groups

SHOWN = 4
"""Of each kind."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing: its name, where it is, and a line about it."""

    title: str
    url: str
    line: str = ""


@dataclass(frozen=True)
class Section:
    """The best of one kind, and how many there are of it in all."""

    kind: Kind
    title: str
    number: int
    entries: tuple[Told, ...]


def sections(others: Others, language: str) -> list[Section]:
    """The kinds in the order of their best entry. One query for all of them."""
    keys: dict[Kind, list[int]] = {}
    for kind, key in others.keys:
        keys.setdefault(kind, []).append(key)
    facts = _read({kind: wanted[:SHOWN] for kind, wanted in keys.items()}, language)
    found = []
    with translation.override(language):
        for kind, wanted in keys.items():
            told = _SHAPES[kind].told
            entries = tuple(told(facts[kind, key], language) for key in wanted[:SHOWN] if (kind, key) in facts)
            if entries:
                found.append(Section(kind, str(kind.label), others.numbers.get(kind, len(entries)), entries))
    return found


Facts = Sequence[str]


@dataclass(frozen=True)
class _Shape:
    """Of one kind: the rows that may be shown, `_COLUMNS` texts to read of each, and what they say."""

    rows: Callable[[str], Any]
    texts: tuple[str, ...]
    told: Callable[[Facts, str], Told]


_COLUMNS = 6


def _read(keys: dict[Kind, list[int]], language: str) -> dict[tuple[Kind, int], Facts]:
    if not keys:
        return {}
    parts, values = [], []
    for kind, wanted in keys.items():
        sql, params = shelves.per_version(f"told-{kind}-{language}", partial(_written, kind, language))
        parts.append(f"SELECT * FROM ({sql}) one WHERE told_key = ANY(%s)")  # noqa: S608
        values += [*params, wanted]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return {(Kind(kind), key): [text or "" for text in texts] for kind, key, *texts in cursor.fetchall()}


def _written(kind: Kind, language: str) -> tuple[str, tuple[Any, ...]]:
    """The SELECT of one kind, written by Django once for each change of the market."""
    shape = _SHAPES[kind]
    named: list[Any] = [*map(F, shape.texts), *[Value("")] * (_COLUMNS - len(shape.texts))]
    texts = {f"told_{place}": Cast(text, TextField()) for place, text in enumerate(named)}
    rows = shape.rows(language).order_by().annotate(told=Cast(Value(str(kind)), TextField()), told_key=F("pk"), **texts)
    sql, params = rows.values_list("told", "told_key", *texts).query.sql_with_params()
    return sql, tuple(params)


def _group(facts: Facts, language: str) -> Told:
    th, en, slug, province, province_en, _none = facts
    return Told(
        formats.pick(th, en, language),
        reverse("vendors:group", args=[slug]),
        formats.pick(province, province_en, language),
    )


def _network(facts: Facts, language: str) -> Told:
    th, en, slug, kind, *_none = facts
    line = str(Network.Kind(kind).label)
    return Told(formats.pick(th, en, language), reverse("vendors:network", args=[slug]), line)


def _certificate(facts: Facts, language: str) -> Told:
    number, short, short_en, code, holder, holder_en = facts
    row = Certificate(number=number, scheme=CertificationScheme(short_th=short))
    return Told(
        f"{formats.pick(short, short_en, language)} {row.bare_number}",
        reverse("vendors:certificate", args=[code]),
        formats.pick(holder, holder_en, language),
    )


def _story(facts: Facts, language: str) -> Told:
    title, path, summary, *_none = facts
    return Told(title, reverse("wagtail_serve", args=[path.split("/", 2)[2]]), summary)


def _stories(model: Any) -> _Shape:
    return _Shape(lambda language: readable(model, language), ("title", "url_path", "summary"), _story)


_SHAPES: dict[Kind, _Shape] = {
    Kind.GROUP: _Shape(
        lambda _language: selling_groups(),
        ("name_th", "name_en", "slug", "province__name_th", "province__name_en"),
        _group,
    ),
    Kind.NETWORK: _Shape(lambda _language: Network.objects.all(), ("name_th", "name_en", "slug", "kind"), _network),
    Kind.CERTIFICATE: _Shape(
        lambda _language: register(),
        ("number", "scheme__short_th", "scheme__short_en", "code", "holder__name_th", "holder__name_en"),
        _certificate,
    ),
    Kind.NEWS: _stories(NewsPage),
    Kind.KNOWLEDGE: _stories(ArticlePage),
    Kind.FAIR: _stories(FairPage),
    Kind.TRAINING: _stories(TrainingPage),
}

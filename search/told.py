"""What was found beside goods, as a page shows it: asked again of each thing itself, so nothing is shown that may not be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation

from cms.models import ArticlePage, FairPage, NewsPage, TrainingPage
from cms.public import readable
from search.contract import Others
from search.models import Kind
from shop.theme import formats
from vendors.models import Network
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
    """The kinds in the order of their best entry. One query for each kind that was found."""
    keys: dict[Kind, list[int]] = {}
    for kind, key in others.keys:
        keys.setdefault(kind, []).append(key)
    found = []
    with translation.override(language):
        for kind, wanted in keys.items():
            drawn = _DRAWN[kind](wanted[:SHOWN], language)
            entries = tuple(drawn[key] for key in wanted[:SHOWN] if key in drawn)
            if entries:
                found.append(Section(kind, str(kind.label), others.numbers.get(kind, len(entries)), entries))
    return found


def _groups(keys: list[int], language: str) -> dict[int, Told]:
    rows = selling_groups().filter(pk__in=keys)
    return {
        row.pk: Told(
            formats.pick(row.name_th, row.name_en, language),
            reverse("vendors:group", args=[row.slug]),
            formats.pick(row.province.name_th, row.province.name_en, language) if row.province else "",
        )
        for row in rows
    }


def _networks(keys: list[int], language: str) -> dict[int, Told]:
    rows = Network.objects.filter(pk__in=keys)
    return {
        row.pk: Told(
            formats.pick(row.name_th, row.name_en, language),
            reverse("vendors:network", args=[row.slug]),
            str(row.get_kind_display()),
        )
        for row in rows
    }


def _certificates(keys: list[int], language: str) -> dict[int, Told]:
    rows = register().filter(pk__in=keys).select_related("scheme", "holder")
    return {
        row.pk: Told(
            f"{formats.pick(row.scheme.short_th, row.scheme.short_en, language)} {row.bare_number}",
            reverse("vendors:certificate", args=[row.code]),
            formats.pick(row.holder.name_th, row.holder.name_en, language),
        )
        for row in rows
    }


def _stories(model: Any) -> Callable[[list[int], str], dict[int, Told]]:
    def drawn(keys: list[int], language: str) -> dict[int, Told]:
        rows = readable(model, language).filter(pk__in=keys)
        return {
            row.pk: Told(row.title, reverse("wagtail_serve", args=[row.url_path.split("/", 2)[2]]), row.summary)
            for row in rows
        }

    return drawn


_DRAWN: dict[Kind, Callable[[list[int], str], dict[int, Told]]] = {
    Kind.GROUP: _groups,
    Kind.NETWORK: _networks,
    Kind.CERTIFICATE: _certificates,
    Kind.NEWS: _stories(NewsPage),
    Kind.KNOWLEDGE: _stories(ArticlePage),
    Kind.FAIR: _stories(FairPage),
    Kind.TRAINING: _stories(TrainingPage),
}

"""What is written about each thing that can be found, read from the rooms below: the same text for both engines.

A reader takes primary keys and yields a `Source` for each that is still there. Whether goods may be sold is not part of
it: that is asked of the goods whenever they are drawn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags

from catalogue import shelves
from catalogue.models import Category, Product, RawMaterial
from cms.models import ArticlePage, FairPage, NewsPage, StoryPage, TrainingPage
from cms.public import readable
from search.analysis import ANALYSIS_VERSION
from search.models import Kind
from search.tokens import Tokens, tokens_of
from vendors.models import CertificationScheme, Network, Organisation, Place, Province
from vendors.selectors import register

_LONGEST = 3_000


@dataclass(frozen=True)
class Source:
    """The texts of one thing. `places` are where it belongs: category, province, region, group, scheme."""

    kind: Kind
    key: int
    title_th: str
    title_en: str = ""
    names: tuple[str, ...] = ()
    """More names that it is known by."""
    places: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """Names of what it is: its category, which is one of the places as well."""
    above: tuple[str, ...] = ()
    """Names of the cooperative or farmer group it belongs to: who stands on the tax invoice."""
    language: str = ""
    shown: bool = True

    @property
    def tokens(self) -> Tokens:
        """Its tokens; computed anew at each asking."""
        names = (self.title_th, self.title_en, *self.names)
        return tokens_of(names=names, places=self.places, texts=self.texts, kinds=self.kinds, above=self.above)

    @property
    def digest(self) -> str:
        """Names the texts and the analysis, so that what has not changed is not written again."""
        whole = repr((ANALYSIS_VERSION, self)).encode()
        return hashlib.sha1(whole, usedforsecurity=False).hexdigest()


def read(kind: Kind, keys: Iterable[int]) -> list[Source]:
    """The sources of one kind; what is gone, or was never for the public, is left out."""
    wanted = sorted(set(keys))
    return list(READERS[kind](wanted)) if wanted else []


def all_keys(kind: Kind) -> list[int]:
    """Primary keys of everything of a kind that may ever be found."""
    return sorted(ROWS[kind]().values_list("pk", flat=True))


def kind_of_page(key: int) -> Kind | None:
    """Which kind of story a page of the CMS is; None for pages that are not sought."""
    for kind, model in _STORIES.items():
        if model.objects.filter(pk=key).exists():
            return kind
    return None


_STORIES: dict[Kind, type[StoryPage]] = {
    Kind.NEWS: NewsPage,
    Kind.KNOWLEDGE: ArticlePage,
    Kind.FAIR: FairPage,
    Kind.TRAINING: TrainingPage,
}
_NETWORKS = [kind.value for kind in Organisation.NETWORKS]

ROWS: dict[Kind, Callable[[], Any]] = {
    Kind.PRODUCT: lambda: Product.objects.exclude(structure="child"),
    Kind.GROUP: lambda: Organisation.objects.filter(kind=Organisation.Kind.GROUP),
    Kind.NETWORK: lambda: Network.objects.all(),
    Kind.CERTIFICATE: lambda: register(),
    **{kind: (lambda model=model: model.objects.all()) for kind, model in _STORIES.items()},  # type: ignore[misc]
}


def _products(keys: list[int]) -> Iterator[Source]:
    rows = ROWS[Kind.PRODUCT]().filter(pk__in=keys)
    materials: dict[int, list[str]] = {}
    for product, th, en in RawMaterial.objects.filter(product__in=keys).values_list("product", "name_th", "name_en"):
        materials.setdefault(product, []).extend((th, en))
    provinces, schemes = _provinces(), _schemes()
    categories = {pk: (th, en) for pk, th, en in Category.objects.values_list("pk", "name", "name_en")}
    fields = ("pk", "title", "title_en", "description", "description_en", "main_category_id", "province_id", "schemes")
    found = list(rows.values_list(*fields, "group__path", "group__name_th", "group__name_en"))
    above = _above(row[8] for row in found if row[8])
    for pk, title, title_en, text, text_en, category, province, marks, path, *group in found:
        yield Source(
            Kind.PRODUCT,
            pk,
            title or "",
            title_en,
            places=_filled(
                *categories.get(category, ()),
                *provinces.get(province, ()),
                *group,
                *(name for mark in marks for name in schemes.get(mark, ())),
            ),
            texts=_filled(*materials.get(pk, ()), _plain(text), _plain(text_en)),
            kinds=_filled(*categories.get(category, ())),
            above=above.get(path, ()),
        )


def _groups(keys: list[int]) -> Iterator[Source]:
    provinces = _provinces()
    groups = list(ROWS[Kind.GROUP]().filter(pk__in=keys))
    above = _above(group.path for group in groups)
    for group in groups:
        yield Source(
            Kind.GROUP,
            group.pk,
            group.name_th,
            group.name_en,
            places=_filled(*provinces.get(group.province_id, ())),
            texts=_filled(group.summary_th, group.summary_en),
            above=above.get(group.path, ()),
            shown=group.state == Organisation.State.APPROVED,
        )


def _networks(keys: list[int]) -> Iterator[Source]:
    provinces = _provinces()
    hubs: dict[int, list[str]] = {}
    for place in Place.objects.filter(organisation__in=keys, kind=Place.Kind.HUB, is_open=True):
        hubs.setdefault(place.organisation_id, []).extend((place.name_th, place.name_en))
    for network in ROWS[Kind.NETWORK]().filter(pk__in=keys).select_related("region"):
        region = (network.region.name_th, network.region.name_en) if network.region else ()
        yield Source(
            Kind.NETWORK,
            network.pk,
            network.name_th,
            network.name_en,
            names=_filled(*hubs.get(network.pk, ())),
            places=_filled(*region, *provinces.get(network.province_id, ())),
            texts=_filled(network.summary_th, network.summary_en),
            shown=network.state == Organisation.State.APPROVED,
        )


def _certificates(keys: list[int]) -> Iterator[Source]:
    schemes = _schemes()
    for row in ROWS[Kind.CERTIFICATE]().filter(pk__in=keys).select_related("holder"):
        names = schemes.get(row.scheme_id, ())
        yield Source(
            Kind.CERTIFICATE,
            row.pk,
            f"{names[0] if names else ''} {row.bare_number}".strip(),
            names=_filled(row.number, row.number_normalised, row.code),
            places=_filled(*names, row.holder.name_th, row.holder.name_en),
        )


def _stories(kind: Kind) -> Callable[[list[int]], Iterator[Source]]:
    def read_pages(keys: list[int]) -> Iterator[Source]:
        provinces = _provinces()
        pages = _STORIES[kind].objects.filter(pk__in=keys).select_related("locale").prefetch_related("topics")
        open_ones = set(readable(_STORIES[kind]).filter(pk__in=keys).values_list("pk", flat=True))
        for page in pages:
            topics = [name for topic in page.topics.all() for name in (topic.name_th, topic.name_en)]
            yield Source(
                kind,
                page.pk,
                page.title,
                places=_filled(*topics, *provinces.get(page.province_id, ())),
                texts=_filled(page.summary, _plain(str(getattr(page, "body", "") or ""))),
                language=page.locale.language_code,
                shown=page.pk in open_ones,
            )

    return read_pages


READERS: dict[Kind, Callable[[list[int]], Iterator[Source]]] = {
    Kind.PRODUCT: _products,
    Kind.GROUP: _groups,
    Kind.NETWORK: _networks,
    Kind.CERTIFICATE: _certificates,
    **{kind: _stories(kind) for kind in _STORIES},
}


def _above(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Path of a group → names of the cooperative or farmer group right above it; one query."""
    over = {path: path[: -Organisation.steplen] for path in paths}
    rows = Organisation.objects.filter(path__in=set(over.values()), kind__in=Organisation.PARENTS)
    names = {path: _filled(th, en) for path, th, en in rows.values_list("path", "name_th", "name_en")}
    return {path: names[parent] for path, parent in over.items() if parent in names}


def _provinces() -> dict[str | None, tuple[str, ...]]:
    """Names of each province and of its region."""
    fields = ("code", "name_th", "name_en", "region__name_th", "region__name_en")
    return shelves.per_version(
        "search-provinces", lambda: {row[0]: row[1:] for row in Province.objects.values_list(*fields)}
    )


def _schemes() -> dict[str, tuple[str, ...]]:
    fields = ("code", "short_th", "short_en", "name_th", "name_en")
    return shelves.per_version(
        "search-schemes", lambda: {row[0]: row[1:] for row in CertificationScheme.objects.values_list(*fields)}
    )


def _filled(*texts: str | None) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _plain(html: str | None) -> str:
    return strip_tags((html or "").replace("<", " <"))[:_LONGEST] if html else ""

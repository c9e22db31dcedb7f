"""Small reference data of every page, read once per catalogue version and process: categories, schemes, provinces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.urls import reverse

from shop.common import versions
from shop.common.thai import sort_key
from shop.theme import formats

Data = TypeVar("Data")
_kept: dict[str, tuple[tuple[int, Any], Any]] = {}


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a key and a name in both languages."""

    key: str
    th: str
    en: str
    slug: str = ""
    region: str = ""

    def name(self, language: str) -> str:
        """The English name where there is one and it is asked for, else the Thai one."""
        return formats.pick(self.th, self.en, language)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category: its own pk, those of all below it, and its gate."""

    pk: int
    slug: str
    th: str
    en: str
    depth: int
    subtree: tuple[int, ...]
    description: str
    picture: str
    otop_group: str
    path: str

    def name(self, language: str) -> str:
        """The category's name."""
        return formats.pick(self.th, self.en, language)


def shelves() -> dict[str, Shelf]:
    """All public categories by slug, in the market's order."""
    return per_version("shelves", _read_shelves)


def category_links(language: str) -> list[dict[str, str]]:
    """The categories for the strip and the stalls of the front page: name, slug, address, picture."""
    return per_version(f"links-{language}", lambda: _read_links(language))


def _read_links(language: str) -> list[dict[str, str]]:
    return [
        {
            "name": shelf.name(language),
            "slug": shelf.slug,
            "url": reverse("catalogue:category", kwargs={"slug": shelf.slug}),
            "picture": shelf.picture,
        }
        for shelf in shelves().values()
        if shelf.depth == 1
    ]


def shelf_by_pk(pk: int | None) -> Shelf | None:
    """One category by its primary key."""
    return per_version("shelves-by-pk", _by_pk).get(pk or 0)


def _by_pk() -> dict[int, Shelf]:
    return {shelf.pk: shelf for shelf in shelves().values()}


def schemes() -> dict[str, Named]:
    """The certification schemes by code, short names, in the market's order."""
    return per_version("schemes", _read_schemes)


def provinces(language: str = "th") -> dict[str, Named]:
    """The provinces by code, in the order of a language; `slug` is their address, `region` the code of their region."""
    return per_version(f"provinces-{language}", lambda: _read_provinces(language))


def regions() -> dict[str, Named]:
    """The regions by code."""
    return per_version("regions", _read_regions)


def per_version(name: str, read: Callable[[], Data]) -> Data:
    """What was read under this version. Inside a transaction only that transaction's own reading counts."""
    mark = (versions.current(), tuple(connection.savepoint_ids) if connection.in_atomic_block else None)
    kept = _kept.get(name)
    if kept is None or kept[0] != mark:
        kept = _kept[name] = (mark, read())
    return kept[1]  # type: ignore[no-any-return]


def forget() -> None:
    """Drops what is kept (after loading categories anew)."""
    _kept.clear()


_REFERENCE = """
SELECT
    (SELECT json_agg(json_build_array(code, short_th, short_en) ORDER BY position, code)
        FROM vendors_certificationscheme),
    (SELECT json_agg(json_build_array(code, name_th, name_en, slug, region_id) ORDER BY code) FROM vendors_province),
    (SELECT json_agg(json_build_array(c.id, c.slug, c.name, c.name_en, c.depth, c.path, c.description, p.name,
        c.otop_group) ORDER BY c.position, c.path)
        FROM catalogue_category c LEFT JOIN media_picture p ON p.id = c.picture_id WHERE c.is_public),
    (SELECT json_agg(json_build_array(code, name_th, name_en) ORDER BY position) FROM vendors_region)
"""
"""Most pages need all four, so they are read together: schemes, provinces, categories, regions."""


def _reference() -> tuple[list[list[Any]], ...]:
    return per_version("reference", _read_reference)


def _read_reference() -> tuple[list[list[Any]], ...]:
    with connection.cursor() as cursor:
        cursor.execute(_REFERENCE)
        return tuple(rows or [] for rows in cursor.fetchone())


def _read_shelves() -> dict[str, Shelf]:
    rows = _reference()[2]
    return {
        slug: Shelf(
            pk=pk,
            slug=slug,
            th=name,
            en=name_en,
            depth=depth,
            subtree=tuple(other[0] for other in rows if other[5].startswith(path)),
            description=description or "",
            picture=picture or "",
            otop_group=otop_group,
            path=path,
        )
        for pk, slug, name, name_en, depth, path, description, picture, otop_group in rows
    }


def _read_schemes() -> dict[str, Named]:
    return {code: Named(code, th or code, en) for code, th, en in _reference()[0]}


def _read_provinces(language: str) -> dict[str, Named]:
    made = [Named(code, th, en, slug, region) for code, th, en, slug, region in _reference()[1]]
    in_order = sorted(made, key=lambda one: one.en if language.startswith("en") else sort_key(one.th))
    return {one.key: one for one in in_order}


def _read_regions() -> dict[str, Named]:
    return {code: Named(code, th, en, code) for code, th, en in _reference()[3]}

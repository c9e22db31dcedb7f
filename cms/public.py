"""Pages that everybody may read: which they are, the page of an address, and the address of a page.

A page of the market is found by its whole address, in one query that also says whether everybody may read it and where
its translation stands; Wagtail's own way goes down the tree and asks three to seven times for the same.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import CharField, Model
from django.db.models.expressions import RawSQL
from django.urls import Resolver404
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from catalogue.shelves import per_version
from cms.models import (
    ArticlePage,
    Fair,
    FairIndexPage,
    FairPage,
    KnowledgeIndexPage,
    NewsIndexPage,
    NewsPage,
    PlainPage,
    StoryPage,
    Topic,
    TrainingIndexPage,
    TrainingPage,
)
from vendors.models import Province

_ROOTS = {"th": "/home/", "en": "/home-en/"}
_HOMES = {"th": "/", "en": "/en/"}
_TOLD = ("image__cut",)


@dataclass(frozen=True)
class _Section:
    """A part of the tree: its index, the pages in it, what is read with each of them, and what the index routes itself."""

    index: Any
    page: Any
    also: tuple[str, ...] = ()
    routed: tuple[str, ...] = ()


_SECTIONS = {
    "news": _Section(NewsIndexPage, NewsPage, ("press_kit",), ("feed",)),
    "knowledge": _Section(KnowledgeIndexPage, ArticlePage),
    "fairs": _Section(FairIndexPage, FairPage),
    "trainings": _Section(TrainingIndexPage, TrainingPage),
}


def readable(model: type[Model], language: str = "") -> Any:
    """The published pages of a kind, of one language or of all, that everybody may read: neither they nor a page above
    them is kept for members."""
    rows: Any = model._default_manager.filter(live=True)
    if language:
        rows = rows.filter(locale=_locale(language))
    for path in _closed():
        rows = rows.exclude(path__startswith=path)
    return rows


def _closed() -> tuple[str, ...]:
    """The paths of pages that are kept for members, nearly always none; read once for each change of the market."""
    return per_version("closed-pages", lambda: tuple(PageViewRestriction.objects.values_list("page__path", flat=True)))


def _locale(language: str) -> Locale | None:
    """The locale of a language, without asking for it again and without joining it to every query."""
    kept = per_version("locales", lambda: {locale.language_code: locale for locale in Locale.objects.all()})
    return kept.get(language) or Locale.objects.filter(language_code=language).first()


def provinces() -> dict[str, Province]:
    """The provinces by code, read once for each change of the market: many joins cost more than the rest of a page."""
    return per_version("provinces-of-pages", lambda: Province.objects.in_bulk())


def _fairs() -> dict[int, Fair]:
    """The fairs with the counters that belong to them; each decision about one bumps the version."""
    return per_version("fairs-of-pages", lambda: Fair.objects.select_related("place").in_bulk())


def topics_of(page: Any) -> list[Topic]:
    """A story's topics in the editors' order. All topics are kept; those of a page that was not found by its address
    are asked for."""
    if "topic_keys" not in page.__dict__:
        return list(page.topics.all())
    wanted = set(page.topic_keys)
    return [topic for topic in per_version("topics", lambda: list(Topic.objects.all())) if topic.pk in wanted]


def related_to(page: Any) -> list[int]:
    """The keys of the pages that a story leads on to, in the editor's order."""
    known: list[int] | None = page.__dict__.get("related_keys")
    return [row.related_id for row in page.related_pages.all()] if known is None else known


def _is_closed(path: str) -> bool:
    return any(path.startswith(closed) for closed in _closed())


def found_at(path: str, language: str) -> RouteResult | None:
    """The published page of an address with its view; None where Wagtail has to look for itself."""
    first, *rest = path.strip("/").split("/")
    section = _SECTIONS.get(first)
    if section is None:
        return None if rest else _page(PlainPage, (first,), language, ())
    own = rest and not (rest[0].isdigit() or rest[0] in section.routed)
    if own:
        return _page(section.page, (first, rest[0]), language, (*_TOLD, *section.also), rest[1:])
    return _page(section.index, (first,), language, (), rest)


def _page(
    model: Any, steps: tuple[str, ...], language: str, also: tuple[str, ...], below: list[str] | None = None
) -> RouteResult | None:
    rows = model.objects.filter(live=True, url_path=f"{_ROOTS[language]}{'/'.join(steps)}/")
    rows = rows.annotate(translated=_TRANSLATED, **(_beside(model) if issubclass(model, StoryPage) else {}))
    rows = rows.select_related(*also) if also else rows
    page = next(iter(rows.order_by()[:1]), None)
    if page is None or (below and not isinstance(page, RoutablePageMixin)):
        return None
    page.is_for_all = not _is_closed(page.path)
    locale = _locale(language)
    if locale is not None and page.locale_id == locale.pk:
        page.locale = locale
    fair = _fairs().get(page.fair_id) if isinstance(page, FairPage) else None
    if fair is not None:
        page.fair = fair
    told: list[Any] = [page, *([fair] if fair is not None else [])]
    for one in told:
        if getattr(one, "province_id", None):
            one.province = provinces()[one.province_id]
    if not isinstance(page, RoutablePageMixin):
        return RouteResult(page)
    try:
        return RouteResult(page, page.resolve_subpage("".join(f"/{step}" for step in below or ()) + "/"))
    except Resolver404:
        return None


@cache
def _beside(model: Any) -> dict[str, RawSQL]:
    """The keys of a story's topics and related pages, in the same row."""
    links = model.topics.through._meta
    own = links.get_field(model._meta.model_name).column
    topics = f'ARRAY(SELECT topic_id FROM "{links.db_table}" WHERE "{own}" = wagtailcore_page.id)'  # noqa: S608  (names of ours)
    return {
        "topic_keys": RawSQL(topics, ()),
        "related_keys": RawSQL(
            "ARRAY(SELECT related_id FROM cms_relatedpage WHERE page_id = wagtailcore_page.id ORDER BY sort_order, id)",
            (),
        ),
    }


_TRANSLATED = RawSQL(
    "SELECT other.path || ' ' || other.url_path FROM wagtailcore_page AS other WHERE other.live"
    " AND other.translation_key = wagtailcore_page.translation_key"
    " AND other.locale_id <> wagtailcore_page.locale_id ORDER BY other.path LIMIT 1",
    (),
    output_field=CharField(),
)
"""Path and address of the page's translation. Half the price of the same as a `Subquery`, which is compiled each time."""


def address_of(url_path: str) -> str:
    """Where a page of the market stands, by its path in the tree and without a query; "" for one of no language."""
    for language, root in _ROOTS.items():
        if url_path.startswith(root):
            return f"{_HOMES[language]}{url_path.removeprefix(root)}"
    return ""


@dataclass(frozen=True)
class Named:
    """A page that another one names: what it is called and where it stands."""

    title: str
    url: str


def named(keys: Collection[int], language: str) -> dict[int, Named]:
    """Those of these pages that everybody may read, each in this language where it has it; one query, none for none."""
    if not keys:
        return {}
    ours = Page.objects.filter(pk__in=keys).values("translation_key")
    rows = readable(Page).filter(translation_key__in=ours)
    found: dict[Any, dict[int, tuple[str, Named]]] = {}
    for key, same, code, title, path in rows.values_list(
        "pk", "translation_key", "locale__language_code", "title", "url_path"
    ):
        found.setdefault(same, {})[key] = (code, Named(title, address_of(path)))
    shown = {}
    for versions in found.values():
        ours_first = [page for code, page in versions.values() if code == language]
        for key, (_code, page) in versions.items():
            if key in keys:
                shown[key] = ours_first[0] if ours_first else page
    return shown


def addresses_of(page: Page) -> dict[str, str]:
    """The addresses of a page and of its translations that everybody may read, by language."""
    found = _paths_of(page)
    addresses = {code: address_of(path) for code, path in found.items()}
    return {code: address for code, address in addresses.items() if address}


def _paths_of(page: Any) -> dict[str, str]:
    if "translated" in page.__dict__:
        path, _, address = (page.translated or " ").partition(" ")
        paths = [page.url_path, *([address] if address and not _is_closed(path) else [])]
        return {code: path for code, root in _ROOTS.items() for path in paths if path.startswith(root)}
    rows = readable(Page).filter(translation_key=page.translation_key).exclude(pk=page.pk)
    others = dict(rows.values_list("locale__language_code", "url_path"))
    return {**others, page.locale.language_code: page.url_path} if page.live else others

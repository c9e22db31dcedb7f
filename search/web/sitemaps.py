"""What search engines may read: robots.txt, the index of sitemaps, and one sitemap for each part of a section.

A section's part is a range of CHUNK primary keys, so it is read by the key, never by counting to it, and holds the same
things from day to day. Only what is public today is named; each page in both languages, each with its other language.
They are kept, packed and compared as every public page is (`shop.common.public`): until something changes, an hour or
the day ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import DateTimeField, F, IntegerField, Max, QuerySet, Value
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from catalogue.freshness import until_midnight
from catalogue.models import Category
from catalogue.selectors import on_sale
from cms.models import ArticlePage, FairPage, NewsPage, PlainPage, TrainingPage
from cms.public import address_of, readable
from shop.common import access, clock
from shop.common.public import public_page
from shop.theme.meta import absolute, alternates
from vendors.certificates import in_force
from vendors.models import Network
from vendors.selectors import register, selling_groups

CHUNK = 5_000
_SECONDS = 3600
_OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n'
_URLSET = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
_NEWS_SET = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n'
)
_NEWS_LASTS, _MOST_NEWS, _NEWS_SECONDS = dt.timedelta(hours=48), 1_000, 600
_INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
PRIVATE = ("basket", "checkout", "account", "auth", "orders", "workspace", "fragment", "search")
"""Below each language; /office/ and /cms/ have none."""
Page = tuple[dict[str, str], dt.datetime | None]


@dataclass(frozen=True)
class Section:
    """Rows with `changed`, when they changed last, and the Thai address of a row."""

    rows: Callable[[], QuerySet]
    fields: tuple[str, ...]
    address: Callable[..., str]

    def parts(self) -> list[tuple[int, dt.datetime | None]]:
        """Numbers of the parts that hold anything, each with its latest change: one pass over narrow columns."""
        part = Cast(F("pk") / CHUNK, IntegerField())
        rows = self.rows().order_by().annotate(part=part).values("part").annotate(latest=Max("changed"))
        return sorted((row["part"], row["latest"]) for row in rows)

    def pages(self, part: int) -> list[Page]:
        """The pages of one part."""
        first = part * CHUNK
        rows = self.rows().filter(pk__gte=first, pk__lt=first + CHUNK).order_by("pk")
        return [
            (alternates(self.address(*values)), changed)
            for *values, changed in rows.values_list(*self.fields, "changed")
        ]


def _products() -> QuerySet:
    return on_sale().annotate(changed=F("date_updated"))


def _groups() -> QuerySet:
    return selling_groups().annotate(changed=F("updated_at"))


def _networks() -> QuerySet:
    return Network.objects.annotate(changed=F("updated_at"))


def _categories() -> QuerySet:
    return Category.objects.filter(is_public=True).annotate(changed=Value(None, DateTimeField()))


def _certificates() -> QuerySet:
    return register().filter(in_force(clock.today())).annotate(changed=F("verified_at"))


def _below(name: str, *, key: str) -> Callable[[str], str]:
    """Addresses made from one reversed pattern: 5,000 reversals would be most of the work."""
    mark = "-0-"
    pattern = reverse(name, kwargs={key: mark})
    return lambda value: pattern.replace(mark, value)


def _product_address(pk: int, slug: str) -> str:
    return f"{reverse('catalogue:index')}{slug}_{pk}/"


SECTIONS: dict[str, Callable[[], Section]] = {
    "products": lambda: Section(_products, ("pk", "slug"), _product_address),
    "groups": lambda: Section(_groups, ("slug",), _below("vendors:group", key="slug")),
    "categories": lambda: Section(_categories, ("slug",), _below("catalogue:category", key="slug")),
    "networks": lambda: Section(_networks, ("slug",), _below("vendors:network", key="slug")),
    "certificates": lambda: Section(_certificates, ("code",), _below("vendors:certificate", key="code")),
}


STORIES: list[Any] = [NewsPage, ArticlePage, FairPage, TrainingPage, PlainPage]
"""Page types with a page of their own for each story."""


def _told() -> list[Page]:
    """Stories, articles, fairs, trainings and plain pages: their languages are those that are published."""
    found: dict[object, dict[str, str]] = {}
    changed: dict[object, dt.datetime | None] = {}
    for model in STORIES:
        rows = readable(model).order_by("pk")
        for key, language, path, published in rows.values_list(
            "translation_key", "locale__language_code", "url_path", "last_published_at"
        ):
            found.setdefault(key, {})[language] = address_of(path)
            changed[key] = max((when for when in (changed.get(key), published) if when), default=None)
    return [(addresses, changed[key]) for key, addresses in found.items()]


def _fixed() -> list[Page]:
    names = (
        "home",
        "catalogue:index",
        "catalogue:categories",
        "vendors:groups",
        "vendors:networks",
        "vendors:certificates",
    )
    told = [f"{reverse('home')}{name}/" for name in ("news", "knowledge", "fairs", "trainings")]
    return [(alternates(path), None) for path in [*map(reverse, names), *told]]


WHOLE: dict[str, Callable[[], list[Page]]] = {"stories": _told, "pages": _fixed}


@access.public
@require_safe
@until_midnight
@public_page(seconds=_SECONDS)
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers leave alone, and where the sitemaps are."""
    shut = [f"Disallow: {prefix}/{name}/" for prefix in ("", "/en") for name in PRIVATE]
    lines = [
        "User-agent: *",
        *shut,
        "Disallow: /office/",
        "Disallow: /cms/",
        "",
        f"Sitemap: {absolute(reverse('sitemaps:news'))}",
        f"Sitemap: {absolute(reverse('sitemaps:index'))}",
    ]
    return _answer("\n".join(lines) + "\n", "text/plain; charset=utf-8")


@access.public
@require_safe
@until_midnight
@public_page(seconds=_SECONDS)
def index(request: HttpRequest) -> HttpResponse:
    """Every sitemap that holds anything."""
    entries = []
    with translation.override("th"):
        for name, section in SECTIONS.items():
            entries += [(f"{name}-{part}", latest) for part, latest in section().parts()]
    entries += [(name, None) for name in WHOLE]
    lines = [
        f"<sitemap><loc>{absolute(reverse('sitemaps:part', args=[name]))}</loc>{_lastmod(latest)}</sitemap>\n"
        for name, latest in entries
    ]
    return _answer(f"{_OPEN}{_INDEX}{''.join(lines)}</sitemapindex>\n")


@access.public
@require_safe
@until_midnight
@public_page(seconds=_SECONDS)
def part(request: HttpRequest, name: str) -> HttpResponse:
    """One sitemap."""
    with translation.override("th"):
        pages = _pages(name)
    if not pages:
        raise Http404("no such sitemap")
    return _answer(f"{_OPEN}{_URLSET}{''.join(_urls(pages))}</urlset>\n")


@access.public
@require_safe
@until_midnight
@public_page(seconds=_NEWS_SECONDS)
def news(request: HttpRequest) -> HttpResponse:
    """The news sitemap as Google reads it: stories of the last 48 hours, in each language by itself."""
    oldest = clock.now() - _NEWS_LASTS
    rows = readable(NewsPage).filter(first_published_at__gt=oldest, published_on__gte=_day(oldest))
    stories = rows.select_related("locale").order_by("-published_on", "-pk")[:_MOST_NEWS]
    return _answer(f"{_OPEN}{_NEWS_SET}{''.join(map(_news_entry, stories))}</urlset>\n")


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(clock.BANGKOK).date()


def _news_entry(story: NewsPage) -> str:
    language = story.locale.language_code
    path = f"{'/en' if language == 'en' else ''}/news/{story.slug}/"
    moment = story.first_published_at
    when = moment.astimezone(clock.BANGKOK).isoformat(timespec="seconds") if moment else story.published_on.isoformat()
    return (
        f"<url><loc>{escape(absolute(path))}</loc><news:news><news:publication>"
        f"<news:name>{escape(settings.SITE_NAME)}</news:name><news:language>{language}</news:language>"
        f"</news:publication><news:publication_date>{when}</news:publication_date>"
        f"<news:title>{escape(story.title)}</news:title></news:news></url>\n"
    )


def _pages(name: str) -> list[Page]:
    if name in WHOLE:
        return WHOLE[name]()
    section, _dash, number = name.rpartition("-")
    if section not in SECTIONS or not number.isdigit() or len(number) > 9:
        return []
    return SECTIONS[section]().pages(int(number))


def _urls(pages: Iterable[Page]) -> Iterator[str]:
    for addresses, changed in pages:
        whole = {language: escape(absolute(path), {'"': "&quot;"}) for language, path in addresses.items()}
        links = [*whole.items(), ("x-default", whole.get("th") or next(iter(whole.values())))]
        others = "".join(f'<xhtml:link rel="alternate" hreflang="{name}" href="{path}"/>' for name, path in links)
        for path in whole.values():
            yield f"<url><loc>{path}</loc>{_lastmod(changed)}{others}</url>\n"


def _lastmod(moment: dt.datetime | None) -> str:
    return f"<lastmod>{moment.astimezone(clock.BANGKOK):%Y-%m-%d}</lastmod>" if moment else ""


def _answer(text: str, kind: str = "application/xml; charset=utf-8") -> HttpResponse:
    return HttpResponse(text, content_type=kind)

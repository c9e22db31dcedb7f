"""Stories and shop pages in the visitor's language, Thai where English is missing."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, PageViewRestriction

from catalogue.selectors import cards_of
from catalogue.shelves import per_version
from cms.models import GroupPage, HomePage, NewsPage
from vendors.selectors import selling_groups


def for_all() -> Q:
    """The condition of pages that everybody may read: neither they nor a page above them is kept for members.

    Wagtail's own `public()` asks for all restrictions first; here they are part of the one query.
    """
    restricted = PageViewRestriction.objects.annotate(here=Cast(OuterRef("path"), CharField()))
    return ~Q(Exists(restricted.filter(here__startswith=F("page__path"))))


def latest_news(language: str, limit: int, but: int | None = None) -> QuerySet[NewsPage]:
    """The newest published stories that everybody may read; `but` leaves one out."""
    rows = NewsPage.objects.live().filter(for_all(), locale__language_code=language).exclude(pk=but)
    return rows.select_related("picture").order_by("-published_on", "-pk")[:limit]


def home_page(language: str) -> HomePage | None:
    """The front page's words."""
    return HomePage.objects.live().select_related("picture").filter(locale__language_code=language).first()


def footer_links(language: str) -> list[dict[str, str]]:
    """The news and the plain pages (how to buy, returns …) for the foot of every page: name and address."""
    return per_version(f"footer-{language}", lambda: _read_footer(language))


def _read_footer(language: str) -> list[dict[str, str]]:
    named = Q(plainpage__isnull=False) | Q(newsindexpage__isnull=False)
    rows = Page.objects.live().filter(named, for_all(), locale__language_code=language).order_by("path")
    with translation.override(language):
        return [
            {"name": title, "url": reverse("wagtail_serve", args=[url_path.split("/", 2)[2]])}
            for title, url_path in rows.values_list("title", "url_path")
        ]


def group_page(group_id: int, language: str) -> GroupPage | None:
    """The shop page of a group."""
    pages = {
        page.locale.language_code: page
        for page in GroupPage.objects.live().filter(group_id=group_id).select_related("locale")
    }
    return pages.get(language) or pages.get("th")


def story_parts(page: NewsPage) -> list[dict[str, Any]]:
    """The body in order. Goods and groups are read anew each time, for all parts at once: what is not sold any more, or
    has no shop page, is left out, and a part without any left too."""
    named: dict[str, list[int]] = {"goods": [], "groups": []}
    for block in page.body:
        if block.block_type in named:
            named[block.block_type] += [chosen.pk for chosen in block.value if chosen is not None]
    goods = {card["pk"]: card for card in cards_of(named["goods"], page.locale.language_code)} if named["goods"] else {}
    groups = {row.pk: row for row in selling_groups().filter(pk__in=named["groups"])} if named["groups"] else {}
    found: dict[str, dict[int, Any]] = {"goods": goods, "groups": groups}
    parts = []
    for block in page.body:
        kind, value = block.block_type, block.value
        if kind in found:
            value = [found[kind][chosen.pk] for chosen in value if chosen is not None and chosen.pk in found[kind]]
        if value:
            parts.append({"kind": kind, "value": value, "block": block})
    return parts

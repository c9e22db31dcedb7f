"""Stories and shop pages in the visitor's language, Thai where English is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, PageViewRestriction

from catalogue.selectors import cards_of
from catalogue.shelves import per_version
from cms.models import GroupPage, HomePage, NewsPage, PageModeration, PageReview
from cms.shop_page import Shown, Values, of_page, shown, values_of
from vendors.models import Organisation
from vendors.policies import Right, reach
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


@dataclass(frozen=True)
class Pages:
    """A group's two shop pages: what is published, what is being written, and a name for exactly that draft."""

    thai: GroupPage
    english: GroupPage
    live: Values
    draft: Values
    version: str
    edited_by: Any = None
    edited_at: dt.datetime | None = None


def pages_or_none(group_id: int) -> Pages | None:
    """Both pages with their drafts: one query. None for a group that was never approved."""
    rows = GroupPage.objects.filter(group_id=group_id).select_related("locale", "latest_revision__user")
    found = {page.locale.language_code: page for page in rows}
    thai, english = found.get("th"), found.get("en")
    if thai is None or english is None:
        return None
    last = max(
        (page.latest_revision for page in (thai, english) if page.latest_revision),
        key=lambda revision: (revision.created_at, revision.pk),
        default=None,
    )
    return Pages(
        thai=thai,
        english=english,
        live=values_of(of_page(thai), of_page(english)),
        draft=values_of(_draft_of(thai), _draft_of(english)),
        version=f"{thai.latest_revision_id or 0}-{english.latest_revision_id or 0}",
        edited_by=last.user if last else None,
        edited_at=last.created_at if last else None,
    )


def _draft_of(page: GroupPage) -> Mapping[str, Any]:
    """A page whose last revision is the published one is read from its row: editors may have published it elsewhere."""
    revision = page.latest_revision
    return revision.content if revision is not None and page.has_unpublished_changes else of_page(page)


def pages_of(group_id: int) -> Pages:
    """Both pages of a group that has them."""
    pages = pages_or_none(group_id)
    if pages is None:
        raise GroupPage.DoesNotExist
    return pages


def shop_page(group_id: int, language: str) -> Shown | None:
    """The published shop page in one language."""
    rows = GroupPage.objects.live().filter(group_id=group_id).select_related("locale")
    found = {page.locale.language_code: of_page(page) for page in rows}
    return shown(values_of(found["th"], found.get("en", {})), language) if "th" in found else None


def is_moderated(group: Organisation) -> bool:
    """Does the department want to see this group's page before it is shown? Its own province's office decides first."""
    rows = PageModeration.objects.filter(office__province_id__isnull=True)
    if group.province_id:
        rows |= PageModeration.objects.filter(office__province_id=group.province_id)
    known = {province is None: is_on for province, is_on in rows.values_list("office__province_id", "is_on")}
    return known.get(False, known.get(True, False))


def waiting_or_last_review(group_id: int) -> PageReview | None:
    """How the last version that was handed in stands."""
    return PageReview.objects.filter(group_id=group_id).select_related("decided_by").first()


def page_reviews(user: Any, *, state: str = PageReview.State.SUBMITTED) -> QuerySet[PageReview]:
    """What an officer may decide about or has decided, the longest waiting first."""
    rows = PageReview.objects.filter(group__in=reach(user, Right.REVIEW), state=state)
    rows = rows.select_related("group__province", "submitted_by")
    waiting = state == PageReview.State.SUBMITTED
    return rows.order_by(*(("submitted_at", "pk") if waiting else ("-decided_at", "-pk")))


def reviewed_values(review: PageReview) -> Values:
    """The values of a version that was handed in."""
    thai, english = review.revision, review.revision_en
    return values_of(thai.content if thai else {}, english.content if english else {})


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

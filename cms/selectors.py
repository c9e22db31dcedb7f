"""Stories and shop pages in the visitor's language, Thai where English is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, PageViewRestriction, Revision

from catalogue.models import Product
from catalogue.selectors import on_sale
from catalogue.shelves import per_version
from cms.models import (
    ArticlePage,
    GroupPage,
    HomePage,
    KnowledgeIndexPage,
    NetworkPage,
    NewsIndexPage,
    NewsPage,
    PageModeration,
    PageReview,
    RelatedPage,
    StoryPage,
)
from cms.parts import Part, contact, parts_of
from cms.shop_page import Shown, Values, changed_parts, of_page, shown, values_of
from vendors.models import Organisation
from vendors.policies import Right, reach


def for_all() -> Q:
    """The condition of pages that everybody may read: neither they nor a page above them is kept for members.

    Wagtail's own `public()` asks for all restrictions first; here they are part of the one query.
    """
    restricted = PageViewRestriction.objects.annotate(here=Cast(OuterRef("path"), CharField()))
    return ~Q(Exists(restricted.filter(here__startswith=F("page__path"))))


_ROOTS = {"th": "/home/", "en": "/home-en/"}


def page_at(path: str, language: str) -> Page | None:
    """The published story, article or index of an address; None where Wagtail has to look for itself."""
    steps = path.strip("/").split("/")
    model = _PAGES_BELOW.get((steps[0], len(steps)))
    if model is None or steps[-1].isdigit():  # a year of the archive is no story
        return None
    rows = model.objects.live().filter(url_path=f"{_ROOTS[language]}{'/'.join(steps)}/", locale__language_code=language)
    named = ("locale", "image__cut", "province") if len(steps) > 1 else ("locale",)
    found: Page | None = rows.select_related(*named).first()
    return found


_PAGES_BELOW: dict[tuple[str, int], Any] = {
    ("news", 1): NewsIndexPage,
    ("news", 2): NewsPage,
    ("knowledge", 1): KnowledgeIndexPage,
    ("knowledge", 2): ArticlePage,
}


def latest_news(language: str, limit: int, but: int | None = None) -> QuerySet[NewsPage]:
    """The newest published stories that everybody may read; `but` leaves one out."""
    rows = NewsPage.objects.live().filter(for_all(), locale__language_code=language).exclude(pk=but)
    return rows.select_related("image__cut").order_by("-published_on", "-pk")[:limit]


def home_page(language: str) -> HomePage | None:
    """The front page's words."""
    return HomePage.objects.live().select_related("image__cut").filter(locale__language_code=language).first()


def footer_links(language: str) -> list[dict[str, str]]:
    """The news, the trainings and the plain pages (how to buy, returns …) for the foot of every page: name and address."""
    return per_version(f"footer-{language}", lambda: _read_footer(language))


def _read_footer(language: str) -> list[dict[str, str]]:
    kinds = ("plainpage", "newsindexpage", "fairindexpage", "trainingindexpage", "knowledgeindexpage")
    named = Q()
    for kind in kinds:
        named |= Q(**{f"{kind}__isnull": False})
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


@dataclass(frozen=True)
class Version:
    """One saving of a shop page: whose, when, and in which parts it differs from the one before."""

    key: int
    by: Any
    at: dt.datetime
    parts: list[str]
    is_live: bool


_VERSIONS = 60
_ONE_SAVING = dt.timedelta(seconds=5)
"""Thai and English words of one saving are two revisions, written one after the other."""


def _revisions_of(pages: Pages) -> QuerySet[Revision]:
    keys = [str(pages.thai.pk), str(pages.english.pk)]
    return Revision.page_revisions.filter(object_id__in=keys).select_related("user")


def versions_of(pages: Pages) -> list[Version]:
    """The last savings, the newest first: one query."""
    rows = list(_revisions_of(pages).order_by("-pk")[:_VERSIONS])[::-1]
    contents: dict[str, Mapping[str, Any]] = {}
    for row in reversed(rows):
        contents[row.object_id] = row.content  # the oldest of each stands until its page was saved
    found: list[Version] = []
    values: Values | None = None
    before: Values | None = None
    for number, row in enumerate(rows):
        contents[row.object_id] = row.content
        if row.object_id == str(pages.thai.pk) and number + 1 < len(rows) and _same_saving(row, rows[number + 1]):
            continue
        before, values = values, _values_in(pages, contents)
        live = row.pk in (pages.thai.live_revision_id, pages.english.live_revision_id)
        parts = changed_parts(before, values) if before is not None else []
        if before is None or parts:
            found.append(Version(row.pk, row.user, row.created_at, parts, live and values == pages.live))
    return found[::-1]


def _same_saving(one: Revision, other: Revision) -> bool:
    apart = other.created_at - one.created_at < _ONE_SAVING
    return apart and one.object_id != other.object_id and one.user_id == other.user_id


def _values_in(pages: Pages, contents: Mapping[str, Mapping[str, Any]]) -> Values:
    thai, english = (contents.get(str(page.pk), of_page(page)) for page in (pages.thai, pages.english))
    return values_of(thai, english)


def version_or_none(pages: Pages, key: int) -> tuple[Revision, Values] | None:
    """What stood on both pages after that saving; None for another page's."""
    rows = list(_revisions_of(pages).filter(pk__lte=key).order_by("-pk")[:_VERSIONS])
    if not rows or rows[0].pk != key:
        return None
    contents: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        contents.setdefault(row.object_id, row.content)
    return rows[0], _values_in(pages, contents)


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


def story_parts(page: StoryPage, *, body: str = "body") -> list[Part]:
    """The body in order, as it may be shown today (`cms.parts`); the page's own image comes with the same query."""
    own = page.image if page.image_id and "image" in page._state.fields_cache else None
    parts, images = parts_of(getattr(page, body), page.locale.language_code, also=() if own else (page.image_id,))
    if page.image_id and own is None:
        page.image = images.get(page.image_id)
    return parts


def story_context(page: StoryPage) -> dict[str, Any]:
    """What every kind of story shows: its parts, topics and related pages."""
    return {"parts": story_parts(page), "topics": page.shown_topics, "related": related_to(page)}


def related_to(page: Page) -> list[Page]:
    """The related pages that everybody may read, in the editor's order; one query."""
    shown = Page.objects.live().filter(for_all())
    rows = RelatedPage.objects.filter(page_id=page.pk, related__in=shown).select_related("related__locale")
    return [row.related for row in rows.order_by("sort_order", "pk")]


def press_contact(page: NewsPage) -> dict[str, Any] | None:
    """Whom the press may ask."""
    names = ("name", "phone", "fax", "email", "web")
    return contact(**{name: getattr(page, f"contact_{name}") for name in names})


def other_articles(page: ArticlePage, limit: int = 3) -> QuerySet[ArticlePage]:
    """Further articles, those about the same first."""
    rows = ArticlePage.objects.live().filter(for_all(), locale_id=page.locale_id).exclude(pk=page.pk)
    same = Count("topics", filter=Q(topics__in=[topic.pk for topic in page.shown_topics]))
    return rows.annotate(same=same).select_related("image__cut").order_by("-same", "-pk")[:limit]


def network_page(network_id: int, language: str) -> NetworkPage | None:
    """What editors tell of a network, in one language, else in Thai."""
    rows = NetworkPage.objects.live().filter(for_all(), network_id=network_id).select_related("locale")
    found = {page.locale.language_code: page for page in rows}
    return found.get(language) or found.get("th")


def goods_to_feature(group: Organisation) -> QuerySet[Product]:
    """What a group may put first on its page: its goods that are on sale now, in Thai order."""
    return on_sale().filter(group=group).order_by("sort_title", "pk")

"""Stories and shop pages in the visitor's language, Thai where English is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from wagtail.models import Page, Revision

from catalogue.models import Product
from catalogue.selectors import on_sale
from catalogue.shelves import per_version
from cms.models import (
    ArticlePage,
    GroupPage,
    HomePage,
    NetworkPage,
    NewsPage,
    PageModeration,
    PageReview,
    StoryPage,
    UsefulAnswer,
)
from cms.parts import Body, Part, contact, read_body
from cms.public import address_of, named, readable, related_to
from cms.shop_page import Shown, Values, changed_parts, of_page, shown, values_of
from cms.teasers import Lesson, Teaser, lessons, teasers
from vendors.models import Organisation
from vendors.policies import Right, reach


def latest_news(language: str, limit: int, but: int | None = None) -> list[Teaser]:
    """The newest published stories that everybody may read, up to three; `but` leaves one out.

    Read once for each change of the market: the foot of every story and the front page show them.
    """
    kept = per_version(f"latest-news-{language}", lambda: _read_latest(language))
    return [row for row in kept if row.pk != but][:limit]


def _read_latest(language: str) -> list[Teaser]:
    return teasers(readable(NewsPage, language).order_by("-published_on", "-pk")[: _LATEST + 1], language)


_LATEST = 3


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
    rows = readable(Page, language).filter(named).order_by("path")
    return [{"name": title, "url": address_of(path)} for title, path in rows.values_list("title", "url_path")]


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


def story_context(page: StoryPage, *, body: str = "body") -> dict[str, Any]:
    """What every kind of story shows: its parts as they may be shown today, topics and related pages in the editor's order.

    All that the page names, in its body or beside it, is read together (`cms.parts`).
    """
    related = related_to(page)
    told = _read(page, body, related)
    return {
        "parts": told.parts,
        "topics": page.shown_topics,
        "related": [told.pages[key] for key in related if key in told.pages],
    }


def beside(page: StoryPage) -> dict[str, Any]:
    """Topics and related pages of a story whose words are one field: one query each, and one for what is related."""
    related = related_to(page)
    found = named(related, page.locale.language_code)
    return {"topics": page.shown_topics, "related": [found[key] for key in related if key in found]}


def story_parts(page: StoryPage | NetworkPage, *, body: str = "body") -> list[Part]:
    """The body alone."""
    return _read(page, body).parts


def _read(page: Any, body: str, related: Iterable[int] = ()) -> Body:
    """The page's own image comes with those of the body, unless it is known."""
    known = not page.image_id or "image" in page._state.fields_cache
    images = () if known else (page.image_id,)
    told = read_body(getattr(page, body), page.locale.language_code, images=images, pages=related)
    if not known:
        page.image = told.images.get(page.image_id)
    return told


def network_slug(province_id: str | None) -> str:
    """The address of a province's network among the networks; "" without one. Read once for each change of the market."""
    return per_version("networks-of-provinces", _network_slugs).get(province_id or "", "")


def _network_slugs() -> dict[str, str]:
    rows = Organisation.objects.filter(kind=Organisation.Kind.PROVINCIAL).order_by("-path")
    return dict(rows.values_list("province_id", "slug"))


def press_contact(page: NewsPage) -> dict[str, Any] | None:
    """Whom the press may ask."""
    names = ("name", "phone", "fax", "email", "web")
    return contact(**{name: getattr(page, f"contact_{name}") for name in names})


def other_articles(page: ArticlePage, limit: int = 3) -> list[Lesson]:
    """Further articles, those about the same first, then the newest. All are read once for each change of the market."""
    language = page.locale.language_code
    kept = per_version(f"articles-{language}", lambda: lessons(readable(ArticlePage, language).order_by("-pk")))
    topics = {topic.pk for topic in page.shown_topics}
    others = [one for one in kept if one.pk != page.pk]
    return sorted(others, key=lambda one: -len(one.topics & topics))[:limit]


def network_page(network_id: int, language: str) -> NetworkPage | None:
    """What editors tell of a network, in one language, else in Thai."""
    rows = readable(NetworkPage).filter(network_id=network_id).select_related("locale")
    found = {page.locale.language_code: page for page in rows}
    return found.get(language) or found.get("th")


def goods_to_feature(group: Organisation) -> QuerySet[Product]:
    """What a group may put first on its page: its goods that are on sale now, in Thai order."""
    return on_sale().filter(group=group).order_by("sort_title", "pk")


@dataclass(frozen=True)
class Answers:
    """What readers said of an article: how many it helped, how many not, and the last words."""

    yes: int
    no: int
    words: list[UsefulAnswer]


_LAST_WORDS = 100


def answers_to(page: StoryPage) -> Answers:
    """All counts of an article, and the newest words; two queries."""
    rows = UsefulAnswer.objects.filter(page_id=page.pk)
    counted = rows.aggregate(yes=Count("pk", filter=Q(is_useful=True)), no=Count("pk", filter=Q(is_useful=False)))
    return Answers(counted["yes"], counted["no"], list(rows.exclude(words="").order_by("-day", "-pk")[:_LAST_WORDS]))

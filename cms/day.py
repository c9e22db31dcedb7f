"""What an editor finds on the first page of the newsroom: own drafts, what is handed in, what is planned, what is read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, WorkflowState, get_page_models
from wagtail.permissions import page_permission_policy

from cms.models import GroupIndexPage, GroupPage, NewsPage, PageReads, StoryPage, UsefulAnswer
from shop.common import clock
from shop.theme.formats import date_time

_MOST = 6
READ_DAYS = 7
ANSWER_DAYS = 90


@dataclass(frozen=True)
class Row:
    """A page with what is said beside its title."""

    title: str
    note: str
    url: str


@dataclass(frozen=True)
class Shelf:
    """One list of the page."""

    key: str
    title: str
    none: str
    rows: list[Row] = field(default_factory=list)


def own_pages(user: Any) -> QuerySet[Page]:
    """The pages that a person may change here: of their part of the tree, without shop pages."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    return pages.not_type(GroupPage, GroupIndexPage).filter(depth__gt=1)  # type: ignore[no-any-return]


def shelves(user: Any) -> list[Shelf]:
    """All lists, one or two queries each."""
    return [
        Shelf("drafts", _("My drafts"), _("You have no unfinished draft."), _drafts(user)),
        Shelf("in", _("Handed in"), _("Nothing of yours waits for approval."), _handed_in(user)),
        Shelf("planned", _("Planned"), _("Nothing has a time set."), _planned(user)),
        Shelf("read", _("Read most, last 7 days"), _("Nobody has been counted yet."), _read(user)),
        Shelf("useful", _("What readers say, last 90 days"), _("Nobody has answered yet."), _answers(user)),
    ]


@dataclass(frozen=True)
class Kind:
    """Another kind of page that the person may begin, and where."""

    name: str
    url: str


def kinds_to_begin(user: Any) -> list[Kind]:
    """Kinds of stories beside press releases, where a page of them may be added by hand."""
    found = []
    for model in get_page_models():
        if not (issubclass(model, StoryPage) and model.is_creatable) or model is NewsPage:
            continue
        places = page_permission_policy.instances_user_has_permission_for(user, "add")
        places = places.filter(locale__language_code="th").type(*model.allowed_parent_page_models()).order_by("depth")
        place = next((one for one in places[:3] if model.can_create_at(one)), None)
        if place is not None:
            named = [model._meta.app_label, model._meta.model_name, place.pk]
            found.append(Kind(str(model._meta.verbose_name), reverse("wagtailadmin_pages:add", args=named)))
    return found


def _drafts(user: Any) -> list[Row]:
    rows = own_pages(user).filter(Q(owner=user) | Q(latest_revision__user=user), has_unpublished_changes=True)
    rows = rows.order_by("-latest_revision_created_at")[:_MOST]
    return [Row(page.draft_title, _when(page.latest_revision_created_at), _edit(page.pk)) for page in rows]


def _handed_in(user: Any) -> list[Row]:
    states = WorkflowState.objects.active().filter(requested_by=user).order_by("-created_at")
    words = {WorkflowState.STATUS_NEEDS_CHANGES: _("sent back")}
    found = list(states.values_list("object_id", "status", "created_at")[:_MOST])
    titles = dict(Page.objects.filter(pk__in=[key for key, *_rest in found]).values_list("pk", "draft_title"))
    return [
        Row(titles[int(key)], words.get(status, _("waits since %(when)s") % {"when": _when(at)}), _edit(int(key)))
        for key, status, at in found
        if int(key) in titles
    ]


def _planned(user: Any) -> list[Row]:
    due = Revision.page_revisions.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")
    times = {int(key): at for key, at in due.values_list("object_id", "approved_go_live_at")[:200]}
    pages = {page.pk: page for page in own_pages(user).filter(pk__in=times)}
    return [Row(pages[key].draft_title, _when(at), _edit(key)) for key, at in times.items() if key in pages][:_MOST]


def _read(user: Any) -> list[Row]:
    since = clock.today() - dt.timedelta(days=READ_DAYS - 1)
    rows = PageReads.objects.filter(day__gte=since, page__in=own_pages(user).values("pk"))
    named = rows.values("page_id").annotate(number=Sum("number"), title=Max("page__title")).order_by("-number")[:_MOST]
    return [
        Row(row["title"], _("%(number)s times") % {"number": f"{row['number']:,}"}, _edit(row["page_id"]))
        for row in named
    ]


def _answers(user: Any) -> list[Row]:
    """Articles with answers, those that helped least often first."""
    since = clock.today() - dt.timedelta(days=ANSWER_DAYS - 1)
    rows = UsefulAnswer.objects.filter(day__gte=since, page__in=own_pages(user).values("pk"))
    counted = rows.values("page_id").annotate(
        title=Max("page__title"), yes=Count("pk", filter=Q(is_useful=True)), no=Count("pk", filter=Q(is_useful=False))
    )
    return [
        Row(row["title"], said(row["yes"], row["no"]), reverse("newsroom:answers", args=[row["page_id"]]))
        for row in counted.order_by("-no", "-yes", "page_id")[:_MOST]
    ]


def said(yes: int, no: int) -> str:
    """12 say that it helped, 3 that it did not."""
    return _("helped: %(yes)s · did not help: %(no)s") % {"yes": f"{yes:,}", "no": f"{no:,}"}


def _edit(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def _when(moment: dt.datetime | None) -> str:
    return date_time(moment.astimezone(clock.BANGKOK), get_language() or "th") if moment else ""

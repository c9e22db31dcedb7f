"""What the editors' pages of Wagtail gain, and what they leave to us."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button
from wagtail.permissions import page_permission_policy

from cms import day, readiness
from cms.blocks import CHOOSERS
from cms.models import ArticlePage, GroupIndexPage, GroupPage, StoryPage
from cms.training_selectors import may_read_document


def choosers() -> list[Any]:
    """What can be chosen for a story."""
    return list(CHOOSERS)


def without_shop_pages(parent_page: Any, pages: Any, request: Any) -> Any:
    """Groups edit their shop page in their workspace."""
    return pages.not_type(GroupPage, GroupIndexPage)


def public_or_own(pages: Any, request: Any) -> Any:
    """A link leads to what everybody reads, or to a draft of one's own part."""
    own = page_permission_policy.explorable_instances(request.user)
    return pages.filter(pk__in=own.values("pk")) | pages.live()


class EditorsDay(Component):
    """Begin something, and the lists of one's own work."""

    order = 50
    template_name = "cms/admin/day.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What this person needs today."""
        request = parent_context["request"]
        others = [kind for kind in day.kinds_to_begin(request.user)]
        return {"lists": day.shelves(request.user), "others": others, "csrf_token": parent_context["csrf_token"]}


def first_page(request: Any, panels: list[Any]) -> None:
    """Ours first; what waits for approval and what is locked stay Wagtail's."""
    kept = [panel for panel in panels if panel.name in ("workflow_objects_to_moderate", "locked_pages")]
    panels[:] = [EditorsDay(), *kept]


class OwnPages(PagesSummaryItem):
    """How many pages are a person's to change, not how many there are."""

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Wagtail counts from the first page above all that somebody may open."""
        found: dict[str, Any] = super().get_context_data(parent_context)
        return {**found, "total_pages": day.own_pages(self.request.user).count()}


def own_numbers(request: Any, items: list[Any]) -> None:
    """The pages of one's own part."""
    items[:] = [OwnPages(request) if type(item) is PagesSummaryItem else item for item in items]


def both_languages(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """From the editor's page to Thai and English beside each other."""
    if isinstance(page.specific, StoryPage) and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Thai and English side by side"), reverse("newsroom:both", args=[page.pk]), icon_name="globe", priority=5
        )
        if isinstance(page.specific, ArticlePage):
            yield Button(
                _("What readers say"), reverse("newsroom:answers", args=[page.pk]), icon_name="help", priority=6
            )


def ready_ones(request: Any, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Many at once are published when each of them could be."""
    if action_type != "publish":
        return None
    missing = [page for page in objects if readiness.problems_of(page.specific.get_latest_revision_as_object())]
    if not missing:
        return None
    titles = ", ".join(page.get_admin_display_title() for page in missing)
    messages.error(request, _("Something is missing, nothing was published: %(titles)s") % {"titles": titles})
    return redirect("wagtailadmin_explore", missing[0].get_parent().pk)


def look() -> SafeString:
    """The few rules of our own parts."""
    return format_html('<link rel="stylesheet" href="{}">', static("theme/newsroom.css"))


def years() -> SafeString:
    """Our years beside Wagtail's dates."""
    return format_html('<script src="{}" defer></script>', static("theme/js/newsroom.js"))


hooks.register("construct_homepage_panels", first_page)
hooks.register("construct_homepage_summary_items", own_numbers, order=1000)
hooks.register("register_page_header_buttons", both_languages)
hooks.register("before_bulk_action", ready_ones)
hooks.register("insert_global_admin_css", look)
hooks.register("insert_global_admin_js", years)
hooks.register("register_admin_viewset", choosers)
hooks.register("construct_explorer_page_queryset", without_shop_pages)
hooks.register("construct_page_chooser_queryset", public_or_own)


def keep_files(document: Any, request: HttpRequest) -> None:
    """A file is for everybody once a page that is up shows it; materials of a training for whom its page shows them."""
    if not may_read_document(document, request.user):
        raise Http404("not for this visitor")


hooks.register("before_serve_document", keep_files)

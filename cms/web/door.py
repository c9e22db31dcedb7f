"""The door of Wagtail's admin: a page that is not one's own looks like not there, whatever view asks for it.

Wagtail's rights decide about each act; some of its secondary views (history, usage, comparison, API) only ask whether
somebody is an editor at all. So every address below /cms/ that names a page passes here first. Shop pages of groups are
edited in the workspace, by nobody here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDictKeyError
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.models import GroupIndexPage, GroupPage
from shop.theme.web.errors import bad_request

_NAMES = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk")
_BY_PK = ("wagtailadmin_pages:revisions_compare", "wagtailadmin_api:pages:detail", "wagtailadmin_api:pages:action")
_CHOOSING = ("wagtailadmin_choose_page", "wagtailadmin_choose_page_child")
_REPORTS = "wagtailadmin_reports:page_types_usage"
"""Names the latest page of each type, whoever's it is."""
_ONE_TRANSLATION = "translation_key_locale_id"
_FORM = ("parent_page", "new_parent_page", "destination_page_id", "chooser", "id")


_EDITED = re.compile(r"/cms/pages/(\d{1,9})/(?:edit|unpublish|delete|workflow)/")
_LOCK = 20_461_103
"""With a page's key: the advisory lock under which its forms are taken."""


class EditorsDoor:
    """A middleware; it asks one query for an address of a page, and none elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer: Any = self._in_turn(request)
        if request.path_info.startswith("/cms/") and answer.headers.get("Content-Type", "").startswith("text/csv"):
            _marked(answer)
        return answer

    def _in_turn(self, request: HttpRequest) -> HttpResponse:
        """Two forms of one page come one after the other, each wholly or not at all.

        Wagtail reads a page, then saves it whole: a second press of "approve" that was read before the first had published
        the story saved it as not live again, and broke.
        """
        match = _EDITED.match(request.path_info) if request.method == "POST" else None
        if match is None:
            return self.get_response(request)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, int(match[1])])
            answer = self.get_response(request)
            if answer.status_code >= 500:
                transaction.set_rollback(True)
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A form without its parts, and a translation that is there already, are the sender's mistakes, not ours."""
        if not request.path_info.startswith("/cms/"):
            return None
        is_twice = isinstance(exception, IntegrityError) and _ONE_TRANSLATION in str(exception)
        return bad_request(request) if is_twice or isinstance(exception, MultiValueDictKeyError) else None

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Raises Http404 where the address, or the form sent to it, names a page of others."""
        if not request.path_info.startswith("/cms/") or not request.user.is_authenticated:
            return
        match = request.resolver_match
        name = match.view_name if match else ""
        pages = _named(request, name, kwargs)
        if name.startswith(_REPORTS) and not request.user.is_superuser:
            raise Http404("no report")
        if pages and not may_open(request.user, pages, choosing=name in _CHOOSING):
            raise Http404("no such page")


def _marked(answer: Any) -> None:
    """A list for spreadsheets begins with the mark by which Excel knows Thai."""
    mark = "\ufeff".encode()
    if answer.streaming:
        answer.streaming_content = itertools.chain([mark], answer.streaming_content)
    else:
        answer.content = mark + answer.content


def _named(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> set[int]:
    """The keys of all pages that the request names."""
    found = {kwargs[key] for key in _NAMES if key in kwargs}
    if name in _BY_PK:
        found.add(kwargs["pk"])
    if name == "wagtailadmin_editing_sessions:ping" and kwargs.get("app_label") != "media":
        found.add(kwargs["object_id"])
    if name == "wagtail_bulk_action" and kwargs.get("model_name") == "page":
        found |= set(request.GET.getlist("id")) - {"all"}
    if request.method == "POST" and name.startswith(("wagtailadmin_pages:", "wagtail_bulk_action", "wagtailadmin_api")):
        for key in _FORM:
            found |= {value for value in request.POST.getlist(key) if value.isdigit()}
    return {int(key) for key in found if str(key).isdigit()}


def may_open(user: Any, pages: set[int], *, choosing: bool = False) -> bool:
    """Are all of them within the person's part of the tree? Anything public may be chosen for a link."""
    rows = Page.objects.filter(pk__in=pages)
    if choosing:
        rows = rows.filter(pk__in=page_permission_policy.explorable_instances(user).values("pk")) | rows.live()
    else:
        rows = rows.filter(pk__in=page_permission_policy.explorable_instances(user).values("pk"))
        rows = rows.not_type(GroupPage, GroupIndexPage)
    return bool(rows.distinct().count() == len(pages))

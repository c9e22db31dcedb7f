"""Earlier versions of a shop page: who saved what and when, each to be looked at and taken into the draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cms import selectors, services
from cms.shop_page import PARTS
from cms.web.workspace.views import featured, named_goods, opened, part_rows
from shop.common import access
from shop.common.errors import MarketError


@access.members()
@require_GET
def index(request: HttpRequest, workspace: str) -> HttpResponse:
    """The last savings with the parts that each of them changed."""
    group, pages = opened(request, workspace)
    rows = [(one, [PARTS[part][0] for part in one.parts]) for one in selectors.versions_of(pages)]
    return render(request, "shop_page/versions.html", {"organisation": group, "rows": rows})


@access.members()
@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, workspace: str, key: int) -> HttpResponse:
    """One of them beside the draft; sent, it becomes the draft."""
    group, pages = opened(request, workspace)
    found = selectors.version_or_none(pages, key)
    if found is None:
        raise Http404("no version of this page")
    if request.method == "POST":
        try:
            seen = request.POST.get("seen", "")
            if services.restore_version(group=group, key=key, seen=seen, by=request.user):
                messages.success(request, _("This version is your draft now. Visitors see it when you publish."))
        except MarketError as refusal:
            messages.error(request, refusal.text)
        return redirect("workspace_page:index", workspace)
    revision, values = found
    goods = named_goods(pages.draft, values)
    parts = part_rows(values, pages.draft, "")
    context = {
        "organisation": group,
        "revision": revision,
        "parts": [row for row in parts if row["filled"] or row["changed"]],
        "is_other": any(row["changed"] for row in parts),
        "values": {**values, "goods": featured(values, goods)},
        "draft": {**pages.draft, "goods": featured(pages.draft, goods)},
        "version": pages.version,
    }
    return render(request, "shop_page/version.html", context)

"""The shell of the workspace: the switcher, one organisation's desk, and the organisations below it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from catalogue.selectors import goods_in_numbers
from shop.common import access, clock
from shop.common.thai import clean_text
from shop.order.selectors import orders_in_numbers
from vendors import selectors
from vendors.certificates import standing
from vendors.models import Certificate, Organisation
from vendors.policies import Right, acts_through, below_or_404, may, reach, standing_of, workspace_or_404, workspaces_of
from vendors.web.workspace import registry

_PER_PAGE = 30
_MANY = 12
"""Workspaces from which on the first page offers a search."""


@access.members()
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Everything the person may work for; a single one is opened at once."""
    standing = standing_of(request.user)
    granted = {one.organisation_id for one in standing.granted}
    own = {post.organisation_id for post in standing.posts}
    words = clean_text(request.GET.get("q", ""))[:80]
    rows = selectors.named_like(workspaces_of(request.user), words).select_related("province")
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page", "1"))
    if page.paginator.count == 1 and not words:
        return redirect("workspace:desk", page.object_list[0].slug)
    context = {
        "page": page,
        "words": words,
        "page_query": urlencode({"q": words}) if words else "",
        "searched": bool(words) or page.paginator.count > _MANY,
        "granted": granted - own,
    }
    return render(request, "workspace/home.html", context)


@access.members()
@require_GET
def desk(request: HttpRequest, workspace: str) -> HttpResponse:
    """One organisation's desk: what there is to do today, its rooms, and the organisations below it."""
    organisation = workspace_or_404(request.user, workspace)
    menu = [
        {"title": entry.title, "url": entry.address(organisation)}
        for entry in registry.entries_for(organisation, request.user)
    ]
    context = {
        "organisation": organisation,
        "menu": menu[1:],
        "todos": registry.todos_for(organisation, request.user),
        "today": clock.today(),
        **_below(request, organisation),
    }
    return render(request, "workspace/desk.html", context)


def _below(request: HttpRequest, organisation: Organisation) -> dict[str, object]:
    """The list of the organisations below, for those that can have any."""
    if organisation.kind == Organisation.Kind.GROUP or acts_through(request.user, organisation) is not None:
        return {}
    words, kind = clean_text(request.GET.get("q", ""))[:80], request.GET.get("kind", "")
    kinds = selectors.kinds_below(organisation)
    rows = selectors.organisations_below(reach(request.user, Right.SEE), organisation, text=words, kind=kind)
    chosen = {"q": words, "kind": kind if kind in kinds else ""}
    return {
        "below": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page", "1")),
        "kinds": [(value, label) for value, label in Organisation.Kind.choices if value in kinds],
        "chosen": chosen,
        "page_query": urlencode({key: value for key, value in chosen.items() if value}),
    }


@access.members()
@require_GET
def below(request: HttpRequest, workspace: str, slug: str) -> HttpResponse:
    """One organisation below, to read: its state, certificates, goods and orders in sums. No buyer is named here."""
    organisation = workspace_or_404(request.user, workspace)
    one = below_or_404(request.user, organisation, slug)
    today = clock.today()
    is_group = one.kind == Organisation.Kind.GROUP
    certificates = selectors.all_certificates_of(one)[:_PER_PAGE] if is_group else Certificate.objects.none()
    children = selectors.children_of(one).select_related("province")
    context = {
        "organisation": organisation,
        "one": one,
        "line": selectors.line_between(organisation, one),
        "certificates": [(row, standing(row, today)) for row in certificates],
        "in_force": selectors.certificates_in_force_below(one, today),
        "goods": goods_in_numbers(one.path),
        "orders": orders_in_numbers(one.path),
        "shows_money": may(request.user, Right.BOOKS, organisation),
        "children": None if is_group else Paginator(children, _PER_PAGE).get_page(request.GET.get("page", "1")),
    }
    return render(request, "workspace/below.html", context)


registry.register(
    registry.Entry(
        title=gettext_lazy("Desk"),
        address=lambda organisation: reverse("workspace:desk", args=[organisation.slug]),
        is_for=lambda organisation: True,
        position=0,
    )
)

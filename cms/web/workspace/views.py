"""A group's shop page: edited part by part on a phone, looked at as a visitor sees it, published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalogue.models import Product
from cms import errors, selectors, services
from cms.models import PageReview
from cms.selectors import Pages
from cms.shop_page import MOST_FEATURED, PARTS, Values, changed_parts, digest, shown
from cms.web.group_page import context_of
from cms.web.workspace.forms import FORMS, PartForm
from shop.common import access
from shop.common.errors import MarketError
from shop.common.thai import clean_text
from vendors.errors import NotYours
from vendors.models import Organisation
from vendors.policies import Right, organisation_or_404
from vendors.web.workspace import registry

_FOUND = 30
State = Organisation.State


def opened(request: HttpRequest, workspace: str) -> tuple[Organisation, Pages]:
    """The one door: a group that has a shop page, for those who may list its goods."""
    group = organisation_or_404(request.user, Right.LIST, workspace)
    pages = selectors.pages_or_none(group.pk) if group.kind == Organisation.Kind.GROUP else None
    if pages is None or group.state not in (State.APPROVED, State.SUSPENDED):
        raise Http404("no shop page")
    return group, pages


def part_rows(draft: Values, live: Values, workspace: str) -> list[dict[str, Any]]:
    """Every part with how it stands."""
    changed = set(changed_parts(draft, live))
    return [
        {
            "key": part,
            "title": title,
            "url": _address(workspace, part) if workspace else "",
            "changed": part in changed,
            "filled": any(draft[name] for name in names),
            "was_filled": any(live[name] for name in names),
        }
        for part, (title, names) in PARTS.items()
    ]


def _address(workspace: str, part: str) -> str:
    if part == "goods":
        return reverse("workspace_page:goods", args=[workspace])
    return reverse("workspace_page:edit", args=[workspace, part])


def named_goods(*values: Values) -> dict[int, Product]:
    """The goods that are featured, by their key, in one query."""
    chosen = {int(pk) for each in values for pk in each["featured"]}
    return {product.pk: product for product in Product.objects.filter(pk__in=chosen)} if chosen else {}


def featured(values: Values, goods: dict[int, Product]) -> list[Product]:
    """In the group's order; what is gone is left out."""
    return [goods[pk] for pk in values["featured"] if pk in goods]


@access.members()
@require_GET
def index(request: HttpRequest, workspace: str) -> HttpResponse:
    """All parts, what is not published yet, and how the last version that was handed in stands."""
    group, pages = opened(request, workspace)
    review = selectors.waiting_or_last_review(group.pk)
    goods = named_goods(pages.draft, pages.live)
    context = {
        "organisation": group,
        "pages": pages,
        "parts": part_rows(pages.draft, pages.live, workspace),
        "is_changed": pages.draft != pages.live,
        "draft": {**pages.draft, "goods": featured(pages.draft, goods)},
        "live": {**pages.live, "goods": featured(pages.live, goods)},
        "review": review,
        "is_waiting": review is not None and review.state == PageReview.State.SUBMITTED,
        "is_moderated": selectors.is_moderated(group),
        "is_open": group.state == State.APPROVED,
    }
    return render(request, "shop_page/index.html", context)


@access.members()
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, workspace: str, part: str) -> HttpResponse:
    """One part. Whoever saves after somebody else sees both versions and decides."""
    if part not in FORMS:
        raise Http404("no such part")
    group, pages = opened(request, workspace)
    form = FORMS[part](request, pages.draft, group)
    seen, theirs = digest(pages.draft, part), None
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        if form.is_valid():
            try:
                changed = services.save_part(group=group, part=part, changes=form.changes(), seen=seen, by=request.user)
            except errors.ChangedMeanwhile as refusal:
                theirs = refusal.facts
                seen = digest(theirs["values"], part)
            except NotYours as refusal:  # removed since the page was asked for
                raise Http404("not yours any more") from refusal
            else:
                return _saved(request, workspace, form, changed)
    context = {
        "organisation": group,
        "form": form,
        "part": part,
        "title": PARTS[part][0],
        "seen": seen,
        "theirs": theirs["values"] if theirs else None,
        "their_name": theirs["by"].get_full_name() if theirs and theirs["by"] else "",
    }
    failed = theirs is not None or any(each.errors for each in form.all_forms if each.is_bound)
    return render(request, form.template, context, status=422 if failed else 200)


def _saved(request: HttpRequest, workspace: str, form: PartForm, changed: bool) -> HttpResponse:
    if changed:
        messages.success(request, _("Saved as a draft. Visitors see it when you publish."))
    if request.POST.get("act") == "more":
        return redirect(_address(workspace, form.part))
    return redirect("workspace_page:index", workspace)


@access.members()
@require_http_methods(["GET", "POST"])
def goods(request: HttpRequest, workspace: str) -> HttpResponse:
    """Featured goods: chosen from the group's own, in the order that the group likes."""
    group, pages = opened(request, workspace)
    if request.method == "POST":
        product, act = request.POST.get("product", ""), request.POST.get("act", "")
        if not (product.isascii() and product.isdigit() and len(product) < 19):
            raise Http404("no such good")
        try:
            services.feature_good(group=group, product_id=int(product), act=act, by=request.user)
        except MarketError as refusal:
            messages.error(request, refusal.text)
        return redirect("workspace_page:goods", workspace)
    words = clean_text(request.GET.get("q", ""))[:80]
    chosen = featured(pages.draft, named_goods(pages.draft))
    rows = selectors.goods_to_feature(group).exclude(pk__in=[product.pk for product in chosen])
    found = list((rows.filter(title__icontains=words) if words else rows)[: _FOUND + 1])
    context = {
        "organisation": group,
        "chosen": chosen,
        "found": found[:_FOUND],
        "has_more": len(found) > _FOUND,
        "words": words,
        "most": MOST_FEATURED,
        "has_room": len(chosen) < MOST_FEATURED,
    }
    return render(request, "shop_page/goods.html", context)


@access.members()
@never_cache
@require_GET
def preview(request: HttpRequest, workspace: str) -> HttpResponse:
    """The draft as a visitor would see it; nobody else can open it."""
    group, pages = opened(request, workspace)
    language = get_language() or "th"
    context = {
        **context_of(group, shown(pages.draft, language), language),
        "organisation": group,
        "version": pages.version,
        "is_changed": pages.draft != pages.live,
        "is_moderated": selectors.is_moderated(group),
        "is_open": group.state == State.APPROVED,
    }
    return as_preview(render(request, "shop_page/preview.html", context))


def as_preview(answer: HttpResponse) -> HttpResponse:
    """No machine keeps or lists it."""
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@access.members()
@require_POST
def publish(request: HttpRequest, workspace: str) -> HttpResponse:
    """Shows the draft to everybody, or hands it to the officers where they wish to see it first."""

    def act(group: Organisation) -> str:
        done = services.hand_in_page(group=group, seen=request.POST.get("seen", ""), by=request.user)
        if done.is_public:
            return _("Published. Everybody sees it now.")
        return _("Handed in. The department looks at it first; we write to you when it is decided.")

    return _done(request, workspace, act)


@access.members()
@require_POST
def take_back(request: HttpRequest, workspace: str) -> HttpResponse:
    """Not to be looked at yet."""

    def act(group: Organisation) -> str:
        services.take_back_page(group=group, by=request.user)
        return _("Taken back. The draft is still here.")

    return _done(request, workspace, act)


@access.members()
@require_POST
def discard(request: HttpRequest, workspace: str) -> HttpResponse:
    """Back to what is published."""

    def act(group: Organisation) -> str:
        services.discard_draft(group=group, seen=request.POST.get("seen", ""), by=request.user)
        return _("The draft is as the published page again.")

    return _done(request, workspace, act)


def _done(request: HttpRequest, workspace: str, act: Callable[[Organisation], str]) -> HttpResponse:
    group, _pages = opened(request, workspace)
    try:
        messages.success(request, act(group))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("workspace_page:index", workspace)


registry.register(
    registry.Entry(
        title=gettext_lazy("Shop page"),
        address=lambda organisation: reverse("workspace_page:index", args=[organisation.slug]),
        is_for=lambda organisation: (
            organisation.kind == Organisation.Kind.GROUP and organisation.state in (State.APPROVED, State.SUSPENDED)
        ),
        right=Right.LIST,
        position=30,
    )
)

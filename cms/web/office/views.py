"""Officers look at shop pages before they are shown, where the department wishes to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cms import selectors, services
from cms.models import PageModeration, PageReview
from cms.services.reviews import version_of
from cms.shop_page import Values, shown
from cms.web.group_page import context_of
from cms.web.workspace.views import as_preview, featured, named_goods, part_rows
from shop.common import access
from shop.common.errors import MarketError
from shop.common.forms import ThaiCharField
from shop.office.web import registry
from vendors.models import Organisation
from vendors.policies import runs_offices

_PER_PAGE = 25
State = PageReview.State
_SHOWN = (State.SUBMITTED, State.SENT_BACK, State.APPROVED)


class ReasonForm(forms.Form):
    """It goes to the group as it is written."""

    reason = ThaiCharField(
        label=gettext_lazy("What should be changed?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


@access.staff("officer")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What waits, the longest first, and what was decided; who runs the offices says where pages are checked at all."""
    state = request.GET.get("show", "")
    state = state if state in _SHOWN else State.SUBMITTED
    rows = selectors.page_reviews(request.user, state=state)
    context: dict[str, Any] = {
        "page": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page", "1")),
        "page_query": f"show={state}",
        "states": [(entry.value, entry.label) for entry in _SHOWN],
        "show": state,
        "runs_offices": runs_offices(request.user),
    }
    if context["runs_offices"]:
        offices = Organisation.objects.filter(kind=Organisation.Kind.OFFICE).select_related("province")
        context["offices"] = sorted(offices, key=lambda office: (office.province_id is not None, office.sort_name))
        context["settings"] = PageModeration.objects.select_related("office").order_by("office__sort_name")
    return render(request, "office_pages/list.html", context)


@access.staff("officer")
@require_POST
def checking(request: HttpRequest) -> HttpResponse:
    """Pages of one province, or of the country, are checked first from now on, or not any more."""
    if not runs_offices(request.user):
        raise Http404("for the managers of the department")
    offices = Organisation.objects.filter(kind=Organisation.Kind.OFFICE)
    office = offices.filter(slug=request.POST.get("office", "")).first()
    if office is not None:
        services.set_moderation(office=office, is_on=request.POST.get("on") == "yes", by=request.user)
        messages.success(request, _("Saved. It counts for what groups publish from now on."))
    return redirect("office_pages:list")


def _review_or_404(request: HttpRequest, pk: int) -> tuple[PageReview, Values]:
    """One of the officer's own provinces, with the values that were handed in."""
    for state in _SHOWN:
        rows = selectors.page_reviews(request.user, state=state).select_related("revision", "revision_en")
        review = rows.filter(pk=pk).first()
        if review is not None and review.revision is not None:
            return review, selectors.reviewed_values(review)
    raise Http404("no such page waits")


@access.staff("officer")
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What is new beside what is shown now, and the decision."""
    review, values = _review_or_404(request, pk)
    return _page(request, review, values, ReasonForm())


def _page(request: HttpRequest, review: PageReview, values: Values, form: ReasonForm) -> HttpResponse:
    live = selectors.pages_of(review.group_id).live
    goods = named_goods(values, live)
    context = {
        "review": review,
        "group": review.group,
        "parts": [row for row in part_rows(values, live, "") if row["changed"]],
        "draft": {**values, "goods": featured(values, goods)},
        "live": {**live, "goods": featured(live, goods)},
        "form": form,
        "version": version_of(review),
        "may_decide": review.state == State.SUBMITTED,
    }
    return render(request, "office_pages/detail.html", context, status=422 if form.errors else 200)


@access.staff("officer")
@never_cache
@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The version that was handed in, as a visitor would see it."""
    review, values = _review_or_404(request, pk)
    language = get_language() or "th"
    context = {**context_of(review.group, shown(values, language), language), "review": review}
    return as_preview(render(request, "office_pages/preview.html", context))


@access.staff("officer")
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """It may be shown."""
    review, _values = _review_or_404(request, pk)
    try:
        services.approve_page(review=review, seen=request.POST.get("seen", ""), by=request.user)
        messages.success(request, _("Published. The group is told."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect("office_pages:detail", pk)
    return redirect("office_pages:list")


@access.staff("officer")
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Something should be changed first."""
    review, values = _review_or_404(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, review, values, form)
    try:
        services.send_back_page(
            review=review, seen=request.POST.get("seen", ""), reason=form.cleaned_data["reason"], by=request.user
        )
        messages.success(request, _("Sent back. The group reads your reason and can hand it in again."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect("office_pages:detail", pk)
    return redirect("office_pages:list")


registry.register(
    registry.Entry(
        title=gettext_lazy("Shop pages to look at"),
        address=lambda: reverse("office_pages:list"),
        waiting=selectors.page_reviews,
    )
)

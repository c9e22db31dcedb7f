"""Fairs in the office: made, changed, shown, cancelled; who has applied; figures afterwards; the list of exhibitors."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms import fair_selectors as selectors
from cms import services
from cms.fair_errors import FairChangedMeanwhile
from cms.fair_pages import own_days
from cms.fair_policies import fair_or_404
from cms.models import BoothApplication, Fair, FairPage
from cms.web.office.fair_forms import CancelForm, FairForm, FiguresForm
from shop.common import access
from shop.common.errors import MarketError
from shop.common.sheets import write_workbook
from shop.office.web import registry

_PER_PAGE = 50
State = BoothApplication.State
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@access.staff("officer")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The fairs that the person runs, the latest first."""
    language = get_language() or "th"
    page = Paginator(selectors.fairs_of_office(request.user), _PER_PAGE).get_page(request.GET.get("page", "1"))
    rows = [{"fair": fair, "days": own_days(fair, language)} for fair in page]
    return render(request, "office_fairs/list.html", {"page": page, "rows": rows})


@access.staff("officer")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A fair of one of the offices for which the person decides."""
    form = FairForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        fair = services.create_fair(by=request.user, **form.facts)
        messages.success(request, _("The fair is made. Nobody sees it before you show it."))
        return redirect("office_fairs:booths", fair.slug)
    return render(request, "office_fairs/form.html", {"form": form}, status=422 if form.errors else 200)


@access.staff("officer")
@require_GET
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """How the fair stands, and the applications with filters."""
    fair = fair_or_404(request.user, slug)
    language = get_language() or "th"
    state, kind, words = request.GET.get("state", ""), request.GET.get("kind", ""), request.GET.get("q", "")[:80]
    state = state if state in State.values else ""
    kinds = list(selectors.kinds_of(fair))
    chosen = next((entry.pk for entry in kinds if str(entry.pk) == kind), 0)
    counts = selectors.counts_by_state(fair)
    rows = selectors.applications_of(fair, state=state, kind=chosen, text=words)
    pages = list(FairPage.objects.filter(fair=fair).select_related("locale").order_by("-locale__language_code"))
    context = {
        "fair": fair,
        "phase": fair.phase.value,
        "days": own_days(fair, language),
        "page": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page", "1")),
        "page_query": f"state={state}&kind={kind}&q={words}",
        "states": [(value, label, counts[value]) for value, label in State.choices],
        "all": sum(counts.values()),
        "state": state,
        "kinds": kinds,
        "kind": chosen,
        "q": words,
        "booths": sum(entry.number for entry in kinds),
        "given": counts[State.ACCEPTED],
        "pages": pages,
        "is_shown": any(page.live for page in pages),
    }
    return render(request, "office_fairs/detail.html", context)


@access.staff("officer")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Other facts. Who saves after somebody else is told, and keeps what was typed."""
    fair = fair_or_404(request.user, slug)
    form = FairForm(request.POST if request.method == "POST" else None, user=request.user, fair=fair)
    seen = fair.version
    if request.method == "POST":
        typed = request.POST.get("seen", "")
        seen = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
        if form.is_valid():
            try:
                services.change_fair(fair=fair, seen=seen, by=request.user, **form.facts)
            except FairChangedMeanwhile as refusal:
                form.add_error(None, refusal.text)
                seen = fair.version
            else:
                messages.success(request, _("Saved."))
                return redirect("office_fairs:detail", fair.slug)
    context = {"fair": fair, "form": form, "seen": seen, "theirs": seen == fair.version and form.non_field_errors()}
    return render(request, "office_fairs/form.html", context, status=422 if form.errors else 200)


@access.staff("officer")
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody sees the fair from now on; groups may apply."""
    fair = fair_or_404(request.user, slug)
    services.publish_fair(fair=fair, by=request.user)
    messages.success(request, _("Everybody sees the fair now."))
    return redirect("office_fairs:detail", slug)


@access.staff("officer")
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """The fair does not take place."""
    fair = fair_or_404(request.user, slug)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_fair(fair=fair, reason=form.cleaned_data["reason"], by=request.user)
        except MarketError as refusal:
            messages.error(request, refusal.text)
        else:
            messages.success(request, _("Cancelled. The groups that have applied are written to."))
        return redirect("office_fairs:detail", slug)
    return _small(request, fair, form, _("Cancel the fair"), _("Cancel the fair and tell the groups"), "danger")


@access.staff("officer")
@require_http_methods(["GET", "POST"])
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    """What it came to."""
    fair = fair_or_404(request.user, slug)
    data = request.POST if request.method == "POST" else None
    form = FiguresForm(data, initial={"visitors": fair.visitors, "sales_satang": fair.sales_satang})
    if request.method == "POST" and form.is_valid():
        try:
            services.set_figures(fair=fair, by=request.user, **form.cleaned_data)
        except MarketError as refusal:
            messages.error(request, refusal.text)
        else:
            messages.success(request, _("Saved. The figures stand on the fair's page."))
        return redirect("office_fairs:detail", slug)
    return _small(request, fair, form, _("Figures of the fair"), _("Save"), "")


def _small(request: HttpRequest, fair: Fair, form: Any, title: str, button: str, kind: str) -> HttpResponse:
    context = {"fair": fair, "form": form, "title": title, "button": button, "button_kind": kind}
    return render(request, "office_fairs/small.html", context, status=422 if form.errors else 200)


@access.staff("officer")
@require_GET
def exhibitors(request: HttpRequest, slug: str) -> HttpResponse:
    """Who comes, by booth, as a sheet."""
    fair = fair_or_404(request.user, slug)
    head = [
        _("Booth"),
        _("Kind of booth"),
        _("Group"),
        _("Province"),
        _("Goods"),
        _("Words"),
        _("Who comes"),
        _("Phone"),
    ]
    rows = [
        [
            row.booth.code if row.booth else "",
            row.booth.kind.name_th if row.booth else "",
            row.group.name_th,
            row.group.province.name_th if row.group.province else "",
            ", ".join(product.title for product in row.products.all()),
            row.words,
            row.contact_name,
            row.contact_phone,
        ]
        for row in selectors.exhibitor_rows(fair)
    ]
    target = io.BytesIO()
    write_workbook(target, [(_("Exhibitors"), (8, 18, 36, 16, 50, 40, 24, 14), [head, *rows])])
    answer = HttpResponse(target.getvalue(), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="exhibitors-{fair.slug}.xlsx"'
    return answer


registry.register(
    registry.Entry(
        title=gettext_lazy("Fairs"),
        address=lambda: reverse("office_fairs:list"),
        waiting=selectors.waiting_for,
    )
)

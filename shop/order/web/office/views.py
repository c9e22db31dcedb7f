"""Rules of shares: what holds, what comes, what held; a new one is looked at before it is written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shop.common import access, clock
from shop.common.errors import MarketError
from shop.office.web import registry
from shop.order import services
from shop.order.models import ShareRule
from shop.order.policies import sets_shares, shares_or_404
from shop.order.previews import preview
from shop.order.web.office.forms import LastDayForm, RuleForm
from shop.theme import formats


@access.staff("officer")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All rules, those of today first."""
    shares_or_404(request.user)
    today, holding, coming, past = clock.today(), [], [], []
    for rule in ShareRule.objects.select_related("region", "category", "organisation", "made_by"):
        if rule.valid_from > today:
            coming.append(_told(rule))
        elif rule.valid_until is None or rule.valid_until >= today:
            holding.append(_told(rule))
        else:
            past.append(_told(rule))
    context = {"holding": holding, "coming": coming, "past": past, "today": today}
    return render(request, "office_shares/index.html", context)


@access.staff("officer")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form, then what would change, then it is written."""
    shares_or_404(request.user)
    form = RuleForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        rule = form.rule()
        try:
            if "write" in request.POST:
                services.write_share_rule(wanted=rule, by=request.user)
                messages.success(request, _("The rule is written."))
                return redirect("office_shares:index")
            services.check_share_rule(wanted=rule)
            context |= {"rule": _told(rule), "changes": preview(rule)}
        except MarketError as refusal:
            form.add_error(None, refusal.text)
    return render(request, "office_shares/new.html", context, status=422 if form.errors else 200)


@access.staff("officer")
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The rule counts until a day; then the next less specific one does."""
    rule = _rule_or_404(request, pk)
    form = LastDayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the last day as day/month/year."))
        return redirect("office_shares:index")
    return _done(
        request, lambda: services.end_share_rule(rule=rule, last_day=form.cleaned_data["last_day"], by=request.user)
    )


@access.staff("officer")
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """A rule that has not begun does not come."""
    rule = _rule_or_404(request, pk)
    return _done(request, lambda: services.drop_share_rule(rule=rule, by=request.user))


def _rule_or_404(request: HttpRequest, pk: int) -> ShareRule:
    shares_or_404(request.user)
    rule = ShareRule.objects.filter(pk=pk).first()
    if rule is None:
        raise Http404("no such rule")
    return rule


def _done(request: HttpRequest, act: Any) -> HttpResponse:
    try:
        act()
    except MarketError as refusal:
        messages.error(request, refusal.text)
    else:
        messages.success(request, _("Done."))
    return redirect("office_shares:index")


def _told(rule: ShareRule) -> dict[str, Any]:
    """A rule in words."""
    language = get_language() or "th"
    thing: Any = rule.region or rule.category or rule.organisation
    if rule.fixed_satang is not None:
        amount = _("%(amount)s for each parcel") % {"amount": formats.baht(rule.fixed_satang, language[:2])}
    else:
        amount = f"{(rule.basis_points or 0) / 100:g} %"
    return {
        "rule": rule,
        "amount": amount,
        "where": formats.local(thing, "name_th", language) if thing else rule.get_scope_display(),
    }


registry.register(
    registry.Entry(
        title=gettext_lazy("Shares of a price"),
        address=lambda: reverse("office_shares:index"),
        is_for=sets_shares,
    )
)

"""A group's vouchers: for its own goods, paid out of its own part."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shop.common import access, clock
from shop.common.errors import MarketError
from shop.theme.formats import date
from shop.vouchers import selectors, services
from shop.vouchers.models import Voucher
from shop.vouchers.policies import giver_or_404, voucher_or_404
from shop.vouchers.selectors import standing
from shop.vouchers.web.applying import gives
from shop.vouchers.web.forms import VoucherForm
from vendors.models import Organisation
from vendors.policies import Right
from vendors.web.workspace import registry

_MOST = 100


@access.members()
@require_safe
def index(request: HttpRequest, workspace: str) -> HttpResponse:
    """All that the group has made, with what each has given."""
    organisation = giver_or_404(request.user, workspace)
    language = get_language() or "th"
    found = selectors.vouchers_of(organisation).select_related("payer")[:_MOST]
    context = {"organisation": organisation, "rows": [(row, gives(row, language), standing(row)) for row in found]}
    return render(request, "workspace_vouchers/index.html", context)


@access.members()
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, workspace: str) -> HttpResponse:
    """Makes one."""
    organisation = giver_or_404(request.user, workspace)
    form = VoucherForm(request.POST if request.method == "POST" else None, initial={"valid_from": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_group_voucher(organisation=organisation, terms=form.terms(), by=request.user)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _made(made))
            return redirect("group_vouchers:index", organisation.slug)
    context = {"organisation": organisation, "form": form}
    return render(request, "workspace_vouchers/new.html", context, status=422 if form.errors else 200)


def _made(voucher: Voucher) -> str:
    if voucher.valid_from <= clock.today():
        return _("Buyers can use the voucher %(code)s now.") % {"code": voucher.code}
    day = date(voucher.valid_from, get_language() or "th")
    return _("Buyers can use the voucher %(code)s from %(day)s on.") % {"code": voucher.code, "day": day}


@access.members()
@require_POST
def end(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Nobody can use it from now on."""
    organisation = giver_or_404(request.user, workspace)
    voucher = voucher_or_404(request.user, code, of=organisation)
    try:
        services.end_voucher(voucher=voucher, by=request.user)
        messages.success(request, _("The voucher has ended. Orders that have it keep their discount."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("group_vouchers:index", organisation.slug)


registry.register(
    registry.Entry(
        title=gettext_lazy("Vouchers"),
        address=lambda organisation: reverse("group_vouchers:index", args=[organisation.slug]),
        is_for=lambda organisation: organisation.kind == Organisation.Kind.GROUP,
        right=Right.BOOKS,
        own_only=True,
        position=61,
    )
)

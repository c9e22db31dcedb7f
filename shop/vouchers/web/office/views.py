"""Vouchers of the fund: asked for here, decided by a second person among the spendings of the fund."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from media.services.private import store_private_file
from shop.common import access, clock
from shop.common.errors import MarketError
from shop.fund.selectors import balance
from shop.office.web import registry
from shop.vouchers import services
from shop.vouchers.models import Voucher
from shop.vouchers.policies import keeps_money, money_or_404, voucher_or_404
from shop.vouchers.selectors import standing
from shop.vouchers.web.applying import gives
from shop.vouchers.web.forms import FundVoucherForm

_MOST = 200


@access.staff("officer")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All vouchers, of the fund and of groups, with what each has given."""
    money_or_404(request.user)
    language = get_language() or "th"
    found = Voucher.objects.select_related("payer", "group", "spending")[:_MOST]
    context = {"rows": [(row, gives(row, language), standing(row)) for row in found], "holds": balance()}
    return render(request, "office_vouchers/index.html", context)


@access.staff("officer")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Asks for one of the fund."""
    money_or_404(request.user)
    posted = request.method == "POST"
    form = FundVoucherForm(
        request.POST if posted else None, request.FILES if posted else None, initial={"valid_from": clock.today()}
    )
    if posted and form.is_valid():
        data = form.cleaned_data
        try:
            document = store_private_file(file=data["file"], by=request.user, folder="fund")
            made = services.ask_fund_voucher(
                network=data["network"],
                group=data["group"],
                terms=form.terms(),
                document=document,
                document_number=data["document_number"],
                by=request.user,
            )
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Asked for. Another person has to decide."))
            return redirect("office_fund:detail", made.spending.code if made.spending else "")
    context = {"form": form, "holds": balance()}
    return render(request, "office_vouchers/new.html", context, status=422 if form.errors else 200)


@access.staff("officer")
@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Ends one of the fund; what it did not need goes back to the fund at once."""
    voucher = voucher_or_404(request.user, code)
    try:
        ended = services.end_voucher(voucher=voucher, by=request.user)
        services.return_rest(voucher=ended)
        messages.success(request, _("The voucher has ended. Orders that have it keep their discount."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("office_vouchers:index")


registry.register(
    registry.Entry(title=gettext_lazy("Vouchers"), address=lambda: reverse("office_vouchers:index"), is_for=keeps_money)
)

"""Cash from the door that an organisation hands in."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shop.common import access
from shop.common.errors import MarketError
from shop.payment import selectors
from shop.payment import services as payments
from shop.payment.models import CashHandIn
from shop.payment.policies import holder_or_404
from shop.payment.web.office.forms import HandInForm
from shop.payment.web.office.second_factor import proof_of

_MOST = 50


@access.staff("officer")
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, code: str) -> HttpResponse:
    """Notes what came to the account; below it what was noted before."""
    holder = holder_or_404(request.user, code)
    proof = proof_of(request)
    posted = request.method == "POST"
    form = HandInForm(request.POST if posted else None, initial={"token": secrets.token_hex(16)})
    if posted and form.is_valid() and proof.given:
        data = form.cleaned_data
        facts = {"amount_satang": data["amount"], "reference": data["reference"], "token": data["token"]}
        try:
            payments.hand_in_cash(holder=holder, by=request.user, **facts)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Noted, and booked."))
            return redirect("money:cash-in", holder.code)
    context = {
        "holder": holder,
        "held": selectors.cash_of(holder),
        "form": form,
        "proof": proof,
        "rows": CashHandIn.objects.filter(holder=holder)[:_MOST],
    }
    return render(request, "money/cash_in.html", context, status=422 if posted else 200)

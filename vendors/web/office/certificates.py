"""The officers' queue: the oldest first, the paper beside what was written, and the decision."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from catalogue import cover
from media.web.private import private_file_response
from shop.common import access, clock, codes
from shop.common.errors import MarketError
from shop.common.forms import ThaiCharField
from shop.office.web import registry
from vendors import selectors
from vendors.certificates import days_left, doubts, standing
from vendors.models import Certificate
from vendors.policies import Right, certificate_or_404
from vendors.services import revoke_certificate, send_back_certificate, verify_certificate

State = Certificate.State
_PER_PAGE = 25
_SHOWN = (State.SUBMITTED, State.SENT_BACK, State.VERIFIED, State.REVOKED)
OLD_DAYS = 7
"""After so many days in the queue an entry is marked: groups wait with goods that they cannot sell."""


class ReasonForm(forms.Form):
    """A reason in words: it goes to the group as it is written."""

    reason = ThaiCharField(label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    seen = forms.IntegerField(widget=forms.HiddenInput)


@access.staff("officer")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What waits, the longest first; decided ones by state."""
    show, text = request.GET.get("show", ""), request.GET.get("q", "")[:80]
    rows = selectors.review_queue(request.user, show=show, text=text)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page", "1"))
    today = clock.today()
    context = {
        "page": page,
        "rows": [(row, standing(row, today), _age(row)) for row in page.object_list],
        "old_days": OLD_DAYS,
        "states": [(state.value, state.label) for state in _SHOWN],
        "show": show if show in _SHOWN else State.SUBMITTED.value,
        "text": text,
        "page_query": urlencode({key: value for key, value in (("show", show), ("q", text)) if value}),
    }
    return render(request, "office_certificates/list.html", context)


def _age(certificate: Certificate) -> int | None:
    """Days in the queue."""
    if certificate.state != State.SUBMITTED or certificate.handed_in_at is None:
        return None
    return (clock.today() - certificate.handed_in_at.astimezone(clock.BANGKOK).date()).days


@access.staff("officer")
@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One certificate with its paper and, while it may be decided, the decision."""
    certificate = certificate_or_404(request.user, Right.REVIEW, code)
    return _page(request, certificate, ReasonForm(initial={"seen": certificate.version}))


def _page(request: HttpRequest, certificate: Certificate, form: ReasonForm) -> HttpResponse:
    today = clock.today()
    verified = certificate.state == State.VERIFIED
    context = {
        "certificate": certificate,
        "holder": certificate.holder,
        "parent": selectors.parent_of(certificate.holder),
        "standing": standing(certificate, today),
        "left": days_left(certificate, today) if verified else None,
        "age": _age(certificate),
        "doubts": doubts(certificate.scheme, issued_on=certificate.issued_on, expires_on=certificate.expires_on),
        "same": selectors.same_number(certificate),
        "goods": cover.covered_goods(certificate),
        "leaving": cover.would_leave(certificate) if verified else [],
        "events": certificate.events.select_related("by"),  # type: ignore[attr-defined]
        "form": form,
        "may_decide": certificate.state == State.SUBMITTED,
        "may_revoke": verified,
        "is_picture": certificate.evidence is not None and certificate.evidence.content_type == "image/jpeg",
        "shown_code": codes.grouped(certificate.code, 3),
    }
    return render(request, "office_certificates/detail.html", context, status=422 if form.errors else 200)


@access.staff("officer")
@require_GET
def evidence(request: HttpRequest, code: str) -> HttpResponseBase:
    """The paper, for the officers of the group's province and of the country."""
    return private_file_response(certificate_or_404(request.user, Right.REVIEW, code).evidence)


@access.staff("officer")
@require_POST
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """The paper says what the group wrote."""
    certificate = certificate_or_404(request.user, Right.REVIEW, code)
    form = ReasonForm({"reason": "–", "seen": request.POST.get("seen", "")})
    if not form.is_valid():
        return redirect("office_certificates:detail", code)
    try:
        verify_certificate(certificate=certificate, by=request.user, seen=form.cleaned_data["seen"])
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect("office_certificates:detail", code)
    messages.success(
        request, _("Verified. The group is told; its goods are on sale as far as this certificate carries them.")
    )
    return redirect("office_certificates:list")


@access.staff("officer")
@require_POST
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    """Something is missing or wrong."""
    said = _("Sent back. The group reads your reason and can hand it in again.")
    return _with_reason(request, code, send_back_certificate, said)


@access.staff("officer")
@require_POST
def revoke(request: HttpRequest, code: str) -> HttpResponse:
    """It counts no longer."""
    said = _("Revoked. Goods that hung on it are off sale; group and cooperative are told.")
    return _with_reason(request, code, revoke_certificate, said)


def _with_reason(request: HttpRequest, code: str, decide: Callable[..., Certificate], said: str) -> HttpResponse:
    certificate = certificate_or_404(request.user, Right.REVIEW, code)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, certificate, form)
    try:
        decide(
            certificate=certificate,
            by=request.user,
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
        )
    except MarketError as refusal:
        form.add_error(None, refusal.text)
        certificate.refresh_from_db()
        return _page(request, certificate, form)
    messages.success(request, said)
    return redirect("office_certificates:list")


registry.register(
    registry.Entry(
        title=gettext_lazy("Certificates to check"),
        address=lambda: reverse("office_certificates:list"),
        waiting=selectors.review_queue,
    )
)

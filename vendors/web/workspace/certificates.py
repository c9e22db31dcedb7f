"""Certificates of one group: what they carry, handing a new one in from a phone, correcting, renewing, withdrawing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalogue import cover, shelves
from catalogue.models import Product
from media.web.private import private_file_response
from shop.common import access, clock, codes
from shop.common.errors import MarketError
from vendors.certificates import Standing, days_left, standing
from vendors.models import Certificate, CertificationScheme, Organisation
from vendors.policies import Right, certificate_or_404, organisation_or_404
from vendors.selectors import papers_of
from vendors.services import take_back_certificate, withdraw_certificate
from vendors.states import CHANGEABLE
from vendors.web.workspace import registry
from vendors.web.workspace.certificate_form import CertificateForm, Upload, initial_of, save

State = Certificate.State
_PER_PAGE = 25
SOON_DAYS = 90


def _group_or_404(request: HttpRequest, workspace: str) -> Organisation:
    group = organisation_or_404(request.user, Right.LIST, workspace)
    if group.kind != Organisation.Kind.GROUP:
        raise Http404("certificates belong to groups")
    return group


def _own(request: HttpRequest, workspace: str, code: str) -> tuple[Organisation, Certificate]:
    group = _group_or_404(request, workspace)
    return group, certificate_or_404(request.user, Right.LIST, code, holder=group)


def _row(certificate: Certificate, numbers: cover.Numbers) -> dict[str, Any]:
    day = clock.today()
    left = days_left(certificate, day)
    now = standing(certificate, day)
    return {
        "certificate": certificate,
        "standing": now,
        "left": left if now is Standing.IN_FORCE else None,
        "soon": now is Standing.IN_FORCE and left is not None and left <= SOON_DAYS,
        "numbers": numbers,
    }


@access.members()
@require_GET
def index(request: HttpRequest, workspace: str) -> HttpResponse:
    """All certificates of the group; what it has to do first."""
    group = _group_or_404(request, workspace)
    dropped = request.GET.get("show") == "withdrawn"
    page = Paginator(papers_of(group, clock.today(), dropped=dropped), _PER_PAGE).get_page(request.GET.get("page", "1"))
    numbers = cover.numbers(group, page.object_list)
    context = {
        "organisation": group,
        "page": page,
        "page_query": "show=withdrawn" if dropped else "",
        "rows": [_row(entry, numbers[entry.pk]) for entry in page.object_list],
        "dropped": dropped,
    }
    return render(request, "workspace_certificates/list.html", context)


@access.members()
@require_GET
def choose(request: HttpRequest, workspace: str) -> HttpResponse:
    """Which standard or licence? Those that fit the group's goods stand first."""
    group = _group_or_404(request, workspace)
    own = set(Product.objects.filter(group=group).values_list("main_category__slug", flat=True))
    rows = [
        (scheme, _covers(scheme), bool(own & set(scheme.applies_to))) for scheme in CertificationScheme.objects.all()
    ]
    context = {
        "organisation": group,
        "fitting": [row for row in rows if row[2]],
        "others": [row for row in rows if not row[2]],
    }
    return render(request, "workspace_certificates/choose.html", context)


def _covers(scheme: CertificationScheme) -> list[str]:
    """The names of the categories that a scheme is about."""
    language = get_language() or "th"
    known = shelves.shelves()
    return [known[code].name(language) for code in scheme.applies_to if code in known]


@access.members()
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, workspace: str, scheme: str) -> HttpResponse:
    """A new certificate of the chosen scheme."""
    group = _group_or_404(request, workspace)
    return _form_page(request, group, get_object_or_404(CertificationScheme, pk=scheme))


@access.members()
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """A draft, or what the officer sent back, with the reason at the form."""
    group, certificate = _own(request, workspace, code)
    if certificate.state not in CHANGEABLE:
        return redirect("workspace_certificates:detail", workspace, code)
    return _form_page(request, group, certificate.scheme, certificate=certificate)


@access.members()
@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """The next certificate, filled from the old one, which stays in force until its own end."""
    group, old = _own(request, workspace, code)
    if old.state not in (State.VERIFIED, State.REVOKED):
        raise Http404("nothing to renew")
    return _form_page(request, group, old.scheme, renews=old)


def _form_page(
    request: HttpRequest,
    group: Organisation,
    scheme: CertificationScheme,
    *,
    certificate: Certificate | None = None,
    renews: Certificate | None = None,
) -> HttpResponse:
    file, kept = certificate.evidence if certificate else None, ""
    if request.method == "POST":
        form = CertificateForm(request.POST, scheme=scheme, holder=group, hand_in=request.POST.get("act") != "draft")
        upload = Upload(request, form, file)
        saved = save(request, form, upload, certificate, renews)
        if saved is not None:
            return _saved(request, group, saved)
        file, kept = upload.file, upload.token
    else:
        source = certificate or renews
        initial = initial_of(source, renewing=certificate is None) if source else {"scope": Certificate.Scope.PRODUCTS}
        form = CertificateForm(initial=initial, scheme=scheme, holder=group)
    context = {
        "organisation": group,
        "form": form,
        "scheme": scheme,
        "certificate": certificate,
        "renews": renews,
        "file": file,
        "kept": kept,
    }
    return render(request, "workspace_certificates/form.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, group: Organisation, certificate: Certificate) -> HttpResponse:
    if certificate.state == State.SUBMITTED:
        messages.success(request, _("Handed in. An officer checks it; we write to you when it is decided."))
    else:
        messages.success(request, _("Saved as a draft. Nobody but your group sees it."))
    return redirect("workspace_certificates:detail", group.slug, certificate.code)


@access.members()
@require_GET
def detail(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """One certificate: how it stands, what hangs on it, what may be done."""
    group, certificate = _own(request, workspace, code)
    numbers = cover.numbers(group, [certificate])
    context = {
        "organisation": group,
        **_row(certificate, numbers[certificate.pk]),
        "goods": cover.covered_goods(certificate),
        "events": certificate.events.select_related("by"),  # type: ignore[attr-defined]
        "renewals": certificate.renewals.exclude(state=State.WITHDRAWN).select_related("scheme"),  # type: ignore[attr-defined]
        "may_change": certificate.state in CHANGEABLE,
        "may_take_back": certificate.state == State.SUBMITTED,
        "may_renew": certificate.state in (State.VERIFIED, State.REVOKED),
        "is_public": certificate.state in (State.VERIFIED, State.REVOKED),
        "shown_code": codes.grouped(certificate.code, 3),
    }
    return render(request, "workspace_certificates/detail.html", context)


@access.members()
@require_GET
def evidence(request: HttpRequest, workspace: str, code: str) -> HttpResponseBase:
    """The photo or PDF, for the group's own people."""
    _group, certificate = _own(request, workspace, code)
    return private_file_response(certificate.evidence)


@access.members()
@require_POST
def take_back(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Out of the officer's queue, to be changed."""
    group, certificate = _own(request, workspace, code)
    try:
        take_back_certificate(certificate=certificate, by=request.user)
        messages.success(request, _("Taken back. Change it and hand it in again, or withdraw it."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect("workspace_certificates:detail", group.slug, code)
    return redirect("workspace_certificates:edit", group.slug, code)


@access.members()
@require_POST
def withdraw(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Drops a draft or what was sent back."""
    group, certificate = _own(request, workspace, code)
    try:
        withdraw_certificate(certificate=certificate, by=request.user)
        messages.success(request, _("Withdrawn. Its photo is deleted."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect("workspace_certificates:detail", group.slug, code)
    return redirect("workspace_certificates:list", group.slug)


registry.register(
    registry.Entry(
        title=gettext_lazy("Certificates"),
        address=lambda organisation: reverse("workspace_certificates:list", args=[organisation.slug]),
        is_for=lambda organisation: organisation.kind == Organisation.Kind.GROUP,
        right=Right.LIST,
        position=20,
    )
)

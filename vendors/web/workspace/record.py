"""A group's record in its own workspace, and in that of whoever stands above it: to read, and to note what was given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shop.common import access, pdf
from shop.common.errors import MarketError
from vendors import errors
from vendors.models import GroupApplication, GroupRecord, Organisation
from vendors.onboarding import record_of
from vendors.policies import Right, below_or_404, may, workspace_or_404
from vendors.selectors import parent_of
from vendors.services import records as services
from vendors.web.workspace import profile, registry
from vendors.web.workspace.record_forms import (
    AccountForm,
    RecordForm,
    SupportForm,
    TrainingForm,
    account_initial,
    record_initial,
)

_PER_PAGE = 30
TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "papers" / "group_profile.typ"


def _open(request: HttpRequest, workspace: str, slug: str) -> tuple[Organisation, Organisation]:
    """(whose workspace it is, the group): one's own group, or one below the organisation that one serves."""
    organisation = workspace_or_404(request.user, workspace)
    group = below_or_404(request.user, organisation, slug) if slug else organisation
    if group.kind != Organisation.Kind.GROUP:
        raise Http404("no group")
    return organisation, group


def _address(organisation: Organisation, group: Organisation, name: str = "") -> str:
    """The address of a page of the record, inside the workspace that it was opened in."""
    own = organisation.pk == group.pk
    args = [organisation.slug] if own else [organisation.slug, group.slug]
    return reverse(f"record:{'' if own else 'below-'}{name or 'show'}", args=args)


@access.members()
@require_GET
def show(request: HttpRequest, workspace: str, slug: str = "") -> HttpResponse:
    """Everything that is kept about the group, and what is missing for buyers abroad."""
    organisation, group = _open(request, workspace, slug)
    own, user = not slug, request.user
    shows_money = own and (may(user, Right.BOOKS, group) or may(user, Right.MANAGE, group))
    kept = profile.context_of(group, shows_money=shows_money, names_people=own)
    context = {
        **kept,
        "organisation": organisation,
        "group": group,
        "own": own,
        "may_edit": own and may(user, Right.LIST, group) and services.may_be_changed(group),
        "may_manage": own and may(user, Right.MANAGE, group) and services.may_be_changed(group),
        "may_note": services.may_note(user, group, kept["parent"]),
        "application": kept["application"] if own and may(user, Right.MANAGE, group) else None,
        "support_url": _address(organisation, group, "support"),
        "training_url": _address(organisation, group, "training"),
        "profile_url": _address(organisation, group, "profile"),
    }
    return render(request, "record/show.html", context)


@access.members()
@require_GET
def paper(request: HttpRequest, workspace: str, slug: str = "") -> HttpResponse:
    """The profile as PDF, in Thai; without the account."""
    _organisation, group = _open(request, workspace, slug)
    return pdf.answer(pdf.render(TEMPLATE, profile.data_of(group)), f"{group.slug}-profile")


@access.members()
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, workspace: str) -> HttpResponse:
    """The group's own words about itself."""
    _organisation, group = _open(request, workspace, "")
    if not may(request.user, Right.LIST, group):
        raise Http404
    return _form(request, group, RecordForm, record_initial, services.save_record, _("The record"))


@access.members()
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, workspace: str) -> HttpResponse:
    """Where the money goes: managers alone."""
    _organisation, group = _open(request, workspace, "")
    if not may(request.user, Right.MANAGE, group):
        raise Http404
    return _form(request, group, AccountForm, account_initial, services.save_account, _("Account and tax"))


def _form(request: HttpRequest, group: Organisation, kind: Any, initial: Any, save: Any, title: str) -> HttpResponse:
    if not services.may_be_changed(group):
        return redirect("record:show", group.slug)
    record = record_of(group) or GroupRecord()
    nobody = GroupApplication()  # the steps' forms ask an application for its cooperative; a record has one already
    if request.method == "POST":
        form = kind(request.POST, application=nobody)
        if form.is_valid():
            try:
                save(group=group, values=form.values(), seen=form.cleaned_data["seen"], by=request.user)
            except errors.ChangedMeanwhile as refusal:
                form.add_error(None, refusal.text)
                data = request.POST.copy()
                data["seen"] = str(record.revision)
                form.data = data
            except MarketError as refusal:
                form.add_error(None, refusal.text)
            else:
                messages.success(request, _("Saved."))
                return redirect("record:show", group.slug)
    else:
        form = kind(initial=initial(group, record), application=nobody)
    context = {"organisation": group, "group": group, "form": form, "title": title}
    return render(request, "record/form.html", context, status=422 if form.errors else 200)


@access.members()
@require_http_methods(["GET", "POST"])
def support(request: HttpRequest, workspace: str, slug: str = "") -> HttpResponse:
    """All capital and knowledge received, and a form for one more."""
    organisation, group = _open(request, workspace, slug)
    form = SupportForm(request.POST or None, initial={"giver": organisation.name_th if slug else ""})
    title = _("Capital and knowledge received")
    return _noting(request, organisation, group, form, "support", title)


@access.members()
@require_http_methods(["GET", "POST"])
def training(request: HttpRequest, workspace: str, slug: str = "") -> HttpResponse:
    """All trainings, and a form for one more."""
    organisation, group = _open(request, workspace, slug)
    return _noting(request, organisation, group, TrainingForm(request.POST or None), "training", _("Trainings"))


def _noting(
    request: HttpRequest, organisation: Organisation, group: Organisation, form: Any, name: str, title: str
) -> HttpResponse:
    allowed = services.may_note(request.user, group, parent_of(group))
    if request.method == "POST":
        if not allowed:
            return HttpResponseNotAllowed(["GET"])
        if form.is_valid():
            try:
                _note(name, group, form.cleaned_data, request.user)
            except MarketError as refusal:
                messages.error(request, refusal.text)
            else:
                messages.success(request, _("Noted."))
            return redirect(_address(organisation, group, name))
    rows = group.supports.select_related("by") if name == "support" else group.trainings.select_related("by")
    context = {
        "organisation": organisation,
        "group": group,
        "form": form if allowed else None,
        "title": title,
        "name": name,
        "page": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page", "1")),
        "back": _address(organisation, group),
        "may_remove": organisation.pk == group.pk and may(request.user, Right.LIST, group),
    }
    return render(request, "record/rows.html", context, status=422 if form.errors else 200)


def _note(name: str, group: Organisation, data: dict[str, Any], user: Any) -> None:
    if name == "support":
        values = {key: data[key] for key in ("kind", "on", "what", "giver")}
        services.note_support(group=group, amount_satang=data["amount"], by=user, **values)
    else:
        services.note_training(group=group, by=user, **data)


@access.members()
@require_POST
def remove(request: HttpRequest, workspace: str, name: str, code: str) -> HttpResponse:
    """Takes one row back."""
    _organisation, group = _open(request, workspace, "")
    rows = {"support": group.supports, "training": group.trainings}
    row = rows[name].filter(code=code).first() if name in rows else None
    if row is None or not may(request.user, Right.LIST, group):
        raise Http404
    try:
        if name == "support":
            services.remove_support(group=group, support=row, by=request.user)
        else:
            services.remove_training(group=group, training=row, by=request.user)
        messages.success(request, _("The entry is removed."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect(_address(group, group, name))


registry.register(
    registry.Entry(
        title=gettext_lazy("The group's record"),
        address=lambda organisation: reverse("record:show", args=[organisation.slug]),
        is_for=lambda organisation: organisation.kind == Organisation.Kind.GROUP,
        position=70,
    )
)

"""A group's goods as a sheet: templates, what is there, the upload, what a file would do, its progress and its end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from catalogue.web.workspace.views import writing_or_404
from shop.common import access, clock
from shop.common.errors import MarketError
from shop.common.forms import SheetField
from shop.partner.sheets import template as sheets
from vendors.models import ImportRun
from vendors.sheets import selectors, services
from vendors.sheets.template import FORMATS
from vendors.web.office.import_views import csv_file, streamed, workbook

_RUNS, _ROWS = 10, 50


class SheetForm(forms.Form):
    """The file."""

    file = SheetField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("Excel workbook (.xlsx) or CSV, up to 5 MB and 5,000 rows."),
    )


@access.members()
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, workspace: str) -> HttpResponse:
    """Templates, what is there, the upload, and the group's sheets so far."""
    organisation = writing_or_404(request, workspace)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = services.start_group_import(
                group=organisation, by=request.user, kind=ImportRun.Kind.GOODS, file=file, name=file.name
            )
        except MarketError as refusal:
            form.add_error("file", refusal.text)
        else:
            return redirect("workspace_goods:sheet-run", organisation.slug, run.code)
    page = Paginator(selectors.runs_of_group(organisation), _RUNS).get_page(request.GET.get("page", "1"))
    context = {"organisation": organisation, "form": form, "page": page}
    return render(request, "workspace_goods/sheet.html", context, status=422 if form.errors else 200)


@access.members()
@require_GET
def detail(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """One sheet, in whatever state it is. While the worker has it, the page asks for itself again."""
    organisation = writing_or_404(request, workspace)
    run = selectors.group_run_or_404(organisation, code)
    faulty = run.state == ImportRun.State.FAULTY
    page = Paginator(selectors.problems_of(run) if faulty else run.preview, _ROWS).get_page(
        request.GET.get("page", "1")
    )
    shown = list(page.object_list)
    context: dict[str, Any] = {"organisation": organisation, "run": run, "page": page}
    context["refusal"] = selectors.refusal_of(run)
    context |= {"problems": selectors.told(run, shown)} if faulty else {"changes": selectors.changes_told(run, shown)}
    return render(request, "workspace_goods/sheet_run.html", context)


@access.members()
@require_POST
def save(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """The person has seen what would happen, and wants it."""
    organisation = writing_or_404(request, workspace)
    run = selectors.group_run_or_404(organisation, code)
    try:
        services.confirm_import(run=run, by=request.user)
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("workspace_goods:sheet-run", organisation.slug, run.code)


@access.members()
@require_POST
def drop(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """The person does not want it."""
    organisation = writing_or_404(request, workspace)
    run = selectors.group_run_or_404(organisation, code)
    try:
        services.drop_import(run=run)
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect("workspace_goods:sheet-run", organisation.slug, run.code)
    messages.success(request, _("Dropped. The file is deleted, and nothing was changed."))
    return redirect("workspace_goods:sheet", organisation.slug)


@access.members()
@require_safe
def problems(request: HttpRequest, workspace: str, code: str) -> HttpResponseBase:
    """Everything that is wrong, as a file to work through."""
    run = selectors.group_run_or_404(writing_or_404(request, workspace), code)
    head = [_("Row"), _("Column"), _("Heading"), _("What to do")]
    return csv_file([head, *selectors.problem_rows(run)], f"{run.code}-problems")


@access.members()
@require_safe
def template(request: HttpRequest, workspace: str, form: str) -> HttpResponseBase:
    """An empty sheet to fill in."""
    writing_or_404(request, workspace)
    if form not in FORMATS:
        raise Http404("no such form")
    if form == "csv":
        return streamed(sheets.template_lines(), "template-goods.csv")
    return workbook(sheets.write_template, "template-goods")


@access.members()
@require_safe
def export(request: HttpRequest, workspace: str, form: str) -> HttpResponseBase:
    """What the group sells, in the columns of the template."""
    organisation = writing_or_404(request, workspace)
    if form not in FORMATS:
        raise Http404("no such form")
    name = f"goods-{organisation.slug}-{clock.today():%Y%m%d}"
    if form == "csv":
        return streamed(sheets.export_lines(organisation), f"{name}.csv")
    return workbook(lambda target: sheets.write_export(organisation, target), name)

"""Bringing in sheets: templates, the upload, what a file would do, its progress and its end; and what is there as a sheet."""

from __future__ import annotations

import tempfile
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST, require_safe

from shop.common import access, clock
from shop.common.errors import MarketError
from shop.common.sheets import csv_lines
from shop.office.web import registry
from vendors.models import ImportRun
from vendors.sheets import selectors, services
from vendors.sheets import template as sheets
from vendors.sheets.kinds import OFFICE, office_choices
from vendors.web.office.import_forms import ImportForm

_RUNS, _ROWS = 20, 50
registry.register(
    registry.Entry(title=gettext_lazy("Import and export"), address=lambda: str(reverse_lazy("imports:index")))
)


@access.staff("officer")
def index(request: HttpRequest) -> HttpResponse:
    """Templates, the upload, and the person's imports."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            run = services.start_import(
                by=request.user,
                kind=chosen["kind"],
                file=chosen["file"],
                name=chosen["file"].name,
                approves=chosen["groups_as"] == "approved",
            )
        except MarketError as refusal:
            form.add_error("file", refusal.text)
        else:
            return redirect("imports:detail", run.code)
    page = Paginator(selectors.runs_of(request.user), _RUNS).get_page(request.GET.get("page", "1"))
    context = {"form": form, "kinds": office_choices(), "page": page}
    return render(request, "imports/index.html", context, status=422 if form.errors else 200)


@access.staff("officer")
@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One import, in whatever state it is. While the worker has it, the page asks for itself again."""
    run = selectors.run_or_404(request.user, code)
    context: dict[str, Any] = {"run": run, "refusal": selectors.refusal_of(run), "columns": OFFICE[run.kind].columns}
    entries = selectors.problems_of(run) if run.state == ImportRun.State.FAULTY else run.preview
    page = Paginator(entries, _ROWS).get_page(request.GET.get("page", "1"))
    shown = list(page.object_list)
    if run.state == ImportRun.State.FAULTY:
        context |= {"page": page, "problems": selectors.told(run, shown)}
    else:
        context |= {"page": page, "changes": selectors.changes_told(run, shown)}
    return render(request, "imports/detail.html", context)


@access.staff("officer")
@require_POST
def save(request: HttpRequest, code: str) -> HttpResponse:
    """The person has seen what would happen, and wants it."""
    run = selectors.run_or_404(request.user, code)
    try:
        services.confirm_import(run=run, by=request.user)
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("imports:detail", run.code)


@access.staff("officer")
@require_POST
def drop(request: HttpRequest, code: str) -> HttpResponse:
    """The person does not want it."""
    run = selectors.run_or_404(request.user, code)
    try:
        services.drop_import(run=run)
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect("imports:detail", run.code)
    messages.success(request, _("Dropped. The file is deleted, and nothing was changed."))
    return redirect("imports:index")


@access.staff("officer")
@require_safe
def problems(request: HttpRequest, code: str) -> HttpResponseBase:
    """Everything that is wrong, as a file to work through."""
    run = selectors.run_or_404(request.user, code)
    head = [_("Row"), _("Column"), _("Heading"), _("What to do")]
    return csv_file([head, *selectors.problem_rows(run)], f"{run.code}-problems")


@access.staff("officer")
@require_safe
def template(request: HttpRequest, kind: str, form: str) -> HttpResponseBase:
    """An empty sheet to fill in."""
    _check(kind, form)
    if form == "csv":
        return streamed(sheets.template_lines(kind), f"template-{kind}.csv")
    return workbook(lambda target: sheets.write_template(kind, target), f"template-{kind}")


@access.staff("officer")
@require_safe
def export(request: HttpRequest, kind: str, form: str) -> HttpResponseBase:
    """What the person may see, in the columns of the template."""
    _check(kind, form)
    name = f"{kind}-{clock.today():%Y%m%d}"
    if form == "csv":
        return csv_file(sheets.export_rows(kind, request.user), name)
    return workbook(lambda target: sheets.write_export(kind, request.user, target), name)


def _check(kind: str, form: str) -> None:
    if kind not in OFFICE or form not in sheets.FORMATS:
        raise Http404("no such sheet")


def csv_file(rows: Any, name: str) -> StreamingHttpResponse:
    """Rows as a file to download."""
    return streamed(csv_lines(rows), f"{name}.csv")


def streamed(lines: Any, name: str) -> StreamingHttpResponse:
    """The lines of a CSV file to download, for this person alone."""
    response = StreamingHttpResponse(lines, content_type=sheets.FORMATS["csv"])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def workbook(write: Any, name: str) -> FileResponse:
    """Written row by row into a file of its own, which is gone once it is sent."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    write(target)
    target.seek(0)
    response = FileResponse(target, as_attachment=True, filename=f"{name}.xlsx", content_type=sheets.FORMATS["xlsx"])
    response.headers["Cache-Control"] = "private, no-store"
    return response

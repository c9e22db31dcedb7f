"""Who was there: scanned, typed or ticked; who came without a ticket; the list on paper and as a sheet."""

from __future__ import annotations

import datetime as dt
import io

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms import errors, services
from cms import training_selectors as read
from cms.models import Course, Registration
from cms.training_policies import course_or_404, entry_or_404
from cms.web.office.training_forms import WalkInForm
from cms.web.office.trainings import page
from cms.web.training_papers import list_pdf, sheet_rows
from shop.common import access, pdf
from shop.common.errors import MarketError
from shop.common.sheets import write_workbook

_MOST = 300
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _code_of(text: str) -> str:
    """A ticket's secret or code out of what was scanned (an address that ends with it) or typed."""
    typed = text.strip()[:_MOST]
    return typed.rstrip("/").rsplit("/", 1)[-1] if "://" in typed else typed


@access.staff("officer")
@never_cache
@require_http_methods(["GET", "POST"])
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """One field at the door: the camera or a scanner fills it, or one types the short code."""
    course = course_or_404(request.user, code)
    typed = (request.POST if request.method == "POST" else request.GET).get("code", "")[:_MOST]
    refusal: MarketError | None = None
    if request.method == "POST":
        try:
            row = services.check_in(
                course=course, code=_code_of(typed), by=request.user, let_in=request.POST.get("let_in") == "yes"
            )
        except MarketError as error:
            refusal = error
        else:
            return redirect(f"{request.path}?done={row.code}")
    context = {
        "course": course,
        "typed": typed,
        "refusal": refusal,
        "waits": isinstance(refusal, errors.TicketWaits),
        "here": isinstance(refusal, errors.AlreadyHere),
        "done": _done(course, request.GET.get("done", "")[:20]),
    }
    return render(request, "office_trainings/scan.html", context, status=422 if refusal else 200)


def _done(course: Course, code: str) -> Registration | None:
    """Who was counted last."""
    rows = course.registrations.select_related("group").filter(state=Registration.State.ATTENDED)
    return rows.filter(code=code).first() if code else None


@access.staff("officer")
@require_POST
def attend(request: HttpRequest, code: str) -> HttpResponse:
    """The names that were ticked, from the paper list."""
    course = course_or_404(request.user, code)
    counted = 0
    for entry in request.POST.getlist("entry")[: read.MOST_TICKED]:
        try:
            services.check_in(course=course, code=entry[:20], by=request.user, let_in=True)
            counted += 1
        except errors.AlreadyHere:
            continue
        except MarketError as refusal:
            messages.error(request, refusal.text)
            break
    if counted:
        words = ngettext("%(number)s person noted as present.", "%(number)s people noted as present.", counted)
        messages.success(request, words % {"number": counted})
    return redirect("office_trainings:detail", course.code)


@access.staff("officer")
@require_POST
def undo(request: HttpRequest, code: str, entry: str) -> HttpResponse:
    """Takes back that somebody was there."""
    course = course_or_404(request.user, code)
    row = entry_or_404(course, entry)
    try:
        services.undo_attendance(registration=row, by=request.user)
        messages.success(request, _("Taken back, in the group's record too."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("office_trainings:detail", course.code)


@access.staff("officer")
@require_POST
def take_off(request: HttpRequest, code: str, entry: str) -> HttpResponse:
    """Takes somebody off the list; the group is told, the first who waits moves up."""
    course = course_or_404(request.user, code)
    row = entry_or_404(course, entry)
    try:
        services.cancel_registration(registration=row, by=request.user, as_office=True)
        messages.success(request, _("Taken off the list. The group is told."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("office_trainings:detail", course.code)


@access.staff("officer")
@require_POST
def walk_in(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody came without a ticket."""
    course = course_or_404(request.user, code)
    form = WalkInForm(request.POST, groups=list(read.groups_for_walk_in(course, request.user)))
    if form.is_valid():
        data = form.cleaned_data
        group = form.groups.get(data["group"])
        try:
            services.walk_in(course=course, name=data["name"], phone=data["phone"], group=group, by=request.user)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Noted as present."))
            return redirect("office_trainings:detail", course.code)
    return page(request, course, walking=form)


@access.staff("officer")
@never_cache
@require_GET
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """The list with lines to sign on."""
    course = course_or_404(request.user, code)
    return pdf.answer(list_pdf(course), f"training-{course.code.lower()}-list")


@access.staff("officer")
@never_cache
@require_GET
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody of the training as a sheet."""
    course = course_or_404(request.user, code)
    buffer = io.BytesIO()
    widths = (6, 28, 16, 34, 20, 20, 14)
    write_workbook(buffer, [(_("Participants"), widths, sheet_rows(course, get_language() or "th"))])
    answer = HttpResponse(buffer.getvalue(), content_type=_EXCEL)
    day: dt.date = course.first_day
    answer["Content-Disposition"] = f'attachment; filename="training-{course.code.lower()}-{day:%Y%m%d}.xlsx"'
    return answer

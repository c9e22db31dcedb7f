"""An office's trainings: made, changed, put up, called off, closed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms import services
from cms import training_selectors as read
from cms.models import Course, Registration, TrainingPage
from cms.services import paragraphs
from cms.training_policies import course_or_404, offices_of_trainings
from cms.web.office.training_forms import CancelForm, CourseForm, PublishForm, WalkInForm, initial_of, initial_of_new
from shop.common import access
from shop.common.errors import MarketError
from shop.office.web import registry

_PER_PAGE = 25
State = Registration.State
SHOWN = {"coming": gettext_lazy("Coming"), "past": gettext_lazy("Past"), "cancelled": gettext_lazy("Called off")}


@access.staff("officer")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The trainings of one's own office; the department sees all."""
    show = request.GET.get("show", "")
    show = show if show in SHOWN else "coming"
    rows = read.courses_of_offices(request.user, show=show)
    context = {
        "page": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page", "1")),
        "page_query": f"show={show}",
        "states": list(SHOWN.items()),
        "show": show,
    }
    return render(request, "office_trainings/list.html", context)


@access.staff("officer")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A training that was not there."""
    offices = list(offices_of_trainings(request.user).select_related("province"))
    if not offices:
        raise Http404("no office")
    form = CourseForm(request.POST or None, offices=offices, initial=initial_of_new(offices))
    if request.method == "POST" and form.is_valid():
        office = form.offices[form.cleaned_data["office"]]
        try:
            made = services.make_course(office=office, facts=form.facts(), by=request.user)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Saved. Put the page up next, so that groups find it."))
            return redirect("office_trainings:detail", made.code)
    return render(request, "office_trainings/form.html", {"form": form}, status=422 if form.errors else 200)


@access.staff("officer")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Another day, more seats. Who is registered is written to when day or place change."""
    course = course_or_404(request.user, code)
    form = CourseForm(request.POST or None, offices=[course.office], initial=initial_of(course))
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            services.change_course(
                course=course, facts=form.facts(), seen=-1 if seen is None else seen, by=request.user
            )
        except MarketError as refusal:
            form.add_error(None, refusal.text)
            typed = request.POST.copy()
            typed["seen"] = str(course.version)
            form.data = typed
        else:
            messages.success(request, _("Saved."))
            return redirect("office_trainings:detail", course.code)
    context = {"form": form, "course": course}
    return render(request, "office_trainings/form.html", context, status=422 if form.errors else 200)


@access.staff("officer")
@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Who comes, and what may be done now."""
    return page(request, course_or_404(request.user, code))


def page(request: HttpRequest, course: Course, *, walking: Any = None, cancelling: Any = None) -> HttpResponse:
    """The training's page, with a form that did not pass."""
    rows = list(read.people_of(course))
    parts = [
        ("seats", _("On the list"), [row for row in rows if row.state in Registration.SEATED]),
        ("waiting", _("On the waiting list"), [row for row in rows if row.state == State.WAITING]),
        ("cancelled", _("Cancelled"), [row for row in rows if row.state == State.CANCELLED]),
    ]
    groups = list(read.groups_for_walk_in(course, request.user))
    context = {
        "course": course,
        "parts": [part for part in parts if part[2] or part[0] == "seats"],
        "page": TrainingPage.objects.filter(course=course, locale__language_code="th").first(),
        "walking": walking or WalkInForm(groups=groups),
        "cancelling": cancelling or CancelForm(),
        "may_note": read.is_list_open(course),
        "may_change": not course.is_cancelled and course.finished_at is None,
        "may_cancel": not course.is_cancelled and not course.is_over and not course.present,  # type: ignore[attr-defined]
        "may_finish": course.is_over and course.finished_at is None and not course.is_cancelled,
    }
    failed = any(form is not None and form.errors for form in (walking, cancelling))
    return render(request, "office_trainings/detail.html", context, status=422 if failed else 200)


@access.staff("officer")
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """The public page in both languages; from then on editors write it in the CMS."""
    course = course_or_404(request.user, code)
    if TrainingPage.objects.filter(course=course).exists() or course.is_cancelled:
        return redirect("office_trainings:detail", course.code)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = {**form.cleaned_data}
        for name in ("programme_th", "programme_en"):
            words[name] = paragraphs(words[name])
        try:
            services.publish_course(course=course, by=request.user, **words)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("The page is up. Groups can register as soon as registration opens."))
            return redirect("office_trainings:detail", course.code)
    context = {"form": form, "course": course}
    return render(request, "office_trainings/publish.html", context, status=422 if form.errors else 200)


@access.staff("officer")
@require_POST
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Calls it off."""
    course = course_or_404(request.user, code)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return page(request, course, cancelling=form)
    try:
        services.cancel_course(course=course, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Called off. Everybody on the list is told."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("office_trainings:detail", course.code)


@access.staff("officer")
@require_POST
def finish(request: HttpRequest, code: str) -> HttpResponse:
    """Closes the list."""
    course = course_or_404(request.user, code)
    try:
        services.finish_course(course=course, by=request.user)
        messages.success(request, _("The list is closed. Certificates go out to everybody who was there."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("office_trainings:detail", course.code)


registry.register(
    registry.Entry(title=gettext_lazy("Trainings and who comes"), address=lambda: reverse("office_trainings:list"))
)

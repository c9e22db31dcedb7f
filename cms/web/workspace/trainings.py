"""Trainings in a group's workspace: what comes, who goes, tickets, certificates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms import services
from cms import training_selectors as read
from cms.models import Course, Registration
from cms.services.registrations import MOST_PEOPLE, OPEN
from cms.training_policies import group_or_404, open_course_or_404, registration_or_404
from cms.web.training_papers import certificate_pdf
from cms.web.trainings import ticket_context
from cms.web.workspace.training_forms import PeopleForm
from shop.common import access, clock, pdf
from shop.common.errors import MarketError
from vendors.models import Organisation
from vendors.policies import Right
from vendors.web.workspace.registry import Card, Entry, Todo, is_group, register, register_card

State = Registration.State
_PER_PAGE = 30


@access.members()
@require_GET
def index(request: HttpRequest, workspace: str) -> HttpResponse:
    """Where people of the group have a seat, what they may come to, and where they were."""
    group = group_or_404(request.user, workspace)
    mine = read.registrations_of(group)
    coming = mine.filter(state__in=OPEN, course__ends_at__gt=clock.now())
    past = mine.exclude(pk__in=coming.values("pk"))
    own = list(coming.order_by("course__starts_at", "registered_at", "pk"))
    context = {
        "organisation": group,
        "own": _by_course(own),
        "courses": list(read.open_courses(group).exclude(pk__in=[row.course_id for row in own])),
        "page": Paginator(past, _PER_PAGE).get_page(request.GET.get("page", "1")),
        "may_register": group.state == Organisation.State.APPROVED,
    }
    return render(request, "workspace_trainings/index.html", context)


def _by_course(rows: list[Registration]) -> list[tuple[Course, list[Registration]]]:
    found: dict[int, tuple[Course, list[Registration]]] = {}
    for row in rows:
        found.setdefault(row.course_id, (row.course, []))[1].append(row)
    return list(found.values())


@access.members()
@require_http_methods(["GET", "POST"])
def course(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """One training: the facts, the group's people, and the form for more."""
    group = group_or_404(request.user, workspace)
    chosen = open_course_or_404(group, code)
    rows = list(read.own_registrations(chosen, group))
    left = MOST_PEOPLE - len([row for row in rows if row.state != State.CANCELLED])
    is_open = chosen.takes_registrations and group.state == Organisation.State.APPROVED and left > 0
    user = None if rows else request.user
    form = PeopleForm(request.POST if request.method == "POST" else None, left=max(left, 1), user=user)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.register_people(course=chosen, group=group, people=form.people(), by=request.user)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _told(made))
            return redirect("workspace_trainings:course", group.slug, chosen.code)
    page = read.page_of(chosen, get_language() or "th")
    context = {
        "organisation": group,
        "course": chosen,
        "rows": rows,
        "form": form if is_open or form.errors else None,
        "left": left,
        "page": page,
        "materials": read.materials_for_group(chosen, group, get_language() or "th"),
        "may_cancel": not chosen.has_begun and not chosen.is_cancelled,
    }
    return render(request, "workspace_trainings/course.html", context, status=422 if form.errors else 200)


def _told(made: list[Registration]) -> str:
    seats = len([row for row in made if row.state == State.REGISTERED])
    waits = len(made) - seats
    words = []
    if seats:
        words.append(
            ngettext("%(number)s person has a seat.", "%(number)s people have a seat.", seats) % {"number": seats}
        )
    if waits:
        text = ngettext(
            "%(number)s person is on the waiting list.", "%(number)s people are on the waiting list.", waits
        )
        words.append(text % {"number": waits})
    return " ".join([*words, _("A letter is on its way.")])


@access.members()
@require_POST
def cancel(request: HttpRequest, workspace: str, code: str, entry: str) -> HttpResponse:
    """Gives one place back."""
    group, row = _opened(request, workspace, code, entry)
    try:
        services.cancel_registration(registration=row, by=request.user)
        messages.success(request, _("The place is given back. Whoever waits first moves up."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("workspace_trainings:course", group.slug, code)


def _opened(request: HttpRequest, workspace: str, code: str, entry: str) -> tuple[Organisation, Registration]:
    group = group_or_404(request.user, workspace)
    row = registration_or_404(group, entry)
    if row.course.code != code:
        raise Http404("of another training")
    return group, row


@access.members()
@never_cache
@require_GET
def ticket(request: HttpRequest, workspace: str, code: str, entry: str) -> HttpResponse:
    """The ticket with its square, to be shown, printed or passed on."""
    group, row = _opened(request, workspace, code, entry)
    if not row.name:
        raise Http404("forgotten")
    return render(request, "workspace_trainings/ticket.html", {"organisation": group, **ticket_context(row)})


@access.members()
@never_cache
@require_GET
def certificate(request: HttpRequest, workspace: str, code: str, entry: str) -> HttpResponse:
    """The certificate of attendance as PDF: for who was there, once it is over."""
    _group, row = _opened(request, workspace, code, entry)
    if row.state != State.ATTENDED or not row.course.is_over or not row.name:
        raise Http404("no certificate")
    return pdf.answer(certificate_pdf(row), f"certificate-{row.certificate}")


def soon(group: Organisation) -> list[Todo]:
    """Trainings of the next days, with how many people of the group have a seat."""
    rows = Registration.objects.filter(group=group, state=State.REGISTERED, course__cancelled_at=None)
    rows = rows.filter(course__starts_at__gt=clock.now()).select_related("course").order_by("course__starts_at", "pk")
    return [_todo(group, chosen, own) for chosen, own in _by_course(list(rows[:20]))[:2]]


def _todo(group: Organisation, chosen: Course, own: list[Registration]) -> Todo:
    days = (chosen.first_day - clock.today()).days
    url = reverse("workspace_trainings:course", args=[group.slug, chosen.code])
    title: Any = _("people go to a training")
    note = f"{chosen.name_th if (get_language() or 'th') == 'th' else chosen.name_en or chosen.name_th}"
    return Todo(len(own), title, url, _("Show the tickets"), note, is_urgent=days <= 1)


register(
    Entry(
        title=gettext_lazy("Trainings"),
        address=lambda organisation: reverse("workspace_trainings:index", args=[organisation.slug]),
        is_for=is_group,
        right=Right.LIST,
        position=65,
    )
)
register_card(Card(read=soon, is_for=is_group, right=Right.LIST, position=80))

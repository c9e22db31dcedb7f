"""Around the public pages of trainings: a calendar file, the check of a certificate, and a person's own ticket."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms import training_selectors as read
from cms.models import Registration
from cms.training_data import calendar
from cms.training_policies import groups_of, runs
from shop.common import access, codes
from shop.common.web.limits import within
from shop.theme import qr
from shop.theme.meta import absolute

_MOST_TRIES, _WINDOW = 40, 600
_MOST_GROUPS = 200


@access.public
@require_safe
def calendar_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The training for the calendar of a phone."""
    page = read.live_page(slug, get_language() or "th")
    if page is None:
        raise Http404("no such training")
    answer = HttpResponse(calendar(page, f"{reverse('home')}trainings/{page.slug}/"), content_type="text/calendar")
    answer["Content-Disposition"] = f'attachment; filename="{page.slug}.ics"'
    return answer


@access.signed_in
@require_safe
@never_cache
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """From the public page to the workspace of one's own group; who serves several chooses."""
    page = read.live_page(slug, get_language() or "th")
    if page is None:
        raise Http404("no such training")
    groups = list(groups_of(request.user)[:_MOST_GROUPS])
    if len(groups) == 1:
        return redirect("workspace_trainings:course", groups[0].slug, page.course.code)
    return render(request, "trainings/choose.html", {"page": page, "groups": groups})


@access.public
@require_safe
@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """A field for the code that is printed on a certificate."""
    code = codes.normalise(request.GET.get("code", "")[:40])
    if code and codes.is_valid(code):
        return redirect("trainings:certificate", code)
    return render(request, "trainings/certificate.html", {"code": request.GET.get("code", "")[:40]})


@access.public
@require_safe
@never_cache
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Is this certificate genuine? The name is shown masked: whoever holds the paper can compare it."""
    if not within(request, "training-certificate", most=_MOST_TRIES, seconds=_WINDOW):
        return render(request, "trainings/certificate.html", {"code": code[:40], "busy": True}, status=429)
    row = read.certified(codes.normalise(code[:40]))
    context = {"row": row, "code": codes.grouped(codes.normalise(code[:40])), "masked": masked(row.name) if row else ""}
    return render(request, "trainings/certificate.html", context, status=200 if row else 404)


def masked(name: str) -> str:
    """สมหญิง ใจดี → ส••• จ•••: enough to compare with a paper, too little to learn a name from."""
    return " ".join(f"{word[0]}•••" for word in name.split() if word)


@access.public
@require_safe
@never_cache
def ticket(request: HttpRequest, secret: str) -> HttpResponse:
    """The ticket of one person, opened by its secret; an officer who runs the training is led to the list."""
    rows = Registration.objects.select_related("course__office", "course__province", "group")
    row = rows.filter(secret=secret[:60]).exclude(name="").first()
    if row is None:
        raise Http404("no such ticket")
    if runs(request.user, row.course):
        return redirect(f"{reverse('office_trainings:scan', args=[row.course.code])}?code={row.code}")
    answer = render(request, "trainings/ticket.html", ticket_context(row))
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def ticket_context(row: Registration) -> dict[str, Any]:
    """What a ticket shows: whose it is, for what, the square and the code to type."""
    address = absolute(reverse("trainings:ticket", args=[row.secret]))
    return {
        "row": row,
        "course": row.course,
        "square": qr.draw(address),
        "code": codes.grouped(row.code, 3),
        "address": address,
        "seated": row.state in (Registration.State.REGISTERED, Registration.State.ATTENDED),
        "line": read.place_in_line(row) if row.state == Registration.State.WAITING else 0,
    }

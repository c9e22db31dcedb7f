"""The officer's queue of groups, one group with everything that a decision needs, and the decisions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shop.common import access, clock, pdf
from shop.common.errors import MarketError
from shop.office.web import registry
from vendors import checklist, history
from vendors.models import GroupApplication, OfficerCheck, Organisation
from vendors.onboarding import known_groups, parents_of, record_of, waiting_for
from vendors.onboarding import queue as waiting_groups
from vendors.policies import Right, organisation_or_404
from vendors.selectors import parent_of, workshop_of
from vendors.services import reviews
from vendors.web.workspace import profile
from vendors.web.workspace.record import TEMPLATE

State, Step = Organisation.State, GroupApplication.Step
_PER_PAGE = 30
_ENTRIES = 20
_DONE: dict[str, Any] = {
    "take": gettext_lazy("The group is in review; it was told so."),
    "approve": gettext_lazy("Approved. The group has its shop now and was told so."),
    "send-back": gettext_lazy("Sent back. The group gets your words by letter and at the steps."),
    "suspend": gettext_lazy("Suspended. Its goods are off sale; the group was told so."),
    "lift": gettext_lazy("The suspension is lifted; what was on sale is on sale again."),
    "close": gettext_lazy("Closed. The group was told so."),
}


@access.staff("officer")
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first; or the groups of one state."""
    state = request.GET.get("state", "")
    state = state if state in State.values else ""
    text = request.GET.get("q", "")[:80]
    page = Paginator(waiting_groups(request.user, state=state, text=text), _PER_PAGE).get_page(
        request.GET.get("page", "1")
    )
    parents = parents_of(list(page.object_list))
    rows = [
        {"group": group, "parent": parents.get(group.pk), "age": _age(group.waits_since), "since": group.waits_since}
        for group in page.object_list
    ]
    context = {
        "page": page,
        "rows": rows,
        "state": state,
        "states": State.choices,
        "q": text,
        "page_query": f"state={state}&q={text}" if state or text else "",
    }
    return render(request, "vendors_office/groups.html", context)


def _age(since: Any) -> int:
    return max((clock.today() - since.astimezone(clock.BANGKOK).date()).days, 0)


def _reviewed(request: HttpRequest, slug: str) -> Organisation:
    group = organisation_or_404(request.user, Right.REVIEW, slug)
    if group.kind != Organisation.Kind.GROUP:
        raise Http404("no such group")
    return group


@access.staff("officer")
@require_GET
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """One group: what it says, the checklist, groups like it, what was done, and what may be done."""
    return _show(request, _reviewed(request, slug))


def _show(request: HttpRequest, shown: Organisation, *, status: int = 200, **typed: Any) -> HttpResponse:
    record, workshop, parent = record_of(shown), workshop_of(shown), parent_of(shown)
    points = checklist.of_group(shown, record, workshop)
    page = Paginator(history.history_of(shown), _ENTRIES).get_page(request.GET.get("page", "1"))
    context = {
        "group": shown,
        "record": record,
        **profile.context_of(shown, shows_money=True, names_people=True),
        "points": points,
        "may_approve": checklist.may_be_approved(points),
        "missing": [point for point in points if not point.is_done],
        "checks": [(what, point) for what in OfficerCheck.What for point in points if point.key == what],
        "candidates": known_groups(name_th=shown.name_th, parent=parent, tax_id=shown.tax_id, exclude=shown.pk),
        "acts": {name.replace("-", "_"): shown.state in states for name, (states, _run) in reviews.DECISIONS.items()},
        "steps": Step.choices,
        "entries": [(entry, history.words_of(entry)) for entry in page.object_list],
        "page": page,
        "typed": typed,
        "age": _age(record.handed_in_at) if record and record.handed_in_at else None,
    }
    return render(request, "vendors_office/group.html", context, status=status)


@access.staff("officer")
@require_GET
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """The group's profile as PDF."""
    shown = _reviewed(request, slug)
    return pdf.answer(pdf.render(TEMPLATE, profile.data_of(shown)), f"{shown.slug}-profile")


@access.staff("officer")
@require_POST
def decide(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """Carries out one decision on the state that the page showed; refused words come back filled in."""
    shown = _reviewed(request, slug)
    if act not in reviews.DECISIONS:
        raise Http404
    data = request.POST
    details: dict[str, Any] = {}
    if act in ("send-back", "suspend", "close"):
        details["reason"] = data.get("reason", "")[:2000]
    if act == "send-back":
        details["remarks"] = {step: data.get(f"remark_{step}", "")[:500] for step in Step.values}
    try:
        reviews.DECISIONS[act][1](group=shown, by=request.user, seen=data.get("seen", ""), **details)
    except MarketError as refusal:
        messages.error(request, refusal.text)
        if not details:
            return redirect("vendors_office:group", slug)
        again = _reviewed(request, slug)
        remarks = [(step, label, data.get(f"remark_{step}", "")) for step, label in Step.choices]
        return _show(request, again, status=422, act=act, reason=details["reason"], remarks=remarks, error=refusal.text)
    messages.success(request, str(_DONE[act]))
    return redirect("vendors_office:group", slug)


@access.staff("officer")
@require_POST
def check(request: HttpRequest, slug: str, what: str) -> HttpResponse:
    """Notes that the officer looked, or takes it back."""
    shown = _reviewed(request, slug)
    if what not in OfficerCheck.What.values:
        raise Http404
    note = request.POST.get("note", "")[:200]
    try:
        if "withdraw" in request.POST:
            reviews.withdraw_check(group=shown, what=what, by=request.user)
        else:
            reviews.note_check(group=shown, what=what, by=request.user, note=note)
    except MarketError:
        messages.error(request, _("Write how you checked it: whom you asked, or when you were there."))
    return redirect("vendors_office:group", slug)


registry.register(
    registry.Entry(
        title=gettext_lazy("Groups: applications and decisions"),
        address=lambda: reverse("vendors_office:groups"),
        waiting=waiting_for,
    )
)

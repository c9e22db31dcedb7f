"""The booths of a fair: their kinds, and one application with the decision about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalogue.selectors import cards_of
from cms import fair_errors as errors
from cms import fair_selectors as selectors
from cms import services
from cms.fair_plan import Exhibitor, Plan, plan_of
from cms.fair_policies import application_or_404, fair_or_404
from cms.models import Booth, BoothApplication, BoothKind, Fair
from cms.web.office.fair_forms import AnswerForm, KindForm
from shop.common import access
from shop.common.errors import MarketError
from shop.theme.formats import in_html, local

State = BoothApplication.State


def _plan(fair: Fair) -> Plan | None:
    """The plan; a given booth leads to its application."""
    language, taken = get_language() or "th", {}
    for row in selectors.exhibitor_rows(fair):
        if row.booth is not None:
            page = reverse("office_fairs:application", args=[fair.slug, row.code])
            name = in_html(local(row.group, "name_th", language))
            taken[row.booth.pk] = (page, Exhibitor(row.booth.pk, row.booth.code, name, page))
    return plan_of(Booth.objects.filter(fair=fair).select_related("kind"), taken, language)


@access.staff("officer")
@require_http_methods(["GET", "POST"])
def booths(request: HttpRequest, slug: str) -> HttpResponse:
    """All kinds, and a new one."""
    return _kind_page(request, fair_or_404(request.user, slug), None)


@access.staff("officer")
@require_http_methods(["GET", "POST"])
def kind(request: HttpRequest, slug: str, kind: int) -> HttpResponse:
    """One kind, to be changed."""
    fair = fair_or_404(request.user, slug)
    return _kind_page(request, fair, _kind_or_404(fair, kind))


def _kind_or_404(fair: Fair, pk: int) -> BoothKind:
    found = BoothKind.objects.filter(fair=fair, pk=pk).first()
    if found is None:
        raise Http404("no such kind")
    return found


def _kind_page(request: HttpRequest, fair: Fair, chosen: BoothKind | None) -> HttpResponse:
    form = KindForm(request.POST if request.method == "POST" else None, kind=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_kind(fair=fair, kind=chosen, by=request.user, **form.cleaned_data)
        except errors.LetterTaken as refusal:
            form.add_error("letter", refusal.text)
        except errors.BoothsInUse as refusal:
            form.add_error("number", refusal.text)
        else:
            messages.success(request, _("Saved."))
            return redirect("office_fairs:booths", fair.slug)
    context = {"fair": fair, "form": form, "kind": chosen, "kinds": selectors.kinds_of(fair), "plan": _plan(fair)}
    return render(request, "office_fairs/booths.html", context, status=422 if form.errors else 200)


@access.staff("officer")
@require_POST
def drop(request: HttpRequest, slug: str, kind: int) -> HttpResponse:
    """A kind that nobody has applied for goes."""
    fair = fair_or_404(request.user, slug)
    try:
        services.drop_kind(fair=fair, kind=_kind_or_404(fair, kind), by=request.user)
        messages.success(request, _("Taken away."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("office_fairs:booths", slug)


@access.staff("officer")
@require_http_methods(["GET", "POST"])
def application(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What a group wants and brings, what was decided, and the decision."""
    fair = fair_or_404(request.user, slug)
    found = application_or_404(fair, code)
    free = list(selectors.free_booths(fair))
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"seen": found.version})
    wanted = [booth for booth in free if booth.kind_id == found.kind_id]
    others = [booth for booth in free if booth.kind_id != found.kind_id]
    choices = [(str(booth.pk), booth.code) for booth in (*wanted, *others)]
    form.fields["booth"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]
    form.fields["booth"].error_messages["invalid_choice"] = _("This booth is given already. Choose another one.")
    if request.method == "POST":
        answer = _answered(request, form, found)
        if answer is not None:
            return answer
    keys = list(found.products.values_list("pk", flat=True))
    context = {
        "fair": fair,
        "phase": fair.phase.value,
        "application": found,
        "form": form,
        "seen": found.version,
        "goods": cards_of(keys) if keys else [],
        "brought": len(keys),
        "steps": selectors.steps_of(found),
        "wanted": wanted,
        "others": others,
        "may_decide": found.is_open and fair.phase in (Fair.Phase.NEXT, Fair.Phase.RUNNING),
    }
    return render(request, "office_fairs/application.html", context, status=422 if form.errors else 200)


def _answered(request: HttpRequest, form: AnswerForm, found: BoothApplication) -> HttpResponse | None:
    """The way back to the list; None when the form is shown again."""
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404("no such act")
    if not form.is_valid():
        return None
    try:
        act(found, form.cleaned_data, request.user)
    except errors.BoothReasonMissing as refusal:
        form.add_error("reason", refusal.text)
        return None
    except (errors.BoothTaken, errors.UnknownBooth) as refusal:
        form.add_error("booth", refusal.text)
        return None
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect("office_fairs:application", found.fair.slug, found.code)
    messages.success(request, _("Decided. The group is written to."))
    return redirect("office_fairs:detail", found.fair.slug)


def _give(found: BoothApplication, data: dict[str, Any], by: Any) -> None:
    if not data["booth"]:
        raise errors.UnknownBooth
    services.give_booth(application=found, booth_id=int(data["booth"]), seen=data["seen"], by=by)


def _wait(found: BoothApplication, data: dict[str, Any], by: Any) -> None:
    services.put_on_waiting_list(application=found, seen=data["seen"], reason=data["reason"], by=by)


def _refuse(found: BoothApplication, data: dict[str, Any], by: Any) -> None:
    services.refuse_application(application=found, seen=data["seen"], reason=data["reason"], by=by)


_ACTS: dict[str, Callable[[BoothApplication, dict[str, Any], Any], None]] = {
    "give": _give,
    "wait": _wait,
    "refuse": _refuse,
}

"""A group applies, step by step on a phone: each page is a form that works without a script and keeps what was typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shop.checkout.web.area_picker import picked_data, picker_context, picker_step
from shop.common import access
from shop.common.errors import MarketError
from shop.common.web.limits import within
from vendors import checklist, errors
from vendors.models import GroupApplication, Organisation
from vendors.onboarding import Known, applications_of, cooperatives, known_groups, own_cooperatives
from vendors.policies import Right, application_or_404, organisation_or_404
from vendors.selectors import provinces_in_order
from vendors.services import applications as services
from vendors.web.workspace import forms, registry, summary

Step = GroupApplication.Step
STEPS = list(Step)
_SHOWN = 40
_PER_PAGE = 30


@access.signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What the person has begun, and the way to begin."""
    page = Paginator(applications_of(request.user), _PER_PAGE).get_page(request.GET.get("page", "1"))
    return render(request, "apply/list.html", {"page": page, "cooperatives": own_cooperatives(request.user)})


@access.signed_in
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Begins a draft, for oneself or for a cooperative."""
    slug = request.POST.get("cooperative", "")
    cooperative = organisation_or_404(request.user, Right.LIST, slug) if slug else None
    if cooperative is not None and cooperative.kind not in Organisation.PARENTS:
        raise Http404
    if not within(request, "apply", most=30, seconds=3600):
        messages.error(request, _("That was very often. Please try again in an hour."))
        return redirect("apply:list")
    try:
        application = services.start_application(by=request.user, cooperative=cooperative)
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect("apply:list")
    return redirect("apply:step", application.code, Step.WHO)


@access.signed_in
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """One step: shown, searched in, saved."""
    application = application_or_404(request.user, code)
    if step not in forms.FORMS:
        raise Http404
    if not services.may_be_changed(application):
        return redirect("apply:check", code)
    if request.method == "POST" and not picker_step(request.POST):
        return _save(request, application, step)
    data = request.POST
    initial = forms.initial_of(application, step)
    if request.method == "POST":
        initial |= {**picked_data(data), "categories": data.getlist("categories")}
    form = forms.FORMS[step](initial=initial, application=application)
    return _show(request, application, step, form)


def _save(request: HttpRequest, application: GroupApplication, step: str) -> HttpResponse:
    later = "later" in request.POST
    form = forms.FORMS[step](request.POST, application=application, later=later)
    if not form.is_valid():
        return _show(request, application, step, form)
    values = form.values()
    if step == Step.WHO:
        values["is_surely_new"] = _is_surely_new(request, application, values)
    known = _known(application, step, values)
    if any(row.is_same for row in known) or (known and not values.get("is_surely_new", True)):
        form.add_error(None, _("Look at the group below first."))
        data = request.POST.copy()
        data.pop("is_surely_new", None)
        form.data = data
        return _show(request, application, step, form, known=known, about=_about(application, values))
    try:
        services.save_step(
            application=application,
            step=step,
            values=values,
            seen=form.cleaned_data["seen"],
            accepted=form.accepted(),
            by=request.user,
        )
    except errors.ChangedMeanwhile as refusal:
        current = application_or_404(request.user, application.code)
        form.add_error(None, refusal.text)
        data = request.POST.copy()
        data["seen"] = str(current.revisions.get(step, 0))
        form.data = data
        return _show(request, current, step, form, other=summary.differing(current, step, values))
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect("apply:check", application.code)
    if later:
        messages.success(request, _("Saved. You can go on whenever you like."))
        return redirect("apply:list")
    position = STEPS.index(Step(step)) + 1
    if "back" in request.GET or position == len(STEPS):
        return redirect("apply:check", application.code)
    return redirect("apply:step", application.code, STEPS[position])


def _about(application: GroupApplication, values: dict[str, Any]) -> str:
    """The cooperative and the name that the question "is it one of these?" was about."""
    parent = values.get("parent") or application.parent
    return f"{parent.code if parent else ''} {values.get('name_th', '')}"


def _is_surely_new(request: HttpRequest, application: GroupApplication, values: dict[str, Any]) -> bool:
    """A tick counts for the name that it was set for: now, or when the step was saved last."""
    about = _about(application, values)
    if request.POST.get("about") == about:
        return bool(values.get("is_surely_new"))
    return application.is_surely_new and about == _about(application, {"name_th": application.name_th})


def _known(application: GroupApplication, step: str, values: dict[str, Any]) -> list[Known]:
    """Groups that may be this one, where a step could tell: the name in the first, the tax number in the last."""
    own = application.organisation_id
    if step == Step.WHO and values.get("name_th"):
        parent = values.get("parent") or application.parent
        return known_groups(name_th=values["name_th"], parent=parent, exclude=own)
    if step == Step.MONEY and values.get("tax_id"):
        rows = known_groups(name_th="", parent=None, tax_id=values["tax_id"], exclude=own)
        return [row for row in rows if row.is_same]
    return []


def _show(
    request: HttpRequest, application: GroupApplication, step: str, form: forms.StepForm, **more: Any
) -> HttpResponse:
    points = checklist.of_application(application)
    context = {
        "application": application,
        "form": form,
        "step": step,
        "steps": summary.steps(application, points, now=step),
        "number": STEPS.index(Step(step)) + 1,
        "remark": application.remarks.get(step, ""),
        "back": "back" in request.GET,
        **more,
    }
    if step == Step.WHO and not application.for_cooperative:
        context |= _register(request.POST, form)
    if step == Step.WHERE:
        context |= picker_context(form, request.POST)
    return render(request, f"apply/{step}.html", context, status=422 if form.errors else 200)


def _register(data: Any, form: forms.StepForm) -> dict[str, Any]:
    """The register of cooperatives as far as the person has searched it, and what is chosen."""
    code = str(data.get("parent_choice") or form["parent"].value() or "")
    chosen = cooperatives().filter(code=code).first() if code else None
    province = str(data.get("province") or (chosen.province_id if chosen else "") or "")[:10]
    text = str(data.get("coop_query", ""))[:80]
    searched = bool(data.get("pick")) and bool(province or text)
    return {
        "chosen": chosen,
        "provinces": provinces_in_order(get_language() or "th"),
        "province": province,
        "coop_query": text,
        "searched": searched,
        **(_found(province, text) if searched and data.get("pick") != "choice" else {"found": []}),
    }


def _found(province: str, text: str) -> dict[str, Any]:
    rows = list(cooperatives(province=province, text=text)[: _SHOWN + 1])
    return {"found": rows[:_SHOWN], "more": len(rows) > _SHOWN}


@access.signed_in
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The list of cooperatives while a person types, for pages with a script."""
    province, text = request.GET.get("province", "")[:10], request.GET.get("coop_query", "")[:80]
    context = {"searched": bool(province or text), **(_found(province, text) if province or text else {})}
    return render(request, "apply/_found.html", context)


@access.signed_in
@require_GET
def check(request: HttpRequest, code: str) -> HttpResponse:
    """The last step: everything once more, what is missing, and the button; afterwards the state of things."""
    return _check(request, application_or_404(request.user, code))


def _check(request: HttpRequest, application: GroupApplication, *, known: Any = (), status: int = 200) -> HttpResponse:
    points = checklist.of_application(application)
    changeable = services.may_be_changed(application)
    context = {
        "application": application,
        "group": application.organisation,
        "points": points,
        "ready": checklist.may_be_handed_in(points),
        "changeable": changeable,
        "steps": summary.steps(application, points, now="check"),
        "parts": summary.parts(application),
        "known": known,
    }
    return render(request, "apply/check.html", context, status=status)


@access.signed_in
@require_POST
def hand_in(request: HttpRequest, code: str) -> HttpResponse:
    """Gives the application to the officer."""
    application = application_or_404(request.user, code)
    try:
        services.hand_in(application=application, by=request.user)
    except (errors.KnownAlready, errors.PerhapsKnown) as refusal:
        messages.error(request, refusal.text)
        known = known_groups(
            name_th=application.name_th,
            parent=application.parent,
            tax_id=application.tax_id,
            exclude=application.organisation_id,
        )
        return _check(request, application, known=known, status=422)
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect("apply:check", code)
    messages.success(request, _("Handed in. The provincial office looks at it and writes to you."))
    return redirect("apply:check", code)


@access.signed_in
@require_POST
def delete(request: HttpRequest, code: str) -> HttpResponse:
    """Throws a draft away."""
    application = application_or_404(request.user, code)
    try:
        services.delete_draft(application=application)
        messages.success(request, _("The draft is deleted."))
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("apply:list")


registry.register(
    registry.Entry(
        title=gettext_lazy("Open a shop for a group"),
        address=lambda organisation: reverse("apply:list"),
        is_for=lambda organisation: organisation.kind in Organisation.PARENTS,
        right=Right.LIST,
        own_only=True,
        position=80,
    )
)

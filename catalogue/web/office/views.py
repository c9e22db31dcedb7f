"""Goods of an officer's province: delicate words to look at, exemptions to decide, and what was decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from catalogue import pending, selectors, services
from catalogue.errors import EditDecided, NotOpen
from catalogue.gates import gate_of
from catalogue.models import GateExemption, Product
from catalogue.restricted import find_restricted
from catalogue.web.office.forms import DecisionForm, EditForm, ReviewForm
from shop.common import access
from shop.common.errors import MarketError
from shop.common.thai import clean_text
from shop.office.web import registry
from vendors.policies import Right, reach

_PER_PAGE = 30
_SHOWS = {
    "waiting": gettext_lazy("To decide"),
    "exempt": gettext_lazy("Exempt now"),
    "decided": gettext_lazy("Decided"),
}
State = GateExemption.State


@access.staff("officer")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What waits, longest first; what is exempt; what was decided, newest first."""
    show, text = request.GET.get("show", "waiting"), clean_text(request.GET.get("q", ""))[:80]
    show = show if show in _SHOWS else "waiting"
    rows = selectors.goods_for_officer(reach(request.user, Right.REVIEW), show=show, text=text)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page", "1"))
    chosen = {"show": show, "q": text}
    context = {
        "page": page,
        "rows": [_row(product) for product in page.object_list],
        "shows": _SHOWS.items(),
        "chosen": chosen,
        "page_query": urlencode({key: value for key, value in chosen.items() if value}),
    }
    return render(request, "office_goods/list.html", context)


def _row(product: Product) -> dict[str, Any]:
    gate = gate_of(product)
    return {
        "product": product,
        "words": sorted({entry.word for entry in product.to_look_at()}) if product.review == "waiting" else [],
        "asks": bool(gate and gate.exemption and gate.exemption.state == State.ASKED),
        "exemption": gate.exemption if gate else None,
        "edit_waits": getattr(product, "edit_waits", False),
    }


@access.staff("officer")
@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One product with its words, its licence and its history; the officer decides here."""
    goods = selectors.goods_to_judge(reach(request.user, Right.REVIEW))
    product = get_object_or_404(goods.select_related("province").prefetch_related("raw_materials"), pk=pk)
    act = request.POST.get("act", "")
    review = ReviewForm(request.POST if act in _REVIEWS else None, act=act, prefix="review")
    decision = DecisionForm(request.POST if act in _DECISIONS else None, prefix="exemption")
    change = EditForm(request.POST if act in _EDITS else None, act=act, prefix="edit")
    form = review if act in _REVIEWS else change if act in _EDITS else decision
    if request.method == "POST" and form.is_bound and form.is_valid():
        try:
            _decide_as_read(request, product, act, form.cleaned_data)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Decided. The group gets a letter."))
            return redirect("office_goods:detail", product.pk)
    gate = gate_of(product)
    edit = services.waiting_edit(product)
    exemptions = list(product.exemptions.all())
    context = {
        "product": product,
        "edit": edit,
        "seen": services.judged(product),
        "differences": pending.differences_of(edit) if edit is not None else [],
        "change": change,
        "found": find_restricted(*product.names, product.description or "", product.description_en),
        "variants": [variant for variant in product.children.all()],
        "waits": product.review == Product.Review.WAITING,
        "gate": gate,
        "asked": next((one for one in exemptions if one.state == State.ASKED), None),
        "granted": next((one for one in exemptions if one.state == State.GRANTED), None),
        "review": review,
        "decision": decision,
        "events": product.events.filter(act__in=selectors.LOOKED_AT).select_related("by").order_by("-at", "-pk"),
    }
    failed = bool(review.errors or decision.errors or change.errors)
    return render(request, "office_goods/detail.html", context, status=422 if failed else 200)


_REVIEWS = frozenset({"approve", "refuse"})
_EDITS = frozenset({"approve-edit", "refuse-edit"})
_DECISIONS = frozenset({"grant", "refuse-exemption", "revoke"})


_YES = frozenset({"approve", "approve-edit", "grant"})
"""What is let through is let through as it was read; to refuse, anything will do."""


def _decide_as_read(request: HttpRequest, product: Product, act: str, facts: dict[str, Any]) -> None:
    def decide() -> None:
        _decide(request, product, act, facts)

    if act not in _YES:
        decide()
        return
    seen = request.POST.get("seen", "")
    services.decide_as_read(product=product, seen=seen, by=request.user, decide=decide)


def _decide(request: HttpRequest, product: Product, act: str, facts: dict[str, Any]) -> None:
    """Brings a decision to its service, which reads state and right anew."""
    by, reason = request.user, facts["reason"]
    if act in _EDITS:
        _decide_edit(request, product, act, facts)
    elif act == "approve":
        services.approve_product(product=product, by=by, reason=reason)
    elif act == "refuse":
        services.refuse_product(product=product, by=by, reason=reason)
    else:
        wanted = State.GRANTED if act == "revoke" else State.ASKED
        exemption = product.exemptions.filter(pk=_number(request.POST.get("exemption", "")), state=wanted).first()
        if exemption is None:
            raise NotOpen
        if act == "grant":
            services.grant_exemption(exemption=exemption, by=by, reason=reason, last_day=facts["last_day"])
        elif act == "refuse-exemption":
            services.refuse_exemption(exemption=exemption, by=by, reason=reason)
        else:
            services.revoke_exemption(exemption=exemption, by=by, reason=reason)


def _decide_edit(request: HttpRequest, product: Product, act: str, facts: dict[str, Any]) -> None:
    """The change that the officer saw, by its key and its version; another one is not decided."""
    edit = product.edits.filter(pk=_number(request.POST.get("edit", ""))).first()
    if edit is None:
        raise EditDecided
    if act == "approve-edit":
        services.approve_edit(edit=edit, version=facts["version"], by=request.user)
    else:
        services.refuse_edit(edit=edit, version=facts["version"], reason=facts["reason"], by=request.user)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def _waiting(user: Any) -> QuerySet[Product]:
    return selectors.goods_for_officer(reach(user, Right.REVIEW), show="waiting")


registry.register(
    registry.Entry(
        title=gettext_lazy("Goods to look at"), address=lambda: reverse("office_goods:list"), waiting=_waiting
    )
)

"""The parts of a product, each changed on its own page. Who saves second sees the first one's change beside their own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalogue import pending
from catalogue.errors import ChangedMeanwhile
from catalogue.models import PendingEdit, Product, ProductEvent
from catalogue.policies import product_or_404
from catalogue.selectors import on_sale
from catalogue.services import SECTIONS, asks_officer, edit_product, stamp, waiting_edit, wanted_values
from catalogue.web.workspace.part_forms import FORMS, OfferForm, Values
from catalogue.web.workspace.views import writing_or_404
from shop.common import access
from shop.common.errors import MarketError
from shop.partner.errors import StockMoved
from shop.partner.listing import offer_values, record_of
from shop.partner.merging import kept, mark, read_mark, save_offer
from vendors.models import Organisation


@access.members()
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, workspace: str, pk: int, section: str) -> HttpResponse:
    """One part of a product."""
    organisation = writing_or_404(request, workspace)
    product = product_or_404(organisation, pk)
    if section not in FORMS:
        raise Http404("no such part")
    edit, sold = waiting_edit(product), on_sale().filter(pk=product.pk).exists()
    wanted = wanted_values(product, SECTIONS[section], edit)
    form = FORMS[section](request.POST or None, wanted=wanted, organisation=organisation)
    conflict: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            waits = edit_product(
                product=product,
                section=section,
                values=form.values(),
                seen=request.POST.get("seen", ""),
                by=request.user,
            )
        except ChangedMeanwhile as refusal:
            form.add_error(None, refusal.text)
            conflict = meeting(product, wanted, form.values())
        except MarketError as refusal:
            form.add_error("title" if "title" in form.fields else None, refusal.text)
        else:
            _tell(request, waits, section, sold=sold)
            return redirect("workspace_goods:product", organisation.slug, product.pk)
    context = {
        **_frame(organisation, product, form, section),
        "seen": stamp(wanted) if conflict or request.method != "POST" else request.POST.get("seen", ""),
        "conflict": conflict,
        "edit": edit if edit is not None and set(edit.changes) & set(SECTIONS[section]) else None,
        "sold": sold,
        "asks": any(asks_officer(product, field) for field in SECTIONS[section]),
    }
    return render(request, "workspace_goods/part.html", context, status=422 if form.errors else 200)


def _frame(organisation: Organisation, product: Product, form: Any, section: str) -> dict[str, Any]:
    return {"organisation": organisation, "product": product, "form": form, "section": section}


def meeting(product: Product, theirs: Values, yours: Values, *, orders: bool = False) -> dict[str, Any]:
    """Both versions in words, with who saved the other one and when; `orders`: it was nobody, pieces went out."""
    acts = (ProductEvent.Act.CHANGED, ProductEvent.Act.EDIT_ASKED, ProductEvent.Act.PRICED)
    events = product.events.filter(act__in=[*acts, ProductEvent.Act.EDIT_APPROVED])
    return {
        "rows": pending.differences(theirs, yours),
        "last": None if orders else events.select_related("by").order_by("-at", "-pk").first(),
        "orders": orders,
    }


def _tell(request: HttpRequest, waits: PendingEdit | None, section: str, *, sold: bool) -> None:
    if waits is not None and set(waits.changes) & set(SECTIONS[section]):
        text = _("Sent to the officer of your province. Until the answer comes, buyers see what they saw before.")
        text = text if sold else _("Sent to the officer of your province. It counts when the answer comes.")
        messages.success(request, text)
    else:
        messages.success(request, _("Saved."))


@access.members()
@require_http_methods(["GET", "POST"])
def price(request: HttpRequest, workspace: str, pk: int) -> HttpResponse:
    """Price and stock of a product without variants."""
    organisation = writing_or_404(request, workspace)
    product = product_or_404(organisation, pk)
    if product.structure == Product.PARENT:
        return redirect("workspace_goods:variants", organisation.slug, product.pk)
    page = OfferPage(request, product)
    if page.save():
        messages.success(request, _("Saved."))
        return redirect("workspace_goods:product", organisation.slug, product.pk)
    context = {**_frame(organisation, product, page.form, "price"), **page.context()}
    return render(request, "workspace_goods/part.html", context, status=422 if page.form.errors else 200)


_OFFER_FIELDS = {"price_satang": "price", "in_stock": "stock", "low_stock": "low"}


def left_alone(form: Any, names: dict[str, str], now: Values, seen: str, typed: Values) -> Values:
    """Both versions met: fields that were left alone show what is there now; returns what was typed beside it."""
    yours, data = kept(now, read_mark(seen), typed), form.data.copy()
    for key, name in names.items():
        if yours[key] != typed[key]:
            data[name] = form.fields[name].prepare_value(yours[key])
    form.data = data
    return yours


class OfferPage:
    """The form of price and stock for one product or variant, with its stamp and what met it."""

    def __init__(self, request: HttpRequest, product: Product) -> None:
        self.request, self.product = request, product
        self.now = offer_values(product)
        initial = {"price": self.now["price_satang"], "stock": self.now["in_stock"], "low": self.now["low_stock"]}
        self.form = OfferForm(request.POST if request.method == "POST" else None, initial=initial)
        self.conflict: dict[str, Any] = {}

    def save(self) -> bool:
        """True when it was sent and is written; else the form says why not."""
        if self.request.method != "POST" or not self.form.is_valid():
            return False
        data = self.form.cleaned_data
        typed = {key: data[name] for key, name in _OFFER_FIELDS.items()}
        seen = self.request.POST.get("seen", "")
        try:
            save_offer(product=self.product, typed=typed, seen=seen, by=self.request.user)
        except (ChangedMeanwhile, StockMoved) as refusal:
            self.form.add_error("stock" if isinstance(refusal, StockMoved) else None, refusal.text)
            self.now = offer_values(self.product)
            yours = left_alone(self.form, _OFFER_FIELDS, self.now, seen, typed)
            self.conflict = meeting(self.product, self.now, yours, orders=isinstance(refusal, StockMoved))
        except MarketError as refusal:
            self.form.add_error("stock" if "stock" in refusal.code else "price", refusal.text)
        else:
            return True
        return False

    def context(self) -> dict[str, Any]:
        """What the page shows besides the form."""
        record = record_of(self.product)
        fresh = self.conflict or self.request.method != "POST"
        return {
            "seen": mark(self.product, self.now) if fresh else self.request.POST.get("seen", ""),
            "conflict": self.conflict,
            "reserved": (record.num_allocated or 0) if record is not None else 0,
        }


def headings() -> dict[str, Any]:
    """The words of each part's heading, for the product's page."""
    return {section: form.heading for section, form in FORMS.items()}

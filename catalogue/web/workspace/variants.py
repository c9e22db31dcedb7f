"""The variants of one product, each with its own price and stock; and the prices of the past."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from catalogue.errors import ChangedMeanwhile, GoodsForbidden, TextMissing, VariantKnown
from catalogue.models import Product
from catalogue.policies import product_or_404, variant_or_404
from catalogue.web.workspace.goods_forms import low_field
from catalogue.web.workspace.parts import left_alone, meeting
from catalogue.web.workspace.views import group_or_404, writing_or_404
from shop.common import access
from shop.common.errors import MarketError
from shop.common.forms import BahtField, CountField, GramsField, ThaiCharField
from shop.partner.errors import StockMoved
from shop.partner.listing import offer_variant, record_of, variant_values, withdraw_variant
from shop.partner.merging import mark, save_variant_form
from shop.partner.selectors import price_changes, stock_left
from vendors.models import Organisation

_PER_PAGE = 30
_FIELD_OF: dict[type[MarketError], str] = {
    TextMissing: "variant_th",
    GoodsForbidden: "variant_th",
    VariantKnown: "variant_th",
}


_FIELDS = {
    "variant_th": "variant_th",
    "variant_en": "variant_en",
    "weight_g": "weight",
    "price_satang": "price",
    "in_stock": "stock",
    "low_stock": "low",
}


class VariantForm(forms.Form):
    """A size, colour or strength, with its price and stock."""

    variant_th = ThaiCharField(
        label=gettext_lazy("Variant"), help_text=gettext_lazy("For example: L, ใบใหญ่, สีคราม"), max_length=80
    )
    variant_en = ThaiCharField(label=gettext_lazy("Variant (English)"), max_length=80, required=False)
    price = BahtField(label=gettext_lazy("Price in baht, VAT included"))
    stock = CountField(label=gettext_lazy("Pieces in stock"), most=100_000)
    low = low_field()
    weight = GramsField(
        label=gettext_lazy("Weight with packing (grams)"),
        least=1,
        most=200_000,
        required=False,
        help_text=gettext_lazy("Empty: the same as the product."),
    )
    use_required_attribute = False

    def values(self) -> dict[str, Any]:
        """What was typed, as `save_variant` takes it."""
        return {key: self.cleaned_data[name] for key, name in _FIELDS.items()}


@access.members()
@require_GET
def variants(request: HttpRequest, workspace: str, pk: int) -> HttpResponse:
    """All variants of a product."""
    organisation = writing_or_404(request, workspace)
    product = product_or_404(organisation, pk)
    rows = list(product.children.all())
    left = stock_left([row.pk for row in rows])
    context = {
        "organisation": organisation,
        "product": product,
        "rows": [(row, left.get(row.pk, 0)) for row in rows],
    }
    return render(request, "workspace_goods/variants.html", context)


@access.members()
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, workspace: str, pk: int) -> HttpResponse:
    """A new variant."""
    organisation = writing_or_404(request, workspace)
    return _page(request, organisation, product_or_404(organisation, pk), None)


@access.members()
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, workspace: str, pk: int, variant: int) -> HttpResponse:
    """One variant: its words, price and stock; withdraw it or put it back."""
    organisation = writing_or_404(request, workspace)
    product = product_or_404(organisation, pk)
    row = variant_or_404(product, variant)
    act = request.POST.get("act", "")
    if act in ("withdraw", "offer"):
        (withdraw_variant if act == "withdraw" else offer_variant)(variant=row, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("workspace_goods:variants", organisation.slug, product.pk)
    return _page(request, organisation, product, row)


def _page(request: HttpRequest, organisation: Organisation, product: Product, variant: Product | None) -> HttpResponse:
    now = variant_values(variant)
    initial = {**now, "price": now["price_satang"], "stock": now["in_stock"], "low": now["low_stock"]}
    initial["weight"] = now["weight_g"]
    if variant is None:
        initial["weight"] = product.weight_g
    form = VariantForm(request.POST if request.method == "POST" else None, initial=initial)
    conflict: dict[str, Any] = {}
    seen = request.POST.get("seen", "")
    if request.method == "POST" and form.is_valid():
        try:
            save_variant_form(parent=product, variant=variant, typed=form.values(), seen=seen, by=request.user)
        except (ChangedMeanwhile, StockMoved) as refusal:
            moved = isinstance(refusal, StockMoved)
            form.add_error("stock" if moved else None, refusal.text)
            now = variant_values(variant_or_404(product, variant.pk) if variant is not None else None)
            yours = left_alone(form, _FIELDS, now, seen, form.values())
            conflict = meeting(product, now, yours, orders=moved)
        except MarketError as refusal:
            form.add_error(_FIELD_OF.get(type(refusal), "stock" if "stock" in refusal.code else None), refusal.text)
        else:
            messages.success(request, _("Saved."))
            return redirect("workspace_goods:variants", organisation.slug, product.pk)
    record = record_of(variant) if variant is not None else None
    context = {
        "organisation": organisation,
        "product": product,
        "variant": variant,
        "form": form,
        "conflict": conflict,
        "seen": mark(product, now) if conflict or request.method != "POST" else seen,
        "reserved": (record.num_allocated or 0) if record is not None else 0,
        "takes_over": variant is None and product.structure != Product.PARENT and product.price_from_satang is not None,
    }
    return render(request, "workspace_goods/variant.html", context, status=422 if form.errors else 200)


@access.members()
@require_GET
def prices(request: HttpRequest, workspace: str, pk: int) -> HttpResponse:
    """What the product and its variants cost and when, with who set it."""
    organisation = group_or_404(request, workspace)
    product = product_or_404(organisation, pk)
    page = Paginator(price_changes(product), _PER_PAGE).get_page(request.GET.get("page", "1"))
    context = {"organisation": organisation, "product": product, "page": page, "rows": list(page.object_list)}
    return render(request, "workspace_goods/prices.html", context)

"""One product in its group's workspace: how it stands, its parts, and what may be done with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from catalogue import pending
from catalogue.models import PendingEdit, Product, ProductEvent
from catalogue.policies import product_or_404
from catalogue.selectors import on_sale
from catalogue.services import drop_edit, publish_product, withdraw_product
from catalogue.web.workspace.goods_forms import Papers
from catalogue.web.workspace.parts import headings
from catalogue.web.workspace.views import copy_signer, group_or_404, standing_of, writing_or_404
from shop.common import access
from shop.common.errors import MarketError
from shop.partner.listing import duplicate_listing
from shop.partner.selectors import with_stock
from vendors.models import Organisation
from vendors.policies import Right, may

_SECTION_OF = {
    "category": "category",
    "weight": "measures",
    "certificate": "certificates",
    "review": "texts",
}
_PER_PAGE = 30


@access.members()
@require_GET
def show(request: HttpRequest, workspace: str, pk: int) -> HttpResponse:
    """The whole product on one page; each part leads to its own form."""
    organisation = group_or_404(request, workspace)
    product: Any = product_or_404(organisation, pk, also=with_stock)
    standing = standing_of(product)
    may_list = may(request.user, Right.LIST, organisation)
    edits = list(product.edits.select_related("decided_by")[:3])
    papers = Papers(organisation, product)
    context = {
        **standing,
        "state_row": standing,
        "organisation": organisation,
        "may_list": may_list,
        "missing": [(point, _address(organisation, product, point.code)) for point in standing["missing"]],
        "headings": headings(),
        "materials": list(product.raw_materials.all()),
        "papers": papers,
        "named": papers.named,
        "variants": list(product.children.all()),
        "left": product.left,
        "edit": next(((one, pending.differences_of(one)) for one in edits if one.state == _WAITING), None),
        "answered": next((one for one in edits if one.state == PendingEdit.State.REFUSED), None),
        "is_suspended": organisation.state == Organisation.State.SUSPENDED,
    }
    return render(request, "workspace_goods/product.html", context)


def _told(rows: Iterable[ProductEvent]) -> list[tuple[ProductEvent, str]]:
    """Events with their notes in words: parts and fields are kept by their codes."""
    known = headings()
    told: list[tuple[ProductEvent, str]] = []
    for event in rows:
        note = event.note
        if event.act == ProductEvent.Act.CHANGED:
            note = str(known.get(note, _MORE_PARTS.get(note, note)))
        elif event.act == ProductEvent.Act.EDIT_ASKED:
            note = pending.fields_told(note.split(", "))
        told.append((event, note))
    return told


_MORE_PARTS: dict[str, Any] = {"pictures": gettext_lazy("Pictures"), "variants": gettext_lazy("Variants")}
_WAITING = PendingEdit.State.WAITING


def _address(organisation: Organisation, product: Product, code: str) -> str:
    """Where a point of the checklist is put right."""
    slug = organisation.slug
    if code in ("price", "stock"):
        return reverse("workspace_goods:price", args=[slug, product.pk])
    if code == "photo":
        return reverse("workspace_goods:pictures", args=[slug, product.pk])
    if code == "gate":
        return reverse("workspace_goods:exemption", args=[slug, product.pk])
    if code in _SECTION_OF:
        return reverse("workspace_goods:part", args=[slug, product.pk, _SECTION_OF[code]])
    return ""


@access.members()
@require_GET
def past(request: HttpRequest, workspace: str, pk: int) -> HttpResponse:
    """Who did what to this product, newest first."""
    organisation = group_or_404(request, workspace)
    product = product_or_404(organisation, pk)
    rows = product.events.select_related("by").order_by("-at", "-pk")
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page", "1"))
    context = {"organisation": organisation, "product": product, "page": page, "events": _told(page.object_list)}
    return render(request, "workspace_goods/past.html", context)


def copy_code_of(product: Product, signed: str) -> str:
    """The code that a copy of this product will have: tapped twice it makes one."""
    try:
        return copy_signer(product).unsign(signed)
    except signing.BadSignature:
        return ""


@access.members()
@require_POST
def act(request: HttpRequest, workspace: str, pk: int) -> HttpResponse:
    """Publish, withdraw, take a waiting change back."""
    organisation = writing_or_404(request, workspace)
    product = product_or_404(organisation, pk)
    if request.POST.get("act") == "copy":
        code = copy_code_of(product, request.POST.get("code", ""))
        copy = duplicate_listing(product=product, by=request.user, code=code)
        messages.success(request, _("This is the copy, a draft. Correct name, price and stock, then publish it."))
        return redirect("workspace_goods:product", organisation.slug, copy.pk)
    if request.POST.get("act") == "withdraw" and request.POST.get("back") == "list":
        messages.success(request, f"{product.title}: {_withdraw(product, request.user)}")
        return redirect("workspace_goods:list", organisation.slug)
    acts = {"publish": _publish, "withdraw": _withdraw, "drop": _drop}
    wanted = acts.get(request.POST.get("act", ""))
    if wanted is not None:
        try:
            messages.success(request, wanted(product, request.user))
        except MarketError as refusal:
            messages.error(request, refusal.text)
    return redirect("workspace_goods:product", organisation.slug, product.pk)


def _publish(product: Product, by: Any) -> str:
    publish_product(product=product, by=by)
    return _("Published. Below you see whether it is on sale, and what it still needs.")


def _withdraw(product: Product, by: Any) -> str:
    withdraw_product(product=product, by=by)
    return _("Withdrawn. Nobody can buy it now; put it back on the market whenever you like.")


def _drop(product: Product, by: Any) -> str:
    drop_edit(product=product, by=by)
    if not on_sale().filter(pk=product.pk).exists():
        return _("Taken back. The product is as it was.")
    return _("Taken back. Buyers see what they saw before.")

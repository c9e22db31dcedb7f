"""The goods of one group with what each still needs, and the question for an exemption from a licence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from catalogue import selectors
from catalogue.gates import gate_of
from catalogue.models import GateExemption, GoodsDraft, Product
from catalogue.services import checklist, new_code, request_exemption
from catalogue.web.workspace.forms import ExemptionForm
from shop.common import access
from shop.common.errors import MarketError
from shop.common.thai import clean_text
from shop.partner.selectors import with_stock
from vendors.models import Organisation
from vendors.policies import Right, may, workspace_or_404
from vendors.web.workspace import registry

_PER_PAGE = 20
_SHOWS = {
    "": gettext_lazy("All"),
    "sale": gettext_lazy("On sale"),
    "draft": gettext_lazy("Drafts and withdrawn"),
    "off": gettext_lazy("Not on sale"),
    "lacking": gettext_lazy("Something is missing"),
    "waiting": gettext_lazy("Waiting for an officer"),
}


@access.members()
@require_GET
def index(request: HttpRequest, workspace: str) -> HttpResponse:
    """All goods of the group: picture, price, stock, and how each stands."""
    organisation = group_or_404(request, workspace)
    show, text = request.GET.get("show", ""), clean_text(request.GET.get("q", ""))[:80]
    show = show if show in _SHOWS else ""
    goods = with_stock(selectors.goods_of_group(organisation.pk, show=show, text=text))
    page = Paginator(goods, _PER_PAGE).get_page(request.GET.get("page", "1"))
    chosen = {"show": show, "q": text}
    may_list = may(request.user, Right.LIST, organisation)
    context = {
        "organisation": organisation,
        "page": page,
        "rows": _rows(page.object_list),
        "shows": _SHOWS.items(),
        "chosen": chosen,
        "page_query": urlencode({key: value for key, value in chosen.items() if value}),
        "may_list": may_list,
        "begun": begun_by(organisation, request.user) if may_list else None,
    }
    return render(request, "workspace_goods/list.html", context)


def _rows(goods: Any) -> list[dict[str, Any]]:
    """What the list shows of each product."""
    prices = selectors.PriceWords()
    return [
        {
            **standing_of(product),
            "price": prices.told(product.price_from_satang, product.price_to_satang),
            "left": product.left,
            "variants": sum(child.is_public for child in product.children.all()),
        }
        for product in goods
    ]


def standing_of(product: Product) -> dict[str, Any]:
    """How a product stands: its checklist, and one word for its state (see `_state`)."""
    points = checklist(product)
    missing = [point for point in points if not point.done and point.code != "sale"]
    on_sale = points[-1].done and product.price_from_satang is not None
    return {
        "product": product,
        "copy_code": copy_signer(product).sign(new_code()),
        "on_sale": on_sale,
        "state": _state(product, on_sale),
        "edit_waits": getattr(product, "edit_waits", False),
        "done": [point for point in points if point.done and point.code != "sale"],
        "missing": missing,
        "gate": gate_of(product),
    }


def copy_signer(product: Product) -> signing.Signer:
    """Signs the codes of this product's copies."""
    return signing.Signer(salt=f"catalogue.copy.{product.pk}")


def _state(product: Product, on_sale: bool) -> str:
    if on_sale:
        return "sale"
    if not product.is_public:
        return "withdrawn" if product.on_sale_since is not None else "draft"
    return "waiting" if product.review == Product.Review.WAITING or getattr(product, "edit_waits", False) else "off"


def begun_by(organisation: Organisation, user: Any) -> GoodsDraft | None:
    """What this member has begun to type and not saved."""
    return GoodsDraft.objects.filter(group=organisation, by=user.pk).first()


@access.members()
@require_http_methods(["GET", "POST"])
def exemption(request: HttpRequest, workspace: str, pk: int) -> HttpResponse:
    """The licence that the law asks for, how to get it, and the question to be exempt from it."""
    organisation = group_or_404(request, workspace)
    product = selectors.goods_of_group(organisation.pk).filter(pk=pk).first()
    if product is None or not may(request.user, Right.LIST, organisation):
        raise Http404("no such product")
    form = ExemptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            request_exemption(product=product, reason=form.cleaned_data["reason"], by=request.user)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("Sent. An officer of your province answers by letter."))
            return redirect("workspace_goods:exemption", organisation.slug, product.pk)
    gate = gate_of(product)
    context = {
        "organisation": organisation,
        "product": product,
        "gate": gate,
        "waits": bool(gate and gate.exemption and gate.exemption.state == GateExemption.State.ASKED),
        "form": form,
        "events": selectors.exemption_events(product),
    }
    return render(request, "workspace_goods/exemption.html", context, status=422 if form.errors else 200)


def group_or_404(request: HttpRequest, workspace: str) -> Organisation:
    """The workspace of a group; other organisations have no goods of their own."""
    organisation = workspace_or_404(request.user, workspace)
    if organisation.kind != Organisation.Kind.GROUP:
        raise Http404("only groups have goods")
    return organisation


def writing_or_404(request: HttpRequest, workspace: str) -> Organisation:
    """The workspace of a group for those who may write its goods; for others it looks like not there."""
    organisation = group_or_404(request, workspace)
    if not may(request.user, Right.LIST, organisation):
        raise Http404("may not write for this group")
    return organisation


registry.register(
    registry.Entry(
        title=gettext_lazy("Goods"),
        address=lambda organisation: reverse("workspace_goods:list", args=[organisation.slug]),
        is_for=lambda organisation: organisation.kind == Organisation.Kind.GROUP,
        position=20,
    )
)

"""The lots of one group: what was made when, of what; each has a code, a trail and labels."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from catalogue import selectors, trail
from catalogue.services import enter_lot
from catalogue.web.workspace.forms import LotForm
from catalogue.web.workspace.views import group_or_404, writing_or_404
from shop.common import access, codes
from shop.common.errors import MarketError
from shop.common.thai import clean_text
from shop.theme.formats import local
from vendors.models import Organisation
from vendors.policies import Right, may
from vendors.selectors import provinces_in_order
from vendors.web.workspace import registry

_PER_PAGE = 30


@access.members()
@require_GET
def index(request: HttpRequest, workspace: str) -> HttpResponse:
    """All lots of the group, newest first."""
    organisation = group_or_404(request, workspace)
    page = Paginator(trail.lots_of_group(organisation.pk), _PER_PAGE).get_page(request.GET.get("page", "1"))
    context = {
        "organisation": organisation,
        "page": page,
        "rows": [(lot, codes.grouped(lot.code, 3)) for lot in page.object_list],
        "may_list": may(request.user, Right.LIST, organisation),
    }
    return render(request, "workspace_goods/lots.html", context)


@access.members()
@require_GET
def choose(request: HttpRequest, workspace: str) -> HttpResponse:
    """Of which product the new lot is."""
    organisation = writing_or_404(request, workspace)
    text = clean_text(request.GET.get("q", ""))[:80]
    goods = selectors.goods_of_group(organisation.pk, text=text)
    page = Paginator(goods, _PER_PAGE).get_page(request.GET.get("page", "1"))
    context = {"organisation": organisation, "page": page, "text": text}
    return render(request, "workspace_goods/lot_choose.html", context)


@access.members()
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, workspace: str, pk: int) -> HttpResponse:
    """Days, pieces and raw materials of a new lot; the materials are those of the product until they are changed."""
    organisation = writing_or_404(request, workspace)
    product = selectors.goods_of_group(organisation.pk).filter(pk=pk).first()
    if product is None:
        raise Http404("no such product")
    provinces = {province.pk: province for province in provinces_in_order(get_language() or "th")}
    language = get_language() or "th"
    names = [(code, local(province, "name_th", language)) for code, province in provinces.items()]
    form = LotForm(request.POST or None, product=product, provinces=names)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            lot = enter_lot(
                product=product,
                made_on=data["made_on"],
                best_before=data["best_before"],
                quantity=data["quantity"],
                materials=form.materials(provinces),
                by=request.user,
            )
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            messages.success(request, _("The lot %(code)s is written down.") % {"code": codes.grouped(lot.code, 3)})
            return redirect("workspace_goods:lots", organisation.slug)
    context = {"organisation": organisation, "product": product, "form": form}
    return render(request, "workspace_goods/lot_enter.html", context, status=422 if form.errors else 200)


registry.register(
    registry.Entry(
        title=gettext_lazy("Lots"),
        address=lambda organisation: reverse("workspace_goods:lots", args=[organisation.slug]),
        is_for=lambda organisation: organisation.kind == Organisation.Kind.GROUP,
        position=25,
    )
)

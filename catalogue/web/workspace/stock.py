"""Stock and prices of all goods in one table for the phone, saved together; a row that somebody else changed comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from catalogue import pending
from catalogue.models import Product, ProductEvent
from catalogue.web.workspace.views import writing_or_404
from shop.common import access
from shop.common.errors import MarketError
from shop.common.forms import BahtField, CountField
from shop.common.thai import clean_text
from shop.partner import selectors
from shop.partner.errors import RowMet
from shop.partner.models import StockRecord
from shop.partner.table import RowValues, row_seen, row_values, save_row
from vendors.models import Organisation

_PER_PAGE, _MOST_SENT = 30, 60
_TITLES = {
    "": gettext_lazy("All"),
    "low": gettext_lazy("Running out"),
    "sale": gettext_lazy("On sale"),
    "off": gettext_lazy("Not on sale"),
}
_FIELD_OF = {"price_satang": "price", "in_stock": "stock", "low_stock": "low", "on_sale": "sale"}
_REFUSED_AT = {
    "partner.stock_below_reserved": "stock",
    "catalogue.not_ready": "sale",
    "partner.offer_incomplete": "price",
}


class RowForm(forms.Form):
    """One good: what it costs, how many there are, when to be told, and whether it is sold."""

    price = BahtField(label=gettext_lazy("Price (baht)"), required=False)
    stock = CountField(label=gettext_lazy("Pieces in stock"), most=100_000, required=False)
    low = CountField(label=gettext_lazy("Tell us at"), most=100_000, required=False)
    sale = forms.BooleanField(label=gettext_lazy("On sale"), required=False)
    use_required_attribute = False

    def __init__(self, *args: Any, was: RowValues | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was = was
        if was is None or was.low_stock is None:
            self.fields["low"].widget.attrs["placeholder"] = str(selectors.FEW)

    def clean_stock(self) -> int | None:
        """An emptied stock is a slip, not a zero."""
        typed: int | None = self.cleaned_data["stock"]
        if typed is None and self.was is not None and self.was.in_stock is not None:
            raise forms.ValidationError(_("Write how many pieces there are; 0 if there are none."))
        return typed

    def wanted(self) -> RowValues:
        """What was typed; a first price begins with no pieces when none are written."""
        data = self.cleaned_data
        stock = 0 if data["stock"] is None and data["price"] is not None else data["stock"]
        return RowValues(data["price"], stock, data["low"], data["sale"])


@dataclass
class _Row:
    """A good in the table: its form, what its reader saw, and what became of it."""

    product: Product
    record: StockRecord | None
    form: RowForm
    seen: str
    saved: bool = False
    met: tuple[pending.Difference, ...] = ()
    last: ProductEvent | None = None

    @property
    def owner(self) -> Product:
        return self.product.parent or self.product

    @property
    def reserved(self) -> int:
        return (self.record.num_allocated or 0) if self.record is not None else 0

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Where and why, for the summary."""
        return [
            (self.form[name].id_for_label, str(text) if name == "sale" else f"{self.form[name].label}: {text}")
            for name, texts in self.form.errors.items()
            for text in texts
        ]


@access.members()
@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, workspace: str) -> HttpResponse:
    """Everything that the group sells, row by row."""
    organisation = writing_or_404(request, workspace)
    show, text = request.GET.get("show", ""), clean_text(request.GET.get("q", ""))[:80]
    show = show if show in _TITLES else ""
    page = None
    if request.method == "POST":
        rows = _sent(request, organisation)
        saved = [row for row in rows if row.saved]
        _tell(request, len(saved))
        if not any(row.form.errors for row in rows):
            return redirect(request.get_full_path())
    else:
        goods = selectors.table_goods(organisation.pk, show=show, text=text)
        page = Paginator(goods, _PER_PAGE).get_page(request.GET.get("page", "1"))
        rows = _shown(list(page.object_list))
    chosen = {"show": show, "q": text}
    context = {
        "organisation": organisation,
        "page": page,
        "rows": rows,
        "wrong": [row for row in rows if row.form.errors],
        "shows": _TITLES.items(),
        "chosen": chosen,
        "page_query": urlencode({key: value for key, value in chosen.items() if value}),
        "address": reverse("workspace_goods:stock", args=[organisation.slug]),
    }
    return render(request, "workspace_goods/stock.html", context, status=200 if page is not None else 422)


def _tell(request: HttpRequest, saved: int) -> None:
    if saved:
        words = ngettext("%(number)s product saved.", "%(number)s products saved.", saved) % {"number": saved}
        messages.success(request, words)


def _shown(goods: list[Product]) -> list[_Row]:
    """The rows as they are now."""
    records = selectors.first_records(product.pk for product in goods)
    return [_fresh(product, records.get(product.pk)) for product in goods]


def _fresh(product: Product, record: StockRecord | None) -> _Row:
    now = row_values(product, record)
    initial = {"price": now.price_satang, "stock": now.in_stock, "low": now.low_stock, "sale": now.on_sale}
    return _Row(product, record, RowForm(prefix=f"r{product.pk}", initial=initial, was=now), now.as_text())


def _sent(request: HttpRequest, organisation: Organisation) -> list[_Row]:
    """The rows of the form: those that are right are saved, the others come back as they were typed."""
    keys = [int(key) for key in dict.fromkeys(request.POST.getlist("row")) if key.isascii() and key.isdigit()][
        :_MOST_SENT
    ]
    goods = selectors.table_goods(organisation.pk).in_bulk([key for key in keys if key < 2**63])
    if len(goods) != len(keys):
        raise Http404("not a good of this group")
    rows = [_save(request, organisation, goods[key]) for key in keys]
    if not any(row.form.errors for row in rows):
        return rows
    records = selectors.first_records(keys)
    goods = selectors.table_goods(organisation.pk).in_bulk(keys)
    events = _last_events(row for row in rows if row.met)
    for at, row in enumerate(rows):
        row.record, row.last = records.get(row.product.pk), events.get(row.owner.pk)
        if not row.form.errors:
            rows[at] = _fresh(goods[row.product.pk], row.record)
            rows[at].saved = row.saved
    return rows


def _save(request: HttpRequest, organisation: Organisation, product: Product) -> _Row:
    seen = row_seen(request.POST.get(f"seen-{product.pk}", ""))
    form = RowForm(request.POST, prefix=f"r{product.pk}", was=seen)
    row = _Row(product, None, form, request.POST.get(f"seen-{product.pk}", ""))
    if not form.is_valid():
        return row
    wanted = form.wanted()
    try:
        row.saved = save_row(group=organisation, product_id=product.pk, seen=seen, wanted=wanted, by=request.user)
    except RowMet as refusal:
        now: RowValues = refusal.facts["now"]
        row.met = tuple(pending.differences(vars(now), vars(wanted)))
        row.seen = now.as_text()
        form.add_error(_met_field(seen, now, wanted), refusal.text)
    except MarketError as refusal:
        form.add_error(_REFUSED_AT.get(refusal.code, "price"), refusal.text)
    return row


def _met_field(seen: RowValues | None, now: RowValues, wanted: RowValues) -> str:
    """The first field in which the two differ."""
    for key, name in _FIELD_OF.items():
        theirs, mine = getattr(now, key), getattr(wanted, key)
        if theirs != mine and (seen is None or getattr(seen, key) != theirs):
            return name
    return "price"


def _last_events(rows: Any) -> dict[int, ProductEvent]:
    """Who saved the other version of these goods, and when."""
    owners = [row.owner.pk for row in rows]
    acts = (ProductEvent.Act.PRICED, ProductEvent.Act.PUBLISHED, ProductEvent.Act.WITHDRAWN)
    events = ProductEvent.objects.filter(product_id__in=owners, act__in=acts).select_related("by")
    return {event.product_id: event for event in events.order_by("product_id", "-at", "-pk").distinct("product_id")}

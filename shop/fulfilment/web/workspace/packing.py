"""Packing a vendor order on a phone: big ticks, what is missing, and the slip that goes into the box."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shop.common import access, clock, pdf
from shop.common.errors import MarketError
from shop.common.thai import arabic_digits
from shop.fulfilment import services
from shop.fulfilment.web.workspace.parcels import keys_in
from shop.order.models import Line, VendorOrder
from shop.order.policies import shows_note, shows_recipient, vendor_order_or_404
from shop.people import addresses
from shop.theme import formats
from vendors.models import Organisation
from vendors.policies import Right, may, workspace_or_404

State = VendorOrder.State
_PRINTED = frozenset(State.values) - {State.AWAITING_PAYMENT, State.CANCELLED}
_SLIP = Path(__file__).resolve().parent.parent / "templates" / "papers" / "slip.typ"


def _own(request: HttpRequest, workspace: str, number: str) -> tuple[Organisation, VendorOrder]:
    organisation = workspace_or_404(request.user, workspace)
    if not may(request.user, Right.PACK, organisation):
        raise Http404
    return organisation, vendor_order_or_404(organisation, number)


@access.members()
@require_POST
def tick(request: HttpRequest, workspace: str, number: str) -> HttpResponse:
    """What was ticked or unticked on this page; what another phone ticked meanwhile stays."""
    _organisation, vendor_order = _own(request, workspace, number)
    before, now = set(keys_in(request, "was")), set(keys_in(request, "packed"))
    changes = {key: key in now for key in keys_in(request, "line") if (key in now) != (key in before)}
    try:
        services.tick_lines(vendor_order=vendor_order, packed=changes, by=request.user)
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("vendor_orders:detail", workspace, number)


class ShortForm(forms.Form):
    """How many there are, and why not all."""

    available = forms.CharField(
        label=gettext_lazy("How many can you pack?"),
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"),
        choices=[(why.value, why.label) for why in services.GROUP_REASONS],
        widget=forms.RadioSelect,
    )
    none_left = forms.BooleanField(label=gettext_lazy("Nothing is left in stock: show it as sold out"), required=False)
    use_required_attribute = False

    def __init__(self, data: Any, *, line: Line) -> None:
        super().__init__(data)
        self.line = line
        self.fields["available"].help_text = _("0 if there is none, at most %(most)s.") % {"most": line.to_pack - 1}

    def clean_available(self) -> int:
        """Fewer than are to be packed; Thai digits do no harm."""
        typed = arabic_digits(self.cleaned_data["available"]).strip()
        if not (typed.isascii() and typed.isdigit()) or int(typed) >= self.line.to_pack:
            raise forms.ValidationError(_("Type a number from 0 to %(most)s.") % {"most": self.line.to_pack - 1})
        return int(typed)


@access.members()
@require_http_methods(["GET", "POST"])
def short(request: HttpRequest, workspace: str, number: str, line: int) -> HttpResponse:
    """A line of which there is not enough."""
    organisation, vendor_order = _own(request, workspace, number)
    found = vendor_order.lines.filter(pk=line).first()
    if found is None or not found.to_pack:
        raise Http404("no such line")
    if vendor_order.state not in (State.TO_ACCEPT, State.TO_PACK):
        return redirect("vendor_orders:detail", workspace, number)
    form = ShortForm(request.POST if request.method == "POST" else None, line=found)
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen", "")
        try:
            services.mark_short(
                vendor_order=vendor_order,
                line_id=found.pk,
                seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1,
                by=request.user,
                **form.cleaned_data,
            )
            messages.success(request, _("Noted. The buyer gets a letter."))
        except MarketError as refusal:
            messages.error(request, refusal.text)
        return redirect("vendor_orders:detail", workspace, number)
    context = {"organisation": organisation, "vendor_order": vendor_order, "line": found, "form": form}
    return render(request, "workspace_orders/short.html", context, status=422 if form.errors else 200)


@access.members()
@require_GET
def slip(request: HttpRequest, workspace: str, number: str) -> HttpResponse:
    """What goes into the box, in Thai, on A4 or a roll of 80 mm. The address only while the group posts the parcel."""
    organisation, vendor_order = _own(request, workspace, number)
    if vendor_order.state not in _PRINTED:
        raise Http404("nothing to pack")
    paper = "80" if request.GET.get("paper") == "80" else "a4"
    shows = shows_recipient(vendor_order, packs=True)
    content = pdf.render(_SLIP, {**slip_data(organisation, vendor_order, shows_address=shows), "paper": paper})
    return pdf.answer(content, f"slip-{vendor_order.number}")


def slip_data(group: Organisation, vendor_order: VendorOrder, *, shows_address: bool) -> dict[str, Any]:
    """Plain values of this group's part alone."""
    order, to = vendor_order.order, vendor_order.order.shipping_address
    lines = list(vendor_order.lines.order_by("pk"))
    receiver: dict[str, str] = {}
    if shows_address and to is not None:
        where = addresses.one_line(
            line1=to.line1, line2="", area=addresses.area(to.subdistrict_code), postcode=to.postcode, language="th"
        )
        receiver = {"name": to.recipient, "phone": formats.phone(to.phone), "address": where}
    return {
        "number": vendor_order.number,
        "group": group.name_th,
        "ordered": formats.date(order.date_placed.astimezone(clock.BANGKOK).date(), "th"),
        "receiver": receiver,
        "note": order.note if shows_note(vendor_order, packs=True) else "",
        "cod": shows_address and order.payment_method == "cod",
        "collect": formats.baht(vendor_order.due_satang),
        "lines": [
            {"quantity": str(line.to_pack), "title": line.title, "unit": line.unit_th, "short": line.short_quantity}
            for line in lines
        ],
        "pieces": str(sum(line.to_pack for line in lines)),
    }

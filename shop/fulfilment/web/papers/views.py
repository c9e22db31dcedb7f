"""A hub's printer: lists made by the worker, and small papers at once. Only packers of the hub open them."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.contrib import messages
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from shop.common import access, clock, pdf
from shop.common.errors import MarketError
from shop.fulfilment.models import PaperRun, TransferBox
from shop.fulfilment.papers import handover, labels, selectors, services
from shop.fulfilment.papers.pieces import MOST_ROWS
from shop.fulfilment.papers.printing import SIZES
from shop.fulfilment.policies import hub_or_404, parcel_or_404, transfer_or_404
from shop.fulfilment.web.hub.views import around

_SHOWN = 20
_AHEAD = dt.timedelta(days=60)
Kind = PaperRun.Kind


class PaperForm(forms.Form):
    """Which list, of which day."""

    kind = forms.ChoiceField(label=_("What do you want to print?"), choices=Kind.choices, widget=forms.RadioSelect)
    day = forms.DateField(
        label=_("Everything that is to be here until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )
    size = forms.ChoiceField(
        label=_("Paper for labels"),
        choices=[("a4", _("A4, four on a sheet")), ("80", _("Roll of 80 mm"))],
        required=False,
        widget=forms.RadioSelect,
    )
    use_required_attribute = False

    def clean_day(self) -> dt.date:
        """Not further than two months away: nothing is planned there."""
        day: dt.date = self.cleaned_data["day"]
        if not clock.today() - _AHEAD <= day <= clock.today() + _AHEAD:
            raise forms.ValidationError(_("Choose a day of the next two months."))
        return day


def _size(request: HttpRequest) -> str:
    size = request.GET.get("paper", "a4")
    return size if size in SIZES else "a4"


@access.members()
@require_GET
def index(request: HttpRequest, workspace: str, hub: str) -> HttpResponse:
    """Which lists there are, and those that were made."""
    initial = {"kind": Kind.PICK, "day": clock.today(), "size": "a4"}
    return _index(request, workspace, hub, PaperForm(initial=initial))


def _index(request: HttpRequest, workspace: str, hub: str, form: PaperForm, status: int = 200) -> HttpResponse:
    place = hub_or_404(request.user, workspace, hub)
    runs = list(selectors.runs_of(place, request.user)[:_SHOWN])
    shown = [run for run in runs if clock.now() < services.open_until(run)]
    context = around(place, "papers", form=form, runs=shown)
    return render(request, "hub_papers/index.html", context, status=status)


@access.members()
@require_POST
def start(request: HttpRequest, workspace: str, hub: str) -> HttpResponse:
    """Gives a list to the worker, and leads to its page."""
    place, form = hub_or_404(request.user, workspace, hub), PaperForm(request.POST)
    if form.is_valid():
        try:
            run = services.start_paper(place=place, by=request.user, **form.cleaned_data)
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            return redirect("hub_papers:run", workspace, place.code, run.code)
    return _index(request, workspace, hub, form, status=422)


@access.members()
@require_GET
def run(request: HttpRequest, workspace: str, hub: str, code: str) -> HttpResponse:
    """How far a list is. While the worker has it, the page asks for itself again."""
    place = hub_or_404(request.user, workspace, hub)
    found = selectors.run_or_404(place, request.user, code)
    too_long = found.state == PaperRun.State.FAILED and found.rows > MOST_ROWS
    context = around(place, "papers", run=found, open_until=services.open_until(found), too_long=too_long)
    return render(request, "hub_papers/run.html", context)


@access.members()
@require_GET
def file(request: HttpRequest, workspace: str, hub: str, code: str) -> HttpResponseBase:
    """The list itself."""
    place = hub_or_404(request.user, workspace, hub)
    found = selectors.run_or_404(place, request.user, code)
    if found.state != PaperRun.State.DONE or not storages["private"].exists(found.stored_name):
        messages.error(request, _("This list is not ready yet."))
        return redirect("hub_papers:run", workspace, place.code, found.code)
    answer = FileResponse(storages["private"].open(found.stored_name), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.kind}-{found.day:%Y-%m-%d}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@access.members()
@require_GET
def parcel_label(request: HttpRequest, workspace: str, hub: str, code: str) -> HttpResponse:
    """The label of a parcel while it lies here; with the buyer's address only where it goes to the door."""
    place = hub_or_404(request.user, workspace, hub)
    parcel = parcel_or_404(place, code)
    if not labels.parcels_to_label(place).filter(pk=parcel.pk).exists():
        raise Http404("nothing to label")
    content = labels.print_labels(parcel.code, [labels.parcel_label(parcel, place)], _size(request))
    return pdf.answer(content, f"parcel-{parcel.code}")


@access.members()
@require_GET
def box_label(request: HttpRequest, workspace: str, hub: str, number: str) -> HttpResponse:
    """The label of a box that comes to this hub or leaves it."""
    place = hub_or_404(request.user, workspace, hub)
    boxes = TransferBox.objects.filter(vendor_order__number=number)
    here = boxes.filter(transfer__to_place=place) | boxes.filter(transfer__from_place=place)
    newest = here.order_by("-pk").values_list("pk", flat=True).first()
    if newest is None:
        raise Http404("no such box here")
    made = labels.box_labels(TransferBox.objects.filter(pk=newest))
    return pdf.answer(labels.print_labels(number, made, _size(request)), f"box-{number}")


@access.members()
@require_GET
def transfer_label(request: HttpRequest, workspace: str, hub: str, code: str) -> HttpResponse:
    """The label of a crate with a whole transfer."""
    transfer = transfer_or_404(hub_or_404(request.user, workspace, hub), code)
    content = labels.print_labels(transfer.code, [labels.transfer_label(transfer)], _size(request))
    return pdf.answer(content, f"transfer-{transfer.code}")


@access.members()
@require_GET
def transfer_sheet(request: HttpRequest, workspace: str, hub: str, code: str) -> HttpResponse:
    """The sheet that giver and taker sign."""
    transfer = transfer_or_404(hub_or_404(request.user, workspace, hub), code)
    return pdf.answer(handover.print_sheet(transfer, _size(request)), f"transfer-{transfer.code}-sheet")

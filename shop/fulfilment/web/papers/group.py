"""What a group prints for goods that hubs carry: the label of a box, and label and sheet of a whole transfer."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from shop.common import access, codes, pdf
from shop.fulfilment.models import Transfer, TransferBox
from shop.fulfilment.papers import handover, labels
from shop.fulfilment.papers.printing import SIZES
from shop.order.models import VendorOrder
from shop.order.policies import vendor_order_or_404
from vendors.models import Organisation
from vendors.policies import Right, may, workspace_or_404

_LABELLED = frozenset({VendorOrder.State.TO_ACCEPT, VendorOrder.State.TO_PACK, VendorOrder.State.PACKED})


@dataclass(frozen=True)
class Papers:
    """What a group may print for a box: its label, and the sheet of the transfer that it is announced for (its code)."""

    transfer: str


def papers_of(vendor_order: VendorOrder) -> Papers | None:
    """None where the group posts the goods itself, and when the box has left; one query for what goes to a hub."""
    if vendor_order.state not in _LABELLED or not vendor_order.order.through_hubs:
        return None
    boxes = TransferBox.objects.filter(vendor_order=vendor_order, state=TransferBox.State.ANNOUNCED)
    return Papers(boxes.values_list("transfer__code", flat=True).first() or "")


def _size(request: HttpRequest) -> str:
    size = request.GET.get("paper", "a4")
    return size if size in SIZES else "a4"


def _packing(request: HttpRequest, workspace: str) -> Organisation:
    organisation = workspace_or_404(request.user, workspace)
    if not may(request.user, Right.PACK, organisation):
        raise Http404("no packer")
    return organisation


@access.members()
@require_GET
def box_label(request: HttpRequest, workspace: str, number: str) -> HttpResponse:
    """The label that the group puts on its box; no buyer stands on it."""
    organisation = _packing(request, workspace)
    vendor_order = vendor_order_or_404(organisation, number)
    label = labels.group_box_label(vendor_order) if papers_of(vendor_order) else None
    if label is None:
        raise Http404("no box for a hub")
    return pdf.answer(labels.print_labels(number, [label], _size(request)), f"box-{number}")


def _own(request: HttpRequest, workspace: str, code: str) -> Transfer:
    organisation = _packing(request, workspace)
    rows = Transfer.objects.filter(from_place__organisation=organisation).exclude(state=Transfer.State.CANCELLED)
    found = rows.select_related("from_place", "to_place__province").filter(code=codes.normalise(code)).first()
    if found is None:
        raise Http404("no such transfer")
    return found


@access.members()
@require_GET
def transfer_label(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """The label of a crate with everything that the group brings for a day."""
    transfer = _own(request, workspace, code)
    content = labels.print_labels(transfer.code, [labels.transfer_label(transfer)], _size(request))
    return pdf.answer(content, f"transfer-{transfer.code}")


@access.members()
@require_GET
def transfer_sheet(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """The sheet that the group and the hub sign."""
    transfer = _own(request, workspace, code)
    return pdf.answer(handover.print_sheet(transfer, _size(request)), f"transfer-{transfer.code}-sheet")

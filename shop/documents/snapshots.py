"""Everything that is printed, as plain values, frozen with the document: later changes of names, goods or rates do not reach it.

Words are Thai, for papers are for Thai bookkeeping. Codes of areas and branches stay beside the words so that e-Tax can follow.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.translation import override

from shop.common import clock
from shop.documents.charges import Charge
from shop.documents.models import Document, TaxDetails
from shop.documents.standing import SellerFacts
from shop.order.models import Order
from shop.payment.models import PaymentAttempt, Refund
from shop.people import addresses

Snapshot = dict[str, Any]


def of_sale(
    order: Order, attempt: PaymentAttempt, charge: Charge, facts: SellerFacts, details: TaxDetails | None
) -> Snapshot:
    """Seller, buyer (where one gave a name), payment."""
    with override("th"):
        method = str(attempt.get_method_display())
    paid_on = (attempt.received_at or clock.now()).astimezone(clock.BANGKOK).date()
    return {
        "seller": asdict(facts),
        "groups": charge.groups,
        "buyer": of_buyer(details) if details else None,
        "order": order.number,
        "method": method,
        "paid_on": paid_on.isoformat(),
        "borne_by": charge.borne_by,
    }


def of_buyer(details: TaxDetails) -> Snapshot:
    """The buyer's name, number, branch and address, in words and codes."""
    area = addresses.area(details.area_code)
    where = f"{details.line1} {area.label('th') if area else ''} {details.postcode}"
    return {
        "who": details.who,
        "name": details.name,
        "tax_id": details.tax_id,
        "branch": details.branch,
        "address": " ".join(where.split()),
        "line1": details.line1,
        "area_code": details.area_code,
        "postcode": details.postcode,
    }


def of_credit(refund: Refund, sale: Document, value_left: int) -> Snapshot:
    """What a note takes back, of which document, and why; `value_left` is what the sale was worth (before tax) until now."""
    with override("th"):
        why = str(refund.get_why_display())
    return {**_of_about(sale), "reason": why, "value_before": value_left}


def of_cancellation(document: Document, reason: str) -> Snapshot:
    """A void document is named with its sum and its lines."""
    return {**_of_about(document), "reason": reason, "lines": document.snapshot["lines"]}


def _of_about(document: Document) -> Snapshot:
    kept = {key: document.snapshot[key] for key in ("seller", "groups", "buyer", "order", "borne_by")}
    return {
        **kept,
        "about": {
            "reference": document.reference,
            "kind": document.kind,
            "dated": document.dated.isoformat(),
            "untaxed_satang": document.untaxed_satang,
            "taxable_satang": document.taxable_satang,
            "vat_satang": document.vat_satang,
            "total_satang": document.total_satang,
        },
    }

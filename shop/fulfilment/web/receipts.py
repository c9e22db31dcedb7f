"""The receipt of an order's payment: what came in, what went back, what is kept. Tax documents are papers of the sellers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import override
from django.views.decorators.http import require_GET

from shop.common import access, clock, pdf
from shop.common.baht_words import baht_words
from shop.common.money import to_baht, to_satang
from shop.fulfilment.web.money import Flow, money_of
from shop.order.models import Order
from shop.order.policies import order_or_404
from shop.order.selectors import discount_of
from shop.theme.templatetags.market import be_date, be_datetime

_TEMPLATE = Path(__file__).parent / "templates" / "papers" / "receipt.typ"


@access.public
@require_GET
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt as PDF, as things stand now; while nothing was paid the order page says so."""
    order = order_or_404(request, number)
    flow = money_of(order)
    if not flow.paid:
        return redirect("orders:detail", order.number)
    with override("th"):
        data = receipt_data(order, flow)
    return pdf.answer(pdf.render(_TEMPLATE, data), f"receipt-{order.number}")


def receipt_data(order: Order, flow: Flow) -> dict[str, Any]:
    """What stands on the receipt, as plain values, in the active language (Thai: a paper for Thai bookkeeping)."""
    address = order.shipping_address
    lines = [line for part in order.vendor_orders.all() for line in part.lines.all()]
    paid = [
        {
            "when": be_date(row.received_at),
            "what": f"รับเงิน · {row.get_method_display()}",
            "reference": row.payment_ref,
            "amount": _baht(row.received_satang or 0),
        }
        for row in flow.paid
    ]
    back = [
        {
            "when": be_date(row.done_at),
            "what": f"คืนเงิน · {row.get_why_display()}",
            "reference": row.reference or row.provider_ref,
            "amount": f"−{_baht(row.amount_satang)}",
        }
        for row in flow.given_back
    ]
    return {
        "number": order.number,
        "ordered": be_datetime(order.date_placed),
        "issued": be_datetime(clock.now()),
        "payer": address.recipient if address else order.guest_email,
        "test": flow.is_test,
        "rows": [*paid, *back],
        "kept": _baht(flow.kept_satang),
        "words": baht_words(max(0, flow.kept_satang)),
        "pending": _baht(flow.pending_satang) if flow.pending_satang else "",
        "delivery": _baht(to_satang(order.shipping_incl_tax)),
        "lines": [
            {
                "title": line.title,
                "quantity": str(line.quantity),
                "amount": _baht(to_satang(line.line_price_incl_tax)),
            }
            for line in lines
        ]
        + _discount(order),
    }


def _discount(order: Order) -> list[dict[str, str]]:
    """A line of its own, with who pays for it."""
    found = discount_of(order)
    if found is None:
        return []
    title = f"ส่วนลด {found.code} (ออกโดย{found.name('th')})"
    return [{"title": title, "quantity": "", "amount": f"−{_baht(found.satang)}"}]


def _baht(satang: int) -> str:
    return f"{to_baht(satang):,.2f}"

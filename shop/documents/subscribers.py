"""Documents follow money: news of the outbox, brought at least once. Numbers are taken in a transaction of their own, so that no
payment waits for a series or fails with a paper; a paper that fails waits on the page of what is stuck."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from shop.common import outbox
from shop.common.jobs import job
from shop.documents import services
from shop.documents.models import TaxDetails
from shop.payment.models import PaymentAttempt, Refund
from shop.people.events import Copy, Departure, Section, copy_wanted, person_left


@outbox.subscribe("payment.succeeded")
def note_sale(payload: dict[str, Any]) -> None:
    """A news of its own: a letter does not wait for a number, nor a number for a letter."""
    outbox.announce("documents.sold", {"attempt": payload["attempt"]}, key=f"sold:{payload['attempt']}")


@outbox.subscribe("refund.moved")
def note_refund(payload: dict[str, Any]) -> None:
    """The same for money that has gone back, or did not arrive after all."""
    refund, state = payload["refund"], payload["state"]
    if state == Refund.State.SUCCEEDED or state in Refund.GONE:
        outbox.announce("documents.returned", {"refund": refund, "state": state}, key=f"returned-{state}:{refund}")


@outbox.subscribe("documents.sold")
def issue_for_sale(payload: dict[str, Any]) -> None:
    """Receipts and tax invoices, one a seller."""
    services.issue_sale(attempt=PaymentAttempt.objects.get(pk=payload["attempt"]))


@outbox.subscribe("documents.returned")
def issue_for_refund(payload: dict[str, Any]) -> None:
    """Credit notes, or their cancellation."""
    refund = Refund.objects.get(pk=payload["refund"])
    if refund.state == Refund.State.SUCCEEDED:
        services.issue_credit(refund=refund)
    else:
        services.withdraw_credit(refund=refund)


@copy_wanted.register
def tell_tax_details(copy: Copy) -> None:
    """In whose name documents of own orders were wanted, and where they stand."""
    labels = {
        "order": _("Order"),
        "name": _("Name"),
        "tax_id": _("Tax number"),
        "branch": _("Branch"),
        "address": _("Address"),
    }
    rows = [
        {
            "order": row.order.number,
            "name": row.name,
            "tax_id": row.tax_id,
            "branch": row.branch,
            "address": f"{row.line1} {row.postcode}",
        }
        for row in TaxDetails.objects.filter(order__user=copy.user).select_related("order").order_by("pk")
    ]
    copy.add(Section("tax_details", _("Details for tax invoices"), labels, rows))


@person_left.register
def forget_at_once(departure: Departure) -> None:
    """Details alone go with the account. What is numbered has its own copy and stays: the law wants it kept (decision 088)."""
    departure.removed["tax_details"] = TaxDetails.objects.filter(order__user=departure.user).delete()[0]


@job("documents.forget", every=dt.timedelta(days=1))
def forget_buyers() -> str:
    """Details that no document can be issued with any more; and buyers' names on documents that the law no longer asks for."""
    number = services.forget_details()
    return f"{number} tax details, {services.forget_names()} documents without a buyer"

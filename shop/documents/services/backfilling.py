"""Documents of purchases that were paid before there were documents, or whose paper failed for long."""

from __future__ import annotations

from django.db import transaction

from shop.documents.models import Document
from shop.documents.services.issuing import issue_credit, issue_sale
from shop.payment.models import PaymentAttempt, Refund


@transaction.atomic
def backfill_purchase(*, attempt: PaymentAttempt, of_tax: bool = False) -> list[Document]:
    """What is missing of a paid purchase: documents of the sale, then notes for what has gone back since. Again is nothing.

    Tax invoices only with `of_tax`: the seller may have written its own then, and two of one sale are an offence. Else raises OfTax
    and issues none of the purchase.
    """
    known = set(Document.objects.filter(order=attempt.order_id).values_list("pk", flat=True))
    made = issue_sale(attempt=attempt, of_tax=of_tax)
    if made:
        refunds = Refund.objects.filter(attempt__order=attempt.order_id, state=Refund.State.SUCCEEDED)
        for refund in refunds.order_by("done_at", "pk"):
            made += issue_credit(refund=refund)
    return [document for document in made if document.pk not in known]

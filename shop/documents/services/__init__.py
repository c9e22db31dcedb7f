"""Writes of this room, by act: documents of sales and refunds, void ones, in whose name they are, tax standings and rates."""

from __future__ import annotations

from shop.documents.services.backfilling import backfill_purchase
from shop.documents.services.forgetting import forget_details, forget_names
from shop.documents.services.issuing import issue_credit, issue_sale, withdraw_credit
from shop.documents.services.naming import issue_anew, set_tax_details
from shop.documents.services.standings import set_rate, set_standing

__all__ = [
    "backfill_purchase",
    "forget_details",
    "forget_names",
    "issue_anew",
    "issue_credit",
    "issue_sale",
    "set_rate",
    "set_standing",
    "set_tax_details",
    "withdraw_credit",
]

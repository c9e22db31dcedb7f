"""Attempts to pay, what providers told, refunds, disputes, and what a person has to look at."""

from __future__ import annotations

from shop.payment.models.acts import MoneyAct
from shop.payment.models.attempts import CashCollection, PaymentAttempt
from shop.payment.models.cash import CashHandIn
from shop.payment.models.disputes import Dispute
from shop.payment.models.events import ProviderEvent
from shop.payment.models.problems import PaymentProblem
from shop.payment.models.refunds import Refund, RefundLine
from shop.payment.models.runs import ReconciliationRun
from shop.payment.models.slips import TransferSlip

__all__ = [
    "CashCollection",
    "CashHandIn",
    "Dispute",
    "MoneyAct",
    "PaymentAttempt",
    "PaymentProblem",
    "ProviderEvent",
    "ReconciliationRun",
    "Refund",
    "RefundLine",
    "TransferSlip",
]

from oscar.apps.payment.models import *

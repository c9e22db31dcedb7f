"""Documents for tests: a registered seller, a paid order, and the details of a buyer who wants a full invoice."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from typing import Any

from django.db import transaction

from shop.common import clock
from shop.documents import services
from shop.documents.models import Document, TaxDetails, TaxStanding
from shop.order.models import Order
from shop.payment import services as payments
from shop.payment.models import Refund
from tests.market import Market
from tests.payments import place
from vendors.models import Organisation

TAX_ID = "0994000165463"
BUYER_ID = "0105536000313"


def register(market: Market, seller: Organisation, day: dt.date | None = None, **facts: Any) -> TaxStanding:
    """The seller is registered for VAT from a day on (2020 when none is named)."""
    wanted = TaxStanding(
        valid_from=day or dt.date(2020, 1, 1),
        **{
            "is_vat_registered": True,
            "tax_id": TAX_ID,
            "branch": "00000",
            "name": "สหกรณ์การเกษตรทดสอบ จำกัด",
            "address": "9 หมู่ 2 ต.ในเมือง อ.เมือง จ.ขอนแก่น 40000",
            **facts,
        },
    )
    return services.set_standing(seller=seller, wanted=wanted, by=market.people["administrator"])


def paid(market: Market, moment: tuple[int, ...] | None = None, **quantities: int) -> Order:
    """A purchase by transfer that is paid (at `moment` of Bangkok), with its documents."""
    order = place(market, "transfer", **quantities)
    with at(*moment) if moment else nullcontext():
        services.issue_sale(attempt=payments.confirm(attempt=order.payment_attempts.get()))
    return order


def sale_of(order: Order) -> Document:
    """The one document in force that says what was sold."""
    return Document.objects.exclude(followers__kind="cancellation").get(
        order=order, kind__in=["receipt", "abbreviated", "tax_invoice"]
    )


def give_back(order: Order, pieces: dict[int, int], delivery: dict[int, int] | None = None) -> Refund:
    """Gives back pieces by hand, with the notes for it."""
    refund = payments.ask_refund(order=order, pieces=pieces, delivery=delivery, why="returned", by=None)
    refund = payments.settle_by_hand(refund=refund, route="transfer", reference="KTB 1", by=None)
    services.issue_credit(refund=refund)
    return refund


def details(**facts: Any) -> TaxDetails:
    """What a company types."""
    return TaxDetails(
        **{
            "who": "company",
            "name": "บริษัท ครัวไทย จำกัด",
            "tax_id": BUYER_ID,
            "branch": "00000",
            "line1": "88 ถนนสุขุมวิท",
            "area_code": "103901",
            "postcode": "10110",
            **facts,
        }
    )


def at(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> Any:
    """Lets the clock stand at a time of Bangkok."""
    return clock.moved_to(dt.datetime(year, month, day, hour, minute, tzinfo=clock.BANGKOK))


def commit_checks() -> None:
    """What is checked at the end of a transaction is checked now."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")

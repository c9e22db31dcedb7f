"""Documents of settled payments, of refunds, and void ones. Each act locks the order first, then series in the order of sellers.

All may be called again: the cause of a document makes it once. Nothing here renders anything; pages and PDF are made from the row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from shop.common import clock
from shop.common.money import split
from shop.documents import amounts, errors, snapshots
from shop.documents.amounts import Item
from shop.documents.charges import Charge, charges_of
from shop.documents.models import OF_TAX, SALES, Document, Kind, TaxDetails
from shop.documents.services.numbering import write_document
from shop.documents.standing import SellerFacts, facts_of, last_day_to_report, rate_on
from shop.ledger.purposes import BAHT
from shop.order.locks import lock_order
from shop.order.models import Order
from shop.payment.books import booked_currency
from shop.payment.models import PaymentAttempt, Refund

_Key = tuple[int | None, int]


@dataclass(frozen=True)
class _Part:
    """Of a line: what the buyer gets back, what of the discount goes back with it, and how many pieces that is."""

    paid: int
    discount: int
    pieces: int


@transaction.atomic
def issue_sale(*, attempt: PaymentAttempt, of_tax: bool = True) -> list[Document]:
    """A document of each seller of a purchase that is paid. Nothing for money that was not kept.

    Raises OfTax, and issues none, where one would be a tax invoice and `of_tax` is not wanted.
    """
    order = lock_order(attempt.order_id)
    current = PaymentAttempt.objects.get(pk=attempt.pk)
    if current.state != PaymentAttempt.State.SUCCEEDED or current.received_at is None:
        return []
    known = {row.cause: row for row in Document.objects.filter(order=order, cause__startswith="sale:")}
    made = []
    for charge in charges_of(order):
        cause = f"sale:{order.number}:{charge.seller.code}"
        made.append(known.get(cause) or _sell(order, current, charge, cause, of_tax=of_tax))
    return made


def _sell(order: Order, attempt: PaymentAttempt, charge: Charge, cause: str, *, of_tax: bool) -> Document:
    """Standing and rate are those of the day of the sale, also on a document that is dated later."""
    sold, dated = day_of(attempt.received_at or clock.now()), date_for(attempt.received_at or clock.now())
    facts = facts_of(charge.seller, sold)
    rate = rate_on(sold) if facts.is_vat_registered else None
    items = amounts.taxed(charge.items, rate)
    details = TaxDetails.objects.filter(order=order).first()
    kind = kind_of_sale(items, facts, named=details is not None)
    if kind in OF_TAX and not of_tax:
        raise errors.OfTax
    return write_lines(
        order=order,
        charge_of=charge,
        kind=kind,
        items=items,
        facts=facts,
        rate=rate,
        dated=dated,
        cause=cause,
        attempt=attempt,
        is_test=booked_currency(attempt) != BAHT,
        snapshot=snapshots.of_sale(order, attempt, charge, facts, details),
    )


def kind_of_sale(items: Iterable[Item], facts: SellerFacts, *, named: bool) -> str:
    """A receipt where no tax is borne; else a tax invoice, in full when the buyer gave a name for it."""
    if not facts.is_vat_registered or all(item.exempt for item in items):
        return Kind.RECEIPT
    return Kind.TAX_INVOICE if named else Kind.ABBREVIATED


def write_lines(
    *,
    order: Order,
    charge_of: Charge,
    kind: str,
    items: Sequence[Item],
    facts: SellerFacts,
    rate: int | None,
    snapshot: dict[str, Any],
    **rest: Any,
) -> Document:
    """A document of these lines with its sums. Only where the order is locked."""
    sums = amounts.sums_of(items, registered=rate is not None)
    return write_document(
        seller=charge_of.seller,
        branch=facts.branch,
        kind=kind,
        order=order,
        vat_basis_points=rate,
        untaxed_satang=sums.untaxed,
        taxable_satang=sums.taxable,
        vat_satang=sums.vat,
        total_satang=sums.total,
        borne_satang=sum(item.borne_satang for item in items),
        snapshot={**snapshot, "lines": [asdict(item) for item in items]},
        **rest,
    )


@transaction.atomic
def issue_credit(*, refund: Refund) -> list[Document]:
    """A note for each seller whose sale a refund takes back, with exactly that part of the tax. Only for money that has gone back."""
    current = Refund.objects.select_related("attempt").get(pk=refund.pk)
    order = lock_order(current.attempt.order_id)
    current.refresh_from_db()
    if current.state != Refund.State.SUCCEEDED:
        return []
    known = list(Document.objects.filter(refund=current).exclude(kind=Kind.CANCELLATION))
    if known:
        return known
    sales = _sales_to_credit(order, current)
    left = {sale.pk: _left_of(sale) for sale in sales}
    made = []
    for sale, wanted in _chosen(current, sales, left):
        note = _credit(current, sale, wanted, left[sale.pk])
        made += [note] if note is not None else []
    return made


def _sales_to_credit(order: Order, refund: Refund) -> list[Document]:
    sales = in_force(order)
    if not sales:
        paid = PaymentAttempt.objects.filter(order=order, state=PaymentAttempt.State.SUCCEEDED).order_by("received_at")
        first = paid.first()
        sales = issue_sale(attempt=first) if first is not None else []
    if not refund.lines.exists():  # of money that came twice, or of another amount, nothing was sold
        sales = [sale for sale in sales if sale.attempt_id == refund.attempt_id]
    return sorted(sales, key=lambda sale: sale.seller_id)


def in_force(order: Order) -> list[Document]:
    """The order's documents that say what was sold and are not cancelled."""
    rows = Document.objects.filter(order=order, kind__in=SALES).exclude(followers__kind=Kind.CANCELLATION)
    return list(rows.order_by("seller_id", "pk"))


def _left_of(sale: Document) -> dict[_Key, int]:
    """Satang of each line that have not gone back yet."""
    left = {(line["line"], line["part"]): int(line["total_satang"]) for line in sale.snapshot["lines"]}
    notes = sale.followers.filter(refund__isnull=False).exclude(kind=Kind.CANCELLATION)
    for note in notes.exclude(followers__kind=Kind.CANCELLATION):
        for line in note.snapshot["lines"]:
            left[line["line"], line["part"]] -= int(line["total_satang"])
    return left


def _chosen(
    refund: Refund, sales: Sequence[Document], left: dict[int, dict[_Key, int]]
) -> list[tuple[Document, dict[_Key, _Part]]]:
    """By document: line → what goes back of it. A refund without lines takes of every line alike."""
    wanted: dict[_Key, _Part] = {}
    rows = list(refund.lines.order_by("pk"))
    for row in rows:
        before = wanted.get((row.line_id, row.vendor_order_id), _Part(0, 0, 0))
        wanted[row.line_id, row.vendor_order_id] = _Part(
            before.paid + row.amount_satang, before.discount + row.discount_satang, before.pieces + row.quantity
        )
    if not rows:
        every = [(key, amount) for sale in sales for key, amount in left[sale.pk].items() if amount > 0]
        whole = sum(amount for _key, amount in every)
        amount = min(refund.amount_satang, whole)
        parts = split(amount, [one for _key, one in every]) if amount else []
        wanted = {key: _Part(part, 0, 0) for (key, _one), part in zip(every, parts, strict=bool(parts))}
    return [(sale, wanted) for sale in sales if any(left[sale.pk].get(key, 0) > 0 for key in wanted)]


def _credit(refund: Refund, sale: Document, wanted: dict[_Key, _Part], left: dict[_Key, int]) -> Document | None:
    items = [item for line in sale.snapshot["lines"] if (item := _back(line, wanted, left)) is not None]
    if not items:
        return None
    return write_lines(
        order=sale.order,
        charge_of=Charge(sale.seller),
        kind=Kind.REFUND_NOTE if sale.kind == Kind.RECEIPT else Kind.CREDIT_NOTE,
        items=items,
        facts=SellerFacts(**sale.snapshot["seller"]),
        rate=sale.vat_basis_points,
        snapshot=snapshots.of_credit(refund, sale, _value_left(sale)),
        dated=max(date_for(refund.done_at or clock.now()), sale.dated),
        cause=f"credit:{refund.pk}:{sale.code}",
        refund=refund,
        about=sale,
        is_test=sale.is_test,
    )


def _back(line: dict[str, Any], wanted: dict[_Key, _Part], left: dict[_Key, int]) -> Item | None:
    """What of a line goes back: the buyer's money, and with it what the fund had paid of its price.

    What the seller had given of its price is named again, where price and discount make exactly what goes back.
    """
    key = (line["line"], line["part"])
    part = wanted.get(key)
    if part is None:
        return None
    borne = part.discount if line["borne_satang"] else 0
    amount, total = min(part.paid + borne, left[key]), int(line["total_satang"])
    if amount <= 0:
        return None
    vat = amounts.vat_of_part(total=total, vat=int(line["vat_satang"]), before=total - left[key], amount=amount)
    given = int(line["unit_satang"]) * part.pieces - amount
    facts: dict[str, Any] = {"quantity": part.pieces, "total_satang": amount, "vat_satang": vat}
    facts["discount_satang"] = given if line["discount_satang"] and given == part.discount else 0
    return Item(**{**line, **facts, "borne_satang": min(borne, amount)})


def _value_left(sale: Document) -> int:
    """What a sale was worth before tax, less the notes that are in force already."""
    notes = sale.followers.filter(refund__isnull=False).exclude(kind=Kind.CANCELLATION)
    notes = notes.exclude(followers__kind=Kind.CANCELLATION)
    back = sum(note.untaxed_satang + note.taxable_satang for note in notes)
    return sale.untaxed_satang + sale.taxable_satang - back


@transaction.atomic
def withdraw_credit(*, refund: Refund) -> list[Document]:
    """A refund that was done did not arrive after all: its notes are made void."""
    current = Refund.objects.select_related("attempt").get(pk=refund.pk)
    lock_order(current.attempt.order_id)
    if current.state not in Refund.GONE:
        return []
    notes = Document.objects.filter(refund=current).exclude(kind=Kind.CANCELLATION)
    notes = notes.exclude(followers__kind=Kind.CANCELLATION).order_by("seller_id", "pk")
    return [cancel(note, "การคืนเงินไม่สำเร็จ", dated=clock.today()) for note in notes]


def cancel(document: Document, reason: str, *, dated: dt.date) -> Document:
    """Makes a document void by another one that says so and why. Only where the order is locked."""
    return write_document(
        seller=document.seller,
        branch=document.series.branch,
        kind=Kind.CANCELLATION,
        order=document.order,
        refund=document.refund,
        vat_basis_points=document.vat_basis_points,
        untaxed_satang=document.untaxed_satang,
        taxable_satang=document.taxable_satang,
        vat_satang=document.vat_satang,
        total_satang=document.total_satang,
        snapshot=snapshots.of_cancellation(document, reason),
        dated=dated,
        cause=f"cancel:{document.code}",
        about=document,
        is_test=document.is_test,
    )


def date_for(moment: dt.datetime) -> dt.date:
    """How a document of what happened then is dated: that day, while its month is not reported yet; after that the day it is issued."""
    day, today = day_of(moment), clock.today()
    return day if today <= last_day_to_report(day) else today


def day_of(moment: dt.datetime) -> dt.date:
    """The calendar day in Thailand."""
    return moment.astimezone(clock.BANGKOK).date()

"""What a seller and the tax are on a day: dated rows, read; nothing here is code that a decree could make wrong."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from shop.documents.models import HEAD_OFFICE, TaxStanding, VatRate
from vendors.models import Organisation
from vendors.selectors import workshop_of

DAYS_OF_NEXT_MONTH = 7


@dataclass(frozen=True)
class SellerFacts:
    """How a seller stands on a document."""

    name: str
    tax_id: str
    branch: str
    address: str
    is_vat_registered: bool


def facts_of(seller: Organisation, day: dt.date) -> SellerFacts:
    """As the office entered it for that day. Without an entry a seller is not registered: a wrong tax invoice is an offence."""
    row = TaxStanding.objects.filter(seller=seller, valid_from__lte=day).order_by("-valid_from").first()
    if row is not None:
        return SellerFacts(row.name, row.tax_id, row.branch, row.address, row.is_vat_registered)
    place = workshop_of(seller)
    where = f"จังหวัด{seller.province.name_th}" if seller.province else ""
    if place is not None and place.address_th:
        where = f"{place.address_th} {where} {place.postcode}".strip()
    return SellerFacts(seller.name_th, seller.tax_id, HEAD_OFFICE, where, False)


def last_day_to_report(day: dt.date) -> dt.date:
    """Until the seventh of the month after: then the sellers report the month's tax."""
    first_of_next = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return first_of_next + dt.timedelta(days=DAYS_OF_NEXT_MONTH - 1)


def rate_on(day: dt.date) -> int:
    """Hundredths of a percent. Raises LookupError before the first row."""
    row = VatRate.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    if row is None:
        raise LookupError(f"no rate of VAT is known for {day}")
    return row.basis_points

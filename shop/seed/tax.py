"""Tax papers of the demo: one cooperative is registered for VAT, one buyer wants a full tax invoice; the news make the documents."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shop.documents import services
from shop.documents.models import TaxDetails, TaxStanding
from shop.order.models import Order
from vendors.models import Organisation

_COOPERATIVE, _COMPANY = "0994000999992", "0105569999999"
"""Numbers whose check digits fit and that are nobody's."""


def register_for_vat(cooperative: Organisation, by: Any) -> None:
    """As the office enters it from the certificate."""
    where = cooperative.province.name_th if cooperative.province else ""
    wanted = TaxStanding(
        valid_from=dt.date(2020, 1, 1),
        is_vat_registered=True,
        tax_id=_COOPERATIVE,
        branch="00000",
        name=cooperative.name_th,
        address=f"99 หมู่ 9 ต.ในเมือง อ.เมือง จ.{where}",
    )
    services.set_standing(seller=cooperative, wanted=wanted, by=by)


def want_invoice(order: Order) -> None:
    """A company's details, typed before paying."""
    details = TaxDetails(
        who=TaxDetails.Who.COMPANY,
        name="บริษัท ตัวอย่างครัวไทย จำกัด",
        tax_id=_COMPANY,
        branch="00000",
        line1="88 ถนนสุขุมวิท",
        area_code="103901",
        postcode="10110",
    )
    services.set_tax_details(order=order, details=details)

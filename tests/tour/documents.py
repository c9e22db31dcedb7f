"""The stops at receipts and tax invoices: the buyer's, the seller's, the office's."""

from __future__ import annotations

from tests.tour import facts as cast
from tests.tour.stop import Stop, at
from tests.tour.visit import Visit


def _wrong_number(visit: Visit) -> None:
    """A tax number whose digits do not agree; what was typed stays."""
    visit.open(f"/orders/{visit.facts.invoiced_order}/documents/")
    visit.page.locator(".dc-ask > summary").click()
    visit.page.fill("#id_tax_id", "0105569999990")
    visit.press(".dc-ask form button.wide")
    assert visit.page.locator(".errors li").count() == 1


DOCUMENTS: tuple[Stop, ...] = (
    at("documents", lambda visit: f"/orders/{visit.facts.invoiced_order}/documents/", cast.BUYER),
    Stop("documents-errors", _wrong_number, cast.BUYER),
    at("document", lambda visit: f"/orders/{visit.facts.invoiced_order}/documents/{visit.facts.invoice}/", cast.BUYER),
    at("seller-documents", lambda visit: f"{visit.facts.selling_workspace}money/documents/", cast.COOPERATIVE),
    at("office-documents", "/office/documents/", cast.ADMINISTRATOR),
    at("office-output-tax", "/office/documents/months/", cast.ADMINISTRATOR),
    at("office-sellers", "/office/documents/sellers/", cast.ADMINISTRATOR),
    at("office-vat-rates", "/office/documents/rates/", cast.ADMINISTRATOR),
)

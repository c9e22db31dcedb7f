"""The office's pages of delivery: what holds, a change that is refused, a quote tried out, and a hub's own calendar."""

from __future__ import annotations

from tests.tour import facts as cast
from tests.tour.stop import Stop, at
from tests.tour.visit import Visit


def _refused(visit: Visit) -> None:
    """A heavier step that is cheaper."""
    visit.open("/office/delivery/tariffs/ambient-other_region/")
    visit.page.fill("#id_price-1", "๔๐ บาท")
    visit.press(".tf-form:has(#id_valid_from) button")
    assert visit.page.locator(".errors").count() == 1


_TRIED = "/office/delivery/try/?origin=TH-50&postcode=10220&grams=500&storage=ambient&day=4/1/2570&time=10.00"
TARIFFS: tuple[Stop, ...] = (
    at("office-delivery", "/office/delivery/", cast.ADMINISTRATOR),
    at("office-tariffs", "/office/delivery/tariffs/", cast.ADMINISTRATOR),
    at("office-areas", "/office/delivery/areas/", cast.ADMINISTRATOR),
    at("office-area-new", "/office/delivery/areas/new/", cast.ADMINISTRATOR),
    at("office-week", "/office/delivery/weeks/all/", cast.ADMINISTRATOR),
    at("office-closed", "/office/delivery/closed/", cast.ADMINISTRATOR),
    at("office-try", _TRIED, cast.ADMINISTRATOR),
    Stop("office-tariff-refused", _refused, cast.ADMINISTRATOR, only_thai=True),
)

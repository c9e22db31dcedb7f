"""The till with another way of delivery than the one that is chosen at first."""

from __future__ import annotations

from collections.abc import Callable

from tests.tour.stop import Stop
from tests.tour.tariffs import TARIFFS
from tests.tour.visit import Visit


def _confirm_by(way: str) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        """The sums follow at once."""
        visit.fill_basket()
        visit.to_confirm()
        visit.page.locator(f"input[name=way][value^={way}]").first.check()
        visit.page.wait_for_selector(f"#till-pay input[name=way][value^={way}]", state="attached")

    return go


DELIVERY = (Stop("confirm-hubs", _confirm_by("hubs")), Stop("confirm-pickup", _confirm_by("pickup")), *TARIFFS)

"""The style guide is for everybody in the demo, and for staff in a market that sells."""

from __future__ import annotations

from shop.common.access import ATTRIBUTE, EVERYBODY, Kind
from shop.theme.web.views import open_to


def kinds(demo: bool) -> frozenset[Kind]:
    def view() -> None:
        """Stands for the page."""

    entered: frozenset[Kind] = getattr(open_to(demo)(view), ATTRIBUTE).kinds
    return entered


def test_everybody_in_the_demo() -> None:
    assert kinds(demo=True) == EVERYBODY


def test_only_staff_in_a_market_that_sells() -> None:
    assert kinds(demo=False) == {Kind.OFFICER, Kind.EDITOR, Kind.ADMINISTRATOR}

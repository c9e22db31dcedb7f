"""Two members save one row at once, and buyers take pieces while prices are written: nothing is lost, nobody waits crosswise."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from shop.partner import listing, table
from shop.partner.errors import RowMet
from shop.partner.models import StockRecord
from shop.partner.selectors import first_records
from shop.partner.services import reserve
from tests.market import Market, make_product, make_user
from vendors.models import Membership
from vendors.services import add_member

pytestmark = pytest.mark.race


def two_members(market: Market) -> list[Any]:
    second = make_user("second")
    add_member(organisation=market.groups["north"], user=second, role=Membership.Role.EDITOR)
    return [market.people["north"], second]


def saving(market: Market, key: str, **changes: int) -> Callable[[Any], bool]:
    """Saves a row as it was seen before anybody began, with one field changed."""
    product = market.products[key]
    seen = table.row_values(product, first_records([product.pk])[product.pk])

    def save(by: Any, **mine: int) -> bool:
        wanted = replace(seen, **(changes | mine))
        return table.save_row(group=market.groups["north"], product_id=product.pk, seen=seen, wanted=wanted, by=by)

    return save


def test_of_two_at_once_one_is_shown_the_others(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    people, save = two_members(race_market), saving(race_market, "kratip")
    together = threading.Barrier(6)

    def act(number: int) -> bool:
        together.wait(20)
        return save(people[number % 2], in_stock=50 + number)

    answers = at_once(act, list(range(6)), threads=6)
    assert answers.count(True) == 1, answers
    assert sum(isinstance(answer, RowMet) for answer in answers) == 5
    stock = StockRecord.objects.get(product=race_market.products["kratip"]).num_in_stock
    assert stock == 50 + answers.index(True)


def test_control_without_the_locks_the_second_writes_over_the_first(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    people, save = two_members(race_market), saving(race_market, "kratip")
    both_have_read = threading.Barrier(2)
    change_offer = table.change_offer

    def late(**facts: Any) -> Any:
        both_have_read.wait(20)
        return change_offer(**{**facts, "seen": listing.stamp(listing.offer_values(facts["product"]))})

    monkeypatch.setattr(table, "hold_offers", lambda keys: None)
    monkeypatch.setattr(table, "lock_product", lambda *facts: None)
    monkeypatch.setattr(table, "change_offer", late)
    answers = at_once(lambda number: save(people[number], in_stock=50 + number), [0, 1], threads=2)
    assert all(answer is True or "ChangedMeanwhile" in type(answer).__name__ for answer in answers), answers
    assert not any(isinstance(answer, RowMet) for answer in answers), "nobody was shown the other's change"


def test_prices_are_written_while_buyers_take_the_last_pieces(
    race_market: Market, at_once: Callable[..., list[Any]]
) -> None:
    make_product(race_market, "tray", "north", title="ถาด", baht=60, stock=40)
    race_market.stock["kratip"].refresh_from_db()
    by = race_market.people["north"]
    stock = {key: race_market.stock[key].pk for key in ("kratip", "tray")}

    def act(number: int) -> object:
        if number % 2:
            return reserve({stock["kratip"]: 1, stock["tray"]: 1}) if number < 10 else reserve({stock["tray"]: 1})
        key = "kratip" if number % 4 else "tray"
        return saving(race_market, key, price_satang=5_000 + number)(by)

    answers = at_once(act, list(range(40)), threads=12)
    assert [answer for answer in answers if isinstance(answer, Exception) and not isinstance(answer, RowMet)] == []
    left = StockRecord.objects.filter(pk__in=stock.values()).order_by("pk").values_list("num_in_stock", "num_allocated")
    assert list(left) == [(5, 5), (40, 20)]

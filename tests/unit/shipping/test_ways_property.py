"""Whatever is bought: legs, parts and total are the same money, days are in order, and a question costs the same."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shop.shipping.services import STORAGES, Part
from tests.unit.shipping.roads import ask, at, hub
from vendors.models import Province

pytestmark = pytest.mark.django_db
PROVINCES = ("TH-50", "TH-57", "TH-34", "TH-10", "TH-90", "TH-84")


def open_country() -> None:
    for number, code in enumerate(PROVINCES[:-1]):
        hub(code, has_cold_store=number % 2 == 0, has_pickup_counter=number != 1)
    for code in ("TH-51", "TH-31", "TH-12", "TH-81"):
        hub(code, regional=True, has_cold_store=True)


def basket(dice: random.Random, groups: int, everywhere: list[str]) -> list[Part]:
    found = []
    for number in range(1, groups + 1):
        kinds = dice.choices([STORAGES[:1], STORAGES[1:2], STORAGES[:2], STORAGES], [12, 1, 1, 1])[0]
        weights = tuple((storage, dice.choice([0, 1, 333, 999, 20_000, 41_000])) for storage in kinds)
        found.append(Part((number, number), dice.choice(everywhere), sum(grams for _kind, grams in weights), weights))
    return found


@pytest.mark.parametrize("seed", range(12))
def test_legs_parts_and_total_are_the_same_money(seed: int) -> None:
    open_country()
    dice = random.Random(seed)
    everywhere = list(Province.objects.values_list("pk", flat=True))
    for _round in range(12):
        parts = basket(dice, dice.choice([1, 2, 3, 7]), everywhere)
        when = at(dice.randint(1, 28), dice.randint(1, 12), dice.randint(0, 23), year=2027)
        quotes = ask(parts, to=dice.choice(PROVINCES), when=when)
        assert quotes.find("direct")
        for quote in quotes.options:
            assert sum(leg.price_satang for leg in quote.legs) == quote.total_satang
            assert sum(one.price_satang for one in quote.parts) == quote.total_satang
            assert [one.key for one in quote.parts] == [one.key for one in parts]
            assert when.date() < quote.earliest <= quote.latest
            assert quote.parcels >= len({kind for one in parts for kind, _grams in one.classes})
            for one in quote.parts:
                dues = [stop.due for stop in one.stops]
                assert dues == sorted(dues)
                places = [stop.place_id for stop in one.stops]
                assert len(set(places)) == len(places)
                assert places[-1:] == ([] if quote.way == "direct" else [quote.hub_id])
                assert all(when.date() <= due <= quote.latest for due in dues)
            known = {one.key for one in parts}
            assert all(set(leg.parts) <= known and leg.price_satang >= 0 for leg in quote.legs)


def test_a_question_costs_eight_queries_for_one_group_and_for_forty() -> None:
    open_country()
    dice = random.Random(8)
    everywhere = list(Province.objects.values_list("pk", flat=True))
    asked = []
    for groups in (1, 40):
        parts = basket(dice, groups, everywhere)
        with CaptureQueriesContext(
            connection,
        ) as counted:
            quotes = ask(parts)
        asked.append(len(counted))
        assert len(quotes.options) >= 2
    assert max(asked) <= 8

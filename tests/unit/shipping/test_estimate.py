"""What delivery to a postcode would cost and when it would come: the table of docs/algorithms/delivery.md and its edges."""

from __future__ import annotations

import datetime as dt

import pytest

from shop.shipping.errors import NoTariff, PostcodeIncomplete, PostcodeUnknown
from shop.shipping.models import Tariff, Zone
from shop.shipping.selectors import Estimate, estimate, estimate_for, price_span, provinces_of
from tests.unit.catalogue import world

pytestmark = pytest.mark.django_db
TUESDAY, SATURDAY = dt.date(2026, 11, 24), dt.date(2026, 11, 28)
CHIANG_MAI = "TH-50"


def asked(postcode: str, *, on: dt.date = TUESDAY, weight_g: int = 500, origin: str = CHIANG_MAI) -> Estimate:
    return estimate(postcode=postcode, origin=origin, weight_g=weight_g, on=on)


@pytest.mark.parametrize(
    ("postcode", "on", "satang", "earliest", "latest"),
    [
        ("50200", TUESDAY, 3000, dt.date(2026, 11, 26), dt.date(2026, 11, 28)),
        ("57000", TUESDAY, 4000, dt.date(2026, 11, 26), dt.date(2026, 11, 30)),
        ("10110", TUESDAY, 5000, dt.date(2026, 11, 27), dt.date(2026, 12, 1)),
        ("50200", SATURDAY, 3000, dt.date(2026, 12, 1), dt.date(2026, 12, 3)),
    ],
)
def test_the_table(postcode: str, on: dt.date, satang: int, earliest: dt.date, latest: dt.date) -> None:
    answer = asked(postcode, on=on)
    assert (answer.price_satang, answer.earliest, answer.latest) == (satang, earliest, latest)
    assert (answer.parcels, answer.postcode, answer.carrier) == (1, postcode, "ไปรษณีย์ไทย")


def test_it_never_comes_on_a_sunday() -> None:
    for day in range(28):
        answer = asked("10110", on=TUESDAY + dt.timedelta(days=day))
        assert 6 not in (answer.earliest.weekday(), answer.latest.weekday())
        assert TUESDAY < answer.earliest < answer.latest


def test_what_is_heavier_than_the_largest_step_goes_in_several_parcels() -> None:
    answer = asked("50200", weight_g=20_001)
    assert (answer.parcels, answer.price_satang) == (2, 15_000 + 3_000)


def test_a_postcode_of_two_provinces_is_quoted_for_the_dearer_one() -> None:
    assert provinces_of("58130") == ("TH-50", "TH-58")
    answer = asked("58130")
    assert (answer.provinces, answer.price_satang) == (("TH-50", "TH-58"), 4000), "Mae Hong Son, not Chiang Mai"


@pytest.mark.parametrize("typed", ["50200", " 50 200 ", "๕๐๒๐๐", "50-200"])
def test_digits_are_read_as_people_type_them(typed: str) -> None:
    assert asked(typed).postcode == "50200"


@pytest.mark.parametrize("typed", ["", "5020", "502000", "abcde", "5020x", "50200; drop", "<b>50", "²³⁴⁵⁶"])
def test_what_is_no_postcode_is_refused_with_how_to_type_one(typed: str) -> None:
    with pytest.raises(PostcodeIncomplete):
        asked(typed)


@pytest.mark.parametrize("typed", ["00000", "99999", "50999"])
def test_a_postcode_that_thailand_does_not_use_is_refused_by_its_name(typed: str) -> None:
    with pytest.raises(PostcodeUnknown) as refused:
        asked(typed)
    assert typed in refused.value.text


def test_without_a_tariff_for_the_day_there_is_no_price() -> None:
    Tariff.objects.all().update(valid_until=TUESDAY)
    assert asked("50200").price_satang == 3000
    assert price_span(500, TUESDAY) == (3000, 5000)
    with pytest.raises(NoTariff):
        asked("50200", on=TUESDAY + dt.timedelta(days=1))
    assert price_span(500, TUESDAY + dt.timedelta(days=1)) is None


def test_the_span_runs_from_the_nearest_to_the_farthest_zone() -> None:
    assert price_span(500, TUESDAY) == (3000, 5000)
    assert price_span(2500, TUESDAY) == (4500, 7500)
    Tariff.objects.exclude(zone=Zone.SAME_REGION).delete()
    assert price_span(500, TUESDAY) == (4000, 4000)


def test_a_product_goes_out_from_where_it_lies_with_the_weight_of_the_heaviest_that_is_left() -> None:
    world.base()
    maker = world.certified_group(province="TH-84")
    light, heavy = (world.product(maker, weight_g=grams) for grams in (500, 2_500))
    sold_out = world.product(maker, weight_g=9_000, stock=0)

    def told(*ids: int) -> Estimate:
        return estimate_for(product_ids=ids, postcode="84000", on=TUESDAY, province=CHIANG_MAI, weight_g=20_001)

    near = {grams: asked("84000", origin="TH-84", weight_g=grams) for grams in (500, 2_500, 9_000)}
    assert told(light.pk) == near[500]
    assert told(light.pk, heavy.pk, sold_out.pk) == near[2_500], "what is sold out is not sent"
    assert told(sold_out.pk) == near[9_000]
    assert len({one.price_satang for one in near.values()}) == 3


def test_what_nobody_offers_is_quoted_from_the_given_province() -> None:
    world.base()
    goods = world.product(world.certified_group(province="TH-84"), price=None, publish=False)
    told = estimate_for(product_ids=[goods.pk], postcode="50200", on=TUESDAY, province=CHIANG_MAI, weight_g=500)
    assert told == asked("50200")
    with pytest.raises(PostcodeIncomplete):
        estimate_for(product_ids=[], postcode="502", on=TUESDAY)

"""How a basket travels, to the satang and the day, in calendars made for it."""

from __future__ import annotations

import datetime as dt

import pytest

from shop.shipping.errors import (
    NoColdCarrier,
    NoColdHub,
    NoCounter,
    NoDay,
    NoHubNearBuyer,
    NoHubNearGroup,
    NotServed,
    UnknownAddress,
)
from shop.shipping.models import HubDay, HubFee, ServiceArea, Tariff, TransitTime
from shop.shipping.quotes import Stop
from tests.unit.shipping.roads import LONG_AGO, ask, at, close, hub, part, the, week

pytestmark = pytest.mark.django_db
CHIANG_MAI, LAMPHUN, CHIANG_RAI, UBON, BANGKOK = "TH-50", "TH-51", "TH-57", "TH-34", "TH-10"
NOVEMBER, DECEMBER = 11, 12


def day(number: int, month: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


def three() -> list:
    return [part(CHIANG_MAI, 500), part(CHIANG_MAI, 1500, number=2), part(UBON, 500, number=3)]


def test_three_groups_of_two_regions_by_every_way() -> None:
    north, east = hub(CHIANG_MAI), hub(UBON)
    buyers = hub(BANGKOK, has_pickup_counter=True)
    quotes = ask(three())
    direct, hubs, pickup = quotes.options
    assert (direct.way, direct.total_satang, direct.parcels) == ("direct", 5000 + 7500 + 5000, 3)
    assert direct.days == (day(27, 11), day(1, 12))
    assert [(leg.kind, leg.payee_id, leg.price_satang) for leg in direct.legs] == [
        ("post", 1, 5000),
        ("post", 2, 7500),
        ("post", 3, 5000),
    ]
    # two collects of 5, two trunks of 18, handling 8, a courier of 2.5 kg within the province 45
    assert (hubs.way, hubs.hub, hubs.total_satang, hubs.parcels) == ("hubs", buyers, 9900, 1)
    assert [(leg.kind, leg.from_place_id, leg.to_place_id, leg.payee_id, leg.price_satang) for leg in hubs.legs] == [
        ("collect", None, north.pk, north.organisation_id, 500),
        ("trunk", north.pk, buyers.pk, north.organisation_id, 1800),
        ("collect", None, east.pk, east.organisation_id, 500),
        ("trunk", east.pk, buyers.pk, east.organisation_id, 1800),
        ("handling", buyers.pk, buyers.pk, buyers.organisation_id, 800),
        ("courier", buyers.pk, None, buyers.organisation_id, 4500),
    ]
    assert [leg.parts for leg in hubs.legs[:4]] == [((1, 1001), (2, 1002))] * 2 + [((3, 1003),)] * 2
    # brought on Wednesday, leaves on Thursday, there on Saturday or Monday, leaves on Monday or Tuesday
    assert hubs.days == (day(1, 12), day(2, 12))
    assert hubs.of((1, 1001)).stops == (
        Stop(north.pk, "collect", day(25, 11)),
        Stop(buyers.pk, "merge", day(30, 11)),
    )
    assert [one.price_satang for one in hubs.parts] == [1980, 5940, 1980], "by weight"
    assert {one.carrier for one in hubs.parts} == {"ไปรษณีย์ไทย"}
    assert (pickup.way, pickup.hub_id, pickup.total_satang, pickup.parcels) == ("pickup", buyers.pk, 6400, 1)
    assert pickup.days == (day(30, 11), day(1, 12))
    assert pickup.legs[-1].kind == "counter"
    assert {one.carrier for one in pickup.parts} == {""}
    assert quotes.refusals == ()


@pytest.mark.parametrize(
    ("when", "brought"),
    [
        (at(24, 11, 12, 0), day(25, 11)),
        (at(24, 11, 12, 0).replace(microsecond=1), day(26, 11)),
        (at(24, 11, 12, 1), day(26, 11)),
        (at(23, 11, 23, 59), day(25, 11)),
        (at(27, 11, 12, 0), day(30, 11)),
        (at(29, 11, 12, 0), day(30, 11)),
        (at(29, 11, 12, 1), day(1, 12)),
    ],
)
def test_the_cut_off_is_a_minute_of_thai_time(when: dt.datetime, brought: dt.date) -> None:
    hub(CHIANG_MAI)
    hub(BANGKOK)
    route = the(ask([part(CHIANG_MAI, 500)], when=when), "hubs")
    assert route.parts[0].stops[0].due == brought


def test_a_cut_off_two_days_before_and_one_on_the_day_itself() -> None:
    place = hub(CHIANG_MAI)
    week(place, collects="23", leaves="4", cutoff_days_before=2, cutoff_time=dt.time(9))
    assert the(ask([part(CHIANG_MAI, 500)], to=CHIANG_MAI, when=at(23, 11, 9)), "hubs").parts[0].stops[0].due == day(
        25, 11
    )
    late = ask([part(CHIANG_MAI, 500)], to=CHIANG_MAI, when=at(23, 11, 9, 1))
    assert the(late, "hubs").parts[0].stops[0].due == day(26, 11)
    HubDay.objects.filter(place=place).update(cutoff_days_before=0)
    today = ask([part(CHIANG_MAI, 500)], to=CHIANG_MAI, when=at(25, 11, 9))
    assert the(today, "hubs").parts[0].stops[0].due == day(25, 11)


def test_one_hub_for_group_and_buyer_needs_no_trunk() -> None:
    place = hub(CHIANG_MAI)
    route = the(ask([part(CHIANG_MAI, 500)], to=CHIANG_MAI), "hubs")
    assert [leg.kind for leg in route.legs] == ["collect", "handling", "courier"]
    assert route.total_satang == 500 + 800 + 3000
    assert route.parts[0].stops == (Stop(place.pk, "merge", day(25, 11)),)
    assert route.days == (day(27, 11), day(27, 11)), "leaves on Thursday, comes on Friday"


def test_a_holiday_in_the_middle_is_not_a_day() -> None:
    hub(CHIANG_MAI)
    hub(BANGKOK)
    asked = [part(CHIANG_MAI, 500)]
    assert the(ask(asked), "hubs").days == (day(1, 12), day(2, 12))
    close(day(27, 11), day(27, 11))
    quotes = ask(asked)
    # leaves on Thursday: Saturday and Monday are its first two days, Tuesday the third
    assert the(quotes, "hubs").days == (day(2, 12), day(3, 12))
    assert the(quotes, "direct").days == (day(28, 11), day(2, 12))


def test_the_long_weekend_of_december_is_in_the_data() -> None:
    hub(CHIANG_MAI)
    quotes = ask([part(CHIANG_MAI, 500)], to=CHIANG_MAI, when=at(4, DECEMBER))
    # Saturday 5, Monday 7 and Thursday 10 December are holidays
    assert the(quotes, "hubs").parts[0].stops[0].due == day(8, 12)
    assert the(quotes, "hubs").days == (day(11, 12), day(11, 12))
    assert the(quotes, "direct").days == (day(9, 12), day(12, 12))


def test_a_hub_that_does_not_take_part_is_routed_around() -> None:
    own, region = hub(CHIANG_MAI), hub(LAMPHUN, regional=True)
    hub(BANGKOK)

    def brought_to() -> int:
        return the(ask([part(CHIANG_MAI, 500)]), "hubs").parts[0].stops[0].place_id

    assert brought_to() == own.pk
    closed = close(day(24, 11), day(27, 11), own)
    assert brought_to() == region.pk, "Wednesday to Friday: five days more to wait"
    closed.last_day = day(26, 11)
    closed.save()
    assert brought_to() == own.pk, "Friday instead of Wednesday: that is waited for"
    own.is_open = False
    own.save()
    assert brought_to() == region.pk


def test_of_the_region_the_regional_hub_comes_first_then_the_nearest() -> None:
    hub(BANGKOK)
    hub("TH-60"), (near := hub(LAMPHUN))
    asked = [part(CHIANG_MAI, 500)]
    assert the(ask(asked), "hubs").parts[0].stops[0].place_id == near.pk
    regional = hub("TH-65", regional=True)
    assert the(ask(asked), "hubs").parts[0].stops[0].place_id == regional.pk


def test_a_buyers_hub_that_is_closed_for_long_is_routed_around_too() -> None:
    hub(CHIANG_MAI)
    own, other = hub(BANGKOK), hub("TH-12")
    asked = [part(CHIANG_MAI, 500)]
    assert the(ask(asked), "hubs").hub == own
    close(day(28, 11), day(6, 12), own)
    route = the(ask(asked), "hubs")
    assert route.hub == other
    assert route.days == (day(1, 12), day(3, 12)), "the courier goes to the next province"
    other.is_open = False
    other.save()
    waiting = the(ask(asked), "hubs")
    assert waiting.hub == own
    assert waiting.earliest > day(7, 12)


def test_no_fresh_goods_before_songkran() -> None:
    cold = {"has_cold_store": True}
    north = hub(CHIANG_MAI, **cold)
    hub(BANGKOK, **cold)
    when = at(8, 4, year=2027)  # Thursday; Songkran is Tuesday to Thursday
    fresh = the(ask([part(CHIANG_MAI, 900, "chilled")], when=when), "hubs")
    # Saturday, Monday, Friday and Saturday would meet a Sunday or Songkran on the way: it leaves on Monday 19
    assert fresh.parts[0].stops[0] == Stop(north.pk, "collect", day(16, 4, 2027))
    assert fresh.parts[0].stops[1].due == day(22, 4, 2027)
    assert fresh.days == (day(23, 4, 2027), day(24, 4, 2027))
    dry = the(ask([part(CHIANG_MAI, 900)], when=when), "hubs")
    assert dry.parts[0].stops[0].due == day(9, 4, 2027)
    assert dry.days == (day(19, 4, 2027), day(20, 4, 2027))
    posted = the(ask([part(CHIANG_MAI, 900, "chilled")], when=when), "direct")
    # packed on the 9th or 10th; four days without a closed one begin on Monday 19
    assert posted.days == (day(21, 4, 2027), day(23, 4, 2027))


def test_chilled_goods_never_lie_in_a_hub_without_a_cold_store() -> None:
    plain, region = hub(CHIANG_MAI), hub(LAMPHUN, regional=True, has_cold_store=True)
    buyers = hub(BANGKOK, has_pickup_counter=True)
    dry, cold = part(CHIANG_MAI, 500), part(CHIANG_MAI, 500, "chilled", number=2)
    assert the(ask([dry]), "hubs").hub == buyers
    quotes = ask([dry, cold])
    assert quotes.find("hubs") is None
    assert quotes.find("pickup") is None
    assert quotes.why_not("hubs") == NoColdHub.message
    assert quotes.why_not("pickup", buyers.pk) == NoColdHub.message
    buyers.has_cold_store = True
    buyers.save()
    route = the(ask([dry, cold]), "hubs")
    assert [one.stops[0].place_id for one in route.parts] == [plain.pk, region.pk]
    assert (route.parcels, [leg.carrier for leg in route.legs if leg.kind == "courier"]) == (
        2,
        ["ไปรษณีย์ไทย", "ขนส่งควบคุมอุณหภูมิ"],
    )
    assert [leg.parts for leg in route.legs if leg.kind == "courier"] == [((1, 1001),), ((2, 1002),)]
    assert the(ask([dry, cold]), "pickup").parcels == 2


def test_one_group_with_dry_and_frozen_goods_posts_two_parcels() -> None:
    both = part(CHIANG_MAI, 1500)
    both = type(both)(both.key, CHIANG_MAI, 1500, (("ambient", 1000), ("frozen", 500)))
    route = the(ask([both], to=CHIANG_MAI), "direct")
    assert (route.parcels, route.total_satang) == (2, 3000 + 11000)
    assert route.parts[0].carrier == "ไปรษณีย์ไทย + ขนส่งควบคุมอุณหภูมิ"


def test_without_a_tariff_for_cold_goods_they_are_not_posted() -> None:
    Tariff.objects.filter(storage="frozen").delete()
    quotes = ask([part(CHIANG_MAI, 500), part(CHIANG_MAI, 500, "frozen", number=2)])
    assert quotes.find("direct") is None
    assert quotes.why_not("direct") == NoColdCarrier.message
    assert the(ask([part(CHIANG_MAI, 500, "chilled")]), "direct").total_satang == 14000


def test_remote_addresses_cost_more_for_each_parcel_and_unserved_ones_are_told() -> None:
    for where in (CHIANG_MAI, BANGKOK):
        hub(where, has_pickup_counter=True)
    asked = [part(CHIANG_MAI, 20_500), part(CHIANG_MAI, 500, number=2)]
    plain = ask(asked)
    area = ServiceArea.objects.create(prefix="1022", surcharge_satang=3000, valid_from=LONG_AGO)
    remote = ask(asked)
    assert [
        quote.total_satang - before.total_satang for quote, before in zip(remote.options, plain.options, strict=True)
    ] == [
        9000,
        6000,
        0,
    ], "three parcels, two boxes at the hub, none carried to the counter"
    ServiceArea.objects.create(by="subdistrict", prefix="100502", surcharge_satang=0, valid_from=LONG_AGO)
    assert ask(asked) == plain, "the sub-district is known better than the postcode"
    assert the(ask(asked, postcode="10220"), "direct").total_satang == the(remote, "direct").total_satang
    ServiceArea.objects.filter(by="subdistrict").delete()
    area.is_served = False
    area.save()
    refused = ask(asked)
    assert [quote.way for quote in refused.options] == ["pickup"]
    assert {refusal.why for refusal in refused.refusals} == {NotServed.message}
    area.valid_until = day(23, 11)
    area.save()
    assert ask(asked) == plain


def test_counters_of_the_province_then_three_of_the_region() -> None:
    hub(CHIANG_MAI)
    counter = {"has_pickup_counter": True}
    own = [hub(CHIANG_MAI, name_th=name, **counter) for name in ("ข", "ก")]
    others = {code: hub(code, **counter) for code in (CHIANG_RAI, LAMPHUN, "TH-60", "TH-52", "TH-67")}
    hub(BANGKOK, **counter)
    hub("TH-54", is_open=False, **counter)
    quotes = ask([part(CHIANG_MAI, 500)], to=CHIANG_MAI)
    offered = [quote.hub for quote in quotes.options if quote.way == "pickup"]
    assert offered[:2] == [own[1], own[0]]
    assert set(offered[2:]) == {others[LAMPHUN], others["TH-52"], others[CHIANG_RAI]}
    assert len(offered) == 5


def test_what_is_missing_is_said() -> None:
    asked = [part(CHIANG_MAI, 500)]
    quotes = ask(asked)
    assert [quote.way for quote in quotes.options] == ["direct"]
    assert quotes.why_not("hubs") == NoHubNearBuyer.message
    assert quotes.why_not("pickup") == NoCounter.message
    buyers = hub(BANGKOK, has_pickup_counter=True)
    assert ask(asked).why_not("hubs") == NoHubNearGroup.message
    assert ask(asked).why_not("pickup", buyers.pk) == NoHubNearGroup.message
    hub(CHIANG_MAI)
    assert ask(asked).refusals == ()
    HubDay.objects.update(leaves=False)
    assert ask(asked).why_not("hubs") == NoDay.message
    HubDay.objects.update(leaves=True, valid_until=day(26, 11))
    assert ask(asked).why_not("hubs") == NoDay.message
    HubDay.objects.update(valid_until=None)
    TransitTime.objects.filter(service="trunk").delete()
    assert ask(asked).why_not("hubs") == NoDay.message
    HubFee.objects.all().delete()
    assert [quote.way for quote in ask(asked).options] == ["direct"]
    with pytest.raises(UnknownAddress):
        ask(asked, to="TH-99")


def test_rows_count_from_their_day_on() -> None:
    hub(CHIANG_MAI)
    HubFee.objects.create(service="handling", max_weight_g=5000, price_satang=900, valid_from=day(25, 11))
    TransitTime.objects.create(
        service="courier", zone="same_province", fastest_days=2, slowest_days=3, valid_from=day(25, 11)
    )
    before, after = (ask([part(CHIANG_MAI, 500)], to=CHIANG_MAI, when=at(number, 11)) for number in (24, 25))
    assert the(before, "hubs").total_satang == 4300
    assert the(before, "hubs").days == (day(27, 11), day(27, 11))
    assert the(after, "hubs").total_satang == 4400
    # brought on Thursday, leaves on Friday
    assert the(after, "hubs").days == (day(30, 11), day(1, 12))


def test_a_hub_has_its_own_week() -> None:
    place = hub(CHIANG_MAI, has_pickup_counter=True)
    week(place, collects="3", leaves="5", counter="2")
    quotes = ask([part(CHIANG_MAI, 500)], to=CHIANG_MAI)
    assert the(quotes, "hubs").parts[0].stops[0].due == day(26, 11)
    assert the(quotes, "hubs").days == (day(30, 11), day(30, 11)), "leaves on Saturday"
    assert the(quotes, "pickup").days == (day(2, 12), day(2, 12)), "the counter opens on Wednesdays"

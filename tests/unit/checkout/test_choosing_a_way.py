"""The buyer chooses how the goods come: what the page shows is what is charged, or nothing is placed and the change is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.models import Product
from shop.common import clock
from shop.order.models import Order
from shop.partner.models import StockRecord
from shop.shipping.models import HubFee
from tests.market import GUEST, Market, make_group, make_product
from tests.unit.shipping.roads import at, close, hub
from vendors.models import Place

pytestmark = pytest.mark.django_db
CONFIRM = "/checkout/confirm/"
TUESDAY = at(1, 12)
SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def roads(market: Market) -> Iterator[dict[str, Place]]:
    """A hub for each of the three groups and for the buyer in Bangkok, who finds a counter there; it is Tuesday, ten o'clock."""
    with clock.moved_to(TUESDAY):
        yield {
            "north": hub("TH-50", has_cold_store=True),
            "isan": hub("TH-40"),
            "south": hub("TH-93"),
            "bangkok": hub(
                "TH-10", has_pickup_counter=True, address_th="9 ถนนสหกรณ์", hours_th="จันทร์–เสาร์ 9.00–16.00 น."
            ),
        }


def at_the_till(client: Client, market: Market, **quantities: int) -> Any:
    for key, quantity in (quantities or {"kratip": 1, "hat": 1, "bag": 1}).items():
        client.post(f"/basket/add/{market.products[key].pk}/", {"quantity": quantity}, **SAME_ORIGIN)
    assert client.post("/checkout/", GUEST).status_code == 302
    return client.get(CONFIRM)


def order(client: Client, page: Any, method: str = "transfer", **changes: Any) -> Any:
    """Presses the button of a page as it was shown."""
    chosen = page.context["rows"].chosen
    shown = {"expected": page.context["total"], "way": chosen.value, "days": page.context["days"], "note": "ฝากด้วย"}
    return client.post(CONFIRM, {"method": method, **shown, **changes})


def nothing_happened() -> None:
    assert Order.objects.count() == 0
    assert not StockRecord.objects.exclude(num_allocated=None).exclude(num_allocated=0).exists()


def test_three_ways_with_price_parcels_and_days(client: Client, market: Market, roads: dict[str, Place]) -> None:
    page = at_the_till(client, market)
    told = [
        (row.value, row.quote.total_satang, row.quote.parcels, row.quote.days, row.chosen)
        for row in [*page.context["rows"].sent, *page.context["rows"].counters]
    ]
    counter = roads["bangkok"].pk
    # taken in 5 and carried 18 three times, put together 8, then the courier for 1.5 kg 45 or the counter 10
    assert told == [
        ("direct", 15000, 3, (dt.date(2026, 12, 4), dt.date(2026, 12, 11)), True),
        (f"hubs-{counter}", 12200, 1, (dt.date(2026, 12, 11), dt.date(2026, 12, 12)), False),
        (f"pickup-{counter}", 8700, 1, (dt.date(2026, 12, 9), dt.date(2026, 12, 11)), False),
    ]
    text = page.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "150.00 บาท",
        "122.00 บาท",
        "87.00 บาท",
        "ศุกร์ 11 ธ.ค. 69",
        "เสาร์ 12 ธ.ค. 69",
        "9 ถนนสหกรณ์",
        "9.00–16.00",
    ):
        assert words in text
    assert page.context["total"] == 12000 + 25000 + 39000 + 15000


@pytest.mark.parametrize(("way", "delivery", "name"), [("hubs", 12200, "รวมพัสดุที่จุด"), ("pickup", 8700, "รับเองที่จุด")])
def test_what_is_chosen_is_shown_and_charged(
    client: Client, market: Market, roads: dict[str, Place], way: str, delivery: int, name: str
) -> None:
    at_the_till(client, market)
    page = client.get(CONFIRM, {"way": f"{way}-{roads['bangkok'].pk}", "method": "transfer"})
    assert page.context["total"] == 76000 + delivery
    assert page.context["chosen"] == "transfer"
    assert f"{(76000 + delivery) / 100:,.2f} บาท" in page.content.decode()
    assert sum(part.delivery_satang for part in page.context["basket"].groups) == delivery
    assert order(client, page).status_code == 302
    placed = Order.objects.get()
    assert (placed.shipping_code, placed.shipping_method) == (way, f"{name}กรุงเทพมหานคร")
    assert placed.shipping_incl_tax * 100 == delivery
    assert placed.total_incl_tax * 100 == 76000 + delivery
    parts = list(placed.vendor_orders.all())
    assert sum(part.delivery_satang for part in parts) == delivery
    assert {part.carrier for part in parts} == {"ไปรษณีย์ไทย" if way == "hubs" else ""}
    assert sum(part.due_satang for part in parts) == 76000 + delivery
    assert placed.payment_attempts.get().amount_satang == 76000 + delivery
    plan, bangkok = placed.plan, roads["bangkok"]
    assert (plan.way, plan.hub, plan.parcels) == (way, bangkok, 1)
    assert (plan.earliest, plan.latest) == page.context["delivery"].days
    assert sum(leg.price_satang for leg in plan.legs.all()) == delivery
    wednesday, last = dt.date(2026, 12, 2), dt.date(2026, 12, 9)
    assert [[(stop.place, stop.due) for stop in part.stops.all()] for part in parts] == [
        [(roads[key], wednesday), (bangkok, last)] for key in ("north", "isan", "south")
    ]


def test_a_price_that_changed_is_shown_before_paying(client: Client, market: Market, roads: dict[str, Place]) -> None:
    at_the_till(client, market)
    page = client.get(CONFIRM, {"way": f"hubs-{roads['bangkok'].pk}"})
    HubFee.objects.create(service="handling", max_weight_g=5000, price_satang=900, valid_from=TUESDAY.date())
    refused = order(client, page)
    assert refused.status_code == 422
    nothing_happened()
    assert refused.context["total"] == 76000 + 12300
    assert refused.context["rows"].chosen.quote.way == "hubs"
    assert "ฝากด้วย" in refused.content.decode()
    assert order(client, refused).status_code == 302
    assert Order.objects.get().shipping_incl_tax * 100 == 12300


def test_days_that_changed_are_shown_before_paying(client: Client, market: Market, roads: dict[str, Place]) -> None:
    at_the_till(client, market)
    page = client.get(CONFIRM, {"way": f"pickup-{roads['bangkok'].pk}"})
    with clock.moved_to(at(1, 12, 12, 1)):
        refused = order(client, page)
        assert refused.status_code == 422
        nothing_happened()
        assert refused.context["total"] == page.context["total"]
        assert refused.context["days"] != page.context["days"]
        assert order(client, refused).status_code == 302
    assert Order.objects.get().shipping_code == "pickup"


def test_a_way_that_is_gone_is_not_placed_another_way(client: Client, market: Market, roads: dict[str, Place]) -> None:
    at_the_till(client, market)
    page = client.get(CONFIRM, {"way": f"hubs-{roads['bangkok'].pk}"})
    roads["south"].is_open = False
    roads["south"].save()
    refused = order(client, page)
    assert refused.status_code == 422
    nothing_happened()
    assert "กรุณาเลือกแบบอื่น" in refused.content.decode()
    assert [row.value for row in refused.context["rows"].sent] == ["direct"]
    assert len(refused.context["rows"].refusals) == 2
    assert refused.context["total"] == 76000 + 15000


def test_another_hub_than_the_one_shown_is_shown_first(client: Client, market: Market, roads: dict[str, Place]) -> None:
    at_the_till(client, market)
    page = client.get(CONFIRM, {"way": f"hubs-{roads['bangkok'].pk}"})
    other = hub("TH-12")
    close(dt.date(2026, 12, 8), dt.date(2026, 12, 20), roads["bangkok"])
    refused = order(client, page)
    assert refused.status_code == 422
    nothing_happened()
    assert refused.context["rows"].chosen.value == f"hubs-{other.pk}"


def test_cash_at_the_door_only_where_the_groups_send(client: Client, market: Market, roads: dict[str, Place]) -> None:
    at_the_till(client, market)
    page = client.get(CONFIRM, {"way": f"pickup-{roads['bangkok'].pk}", "method": "cod"})
    assert "cod" not in dict(page.context["methods"])
    assert page.context["chosen"] != "cod"
    assert "ใช้ได้เฉพาะเมื่อแต่ละกลุ่มส่งของเอง" in page.content.decode()
    refused = order(client, page, "cod")
    assert refused.status_code == 422
    nothing_happened()
    direct = client.get(CONFIRM)
    assert order(client, direct, "cod").status_code == 302
    plan = Order.objects.get().plan
    assert (plan.way, plan.hub, plan.parcels, plan.legs.count()) == ("direct", None, 3, 3)
    assert (plan.earliest, plan.latest) == direct.context["delivery"].days


def test_chilled_goods_say_kindly_where_they_cannot_go(client: Client, market: Market, roads: dict[str, Place]) -> None:
    Product.objects.filter(pk=market.products["hat"].pk).update(storage="chilled")
    page = at_the_till(client, market)
    assert [row.value for row in page.context["rows"].sent] == ["direct"]
    assert page.context["rows"].counters == []
    assert "ของแช่เย็นและแช่แข็งต้องผ่านจุดที่มีห้องเย็น" in page.content.decode()
    assert page.context["total"] == 76000 + 5000 + 14000 + 5000
    Place.objects.filter(pk__in=[roads["isan"].pk, roads["bangkok"].pk]).update(has_cold_store=True)
    again = client.get(CONFIRM, {"way": f"hubs-{roads['bangkok'].pk}"})
    assert again.context["rows"].chosen.quote.parcels == 2


@pytest.mark.parametrize("way", ["hubs-0", "pickup-99999999", "pickup-", "hubs-x", "hubs-1e9", "plane", "", "direct-3"])
def test_odd_choices_place_nothing_that_was_not_shown(
    client: Client, market: Market, roads: dict[str, Place], way: str
) -> None:
    page = at_the_till(client, market)
    assert client.get(CONFIRM, {"way": way}).status_code == 200
    answer = order(client, page, way=way, days="", expected=1)
    assert answer.status_code == 422
    nothing_happened()


def test_without_any_way_the_page_says_why_and_nothing_can_be_pressed(
    client: Client, market: Market, roads: dict[str, Place]
) -> None:
    from shop.shipping.models import Tariff

    page = at_the_till(client, market)
    Tariff.objects.all().delete()
    Place.objects.update(has_pickup_counter=False)
    bare = client.get(CONFIRM)
    assert bare.status_code == 200
    assert len(bare.context["rows"].refusals) == 3
    assert "disabled" in bare.content.decode()
    assert order(client, page).status_code == 422
    nothing_happened()


def test_forty_groups_cost_the_till_less_than_thirty_queries(
    client: Client, market: Market, roads: dict[str, Place]
) -> None:
    provinces = ["TH-50", "TH-40", "TH-93", "TH-10"]
    for number in range(40):
        key = f"m{number}"
        make_group(market, key, f"กลุ่ม {number}", provinces[number % 4])
        make_product(market, f"p{number}", key, title=f"ของ {number}")
    few, many = Client(), Client()
    at_the_till(few, market, p0=1)
    page = at_the_till(many, market, **{f"p{number}": 1 for number in range(40)})
    assert len(page.context["basket"].groups) == 40
    asked = []
    for browser in (few, many):
        with CaptureQueriesContext(connection) as counted:
            answer = browser.get(CONFIRM, {"way": f"hubs-{roads['bangkok'].pk}"})
        assert answer.context["rows"].chosen.quote.way == "hubs"
        asked.append(len(counted))
    assert asked[0] == asked[1] <= 14


@pytest.mark.parametrize("changes", [{"way": "x"}, {"way": ""}, {"way": "balloon-1"}])
def test_a_way_that_nobody_offered_is_told_as_such(
    client: Client, market: Market, roads: dict[str, Place], changes: dict[str, str]
) -> None:
    answer = order(client, at_the_till(client, market), **changes)
    assert answer.status_code == 422
    assert "ตอนนี้สินค้าในตะกร้าเลือกส่งแบบนี้ไม่ได้" in answer.content.decode()
    nothing_happened()


def test_days_that_no_page_showed_are_shown_again(client: Client, market: Market, roads: dict[str, Place]) -> None:
    assert order(client, at_the_till(client, market), days="garbage").status_code == 422
    nothing_happened()


def test_who_writes_a_note_knows_who_reads_it(client: Client, market: Market, roads: dict[str, Place]) -> None:
    page = at_the_till(client, market).content.decode()
    assert "กลุ่มที่แพ็กของและเจ้าหน้าที่จุดกระจายสินค้าจะอ่านข้อความนี้" in page

"""The product page: price, options, delivery, maker, place, what goes with it, and all of it for machines."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from catalogue import shelves
from catalogue.selectors import goes_well_with
from catalogue.services import add_picture, add_variant, publish_product, set_raw_materials, update_product
from cms.services import ensure_site
from media.models import Picture
from shop.common import clock
from shop.order.policies import RETURN_DAYS
from shop.partner.services import set_offer
from tests.market import Market
from tests.unit.catalogue import world
from vendors.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> Any:
    cache.clear()
    world.base()
    with clock.moved_to(world.NOON):
        yield
    translation.activate("th")


def body_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def graph_of(body: str) -> dict[str, dict[str, Any]]:
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body, re.S)
    return {entry["@type"]: entry for entry in json.loads(script)["@graph"]}


def test_machines_read_product_offer_maker_and_trail(client: Client) -> None:
    maker = world.certified_group()
    Organisation.objects.filter(pk=maker.pk).update(founded_on=dt.date(2002, 3, 1))
    goods = world.product(maker, price=123_450, description_th="สานจาก</script><b>หวาย & ไผ่")
    body = body_of(client, goods.get_absolute_url())
    assert "</script><b>" not in body
    graph = graph_of(body)
    product, offer = graph["Product"], graph["Product"]["offers"]
    url = f"http://127.0.0.1:8000{goods.get_absolute_url()}"
    assert (product["name"], product["sku"], product["url"]) == ("ตะกร้าหวาย", goods.public_code, url)
    assert product["description"] == "สานจาก</script><b>หวาย & ไผ่"
    assert product["weight"] == {"@type": "QuantitativeValue", "value": 500, "unitCode": "GRM"}
    assert (offer["@type"], offer["price"], offer["priceCurrency"]) == ("Offer", "1234.50", "THB")
    assert offer["availability"] == "https://schema.org/InStock"
    assert offer["hasMerchantReturnPolicy"]["merchantReturnDays"] == RETURN_DAYS
    assert graph["Organization"]["foundingDate"] == "2002-03-01"
    assert product["manufacturer"] == offer["seller"] == {"@id": graph["Organization"]["@id"]}
    trail = [(entry["position"], entry["name"]) for entry in graph["BreadcrumbList"]["itemListElement"]]
    assert trail == [(1, "หน้าแรก"), (2, "เครื่องจักสาน"), (3, "ตะกร้าหวาย")]


def test_machines_read_a_span_of_prices_and_that_it_is_sold_out(client: Client) -> None:
    maker = world.certified_group()
    goods = world.product(maker, publish=False, price=None)
    for name, price in (("เล็ก", 10_000), ("ใหญ่", 25_050)):
        variant = add_variant(parent=goods, variant_th=name)
        set_offer(product=variant, place=world.workshop(maker), price_satang=price, in_stock=0)
    goods = publish_product(product=goods)
    offer = graph_of(body_of(client, goods.get_absolute_url()))["Product"]["offers"]
    assert (offer["@type"], offer["lowPrice"], offer["highPrice"]) == ("AggregateOffer", "100.00", "250.50")
    assert (offer["offerCount"], offer["availability"]) == (2, "https://schema.org/OutOfStock")


def test_what_is_not_for_sale_has_no_offer_for_machines(client: Client) -> None:
    maker = world.group()
    world.certificate(maker, first=dt.date(2020, 1, 1), last=dt.date(2026, 1, 1))
    goods = world.product(maker)
    body = body_of(client, goods.get_absolute_url())
    assert "offers" not in graph_of(body)["Product"]
    assert 'name="postcode"' not in body


def test_thirty_options_stand_in_a_list_with_price_and_stock_of_each(client: Client) -> None:
    maker = world.certified_group()
    goods = world.product(maker, publish=False, price=None)
    for number in range(30):
        variant = add_variant(parent=goods, variant_th=f"ลาย {number}")
        stock = (0, 3, 50)[number % 3]
        set_offer(product=variant, place=world.workshop(maker), price_satang=10_000 + number * 100, in_stock=stock)
    goods = publish_product(product=goods)
    body = body_of(client, goods.get_absolute_url())
    assert 'class="opt many"' in body
    rows = re.findall(r'<label>(<input class="vh" type="radio" name="variant".*?)</label>', body)
    assert len(rows) == 30
    assert [("checked" in row, "disabled" in row) for row in rows[:3]] == [(False, True), (True, False), (False, False)]
    texts = [re.sub(r"<[^>]*>", "|", row) for row in rows[:3]]
    assert texts == [
        "||ลาย 0||100.00||สินค้าหมดชั่วคราว|",
        "||ลาย 1||101.00||เหลือไม่ถึง 10 ชิ้น|",
        "||ลาย 2||102.00||มีสินค้าพร้อมส่ง|",
    ]


def test_delivery_to_a_postcode_is_told_by_a_reload_and_by_the_part_alone(client: Client) -> None:
    goods = world.product(world.certified_group())
    address = goods.get_absolute_url()
    assert "ชิ้นละ 30.00–50.00 บาท" in body_of(client, address)
    whole = body_of(client, f"{address}?postcode=50200")
    part = body_of(client, f"/products/{goods.pk}/delivery/?postcode=50200")
    for body in (whole, part):
        assert "<b>30.00 บาท</b> ถึงเชียงใหม่ 50200" in body
        assert "26 พฤศจิกายน 2569 ถึง 28 พฤศจิกายน 2569" in body
    assert "<html" not in part
    english = body_of(client, f"/en{address}?postcode=10110")
    assert "<b>50.00 baht</b> to Bangkok 10110" in english
    assert "27 November 2026 and 1 December 2026" in english


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("5020", "รหัสไปรษณีย์มี 5 หลัก เช่น 50200"),
        ("99999", "ไม่มีรหัสไปรษณีย์ 99999 ในประเทศไทย"),
        ('"><b>x', "รหัสไปรษณีย์มี 5 หลัก"),
    ],
)
def test_a_wrong_postcode_gets_a_sentence_and_no_price(client: Client, typed: str, said: str) -> None:
    goods = world.product(world.certified_group())
    for address in (goods.get_absolute_url(), f"/products/{goods.pk}/delivery/"):
        answer = client.get(address, {"postcode": typed})
        assert answer.status_code == 200
        body = answer.content.decode()
        assert said in body
        assert "ได้รับระหว่าง" not in body
        assert '"><b>x' not in body


def test_the_kept_page_knows_nobodys_postcode(client: Client) -> None:
    goods = world.product(world.certified_group())
    address = goods.get_absolute_url()
    assert "50200" in body_of(client, f"{address}?postcode=50200")
    plain = client.get(address)
    assert "ถึงเชียงใหม่ 50200" not in plain.content.decode()
    assert plain.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Set-Cookie" not in plain.headers
    again = client.get(address, headers={"If-None-Match": plain.headers["ETag"]})
    assert again.status_code == 304


def test_delivery_of_what_is_not_for_sale_is_not_found(client: Client) -> None:
    hidden = world.product(world.certified_group(), publish=False)
    unlicensed = world.product(world.group())
    for goods in (hidden, unlicensed):
        assert client.get(f"/products/{goods.pk}/delivery/?postcode=50200").status_code == 404


def test_the_maker_and_the_place_are_told(client: Client) -> None:
    maker = world.certified_group()
    Organisation.objects.filter(pk=maker.pk).update(
        founded_on=dt.date(2002, 3, 1), members_count=22, summary_th="เราสานเองทุกใบ", summary_en="We weave it all."
    )
    goods = world.product(maker)
    set_raw_materials(product=goods, materials=[{"name_th": "หวาย", "origin": "bought", "province_id": "TH-84"}])
    body = body_of(client, goods.get_absolute_url())
    assert "เราสานเองทุกใบ" in body
    assert "<dd>2545</dd>" in body
    assert "<dd>22 คน</dd>" in body
    assert 'aria-label="แผนที่ 77 จังหวัด ผลิตที่เชียงใหม่ วัตถุดิบจากสุราษฎร์ธานี"' in body
    assert (body.count('class="m-made"'), body.count('class="m-from"')) == (1, 1)
    assert "We weave it all." in body_of(client, f"/en{goods.get_absolute_url()}")


def test_cold_goods_say_how_to_keep_them(client: Client) -> None:
    maker = world.certified_group()
    cold, frozen = world.product(maker, storage="chilled"), world.product(maker, storage="frozen")
    assert "เข้าตู้เย็นทันที" in body_of(client, cold.get_absolute_url())
    assert "ช่องแช่แข็ง" in body_of(client, frozen.get_absolute_url())


def test_goes_well_with_follows_its_rule() -> None:
    mine = world.certified_group()
    goods = world.product(mine, "ตะกร้า", slug="basketry")
    near, far = world.certified_group(), world.certified_group(province="TH-84")
    fits = world.product(near, "แจกันดินเผา", slug="ceramics")
    world.product(near, "แจกันอีกใบ", slug="wood-metal")  # the same group again
    world.product(near, "ตะกร้าของกลุ่มอื่น", slug="basketry")  # the same category
    world.product(mine, "ถ้วยของเรา", slug="ceramics")  # the same group as the product's
    world.product(far, "จานจากภาคอื่น", slug="ceramics")  # another region
    world.product(world.certified_group(), "ต้นไม้", slug="farm-inputs")  # a kind that does not go with it
    world.product(world.certified_group(), "ของหมด", slug="souvenirs", stock=0)
    world.product(world.group(), "ไม่มีใบรับรอง", slug="souvenirs")
    found = goes_well_with(category_id=goods.main_category_id, region="north", group_id=mine.pk, language="th")
    names = [card["name"] for card in found]
    assert names in ([fits.title], ["แจกันอีกใบ"])
    assert len(names) == 1
    assert goes_well_with(category_id=None, region="north", group_id=mine.pk) == []


def test_what_goes_well_with_it_has_the_preview_of_its_picture_too() -> None:
    goods = world.product(world.certified_group(), slug="basketry")
    fits = world.product(world.certified_group(), "แจกัน", slug="ceramics")
    picture = Picture.objects.create(name="vase", width=640, height=640, blur="data:image/webp;base64,AA==")
    add_picture(product=fits, picture=picture)
    (card,) = goes_well_with(category_id=goods.main_category_id, region="north", group_id=goods.group_id or 0)
    assert (card["picture"], card["blur"]) == ("vase", picture.blur)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_machines_find_the_terms_of_return_in_the_language_of_the_page(client: Client, prefix: str) -> None:
    ensure_site()
    goods = world.product(world.certified_group())
    with translation.override("en" if prefix else "th"):
        address = goods.get_absolute_url()
    link = graph_of(body_of(client, address))["Product"]["offers"]["hasMerchantReturnPolicy"]["merchantReturnLink"]
    assert link == f"{settings.SITE_URL}{prefix}/returns/"
    assert f"{RETURN_DAYS} " in body_of(client, f"{prefix}/returns/")


def test_the_page_is_within_eleven_queries_however_much_stands_on_it(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    maker = world.certified_group()
    goods = world.product(maker)
    costs = []
    for size in (1, 8):
        for number in range(size):
            world.product(maker, f"ของ {size}.{number}")
            world.product(world.certified_group(), f"ชาม {size}.{number}", slug="ceramics")
        for address in (goods.get_absolute_url(), f"{goods.get_absolute_url()}?postcode=50200"):
            cache.clear()
            shelves.forget()
            with django_assert_max_num_queries(16 if "?" in address else 11) as used:
                body_of(client, address)
            costs.append(len(used))
    assert costs[:2] == costs[2:]
    with django_assert_max_num_queries(3) as used:
        client.cookies["sessionid"] = "x"
        body_of(client, goods.get_absolute_url())


def test_a_change_shows_at_once_in_the_kept_part(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    goods = world.product(world.certified_group(), description_th="คำเก่า")
    client.cookies["sessionid"] = "x"  # the page itself is then made anew, its kept part is not
    assert "คำเก่า" in body_of(client, goods.get_absolute_url())
    with django_capture_on_commit_callbacks(execute=True):
        update_product(product=goods, description="คำใหม่")
    body = body_of(client, goods.get_absolute_url())
    assert "คำใหม่" in body
    assert "คำเก่า" not in body


def test_a_name_saved_by_any_path_is_on_the_page_at_once(
    client: Client, market: Market, django_capture_on_commit_callbacks: Any
) -> None:
    product = market.products["kratip"]
    assert "ชื่อใหม่จากหลังร้าน" not in client.get(product.get_absolute_url()).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        product.title = "ชื่อใหม่จากหลังร้าน"
        product.save()
    assert "ชื่อใหม่จากหลังร้าน" in client.get(product.get_absolute_url()).content.decode()

"""What hubs and groups are told: names in the language of the page, what the buyer wrote, numbers as they are typed, lists that fit."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from shop.common import clock
from shop.fulfilment import collecting, services
from shop.fulfilment.models import Stop, Transfer
from shop.order.models import Line, Order
from tests.hubs import Hubs, build_hubs, buy, packed, part_of
from tests.market import Market, signed_in
from tests.unit.fulfilment.hub_pages import arrived, on_the_way, shelved, table, words_of
from tests.unit.fulfilment.printed import body, pages, words
from tests.unit.fulfilment.test_papers import home, printed

pytestmark = pytest.mark.django_db
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.fixture
def hubs(market: Market) -> Hubs:
    made = build_hubs(market)
    for key, place in made.places.items():
        place.name_en = f"{key.title()} hub"
        place.save()
    return made


def in_english(client: Client, path: str, data: dict[str, object]) -> str:
    return words_of(client.post(f"/en{path}", data, follow=True))


def test_names_in_refusals_follow_the_language_of_the_page(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 2})
    Line.objects.update(title_en="Rice basket")
    box, isan, north = packed(order, market, "north"), table(hubs, "isan"), table(hubs, "north")
    told = in_english(isan.client, f"{isan.base}scan/", {"code": box.number})
    assert "It goes to North hub: put it aside" in told
    assert "ต้องไปจุดกระจาย north" in words_of(isan.scan(box.number))
    line = box.lines.get()
    much = {"what": "good", "pieces": "9"}
    told = in_english(north.client, f"{north.base}boxes/{box.number}/tally/{line.pk}/", much)
    assert "Of “Rice basket” 2 pieces were sent" in told
    bad = {"what": "refused", "pieces": "1", "reason": ""}
    told = in_english(north.client, f"{north.base}boxes/{box.number}/tally/{line.pk}/", bad)
    assert "Say why pieces of “Rice basket” go back." in told
    services.count_in(place=north.hub, number=box.number, counts={}, by=north.packer)
    transfer = Transfer.objects.get(from_place=north.hub)
    sent = north.client.post(f"/en{north.base}transfers/{transfer.code}/send/", {"which": "all"}, follow=True)
    assert "On its way. Bangkok hub sees what comes." in sent.content.decode()


def test_sending_no_box_says_that_none_is_ticked(market: Market, hubs: Hubs) -> None:
    box, north = packed(buy(market, hubs, {"kratip": 1}), market, "north"), table(hubs, "north")
    services.count_in(place=north.hub, number=box.number, counts={}, by=north.packer)
    transfer = Transfer.objects.get(from_place=north.hub)
    answer = north.post(f"transfers/{transfer.code}/send/", {"which": "ticked"}, follow=True)
    assert "ยังไม่ได้เลือกกล่อง" in answer.content.decode()
    transfer.refresh_from_db()
    assert transfer.state == Transfer.State.ANNOUNCED


def test_what_the_buyer_wrote_is_read_while_the_group_packs_and_on_no_label(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 2})
    Order.objects.filter(pk=order.pk).update(note="ขอถุงแยก <script>alert(1)</script>")
    part = part_of(order, market, "north")
    base, group = f"/workspace/north-group/orders/{part.number}/", signed_in(market.people["north"])
    page = group.get(base).content.decode()
    assert "ขอถุงแยก &lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "ขอถุงแยก" in words(body(group.get(f"{base}slip.pdf")))
    packed(order, market, "north")
    assert "ขอถุงแยก" in group.get(base).content.decode()
    assert "ขอถุงแยก" not in words(body(group.get(f"{base}label/")))
    services.hand_over(vendor_order=part_of(order, market, "north"), by=market.people["north"])
    assert "ขอถุงแยก" not in group.get(base).content.decode(), "who has packed it needs it no more"
    other = signed_in(market.people["isan"])
    assert other.get(base).status_code == 404


def test_codes_are_read_as_people_type_them_and_the_number_of_a_purchase_too(market: Market, hubs: Hubs) -> None:
    parcel = shelved(market, hubs, {"kratip": 1})
    bangkok, code = table(hubs, "bangkok"), collecting.code_of(parcel.order.plan)
    assert "A3" in words_of(bangkok.scan(code.translate(THAI_DIGITS)))
    found = bangkok.scan(f" {parcel.order.number.lower().translate(THAI_DIGITS)} ")
    assert found.url == f"{bangkok.base}purchases/{parcel.order.number}/"
    elsewhere = table(hubs, "isan").scan(parcel.order.number)
    assert elsewhere.status_code == 422
    assert "คำสั่งซื้อนี้ไม่ได้แพ็กรวมที่นี่" in words_of(elsewhere)


def test_lists_by_buyer_and_by_product_name_each_once(market: Market, hubs: Hubs) -> None:
    orders = [arrived(market, hubs, {"kratip": 1, "hat": 1})]
    orders += [on_the_way(market, hubs, {"kratip": 2, "hat": 1}, way="pickup") for _number in range(2)]
    for number, order in enumerate(orders):
        Stop.objects.filter(vendor_order__order=order).update(due=clock.today())
        Stop.objects.filter(vendor_order=part_of(order, market, "isan"), place=hubs.places["bangkok"]).update(
            due=clock.today() + (number + 1) * (clock.end_of_day(clock.today()) - clock.start_of_day(clock.today()))
        )
    by_buyer = words(printed(hubs, "bangkok", "by_buyer"))
    heads = re.findall("คำสั่งซื้อ ([0-9A-Z]{11})", by_buyer)
    assert heads == sorted(order.number for order in orders), "by number, each once"
    by_product = words(printed(hubs, "bangkok", "by_product"))
    assert by_product.count("กระติบข้าวเหนียว") == by_product.count("หมวก") == 1
    assert "5 ใบ 600.00" in by_product


def test_no_label_is_a_sentence_and_not_an_empty_sheet(market: Market, hubs: Hubs) -> None:
    for size in ("a4", "80"):
        sheets = pages(printed(hubs, "north", "boxes", size=size))
        assert [" ".join(sheet.split()) for sheet in sheets] == ["ไม่มีป้ายให้พิมพ์ในวันที่เลือก"]


def test_a_number_stays_on_one_line_of_its_label(market: Market, hubs: Hubs) -> None:
    part = packed(buy(market, hubs, {"kratip": 1}), market, "north")
    for paper in ("a4", "80"):
        answer = table(hubs, "north").client.get(home(hubs, "north", f"boxes/{part.number}/label.pdf?paper={paper}"))
        (page,) = pages(body(answer))
        assert part.number in [line.strip() for line in page.splitlines()], page


def test_a_unit_stays_on_its_line(market: Market, hubs: Hubs) -> None:
    buy(market, hubs, {"kratip": 1, "hat": 1})
    Line.objects.filter(vendor_order__group=market.groups["north"]).update(unit_th="กระปุก 200 ก.")
    Line.objects.filter(vendor_order__group=market.groups["isan"]).update(unit_th="ขวด 30 มล.")
    for kind in ("pick", "by_group", "by_product", "by_buyer"):
        (page,) = pages(printed(hubs, "bangkok", kind))
        told = " | ".join(page.splitlines())
        assert "กระปุก 200 ก." in told, kind
        assert "ขวด 30 มล." in told, kind

"""Lots through the pages: entered, traced, packed from, called back; every buyer hears of it, and nobody else."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client

from catalogue.errors import AlreadyRecalled
from catalogue.models import Lot, LotMaterial, Product
from catalogue.services import Material, enter_lot, recall_lot, set_raw_materials
from catalogue.trail import steps_of
from shop.basket.models import Basket
from shop.basket.selectors import basket_view
from shop.basket.services import add_to_basket
from shop.checkout.services import Buyer, place_order, quote_basket
from shop.common import clock, codes, outbox
from shop.fulfilment import errors
from shop.fulfilment.selectors import orders_of_lot
from shop.fulfilment.services import accept, cancel_order, hand_over, note_lots, pack
from shop.order.models import Order, VendorOrder
from shop.partner.services import set_offer
from shop.people.addresses import AddressData
from tests.market import Market, make_user
from vendors.errors import NotYours
from vendors.models import Membership, Organisation
from vendors.services import add_member

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
HOME = AddressData("ญาณิศา ผู้พัฒน์", "0812345678", "88/12 ซอยพหลโยธิน 48", "100502", "10220")


def signed_in(market: Market, name: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(market.people[name], backend=BACKEND)
    return client


def bought(product: Product, email: str, method: str = "cod") -> Order:
    """A guest's order of one piece."""
    basket = Basket.objects.create(owner=None, status=Basket.OPEN)
    add_to_basket(basket=basket, product_id=product.pk, quantity=1)
    view = basket_view(basket)
    total = view.total_satang + quote_basket(view, "TH-10").total_satang
    buyer = Buyer(email=email, phone=HOME.phone, user=None)
    return place_order(basket=basket, buyer=buyer, address=HOME, method=method, expected_total_satang=total).order


def part_of(order: Order) -> VendorOrder:
    return order.vendor_orders.get()


def letters() -> list[Any]:
    mail.outbox.clear()
    while outbox.work_off():
        pass
    return list(mail.outbox)


@pytest.fixture
def lot(market: Market) -> Lot:
    """A lot of the northern rice basket, made today."""
    set_offer(product=market.products["kratip"], place=market.places["north"], price_satang=12_000, in_stock=50)
    return enter_lot(product=market.products["kratip"], made_on=clock.today(), quantity=20)


def test_a_group_enters_a_lot_with_its_materials(market: Market) -> None:
    product = market.products["kratip"]
    set_raw_materials(product=product, materials=[{"name_th": "ไม้ไผ่"}, {"name_th": "หวาย", "origin": "bought"}])
    source = enter_lot(product=market.products["hat"], made_on=clock.today(), quantity=5)
    client = signed_in(market, "north")
    path = f"/workspace/north-group/lots/new/{product.pk}/"
    form = client.get(path).context["form"]
    assert [form[f"name_{at}"].value() for at in range(2)] == ["ไม้ไผ่", "หวาย"]
    today = clock.today()
    facts = {
        "made_on": f"{today.day}/{today.month}/{today.year + 543}",
        "best_before": "",
        "quantity": "40",
        "name_0": "ไม้ไผ่",
        "origin_0": "own",
        "name_1": "หวาย",
        "origin_1": "bought",
        "province_1": "TH-93",
        "name_2": "ใบลาน",
        "origin_2": "market",
        "source_2": codes.grouped(source.code, 3).lower(),
    }
    wrong = client.post(path, {**facts, "made_on": "1/1/2699", "source_2": "ABC"})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"made_on", "source_2"}
    assert "ใบลาน" in wrong.content.decode()
    unknown = client.post(path, {**facts, "source_2": codes.new_code()})
    assert unknown.status_code == 422
    assert Lot.objects.count() == 1
    assert client.post(path, facts).status_code == 302
    made = Lot.objects.get(product=product)
    assert (made.made_on, made.quantity, made.created_by) == (today, 40, market.people["north"])
    assert codes.is_valid(made.code)
    rows = list(made.materials.values_list("name_th", "origin", "group_id", "province_id", "source_id"))
    north, isan = market.groups["north"], market.groups["isan"]
    assert rows == [
        ("ไม้ไผ่", "own", north.pk, "TH-50", None),
        ("หวาย", "bought", None, "TH-93", None),
        ("ใบลาน", "market", isan.pk, "TH-40", source.pk),
    ]
    page = client.get("/workspace/north-group/lots/").content.decode()
    assert codes.grouped(made.code, 3) in page


def test_only_who_may_write_enters_lots(market: Market) -> None:
    product = market.products["kratip"]
    market.people["packer"] = make_user("packer")
    add_member(organisation=market.groups["north"], user=market.people["packer"], role=Membership.Role.PACKER)
    facts = {"made_on": "1/1/2569", "quantity": "1"}
    for name in ("packer", "isan", "buyer", "officer", "hub"):
        client = signed_in(market, name)
        assert client.post(f"/workspace/north-group/lots/new/{product.pk}/", facts).status_code == 404
    foreign = market.products["hat"].pk
    assert signed_in(market, "north").post(f"/workspace/north-group/lots/new/{foreign}/", facts).status_code == 404
    assert not Lot.objects.exists()


def test_the_trail_is_public_and_follows_lots_of_lots(client: Client, market: Market) -> None:
    today = clock.today()
    thread = enter_lot(
        product=market.products["hat"],
        made_on=today,
        quantity=5,
        materials=[Material("ฝ้าย", origin="own"), Material("สีคราม", origin="bought")],
    )
    bag = enter_lot(
        product=market.products["bag"],
        made_on=today,
        best_before=today + dt.timedelta(days=30),
        quantity=9,
        materials=[Material("กระจูด"), Material("ด้าย", origin="market", source=thread.code)],
    )
    page = client.get(f"/trace/{bag.code}/").content.decode()
    for word in ("กระจูด", "ด้าย", "ฝ้าย", "สีคราม", "กลุ่มทอผ้าบ้านโนน", "พัทลุง", "ขอนแก่น", thread.code):
        assert word in page, word
    assert 'class="tilemap"' in page
    english = client.get(f"/en/trace/{bag.code}/").content.decode()
    assert "From raw material to maker" in english
    assert client.get(f"/trace/{codes.grouped(bag.code, 3).lower()}/").url == f"/trace/{bag.code}/"
    assert client.get(f"/trace/?q={codes.grouped(bag.code, 3)}").url == f"/trace/{bag.code}/"
    slip = bag.code[:-1] + ("0" if bag.code[-1] != "0" else "1")
    wrong = client.get(f"/trace/{slip}/")
    assert wrong.status_code == 404
    assert "รหัสนี้พิมพ์ผิด" in wrong.content.decode()
    assert "ไม่มีล็อตที่ใช้รหัสนี้" in client.get(f"/trace/{codes.new_code()}/").content.decode()
    assert client.get(f"/trace/{bag.code}/labels/").content.decode().count('class="qr"') == 24


def test_a_circle_of_lots_ends(market: Market) -> None:
    first = enter_lot(product=market.products["hat"], made_on=clock.today(), quantity=1)
    second = enter_lot(
        product=market.products["bag"],
        made_on=clock.today(),
        quantity=1,
        materials=[Material("ก", origin="market", source=first.code)],
    )
    LotMaterial.objects.create(lot=first, name_th="ข", origin="market", group=market.groups["south"], source=second)
    steps = steps_of(second)
    assert [step.material.name_th for step in steps] == ["ก"]
    assert [step.material.name_th for step in steps[0].below] == ["ข"]
    assert steps[0].below[0].below == []


def test_the_packer_notes_the_lot_on_the_page(market: Market, lot: Lot) -> None:
    order = bought(market.products["kratip"], "one@example.test")
    part, line = part_of(order), order.lines.get()
    client = signed_in(market, "north")
    path = f"/workspace/north-group/orders/{part.number}/"
    assert lot.code in client.get(path).content.decode()
    assert client.post(f"{path}lots/", {f"lot-{line.pk}": lot.code}).status_code == 302
    line.refresh_from_db()
    assert line.lot == lot
    foreign = enter_lot(product=market.products["hat"], made_on=clock.today(), quantity=5)
    client.post(f"{path}lots/", {f"lot-{line.pk}": foreign.code})
    line.refresh_from_db()
    assert line.lot == lot
    for name in ("isan", "officer", "buyer"):
        assert signed_in(market, name).post(f"{path}lots/", {f"lot-{line.pk}": ""}).status_code == 404
    line.refresh_from_db()
    assert line.lot == lot
    with pytest.raises(NotYours):
        note_lots(vendor_order=part, lots={line.pk: ""}, by=market.people["isan"])


REASON = "พบเชื้อราในล็อตนี้ กรุณาอย่าใช้ และติดต่อกลุ่มเพื่อคืนเงิน"


@pytest.fixture
def sold(market: Market, lot: Lot) -> dict[str, Order]:
    """Orders of every kind: noted, not noted, of other goods, unpaid, cancelled, of another lot, before the lot."""
    kratip = market.products["kratip"]
    orders = {name: bought(kratip, f"{name}@example.test") for name in ("sure", "perhaps", "other")}
    note_lots(vendor_order=part_of(orders["sure"]), lots={orders["sure"].lines.get().pk: lot.code}, by=None)
    another = enter_lot(product=kratip, made_on=clock.today(), quantity=3)
    note_lots(vendor_order=part_of(orders["other"]), lots={orders["other"].lines.get().pk: another.code}, by=None)
    orders["hat"] = bought(market.products["hat"], "hat@example.test")
    orders["unpaid"] = bought(kratip, "unpaid@example.test", "transfer")
    orders["cancelled"] = bought(kratip, "cancelled@example.test", "transfer")
    cancel_order(order=orders["cancelled"], by=None, reason="buyer")
    with clock.moved_to(clock.now() - dt.timedelta(days=3)):
        orders["before"] = bought(kratip, "before@example.test")
    letters()
    return orders


def test_the_officer_sees_how_far_a_lot_went_and_no_buyer(market: Market, lot: Lot, sold: dict[str, Order]) -> None:
    assert orders_of_lot(lot) == {sold["sure"].pk: True, sold["perhaps"].pk: False}
    page = signed_in(market, "officer").get(f"/office/lots/{lot.code}/")
    assert (page.context["numbers"].sure, page.context["numbers"].perhaps) == (1, 1)
    text = page.content.decode()
    assert sold["sure"].number in text
    assert not re.search(r"ญาณิศา|0812345678|081 234 5678|sure@example", text)


def test_a_recall_reaches_every_buyer_and_nobody_else(market: Market, lot: Lot, sold: dict[str, Order]) -> None:
    officer = signed_in(market, "officer")
    path = f"/office/lots/{lot.code}/"
    assert officer.post(path, {"reason": REASON}).status_code == 422
    assert officer.post(path, {"reason": "", "sure": "on"}).status_code == 422
    assert letters() == []
    assert officer.post(path, {"reason": REASON, "sure": "on"}).status_code == 302
    sent = {letter.to[0]: letter.body for letter in letters()}
    assert sorted(sent) == ["north@example.test", "perhaps@example.test", "sure@example.test"]
    assert [address for address, body in sent.items() if REASON not in body] == []
    assert [address for address, body in sent.items() if codes.grouped(lot.code, 3) not in body] == []
    assert f"{settings.SITE_URL}/trace/{lot.code}/" in sent["sure@example.test"]
    assert f"{settings.SITE_URL}/orders/{sold['sure'].number}/" in sent["sure@example.test"]
    assert "อาจมีสินค้า" in sent["perhaps@example.test"]
    assert "อาจมีสินค้า" not in sent["sure@example.test"]
    cache.clear()
    assert "ล็อตนี้ถูกเรียกคืน" in Client().get(f"/trace/{lot.code}/").content.decode()
    assert Client().get(f"/trace/{lot.code}/labels/").status_code == 302


def test_a_recall_is_made_once(market: Market, lot: Lot) -> None:
    recall_lot(lot=lot, reason=REASON, by=market.people["officer"])
    letters()
    answer = signed_in(market, "officer").post(f"/office/lots/{lot.code}/", {"reason": REASON, "sure": "on"})
    assert answer.status_code == 422
    with pytest.raises(AlreadyRecalled):
        recall_lot(lot=lot, reason=REASON, by=market.people["officer"])
    assert letters() == []


def test_a_box_with_a_recalled_lot_does_not_leave(market: Market, lot: Lot) -> None:
    order = bought(market.products["kratip"], "one@example.test")
    part, line = part_of(order), order.lines.get()
    note_lots(vendor_order=part, lots={line.pk: lot.code}, by=None)
    accept(vendor_order=part, by=None)
    pack(vendor_order=part, by=None)
    recall_lot(lot=lot, reason="พบเชื้อรา", by=None)
    with pytest.raises(errors.LotRecalled):
        hand_over(vendor_order=part, by=None)
    part.refresh_from_db()
    assert part.state == "packed"
    with pytest.raises(errors.LotNotFitting):
        note_lots(vendor_order=part, lots={line.pk: lot.code}, by=None)
    fresh = enter_lot(product=market.products["kratip"], made_on=clock.today(), quantity=3)
    note_lots(vendor_order=part, lots={line.pk: fresh.code}, by=None)
    hand_over(vendor_order=part, by=None)
    part.refresh_from_db()
    assert part.state == "handed_over"
    with pytest.raises(errors.WrongState):
        note_lots(vendor_order=part, lots={line.pk: ""}, by=None)


def test_an_officer_of_another_province_recalls_nothing(market: Market, lot: Lot) -> None:
    office = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province_id="TH-40")
    market.people["elsewhere"] = make_user("elsewhere")
    add_member(organisation=office, user=market.people["elsewhere"], role=Membership.Role.OFFICER)
    facts = {"reason": "พบเชื้อราในล็อตนี้", "sure": "on"}
    for name in ("elsewhere", "north", "cooperative", "editor", "hub", "buyer"):
        client = signed_in(market, name)
        assert client.get(f"/office/lots/{lot.code}/").status_code == 404
        assert client.post(f"/office/lots/{lot.code}/", facts).status_code == 404
    assert lot.code not in signed_in(market, "elsewhere").get("/office/lots/").content.decode()
    with pytest.raises(NotYours):
        recall_lot(lot=lot, reason="พบเชื้อรา", by=market.people["elsewhere"])
    lot.refresh_from_db()
    assert lot.recalled_at is None
    letters()
    assert lot.recalled_by is None

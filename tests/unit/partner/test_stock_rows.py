"""Stock and prices of all goods in one table: saved together, nobody's change lost, clear words where it cannot be."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from catalogue.models import Product, ProductEvent
from catalogue.services import add_variant
from shop.partner.models import PriceChange, StockRecord
from shop.partner.services import reserve, set_offer
from tests.market import Market, make_product, make_user, signed_in
from vendors import history
from vendors.models import Membership
from vendors.services import add_member

pytestmark = pytest.mark.django_db
TABLE = "/workspace/north-group/goods/stock/"


@pytest.fixture
def two(market: Market) -> tuple[Client, Client]:
    """Two members of the group."""
    other = make_user("second")
    add_member(organisation=market.groups["north"], user=other, role=Membership.Role.EDITOR)
    return signed_in(market.people["north"]), signed_in(other)


@pytest.fixture
def member(two: tuple[Client, Client]) -> Client:
    return two[0]


def form_of(page: Any) -> dict[str, Any]:
    """What a browser would send back from the page."""
    sent: dict[str, Any] = {"row": [str(row.product.pk) for row in page.context["rows"]]}
    for row in page.context["rows"]:
        sent[f"seen-{row.product.pk}"] = row.seen
        for name in ("price", "stock", "low"):
            value = row.form[name].value()
            value = row.form.fields[name].prepare_value(value) if value is not None else ""
            sent[f"r{row.product.pk}-{name}"] = str(value)
        if row.form["sale"].value():
            sent[f"r{row.product.pk}-sale"] = "on"
    return sent


def now(product: Product) -> tuple[str, int | None, int | None, bool]:
    record = StockRecord.objects.get(product=product)
    shown = Product.objects.values_list("is_public", flat=True).get(pk=product.pk)
    return str(record.price), record.num_in_stock, record.low_stock_threshold, shown


def test_many_rows_are_saved_at_once_and_only_what_changed_is_written(market: Market, member: Client) -> None:
    kratip = market.products["kratip"]
    basket = make_product(market, "basket", "north", title="ตะกร้าหวาย", baht=80, stock=9)
    tray = make_product(market, "tray", "north", title="ถาด", baht=60, stock=2)
    form = form_of(member.get(TABLE))
    form |= {f"r{kratip.pk}-price": "๑๓๐ บาท", f"r{kratip.pk}-stock": "7", f"r{kratip.pk}-low": "๒"}
    form |= {f"r{basket.pk}-stock": "1,200"}
    answer = member.post(TABLE, form)
    assert (answer.status_code, answer.url) == (302, TABLE)
    assert now(kratip) == ("130.00", 7, 2, True)
    assert now(basket) == ("80.00", 1200, None, True)
    assert now(tray) == ("60.00", 2, None, True)
    rows = PriceChange.objects.filter(by=market.people["north"]).values_list("product_id", "from_satang", "to_satang")
    assert list(rows) == [(kratip.pk, 12_000, 13_000)]
    priced = ProductEvent.objects.filter(act="priced").order_by("pk").values_list("product_id", flat=True)
    assert list(priced) == [kratip.pk, basket.pk]
    acts = [entry.data for entry in history.history_of(market.groups["north"]) if "goods.priced" in entry.action]
    assert acts[1]["after"] == {"price_satang": 13_000, "in_stock": 7, "low_stock": 2}
    assert "บันทึกแล้ว 2 รายการ" in member.get(TABLE).content.decode()


def test_a_form_that_changes_nothing_writes_nothing(market: Market, member: Client) -> None:
    before = ProductEvent.objects.count()
    form = form_of(member.get(TABLE))
    assert member.post(TABLE, form).status_code == 302
    assert ProductEvent.objects.count() == before


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0", "ราคาต้องมากกว่า"),
        ("-1", "ราคาต้องมากกว่า"),
        ("1000000000000", "1,000,000"),
        ("ฟรี", "120"),
        ("", "ใส่ราคาด้วย"),
    ],
)
def test_a_price_that_cannot_be_comes_back_and_the_others_are_saved(
    market: Market, member: Client, typed: str, words: str
) -> None:
    kratip = market.products["kratip"]
    tray = make_product(market, "tray", "north", title="ถาด", baht=60, stock=2)
    form = form_of(member.get(TABLE)) | {f"r{kratip.pk}-price": typed, f"r{tray.pk}-stock": "4"}
    answer = member.post(TABLE, form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert (now(kratip)[:2], now(tray)[:2]) == (("120.00", 5), ("60.00", 4))
    row = next(row for row in answer.context["rows"] if row.product.pk == kratip.pk)
    assert row.form["price"].value() == typed
    assert f'href="#id_r{kratip.pk}-price"' in page
    assert words in str(row.form.errors["price"]), row.form.errors
    again = form_of(answer) | {f"r{kratip.pk}-price": "150"}
    assert member.post(TABLE, again).status_code == 302
    assert now(kratip)[:2] == ("150.00", 5)


def test_an_emptied_stock_and_too_little_for_what_is_promised_are_told(market: Market, member: Client) -> None:
    kratip = market.products["kratip"]
    reserve({market.stock["kratip"].pk: 3})
    for typed in ("", "2", "-4", "many"):
        answer = member.post(TABLE, form_of(member.get(TABLE)) | {f"r{kratip.pk}-stock": typed})
        assert (answer.status_code, list(answer.context["rows"][0].form.errors)) == (422, ["stock"])
        assert now(kratip)[:2] == ("120.00", 5)
    assert member.post(TABLE, form_of(member.get(TABLE)) | {f"r{kratip.pk}-stock": "3"}).status_code == 302
    assert now(kratip)[1] == 3


def test_two_members_in_one_row_keep_both_changes(market: Market, two: tuple[Client, Client]) -> None:
    kratip = market.products["kratip"]
    first, second = two
    forms = [form_of(client.get(TABLE)) for client in two]
    first.post(TABLE, forms[0] | {f"r{kratip.pk}-price": "140"})
    assert second.post(TABLE, forms[1] | {f"r{kratip.pk}-stock": "8"}).status_code == 302
    assert now(kratip)[:2] == ("140.00", 8), "the second never saw the new price and does not put the old one back"


def test_the_second_sees_what_the_first_changed_and_other_rows_are_saved(
    market: Market, two: tuple[Client, Client]
) -> None:
    kratip = market.products["kratip"]
    tray = make_product(market, "tray", "north", title="ถาด", baht=60, stock=2)
    first, second = two
    forms = [form_of(client.get(TABLE)) for client in two]
    first.post(TABLE, forms[0] | {f"r{kratip.pk}-stock": "9"})
    met = second.post(TABLE, forms[1] | {f"r{kratip.pk}-stock": "4", f"r{tray.pk}-stock": "3"})
    page = met.content.decode()
    assert met.status_code == 422
    assert (now(kratip)[1], now(tray)[1]) == (9, 3)
    row = next(row for row in met.context["rows"] if row.product.pk == kratip.pk)
    assert [(one.old, one.new) for one in row.met] == [("9", "4")]
    assert row.form["stock"].value() == "4"
    assert "north บันทึกส่วนนี้เมื่อ" in page
    assert second.post(TABLE, form_of(met)).status_code == 302
    assert now(kratip)[1] == 4, "saved again, knowing of the other"
    assert second.post(TABLE, forms[1] | {f"seen-{kratip.pk}": "x", f"r{kratip.pk}-stock": "1"}).status_code == 422
    assert now(kratip)[1] == 4, "without a word about what was seen, nothing is put over"


def test_off_sale_and_on_again_by_the_checklist(market: Market, member: Client) -> None:
    kratip = market.products["kratip"]
    form = form_of(member.get(TABLE))
    form.pop(f"r{kratip.pk}-sale")
    assert member.post(TABLE, form).status_code == 302
    assert now(kratip)[3] is False
    assert [row.product.pk for row in member.get(f"{TABLE}?show=off").context["rows"]] == [kratip.pk]
    Product.objects.filter(pk=kratip.pk).update(weight_g=None)
    form = form_of(member.get(TABLE)) | {f"r{kratip.pk}-sale": "on", f"r{kratip.pk}-stock": "6"}
    refused = member.post(TABLE, form)
    assert (refused.status_code, list(refused.context["rows"][0].form.errors)) == (422, ["sale"])
    assert now(kratip) == ("120.00", 5, None, False), "a row is saved whole or not at all"
    Product.objects.filter(pk=kratip.pk).update(weight_g=500)
    assert member.post(TABLE, form).status_code == 302
    assert now(kratip) == ("120.00", 6, None, True)


def test_variants_are_rows_and_their_product_is_none(market: Market, member: Client) -> None:
    kratip = market.products["kratip"]
    StockRecord.objects.filter(product=kratip).delete()
    large = add_variant(parent=kratip, variant_th="ใหญ่")
    small = add_variant(parent=kratip, variant_th="เล็ก")
    set_offer(product=large, place=market.places["north"], price_satang=20_000, in_stock=4)
    page = member.get(TABLE)
    assert [row.product.pk for row in page.context["rows"]] == [large.pk, small.pk]
    form = form_of(page) | {f"r{small.pk}-price": "90"}
    form.pop(f"r{large.pk}-sale")
    assert member.post(TABLE, form).status_code == 302
    assert now(small) == ("90.00", 0, None, True)
    assert now(large) == ("200.00", 4, None, False)
    kratip.refresh_from_db()
    assert (kratip.price_from_satang, kratip.in_stock) == (9_000, False)
    alone = member.post(TABLE, form_of(member.get(TABLE)) | {"row": [str(kratip.pk)]})
    assert alone.status_code == 404


def test_running_out_follows_each_goods_own_number_and_the_desk_leads_there(market: Market, member: Client) -> None:
    kratip = market.products["kratip"]
    make_product(market, "tray", "north", title="ถาด", baht=60, stock=40)
    desk = "/workspace/north-group/"
    assert f"{TABLE}?show=low" not in member.get(desk).content.decode()
    assert member.get(f"{TABLE}?show=low").context["rows"] == []
    member.post(TABLE, form_of(member.get(TABLE)) | {f"r{kratip.pk}-low": "5"})
    assert f'href="{TABLE}?show=low"' in member.get(desk).content.decode()
    assert [row.product.pk for row in member.get(f"{TABLE}?show=low").context["rows"]] == [kratip.pk]
    member.post(TABLE, form_of(member.get(TABLE)) | {f"r{kratip.pk}-low": ""})
    assert now(kratip)[2] is None
    assert member.get(f"{TABLE}?show=low").context["rows"] == []


def test_the_products_own_form_sets_the_number_too(market: Market, member: Client) -> None:
    kratip = market.products["kratip"]
    address = f"/workspace/north-group/goods/{kratip.pk}/price/"
    seen = member.get(address).context["seen"]
    sent = {"seen": seen, "price": "120", "stock": "5", "low": "10"}
    assert member.post(address, sent).status_code == 302
    assert now(kratip) == ("120.00", 5, 10, True)


def test_foreign_and_made_up_rows_are_not_there_and_nothing_happens(market: Market, member: Client) -> None:
    hat, kratip = market.products["hat"], market.products["kratip"]
    form = form_of(member.get(TABLE))
    for rows in ([str(hat.pk)], [str(kratip.pk), str(hat.pk)], ["999999999"], [str(2**70)]):
        sent = form | {"row": rows, f"r{hat.pk}-price": "1", f"r{hat.pk}-stock": "1", f"r{kratip.pk}-price": "1"}
        assert member.post(TABLE, sent).status_code == 404
    assert (now(hat)[0], now(kratip)[0]) == ("250.00", "120.00")
    packer = make_user("packer")
    add_member(organisation=market.groups["north"], user=packer, role=Membership.Role.PACKER)
    assert signed_in(packer).get(TABLE).status_code == 404
    assert signed_in(packer).post(TABLE, form | {f"r{kratip.pk}-price": "1"}).status_code == 404
    assert now(kratip)[0] == "120.00"


def test_html_in_a_name_is_only_text(market: Market, member: Client) -> None:
    Product.objects.filter(pk=market.products["kratip"].pk).update(title="<b>x</b><script>alert(1)</script>")
    page = member.get(TABLE).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page

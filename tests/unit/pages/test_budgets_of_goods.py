"""How many queries the pages of goods and lots cost in workspace and office, and that the number does not grow."""

from __future__ import annotations

import pytest
from django.test import Client

from catalogue.models import Category, GateExemption, Product
from catalogue.services import (
    Material,
    add_picture,
    add_variant,
    enter_lot,
    grant_exemption,
    request_exemption,
    set_raw_materials,
    update_product,
)
from media.models import Picture
from shop.common import clock
from shop.partner.services import set_offer
from tests.market import Market, make_product
from tests.unit.pages.test_query_budgets import BACKEND, basket_of, count, grow, place, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def grown(market: Market) -> Market:
    """Eight groups with forty goods."""
    grow(market, groups=5, products=40)
    return market


def test_goods_are_flat_in_the_workspace_and_the_office(grown: Market) -> None:
    member, officer = Client(), Client()
    member.force_login(grown.people["north"], backend=BACKEND)
    officer.force_login(grown.people["officer"], backend=BACKEND)
    pages = [
        (member, f"/workspace/{grown.groups['north'].slug}/goods/", 12),
        (member, f"/workspace/{grown.groups['north'].slug}/goods/?show=off", 12),
        (member, f"/workspace/{grown.groups['north'].slug}/goods/new/", 12),
        (officer, "/office/goods/", 9),
        (officer, "/office/goods/?show=exempt", 9),
        (officer, "/office/goods/?show=decided", 9),
    ]

    def asked(key: str) -> Product:
        product = make_product(grown, key, "north", title=f"น้ำพริก {key}")
        Product.objects.filter(pk=product.pk).update(is_prepacked_processed=True)
        update_product(product=product, main_category=Category.objects.get(slug="chilli-paste"))
        request_exemption(product=product, reason="ทำสดทุกวัน")
        grant_exemption(exemption=request_exemption_of(product), reason="ของสด")
        request_exemption(product=product, reason="ทำสดทุกวันอีกครั้ง")
        return product

    asked("first")
    few = {path: count(read(client, path)) for client, path, _most in pages}
    one = count(read(officer, f"/office/goods/{grown.products['first'].pk}/"))
    for number in range(6):
        add_variant(parent=asked(f"more{number}"), variant_th="ใหญ่", weight_g=100)
    many = {path: count(read(client, path)) for client, path, _most in pages}
    assert many == few
    assert {path: many[path] for _client, path, most in pages if many[path] > most} == {}
    assert one <= 12


def test_a_products_pages_are_flat_in_pictures_variants_and_materials(grown: Market) -> None:
    member = Client()
    member.force_login(grown.people["north"], backend=BACKEND)
    product = grown.products["kratip"]
    base = f"/workspace/{grown.groups['north'].slug}/goods/{product.pk}/"
    sections = ("texts", "category", "origin", "certificates", "english", "measures")
    parts = [f"part/{section}/" for section in sections]
    pages = ["", "pictures/", "variants/", "variants/new/", "prices/", "past/", *parts]
    most = {"": 12}
    few = {page: count(read(member, base + page)) for page in pages}
    for number in range(4):
        small = add_variant(parent=product, variant_th=f"ขนาด {number}", weight_g=100)
        set_offer(product=small, place=grown.places["north"], price_satang=1_000 + number, in_stock=1)
        picture = Picture.objects.create(name=f"flat-{number}", width=640, height=640)
        add_picture(product=product, picture=picture)
    set_raw_materials(product=product, materials=[{"name_th": f"ไม้ไผ่ {number}"} for number in range(6)])
    many = {page: count(read(member, base + page)) for page in pages}
    assert many == few
    assert {page: number for page, number in many.items() if number > most.get(page, 12)} == {}


def test_lots_are_flat_in_materials_lots_and_orders(grown: Market) -> None:
    member, officer, guest = Client(), Client(), Client()
    member.force_login(grown.people["north"], backend=BACKEND)
    officer.force_login(grown.people["officer"], backend=BACKEND)
    product = grown.products["kratip"]
    other = enter_lot(product=grown.products["hat"], made_on=clock.today(), quantity=1, materials=[Material("ฝ้าย")])
    small = enter_lot(
        product=product, made_on=clock.today(), quantity=1, materials=[Material("ด้าย", "market", None, other.code)]
    )
    large = enter_lot(
        product=product,
        made_on=clock.today(),
        quantity=1,
        materials=[Material(f"ด้าย {number}", "market", None, other.code) for number in range(12)],
    )
    one, many = (count(read(guest, f"/trace/{lot.code}/")) for lot in (small, large))
    assert many == one <= 9
    slug = grown.groups["north"].slug
    pages = [
        (member, f"/workspace/{slug}/lots/", 8),
        (member, f"/workspace/{slug}/lots/new/{product.pk}/", 11),
        (officer, "/office/lots/", 6),
        (officer, f"/office/lots/{small.code}/", 8),
    ]
    place(basket_of(grown, None, 1), None)
    few = {path: count(read(client, path)) for client, path, _most in pages}
    for _number in range(5):
        place(basket_of(grown, None, 1), None)
        enter_lot(product=product, made_on=clock.today(), quantity=1)
    more = {path: count(read(client, path)) for client, path, _most in pages}
    assert more == few
    assert {path: more[path] for _client, path, most in pages if more[path] > most} == {}


def request_exemption_of(product: Product) -> GateExemption:
    """The open question about a product."""
    return GateExemption.objects.get(product=product, state="asked")

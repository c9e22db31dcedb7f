"""Every page of a workspace costs at most twelve queries, the same with one product and with five thousand of that group."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from catalogue.models import Product
from catalogue.services import add_variant, enter_lot
from shop.common import clock
from shop.order.models import Line, Order, VendorOrder
from shop.partner.models import Partner, StockRecord
from shop.partner.services import refresh_offer, set_offer
from tests.market import Market, make_product, signed_in
from tests.unit.pages.test_query_budgets import basket_of, count, place, read

pytestmark = pytest.mark.django_db
MOST = 12
DESK, DESK_MOST = "/workspace/north-group/", 14
"""The first page asks trainings and fairs, too: one query each."""
GOODS, ORDERS = 5_000, 1_500


def pages_of(market: Market, sheet: str, number: str) -> list[str]:
    product = market.products["g0"].pk
    base = "/workspace/north-group/"
    goods = f"{base}goods/{product}/"
    sections = ("texts", "category", "origin", "certificates", "english", "measures")
    shop_page = ("", "edit/story/", "edit/banner/", "edit/faces/", "edit/gallery/", "edit/goods/", "edit/contact/")
    certificate = market.certificates["north"].code
    return [
        base,
        *(f"{base}goods/{path}" for path in ("", "?show=off", "?show=sale", "?q=ตะกร้า", "?page=9", "new/")),
        *(f"{base}goods/stock/{path}" for path in ("", "?show=low", "?show=off", "?q=ตะกร้า", "?page=9")),
        *(f"{base}goods/sheet/{path}" for path in ("", f"{sheet}/")),
        *(f"{goods}{path}" for path in ("", "price/", "prices/", "past/", "pictures/", "variants/", "variants/new/")),
        *(f"{goods}part/{section}/" for section in sections),
        *(f"{base}lots/{path}" for path in ("", "new/", f"new/{product}/")),
        *(f"{base}page/{path}" for path in (*shop_page, "edit/video/", "preview/")),
        *(f"{base}orders/{path}" for path in ("", f"{number}/", f"{number}/slip.pdf")),
        *(f"{base}{path}" for path in ("people/", "history/", "record/")),
        *(f"{base}certificates/{path}" for path in ("", "new/", "new/TCPS/", f"{certificate}/")),
    ]


def many_goods(market: Market, number: int) -> None:
    """Copies of one product with their stock, written in bulk; every eighth is running out, every tenth withdrawn."""
    model = Product.objects.get(pk=market.products["g0"].pk)
    fields = {
        field.attname: getattr(model, field.attname)
        for field in Product._meta.concrete_fields
        if field.attname not in ("id", "public_code", "slug", "title", "sort_title", "upc")
    }
    rows = [
        Product(
            **fields | {"is_public": at % 10 > 0},
            public_code=f"N{at:07d}",
            slug=f"n{at}",
            title=f"ตะกร้า {at}",
            sort_title=f"ตะกร้า {at}",
        )
        for at in range(number)
    ]
    made = Product.objects.bulk_create(rows, batch_size=1_000)
    partner = Partner.objects.get(group=market.groups["north"])
    StockRecord.objects.bulk_create(
        [
            StockRecord(
                product=product,
                partner=partner,
                place=market.places["north"],
                partner_sku=f"s{product.pk}",
                price=50 + at % 90,
                price_currency="THB",
                num_in_stock=at % 8,
            )
            for at, product in enumerate(made)
        ],
        batch_size=1_000,
    )
    refresh_offer([product.pk for product in made])


def many_orders(market: Market, number: int) -> None:
    """Copies of one purchase with its part and line, in every state, written in bulk."""
    part = VendorOrder.objects.filter(group=market.groups["north"]).select_related("order").first()
    assert part is not None
    line = Line.objects.get(vendor_order=part)
    states = ("to_accept", "to_pack", "packed", "handed_over", "delivered")
    orders = Order.objects.bulk_create(
        [_copy(part.order, number=f"9{at:09d}", basket_id=None) for at in range(number)], batch_size=500
    )
    made = VendorOrder.objects.bulk_create(
        [
            _copy(part, number=f"{order.number}-1", order_id=order.pk, state=states[at % 5])
            for at, order in enumerate(orders)
        ],
        batch_size=500,
    )
    Line.objects.bulk_create(
        [_copy(line, order_id=each.order_id, vendor_order_id=each.pk) for each in made for _twice in range(2)],
        batch_size=500,
    )


def _copy(row: Any, **changes: Any) -> Any:
    fields = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    return type(row)(**fields | changes)


def test_every_page_of_a_workspace_is_flat_and_within_twelve_queries(market: Market) -> None:
    make_product(market, "g0", "north", title="กระเป๋า 0", stock=100)
    member = signed_in(market.people["north"])
    order = place(basket_of(market, None, 1), None).order
    number = order.vendor_orders.get().number
    enter_lot(product=market.products["g0"], made_on=clock.today() - dt.timedelta(days=1), quantity=5)
    variant = add_variant(parent=make_product(market, "sized", "north", title="ตะกร้ามีขนาด"), variant_th="ใหญ่")
    set_offer(product=variant, place=market.places["north"], price_satang=9_000, in_stock=1)
    withdrawn = make_product(market, "withdrawn", "north", title="ตะกร้าเลิกขาย")
    Product.objects.filter(pk=withdrawn.pk).update(is_public=False)
    text = "ชื่อสินค้า,หมวด,ราคา\n" + "".join(f"ใหม่ {at},basketry,{at + 1}\n" for at in range(60))
    file = SimpleUploadedFile("goods.csv", text.encode())
    sheet = str(member.post("/workspace/north-group/goods/sheet/", {"file": file}).url).split("/")[-2]
    pages = pages_of(market, sheet, number)
    for page in pages:
        read(member, page)()  # content types and sites are kept by the process from the first pages on
    few = {page: count(read(member, page)) for page in pages}
    many_goods(market, GOODS)
    many_orders(market, ORDERS)
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE"
        )  # as autovacuum does between transactions; without it the plans are those of an empty market
    many = {page: count(read(member, page)) for page in pages}
    assert {page: (few[page], many[page]) for page in pages if many[page] > few[page]} == {}
    assert {page: cost for page, cost in many.items() if cost > (DESK_MOST if page == DESK else MOST)} == {}

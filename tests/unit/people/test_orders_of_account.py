"""Own orders in the account: which are shown, and what buying again puts into the basket."""

from __future__ import annotations

import pytest
from django.test import Client

from catalogue.services import withdraw_product
from shop.basket.models import Basket, Line
from shop.basket.services import add_to_basket
from shop.fulfilment import services as work
from shop.order.models import Order
from shop.partner.models import StockRecord
from tests.market import Market, signed_in
from tests.unit.rights.world import order as place

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def buyer(market: Market) -> Client:
    return signed_in(market.people["buyer"])


def stock(market: Market, key: str, number: int) -> None:
    StockRecord.objects.filter(pk=market.stock[key].pk).update(num_in_stock=number, num_allocated=0)


def lying(market: Market) -> dict[str, int]:
    names = {product.pk: key for key, product in market.products.items()}
    lines = Line.objects.filter(basket__owner=market.people["buyer"], basket__status=Basket.OPEN)
    return {names[row.product_id]: row.quantity for row in lines}


def bought(market: Market, **pieces: int) -> Order:
    """An order of so many pieces of each product; afterwards nothing is reserved."""
    user = market.people["buyer"]
    placed = place(market, user, *pieces, method="cod").order
    for key, number in pieces.items():
        placed.lines.filter(product=market.products[key]).update(quantity=number)
    StockRecord.objects.update(num_allocated=0)
    return placed


def told(answer: object) -> list[str]:
    return [str(message) for message in answer.context["messages"]]  # type: ignore[attr-defined]


def test_everything_that_is_still_sold_lies_in_the_basket_in_the_same_number(buyer: Client, market: Market) -> None:
    done = bought(market, hat=3, kratip=2)
    page = buyer.post(f"/account/orders/{done.number}/again/", follow=True)
    assert page.redirect_chain == [("/basket/", 302)]
    assert lying(market) == {"hat": 3, "kratip": 2}
    assert told(page) == [f"ใส่ของจากคำสั่งซื้อ {done.number} ในตะกร้าแล้ว 2 รายการ"]


def test_what_is_short_sold_out_or_gone_is_told_by_name(buyer: Client, market: Market) -> None:
    done = bought(market, hat=5, kratip=2, bag=1)
    stock(market, "hat", 3)
    stock(market, "kratip", 0)
    withdraw_product(product=market.products["bag"])
    page = buyer.post(f"/account/orders/{done.number}/again/", follow=True)
    assert lying(market) == {"hat": 3}
    assert told(page) == [
        f"ใส่ของจากคำสั่งซื้อ {done.number} ในตะกร้าแล้ว 1 รายการ",
        "หมวกใบลาน: ใส่ได้ 3 จาก 5 เพราะของมีเท่านี้",
        "กระติบข้าวเหนียว: สินค้าหมด",
        "กระเป๋ากระจูด: ตอนนี้ยังไม่เปิดขาย",
    ]


def test_pressed_twice_nothing_is_doubled_and_a_larger_number_stays(buyer: Client, market: Market) -> None:
    done = bought(market, hat=2, kratip=2)
    basket = Basket.objects.create(owner=market.people["buyer"], status=Basket.OPEN)
    add_to_basket(basket=basket, product_id=market.products["kratip"].pk, quantity=4)
    for _ in range(2):
        buyer.post(f"/account/orders/{done.number}/again/")
    assert lying(market) == {"hat": 2, "kratip": 4}


def test_with_nothing_to_buy_it_stays_with_the_orders_and_a_lost_product_is_named(
    buyer: Client, market: Market
) -> None:
    done = bought(market, hat=1)
    done.lines.update(product=None, stockrecord=None)
    page = buyer.post(f"/account/orders/{done.number}/again/", follow=True)
    assert page.redirect_chain == [("/account/orders/", 302)]
    assert told(page) == ["หมวกใบลาน: ตอนนี้ยังไม่เปิดขาย"]
    assert lying(market) == {}


def test_a_full_basket_takes_no_further_line(buyer: Client, market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.basket.again.MOST_LINES", 1)
    done = bought(market, hat=1, kratip=1)
    page = buyer.post(f"/account/orders/{done.number}/again/", follow=True)
    assert lying(market) == {"hat": 1}
    assert told(page)[1:] == ["กระติบข้าวเหนียว: ตะกร้าเต็มแล้ว"]


def test_only_own_orders_and_only_by_post(buyer: Client, market: Market) -> None:
    strangers = place(market, market.people["stranger"], "hat", method="cod").order
    own = bought(market, hat=1)
    assert buyer.post(f"/account/orders/{strangers.number}/again/").status_code == 404
    assert buyer.get(f"/account/orders/{own.number}/again/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(market.people["buyer"], backend=BACKEND)
    answer = strict.post(f"/account/orders/{own.number}/again/", HTTP_SEC_FETCH_SITE="cross-site")
    assert answer.status_code == 403
    assert lying(market) == {}


def test_orders_are_told_apart_by_whether_something_is_still_to_come(buyer: Client, market: Market) -> None:
    user = market.people["buyer"]
    stock(market, "hat", 50)
    waiting = place(market, user, "hat", method="transfer").order
    cancelled = place(market, user, "hat", method="transfer").order
    work.cancel_order(order=cancelled, by=user, reason="buyer")
    delivered = place(market, user, "hat", method="cod").order
    half = place(market, user, "hat", "kratip", method="cod").order
    for entry, parts in ((delivered, 1), (half, 1)):
        for part in entry.vendor_orders.order_by("pk")[:parts]:
            for act in (work.accept, work.pack, work.hand_over, work.deliver):
                act(vendor_order=part, by=None)

    def shown(query: str) -> list[str]:
        return [entry.number for entry, _state in buyer.get(f"/account/orders/{query}").context["rows"]]

    assert shown("") == [half.number, delivered.number, cancelled.number, waiting.number]
    assert shown("?show=open") == [half.number, waiting.number]
    assert shown("?show=done") == [delivered.number, cancelled.number]
    assert shown("?show=nonsense") == shown("")
    page = buyer.get("/account/orders/?show=done")
    assert page.context["number_open"] == 2
    assert 'href="/account/orders/?show=done" aria-current="page"' in page.content.decode()


def test_pages_of_orders_keep_the_filter(buyer: Client, market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.people.web.views._PER_PAGE", 2)
    for _ in range(3):
        place(market, market.people["buyer"], "hat", method="cod")
    first = buyer.get("/account/orders/?show=open")
    assert len(first.context["rows"]) == 2
    assert "?show=open&amp;page=2" in first.content.decode()
    assert len(buyer.get("/account/orders/?show=open&page=2").context["rows"]) == 1


def test_the_first_page_says_what_to_do_next(buyer: Client, market: Market) -> None:
    waiting = place(market, market.people["buyer"], "hat", method="transfer").order
    basket = Basket.objects.create(owner=market.people["buyer"], status=Basket.OPEN)
    add_to_basket(basket=basket, product_id=market.products["kratip"].pk, quantity=2)
    steps = buyer.get("/account/").context["steps"]
    assert [(step.url, step.urgent) for step in steps] == [
        (f"/orders/{waiting.number}/", True),
        ("/basket/", False),
        ("/auth/email/", False),
    ]
    assert steps[0].text.startswith(f"คำสั่งซื้อ {waiting.number} รอจ่ายเงิน 300.00 บาท เราเก็บของไว้ให้ถึง ")
    assert steps[1].text == "มีสินค้า 2 ชิ้นรออยู่ในตะกร้า"

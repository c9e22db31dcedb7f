"""What buyer and groups see of a purchase that hubs carry: one story for the buyer, no buyer for the groups."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shop.common import clock, codes, outbox
from shop.fulfilment import collecting, services
from shop.fulfilment.digests import closed_runs, to_bring
from shop.fulfilment.models import Stop, Transfer
from shop.fulfilment.selectors import PurchaseState, purchase_state
from shop.fulfilment.subscribers import announce_closed_runs
from shop.order.models import Line, Order
from tests.hubs import Hubs, build_hubs, buy, packed, part_of
from tests.market import Market, signed_in
from tests.unit.rights.world import HOME

pytestmark = pytest.mark.django_db
MOST_QUERIES = 20


@pytest.fixture
def hubs(market: Market) -> Hubs:
    return build_hubs(market)


def page(market: Market, order: Order) -> str:
    return signed_in(market.people["buyer"]).get(f"/orders/{order.number}/").content.decode()


def state(order: Order) -> PurchaseState:
    return purchase_state(Order.objects.get(pk=order.pk))


def letters() -> list[str]:
    mail.outbox.clear()
    while outbox.work_off():
        pass
    return [f"{letter.to[0]} {letter.subject}" for letter in mail.outbox]


def to_bangkok(market: Market, hubs: Hubs, order: Order, key: str) -> None:
    """One group's box, through its hub to Bangkok, nothing missing."""
    part = packed(order, market, key)
    services.count_in(place=hubs.places[key], number=part.number, counts={}, by=hubs.packers[key])
    transfer = Transfer.objects.get(from_place=hubs.places[key], to_place=hubs.places["bangkok"], state="announced")
    services.send_transfer(transfer=transfer, by=hubs.packers[key])
    services.count_in(place=hubs.places["bangkok"], number=part.number, counts={}, by=hubs.packers["bangkok"])


def test_a_buyer_follows_the_goods_to_the_counter_and_sees_the_code_only_there(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 3, "hat": 2}, way="pickup")
    code = codes.grouped(collecting.code_of(order.plan))
    assert state(order) is PurchaseState.PREPARING
    told = page(market, order)
    assert "จุดกระจาย bangkok" in told
    assert code in told
    assert "จุดกระจาย north" not in told.split("<aside")[1], "the hub of the group is no address of the buyer"
    to_bangkok(market, hubs, order, "north")
    assert state(order) is PurchaseState.TO_HUB
    told = page(market, order)
    assert "ถึงจุดกระจาย northและนับแล้ว" in told
    assert "ถึงจุดกระจาย bangkokและนับแล้ว" in told
    assert "กำลังไปจุดกระจาย isan" in told
    to_bangkok(market, hubs, order, "isan")
    (parcel,) = services.put_together(order=order, place=hubs.places["bangkok"], by=hubs.packers["bangkok"])
    services.shelve(parcel=parcel, shelf="B2", by=hubs.packers["bangkok"])
    assert state(order) is PurchaseState.READY
    assert [one for one in letters() if "buyer@" in one][-1].endswith(f"ของของคุณพร้อมให้มารับแล้ว · {order.number}")
    services.hand_over_parcels(
        place=hubs.places["bangkok"], code=collecting.code_of(order.plan), by=hubs.packers["bangkok"]
    )
    assert state(order) is PurchaseState.COLLECTED
    assert code not in page(market, order), "a code that has been used is shown no more"
    (letter,) = [one for one in letters() if "buyer@" in one]
    assert letter.endswith(f"มีผู้มารับของของคุณแล้ว · {order.number}")


def test_the_page_of_a_purchase_through_hubs_costs_no_query_more_for_more_groups(market: Market, hubs: Hubs) -> None:
    client = signed_in(market.people["buyer"])
    costs = []
    for wanted in ({"kratip": 1}, {"kratip": 1, "hat": 1, "bag": 1}):
        order = buy(market, hubs, wanted)
        to_bangkok(market, hubs, order, "north")
        client.get(f"/orders/{order.number}/")  # what is kept in the process is read once
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/orders/{order.number}/").status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1] <= MOST_QUERIES, costs


def test_a_group_learns_where_to_bring_it_and_never_for_whom(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 3})
    part = part_of(order, market, "north")
    client = signed_in(market.people["north"])
    base = f"/workspace/north-group/orders/{part.number}/"
    for act in ("accept", "pack"):
        client.post(f"{base}{act}/", {"sure": [line.pk for line in part.lines.all()]})
        for address in (
            base,
            "/workspace/north-group/orders/",
            f"{base}slip.pdf",
            "/workspace/north-group/orders/bring/",
        ):
            answer = client.get(address)
            assert answer.status_code == 200
            for secret in (HOME.recipient, HOME.line1, HOME.phone, "081 234 5678"):
                assert secret not in answer.content.decode(errors="ignore"), address
    assert "จุดกระจาย north" in client.get(base).content.decode()
    assert 'name="carrier"' not in client.get(base).content.decode()
    client.post(f"{base}deliver/", {"sure": "1"})
    assert part_of(order, market, "north").state == "packed"
    client.post(f"{base}hand-over/")
    assert part_of(order, market, "north").state == "handed_over"
    client.post(f"{base}deliver/", {"sure": "1"})
    assert part_of(order, market, "north").state == "handed_over", "what hubs carry is delivered by its parcel"


def test_the_list_to_bring_adds_up_and_the_letter_goes_once_at_the_cut_off(market: Market, hubs: Hubs) -> None:
    first, second = buy(market, hubs, {"kratip": 2}), buy(market, hubs, {"kratip": 1})
    letters()
    (run,) = to_bring(market.groups["north"].pk)
    assert (run.place, run.pieces, [box.order_id for box in run.boxes]) == (
        hubs.places["north"], 3, [first.pk, second.pk],
    )  # fmt: skip
    due = Stop.objects.filter(vendor_order__order=first).order_by("position")[0].due
    assert run.due == due
    assert announce_closed_runs() == "0 groups bring something soon"
    with clock.moved_to(dt.datetime.combine(due, dt.time(6), tzinfo=clock.BANGKOK)):
        assert [(one.place_id, one.group_id) for one in closed_runs()] == [
            (hubs.places["north"].pk, market.groups["north"].pk)
        ]
        announce_closed_runs()
        announce_closed_runs()
        assert [one.split(" · ")[0] for one in letters()] == ["north@example.test ของที่ต้องนำไปส่งจุดกระจายสินค้า"]
        (letter,) = mail.outbox
        assert "กระติบข้าวเหนียว: 3 ใบ" in letter.body
        assert HOME.recipient not in letter.body
    Line.objects.filter(vendor_order__order=second).update(short_quantity=1)
    (run,) = to_bring(market.groups["north"].pk)
    assert run.pieces == 2

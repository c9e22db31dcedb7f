"""From a group through two hubs to the buyer: every piece is in one place, and what is lost is found out."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum

from shop.fulfilment import collecting, errors, services
from shop.fulfilment.models import Holding, Movement, Parcel, Transfer, TransferBox, Where
from shop.fulfilment.services import Count
from shop.order.models import Line, Order, VendorOrder
from shop.payment.models import Refund
from tests.hubs import Hubs, build_hubs, buy, packed, part_of
from tests.market import Market

pytestmark = pytest.mark.django_db
State = VendorOrder.State


@pytest.fixture
def hubs(market: Market) -> Hubs:
    return build_hubs(market)


def where(order: Order) -> dict[str, int]:
    rows = Holding.objects.filter(line__order=order).values_list("where")
    return dict(rows.annotate(Sum("quantity")).order_by("where"))


def test_a_piece_that_is_lost_between_two_hubs_is_found_out_and_paid_back(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 3, "hat": 2}, way="pickup")
    assert where(order) == {Where.GROUP: 5}
    north, isan = packed(order, market, "north"), packed(order, market, "isan")
    services.hand_over(vendor_order=north, by=market.people["north"])
    assert where(order) == {Where.GROUP: 2, Where.TRANSIT: 3}
    chiang_mai, bangkok = hubs.places["north"], hubs.places["bangkok"]
    services.count_in(place=chiang_mai, number=north.number, counts={}, by=hubs.packers["north"])
    services.count_in(place=hubs.places["isan"], number=isan.number, counts={}, by=hubs.packers["isan"])
    assert where(order) == {Where.PLACE: 5}
    assert part_of(order, market, "isan").state == State.HANDED_OVER, "a box that the hub scans has left its group"
    for key in ("north", "isan"):
        transfer = Transfer.objects.get(from_place=hubs.places[key], to_place=bangkok)
        services.send_transfer(transfer=transfer, by=hubs.packers[key])
    assert where(order) == {Where.TRANSIT: 5}
    line = Line.objects.get(vendor_order=north)
    services.count_in(place=bangkok, number=north.number, counts={line.pk: Count(2)}, by=hubs.packers["bangkok"])
    assert where(order) == {Where.LOST: 1, Where.PLACE: 2, Where.TRANSIT: 2}
    line.refresh_from_db()
    assert (line.short_quantity, line.short_reasons) == (1, {"lost": 1})
    refund = Refund.objects.get(attempt__order=order)
    assert refund.amount_satang == 12_000
    with pytest.raises(errors.StillComing):
        services.put_together(order=order, place=bangkok, by=hubs.packers["bangkok"])
    services.count_in(place=bangkok, number=isan.number, counts={}, by=hubs.packers["bangkok"])
    (parcel,) = services.put_together(order=order, place=bangkok, by=hubs.packers["bangkok"])
    assert where(order) == {Where.LOST: 1, Where.PARCEL: 4}
    services.shelve(parcel=parcel, shelf="A3", by=hubs.packers["bangkok"])
    code = collecting.code_of(order.plan)
    with pytest.raises(errors.WrongCode):
        services.hand_over_parcels(place=chiang_mai, code=code, by=hubs.packers["north"])
    services.hand_over_parcels(place=bangkok, code=code.lower(), by=hubs.packers["bangkok"], collected_by="หลาน")
    assert where(order) == {Where.BUYER: 4, Where.LOST: 1}
    assert set(order.vendor_orders.values_list("state", flat=True)) == {State.DELIVERED}
    parcel.refresh_from_db()
    assert (parcel.state, parcel.collected_by) == (Parcel.State.COLLECTED, "หลาน")
    assert set(Transfer.objects.values_list("state", flat=True)) == {Transfer.State.CLOSED}
    assert Movement.objects.filter(line=line).count() == 8  # placed, off, in, off, in and lost, boxed, collected


def test_the_database_refuses_pieces_that_do_not_add_up(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 3})
    holding = Holding.objects.get(line__order=order)

    def lose_one() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            Holding.objects.filter(pk=holding.pk).update(quantity=2)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="3 pieces of line"):
        lose_one()


def test_refused_at_the_hub_wrong_hub_and_counted_twice(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 3, "hat": 2})
    north = packed(order, market, "north")
    line = Line.objects.get(vendor_order=north)
    packer = hubs.packers["north"]
    with pytest.raises(errors.WrongHub):
        services.count_in(place=hubs.places["isan"], number=north.number, counts={}, by=hubs.packers["isan"])
    for count, refusal in (
        (Count(4), errors.CountTooLarge),
        (Count(3, 1, "broken"), errors.CountTooLarge),
        (Count(-1), errors.CountTooLarge),
        (Count(2, 1), errors.ReasonWanted),
    ):
        with pytest.raises(refusal):
            services.count_in(place=hubs.places["north"], number=north.number, counts={line.pk: count}, by=packer)
    assert where(order) == {Where.GROUP: 5}, "a refusal leaves everything as it was"
    services.note_refused(
        place=hubs.places["north"], number=north.number, line_id=line.pk, pieces=1, reason="broken", by=packer
    )
    services.count_in(place=hubs.places["north"], number=north.number, counts={}, by=packer)
    assert where(order) == {Where.GROUP: 2, Where.PLACE: 2, Where.REJECTED: 1}
    with pytest.raises(errors.AlreadyCounted):
        services.count_in(place=hubs.places["north"], number=north.number, counts={}, by=packer)
    line.refresh_from_db()
    assert (line.short_quantity, line.short_reasons) == (1, {"rejected": 1})
    assert TransferBox.objects.filter(vendor_order=north, state=TransferBox.State.ANNOUNCED).count() == 1

"""Freezing how a purchase travels, in the transaction that places it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from shop.fulfilment import collecting
from shop.fulfilment.models import DeliveryLeg, DeliveryPlan, Stop
from shop.fulfilment.services import units
from shop.order.models import Line, Order, VendorOrder
from shop.shipping.models import Way
from shop.shipping.quotes import WayQuote


@transaction.atomic(savepoint=False)
def plan_way(*, order: Order, quote: WayQuote, vendor_orders: Mapping[tuple[int, int], VendorOrder]) -> DeliveryPlan:
    """Writes plan, legs and stops of an order whose lines exist, as they were quoted."""
    plan = DeliveryPlan(
        order=order,
        way=quote.way,
        hub_id=quote.hub_id,
        parcels=quote.parcels,
        earliest=quote.earliest,
        latest=quote.latest,
    )
    if quote.way == Way.PICKUP:
        collecting.renew(plan)
    plan.save()
    DeliveryLeg.objects.bulk_create(
        [
            DeliveryLeg(
                plan=plan,
                position=position,
                kind=leg.kind,
                from_place_id=leg.from_place_id,
                to_place_id=leg.to_place_id,
                payee_id=leg.payee_id,
                price_satang=leg.price_satang,
                carrier=leg.carrier,
            )
            for position, leg in enumerate(quote.legs, start=1)
        ]
    )
    if plan.through_hubs:
        Stop.objects.bulk_create(
            [
                Stop(vendor_order=vendor_orders[part.key], position=position, place_id=stop.place_id, due=stop.due)
                for part in quote.parts
                for position, stop in enumerate(part.stops, start=1)
            ]
        )
        units.put_down(Line.objects.filter(order=order).order_by("pk"))
    return plan

"""Buying again: goods of an earlier order lie in the basket at least as often as then, as far as there is stock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from shop.basket.models import Basket, Line
from shop.basket.services import MOST_LINES, MOST_PER_LINE
from shop.common import clock
from shop.common.money import to_baht
from shop.partner.offers import Offer, offers


@dataclass(frozen=True)
class Again:
    """One product: how many were wanted, how many lie in the basket now, and why it is not all of them."""

    product_id: int
    wanted: int
    now: int
    added: int
    reason: str
    """'' (all there), 'less' (stock ends before), 'sold_out', 'gone' (not on sale) or 'full' (no room for another line)."""


_RAISE = """
INSERT INTO basket_line (basket_id, line_reference, product_id, stockrecord_id, quantity, price_currency,
    price_excl_tax, price_incl_tax, date_created, date_updated)
VALUES (%(basket)s, %(reference)s, %(product)s, %(stockrecord)s, %(quantity)s, 'THB',
    %(price)s, %(price)s, %(now)s, %(now)s)
ON CONFLICT (basket_id, line_reference) DO UPDATE
SET quantity = GREATEST(basket_line.quantity, EXCLUDED.quantity), price_incl_tax = EXCLUDED.price_incl_tax,
    date_updated = EXCLUDED.date_updated
"""
"""The larger number counts, as when two baskets meet at the login: pressed twice, nothing is doubled."""


@transaction.atomic
def put_again(*, basket: Basket, wanted: dict[int, int]) -> list[Again]:
    """Puts the wanted pieces (by product) into the basket, limited by stock; says of each what became of it."""
    known = offers(wanted)
    held = dict(Line.objects.filter(basket=basket).values_list("line_reference", "quantity"))
    results, rows, free = [], [], MOST_LINES - len(held)
    for product_id, number in wanted.items():
        offer = known.get(product_id)
        lying = held.get(_reference(offer), 0) if offer else 0
        now, reason = _possible(offer, number)
        if now and not lying:
            free -= 1
            now, reason = (now, reason) if free >= 0 else (0, "full")
        if offer is not None and now > lying:
            rows.append(_values(basket, offer, now))
        results.append(Again(product_id, number, max(now, lying), max(now - lying, 0), reason))
    with connection.cursor() as cursor:
        cursor.executemany(_RAISE, rows)
    return results


def _possible(offer: Offer | None, number: int) -> tuple[int, str]:
    if offer is None or not offer.on_sale:
        return 0, "gone"
    most = min(offer.available, MOST_PER_LINE)
    if most <= 0:
        return 0, "sold_out"
    return (number, "") if number <= most else (most, "less")


def _reference(offer: Offer) -> str:
    return f"{offer.product_id}_{offer.stockrecord_id}"


def _values(basket: Basket, offer: Offer, quantity: int) -> dict[str, Any]:
    return {
        "basket": basket.pk,
        "reference": _reference(offer),
        "product": offer.product_id,
        "stockrecord": offer.stockrecord_id,
        "quantity": quantity,
        "price": to_baht(offer.price_satang),
        "now": clock.now(),
    }

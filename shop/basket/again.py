"""Buying again: goods of an earlier order lie in the basket at least as often as then, as far as there is stock."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from shop.basket.models import Basket, Line
from shop.basket.services import MOST_LINES, MOST_PER_LINE, Wanted, hold, line_reference, write_lines
from shop.partner.offers import Offer, offers


@dataclass(frozen=True)
class Again:
    """One product: how many were wanted, how many lie in the basket now, and why it is not all of them."""

    product_id: int
    wanted: int
    now: int
    reason: str
    """'' (all there), 'less' (stock ends before), 'sold_out', 'gone' (not on sale) or 'full' (no room for another line)."""


@transaction.atomic
def put_again(*, basket: Basket, wanted: dict[int, int]) -> list[Again]:
    """Puts the wanted pieces (by product) into the basket, limited by stock; says of each what became of it.

    The larger number counts, as when two baskets meet at the login: pressed twice, nothing is doubled. Raises BasketClosed.
    """
    hold(basket)
    known = offers(wanted)
    held = dict(Line.objects.filter(basket=basket).values_list("line_reference", "quantity"))
    results, rows, free = [], [], MOST_LINES - len(held)
    for product_id, number in wanted.items():
        offer = known.get(product_id)
        lying = held.get(line_reference(product_id, offer.stockrecord_id), 0) if offer else 0
        now, reason = _possible(offer, number)
        if now and not lying:
            free -= 1
            now, reason = (now, reason) if free >= 0 else (0, "full")
        if offer is not None and now > lying:
            rows.append(Wanted(product_id, offer.stockrecord_id, now, offer.price_satang))
        results.append(Again(product_id, number, max(now, lying), reason))
    write_lines(basket, rows)
    return results


def _possible(offer: Offer | None, number: int) -> tuple[int, str]:
    if offer is None or not offer.on_sale:
        return 0, "gone"
    most = min(offer.available, MOST_PER_LINE)
    if most <= 0:
        return 0, "sold_out"
    return (number, "") if number <= most else (most, "less")

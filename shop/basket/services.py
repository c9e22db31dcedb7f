"""What a buyer does with a basket. Prices in it are a memory of what was shown; the charge is computed when placing."""

from __future__ import annotations

from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import connection, transaction
from django.http import HttpRequest

from shop.basket import errors
from shop.basket.models import Basket, Line
from shop.common import clock, thai
from shop.common.money import to_baht
from shop.partner.offers import Offer, offers

MOST_PER_LINE = 1_000
MOST_LINES = 200
COOKIE = "market_basket"
_signer = Signer(salt="market.basket")


def current_basket(request: HttpRequest, *, create: bool = False) -> Basket | None:
    """The visitor's open basket: the signed-in person's, else the one of the signed cookie.

    With `create`, a missing one is made; the cookie is set on the way out by `BasketCookieMiddleware`.
    """
    known = getattr(request, "_market_basket", None)
    if known is not None:
        return known  # type: ignore[no-any-return]
    basket = _find(request)
    if basket is None and create:
        user = request.user if request.user.is_authenticated else None
        basket = Basket.objects.create(owner=user, status=Basket.OPEN)
        if user is None:
            request._market_basket_cookie = _signer.sign(str(basket.pk))  # type: ignore[attr-defined]
    request._market_basket = basket  # type: ignore[attr-defined]
    return basket


def _find(request: HttpRequest) -> Basket | None:
    if request.user.is_authenticated:
        return Basket.objects.filter(owner=request.user, status=Basket.OPEN).order_by("-pk").first()
    pk = cookie_basket_id(request)
    if pk is None:
        return None
    return Basket.objects.filter(pk=pk, owner=None, status=Basket.OPEN).first()


def cookie_basket_id(request: HttpRequest) -> int | None:
    """The basket named by the visitor's signed cookie; None for a missing or forged one."""
    try:
        return int(_signer.unsign(request.COOKIES.get(COOKIE, "")))
    except (BadSignature, ValueError):
        return None


def read_quantity(value: Any) -> int:
    """A typed quantity (Thai digits forgiven) as a number from 1 to MOST_PER_LINE. Raises BadQuantity."""
    text = thai.arabic_digits(str(value)).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 6) or not 1 <= int(text) <= MOST_PER_LINE:
        raise errors.BadQuantity(most=MOST_PER_LINE)
    return int(text)


_PUT = """
INSERT INTO basket_line (basket_id, line_reference, product_id, stockrecord_id, quantity, price_currency,
    price_excl_tax, price_incl_tax, date_created, date_updated)
VALUES (%(basket)s, %(reference)s, %(product)s, %(stockrecord)s, %(quantity)s, 'THB',
    %(price)s, %(price)s, %(now)s, %(now)s)
ON CONFLICT (basket_id, line_reference) DO UPDATE
SET quantity = basket_line.quantity + EXCLUDED.quantity, price_incl_tax = EXCLUDED.price_incl_tax,
    date_updated = EXCLUDED.date_updated
"""
"""One statement: the same click coming twice at once makes one line with both quantities."""


@transaction.atomic
def add_to_basket(*, basket: Basket, product_id: int, quantity: int) -> None:
    """Adds `quantity` pieces; a product already in the basket gets more. Raises NotForSale, SoldOut, NotEnough, BasketFull."""
    quantity = read_quantity(quantity)
    offer = _offer_or_refuse(product_id)
    reference = _reference(offer)
    held = dict(Line.objects.filter(basket=basket).values_list("line_reference", "quantity"))
    _check_available(offer, held.get(reference, 0) + quantity)
    if reference not in held and len(held) >= MOST_LINES:
        raise errors.BasketFull(most=MOST_LINES)
    values = {"basket": basket.pk, "reference": reference, "product": product_id, "quantity": quantity}
    values |= {"stockrecord": offer.stockrecord_id, "price": to_baht(offer.price_satang), "now": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute(_PUT, values)


def _reference(offer: Offer) -> str:
    return f"{offer.product_id}_{offer.stockrecord_id}"


def _offer_or_refuse(product_id: int) -> Offer:
    offer = offers([product_id]).get(product_id)
    if offer is None or not offer.on_sale:
        raise errors.NotForSale
    return offer


def _check_available(offer: Offer, quantity: int) -> None:
    if offer.available <= 0:
        raise errors.SoldOut
    if quantity > min(offer.available, MOST_PER_LINE):
        raise errors.NotEnough(available=min(offer.available, MOST_PER_LINE))


@transaction.atomic
def set_quantity(*, basket: Basket, line_id: int, quantity: int | str) -> None:
    """Sets the number of one line; 0 takes it out. A line of another basket is not found and nothing happens."""
    line = Line.objects.select_for_update().filter(basket=basket, pk=line_id).first()
    if line is None:
        return
    if str(quantity).strip() == "0":
        line.delete()
        return
    wanted = read_quantity(quantity)
    offer = _offer_or_refuse(line.product_id)
    _check_available(offer, wanted)
    Line.objects.filter(pk=line.pk).update(quantity=wanted, price_incl_tax=to_baht(offer.price_satang))


@transaction.atomic
def remove_line(*, basket: Basket, line_id: int) -> None:
    """Takes one line out of the basket."""
    Line.objects.filter(basket=basket, pk=line_id).delete()


@transaction.atomic
def accept_prices(*, basket: Basket, prices: dict[int, int]) -> None:
    """Remembers the prices (satang by line) that the buyer has now been shown."""
    for line_id, satang in prices.items():
        Line.objects.filter(basket=basket, pk=line_id).update(price_incl_tax=to_baht(satang))


@transaction.atomic
def merge_into_own(*, user: Any, cookie_basket_id: int) -> None:
    """At login the goods collected before go into the person's own basket; the larger quantity counts."""
    other = Basket.objects.select_for_update().filter(pk=cookie_basket_id, owner=None, status=Basket.OPEN).first()
    if other is None:
        return
    own = Basket.objects.filter(owner=user, status=Basket.OPEN).order_by("-pk").first()
    if own is None:
        Basket.objects.filter(pk=other.pk).update(owner=user)
        return
    held = {line.line_reference: line for line in Line.objects.filter(basket=own)}
    for line in Line.objects.filter(basket=other):
        mine = held.get(line.line_reference)
        if mine is None:
            Line.objects.filter(pk=line.pk).update(basket=own)
        elif line.quantity > mine.quantity:
            Line.objects.filter(pk=mine.pk).update(quantity=line.quantity)
    Basket.objects.filter(pk=other.pk).update(status=Basket.MERGED)

"""What a buyer does with a basket. Prices in it are a memory of what was shown; the charge is computed when placing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, Signer
from django.db import connection, transaction
from django.db.models import Q
from django.http import HttpRequest

from shop.basket import errors
from shop.basket.models import Basket, Line
from shop.common import clock, thai
from shop.common.money import to_baht, to_satang
from shop.partner.offers import Offer, offers

Done = TypeVar("Done")
MOST_PER_LINE = 1_000
MOST_LINES = 200
MOST_CLICK = 40
COOKIE, SAVED_COOKIE = "market_basket", "market_saved"
_COOKIES = {Basket.OPEN: COOKIE, Basket.SAVED: SAVED_COOKIE}
_signer = Signer(salt="market.basket")
_signers = {COOKIE: _signer, SAVED_COOKIE: Signer(salt="market.saved")}


def current_basket(request: HttpRequest, *, create: bool = False) -> Basket | None:
    """The visitor's open basket: the signed-in person's, else the one of the signed cookie.

    With `create`, a missing one is made; the cookie is set on the way out by `BasketCookieMiddleware`.
    """
    return _own(request, Basket.OPEN, create)


def in_open_basket(request: HttpRequest, act: Callable[[Basket], Done]) -> tuple[Basket, Done]:
    """Does `act` with the visitor's basket; when another tab orders that one at this moment, with a new one."""
    basket = current_basket(request, create=True)
    assert basket is not None
    try:
        return basket, act(basket)
    except errors.BasketClosed:
        request.__dict__.pop("_market_baskets", None)
        basket = current_basket(request, create=True)
        assert basket is not None
        return basket, act(basket)


def saved_basket(request: HttpRequest, *, create: bool = False) -> Basket | None:
    """What the visitor keeps for later: a second basket, which no order is ever placed from (docs/decisions/017)."""
    return _own(request, Basket.SAVED, create)


def _own(request: HttpRequest, status: str, create: bool) -> Basket | None:
    kept = request.__dict__.setdefault("_market_baskets", {})
    if status not in kept or (create and kept[status] is None):
        kept[status] = _find(request, status) or (_create(request, status) if create else None)
    basket: Basket | None = kept[status]
    return basket


def _create(request: HttpRequest, status: str) -> Basket:
    if request.user.is_authenticated:
        return _create_own(request, status)
    basket: Basket = Basket.objects.create(owner=None, status=status)
    name = _COOKIES[status]
    request.__dict__.setdefault("_market_cookies", {})[name] = _signers[name].sign(str(basket.pk))
    return basket


@transaction.atomic
def _create_own(request: HttpRequest, status: str) -> Basket:
    """Two tabs at once make one, not two."""
    user: Any = request.user
    get_user_model().objects.select_for_update().get(pk=user.pk)
    return _find(request, status) or Basket.objects.create(owner=user, status=status)


def _find(request: HttpRequest, status: str) -> Basket | None:
    if request.user.is_authenticated:
        return Basket.objects.filter(owner=request.user, status=status).order_by("-pk").first()
    pk = cookie_basket_id(request, _COOKIES[status])
    if pk is None:
        return None
    return Basket.objects.filter(pk=pk, owner=None, status=status).first()


def cookie_basket_id(request: HttpRequest, name: str = COOKIE) -> int | None:
    """The basket named by the visitor's signed cookie; None for a missing or forged one."""
    try:
        return int(_signers[name].unsign(request.COOKIES.get(name, "")))
    except (BadSignature, ValueError):
        return None


def read_quantity(value: Any) -> int:
    """A typed quantity (Thai digits forgiven) as a number from 1 to MOST_PER_LINE. Raises BadQuantity."""
    text = thai.arabic_digits(str(value)).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 6) or not 1 <= int(text) <= MOST_PER_LINE:
        raise errors.BadQuantity(most=MOST_PER_LINE)
    return int(text)


_WRITE = """
INSERT INTO basket_line (basket_id, line_reference, product_id, stockrecord_id, quantity, price_currency,
    price_excl_tax, price_incl_tax, date_created, date_updated, last_click)
VALUES (%(basket)s, %(reference)s, %(product)s, %(stockrecord)s, %(quantity)s, 'THB',
    %(price)s, %(price)s, %(now)s, %(now)s, %(click)s)
ON CONFLICT (basket_id, line_reference) DO UPDATE
SET quantity = EXCLUDED.quantity, price_incl_tax = EXCLUDED.price_incl_tax,
    date_updated = EXCLUDED.date_updated, last_click = EXCLUDED.last_click
"""


@dataclass(frozen=True)
class Wanted:
    """A line as it shall lie in a basket."""

    product_id: int
    stockrecord_id: int
    quantity: int
    price_satang: int
    click: str = ""

    @property
    def reference(self) -> str:
        """What makes it the same line: the product and the place that it comes from."""
        return line_reference(self.product_id, self.stockrecord_id)


def line_reference(product_id: int, stockrecord_id: int) -> str:
    """The key of a line within its basket."""
    return f"{product_id}_{stockrecord_id}"


def write_lines(basket: Basket, lines: Iterable[Wanted]) -> None:
    """Writes lines of a basket that is held; a line that is there gets the new number."""
    rows = [
        {
            "basket": basket.pk,
            "reference": line.reference,
            "product": line.product_id,
            "stockrecord": line.stockrecord_id,
            "quantity": line.quantity,
            "price": to_baht(line.price_satang),
            "click": line.click,
            "now": clock.now(),
        }
        for line in lines
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_WRITE, rows)


@transaction.atomic
def add_to_basket(*, basket: Basket, product_id: int, quantity: int, click: str = "") -> None:
    """Adds `quantity` pieces; a product already in the basket gets more. Raises NotForSale, SoldOut, NotEnough, BasketFull.

    `click` names the press of the button: the same one sent twice adds once. Without a name every request counts.
    """
    quantity, click = read_quantity(quantity), click[:MOST_CLICK]
    hold(basket)
    offer = _offer_or_refuse(product_id)
    reference = _reference(offer)
    rows = Line.objects.filter(basket=basket).values_list("line_reference", "quantity", "last_click")
    held = {name: (pieces, last) for name, pieces, last in rows}
    before, last_click = held.get(reference, (0, ""))
    if click and click == last_click:
        return
    _check_available(offer, before + quantity)
    if reference not in held and len(held) >= MOST_LINES:
        raise errors.BasketFull(most=MOST_LINES)
    write_lines(basket, [Wanted(product_id, offer.stockrecord_id, before + quantity, offer.price_satang, click)])


def hold(*baskets: Basket) -> None:
    """Locks baskets until the transaction ends, in the order of their keys. Raises BasketClosed when one was ordered since."""
    wanted = sorted({basket.pk for basket in baskets})
    alive = Basket.objects.select_for_update().filter(pk__in=wanted, status__in=_COOKIES).order_by("pk")
    if len(alive.values_list("pk", flat=True)) != len(wanted):
        raise errors.BasketClosed


def _reference(offer: Offer) -> str:
    return line_reference(offer.product_id, offer.stockrecord_id)


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
    hold(basket)
    line = Line.objects.filter(basket=basket, pk=line_id).first()
    if line is None:
        return
    if str(quantity).strip() == "0":
        line.delete()
        return
    wanted = read_quantity(quantity)
    offer = _offer_or_refuse(line.product_id)
    _check_available(offer, wanted)
    Line.objects.filter(pk=line.pk).update(quantity=wanted, price_incl_tax=to_baht(offer.price_satang))


@dataclass(frozen=True)
class Removed:
    """What was taken out of the basket, or of what is kept for later (`kept`), so that it can be put back there."""

    line_id: int
    product_id: int
    stockrecord_id: int
    quantity: int
    price_satang: int
    kept: bool


@transaction.atomic
def remove_line(*, basket: Basket, line_id: int) -> Removed | None:
    """Takes one line out of the basket (open or saved). None when it is not there any more."""
    hold(basket)
    line = Line.objects.filter(basket=basket, pk=line_id).first()
    if line is None:
        return None
    kept = basket.status == Basket.SAVED
    price = to_satang(line.price_incl_tax or Decimal(0))
    removed = Removed(line.pk, line.product_id, line.stockrecord_id, line.quantity, price, kept)
    line.delete()
    return removed


@transaction.atomic
def put_back(*, basket: Basket, removed: Removed) -> None:
    """Undoes a removal from this basket (open or saved); twice is once. Into the open one it raises what adding raises."""
    click = f"undo-{removed.line_id}"
    if not removed.kept:
        add_to_basket(basket=basket, product_id=removed.product_id, quantity=removed.quantity, click=click)
        return
    hold(basket)  # what is only kept need not be there to be bought
    again = Wanted(removed.product_id, removed.stockrecord_id, removed.quantity, removed.price_satang, click)
    if not Line.objects.filter(basket=basket, line_reference=again.reference).exists():
        write_lines(basket, [again])


@transaction.atomic
def save_for_later(*, basket: Basket, saved: Basket, line_id: int) -> int | None:
    """Moves a line out of the basket to what is kept for later; None when it is not there any more.

    Returns the line that holds the goods now: the same one, or the one of the same goods that was kept before.
    """
    hold(basket, saved)
    line = Line.objects.filter(basket=basket, pk=line_id).first()
    return None if line is None else _move(line, saved, line.quantity)


@transaction.atomic
def take_back(*, basket: Basket, saved: Basket, line_id: int) -> int | None:
    """Moves a kept line into the basket, as many pieces as there are; returns how many came, None when it is gone.

    Raises NotForSale, SoldOut, NotEnough (the basket holds all of them already) or BasketFull; it then stays where it is.
    """
    hold(basket, saved)
    line = Line.objects.filter(basket=saved, pk=line_id).first()
    if line is None:
        return None
    offer = _offer_or_refuse(line.product_id)
    held = Line.objects.filter(basket=basket, line_reference=_reference(offer)).first()
    before, most = held.quantity if held else 0, min(offer.available, MOST_PER_LINE)
    coming = min(line.quantity, most - before)
    if coming <= 0:
        _check_available(offer, most + 1)
    if held is None and Line.objects.filter(basket=basket).count() >= MOST_LINES:
        raise errors.BasketFull(most=MOST_LINES)
    line.line_reference, line.stockrecord_id = _reference(offer), offer.stockrecord_id
    line.price_incl_tax = line.price_excl_tax = to_baht(offer.price_satang)
    _move(line, basket, coming)
    return coming


def _move(line: Line, target: Basket, quantity: int) -> int:
    """Puts a line into another basket of the same visitor; what is there already is added up. Returns the line there."""
    same = Line.objects.filter(basket=target, line_reference=line.line_reference).first()
    if same is not None:
        Line.objects.filter(pk=same.pk).update(quantity=min(same.quantity + quantity, MOST_PER_LINE))
        line.delete()
        return int(same.pk)
    Line.objects.filter(pk=line.pk).update(
        basket=target,
        quantity=quantity,
        line_reference=line.line_reference,
        stockrecord=line.stockrecord_id,
        price_incl_tax=line.price_incl_tax,
        price_excl_tax=line.price_excl_tax,
        last_click="",
    )
    return int(line.pk)


@transaction.atomic
def accept_prices(*, basket: Basket, prices: dict[int, int]) -> None:
    """Remembers the prices (satang by line) that the buyer has now been shown."""
    for line_id, satang in prices.items():
        Line.objects.filter(basket=basket, pk=line_id).update(price_incl_tax=to_baht(satang))


@transaction.atomic
def merge_into_own(*, user: Any, cookie_basket_id: int) -> None:
    """At login the goods collected (or kept for later) before go into the person's own basket; the larger quantity counts."""
    theirs = Q(pk=cookie_basket_id, owner=None) | Q(owner=user)
    locked = list(Basket.objects.select_for_update().filter(theirs, status__in=_COOKIES).order_by("pk"))
    other = next((one for one in locked if one.pk == cookie_basket_id and one.owner_id is None), None)
    if other is None:
        return
    own = next((one for one in reversed(locked) if one.owner_id is not None and one.status == other.status), None)
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

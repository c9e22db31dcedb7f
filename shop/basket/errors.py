"""Why something cannot go into a basket."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class BadQuantity(MarketError):
    code = "basket.bad_quantity"
    message = _("Enter a whole number from 1 to %(most)s.")


class NotForSale(MarketError):
    code = "basket.not_for_sale"
    message = _("This product is not on sale at the moment.")


class NotEnough(MarketError):
    code = "basket.not_enough"
    message = _("Only %(available)s left. Choose a smaller number.")


class SoldOut(MarketError):
    code = "basket.sold_out"
    message = _("This product has just sold out.")


class BasketClosed(MarketError):
    code = "basket.closed"
    message = _("This basket has already been ordered. Open your orders to see it.")


class BasketFull(MarketError):
    code = "basket.full"
    message = _("A basket holds up to %(most)s different products. Please place this order first.")

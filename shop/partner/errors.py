"""Refusals about stock and prices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class OutOfStock(MarketError):
    """Less is free than was asked for; the fact `stockrecords` names where. Nothing at all was reserved."""

    code = "partner.out_of_stock"
    message = _("Some goods have just been sold to others. Look at your basket again.")


class PriceNotPositive(MarketError):
    code = "partner.price_not_positive"
    message = _("The price must be more than zero.")


class StockBelowReserved(MarketError):
    code = "partner.stock_below_reserved"
    message = _("%(reserved)s pieces are promised to orders already; the stock cannot be less than that.")


class GroupNotApproved(MarketError):
    code = "partner.group_not_approved"
    message = _("The group is not approved yet, so it cannot sell.")


class ReservationLost(MarketError):
    """More was released or consumed than was reserved: a bug of the caller, refused by the database."""

    code = "partner.reservation_lost"
    message = _("The stock of this order does not match what was reserved. Please tell the market's office.")


class OfferIncomplete(MarketError):
    code = "partner.offer_incomplete"
    message = _("Write the price. To stop selling for a while, set the stock to 0 or withdraw the product.")

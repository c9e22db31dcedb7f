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


class AlreadyListed(MarketError):
    """A form that made a product came again with something else in it; the fact `product` is what it made."""

    code = "partner.already_listed"
    message = _(
        "This form has already made “%(name)s”; what you changed here since then is not in it. "
        "Change it on its own page, or save again to make another product."
    )


class StockMoved(MarketError):
    """Orders took pieces while somebody counted; the facts `was` and `now` are the stock before and after."""

    code = "partner.stock_moved"
    message = _(
        "While this page lay open, orders took pieces: of %(was)s there are %(now)s now. Count again, then save."
    )


class ReservationLost(MarketError):
    """More was released or consumed than was reserved: a bug of the caller, refused by the database."""

    code = "partner.reservation_lost"
    message = _("The stock of this order does not match what was reserved. Please tell the market's office.")


class OfferIncomplete(MarketError):
    code = "partner.offer_incomplete"
    message = _("Write the price. To stop selling for a while, set the stock to 0 or withdraw the product.")


class RowMet(MarketError):
    """Somebody changed the same field of a row in between; the fact `now` holds what is there."""

    code = "partner.row_met"
    message = _("Somebody else has just changed this too.")

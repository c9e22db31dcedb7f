"""Why an order cannot be placed as it stands. Nothing is half done: the basket stays as it was."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class BasketTaken(MarketError):
    code = "checkout.basket_taken"
    message = _("This basket has already been ordered. Open your orders to see it.")


class BasketEmpty(MarketError):
    code = "checkout.basket_empty"
    message = _("Your basket is empty.")


class BasketChanged(MarketError):
    code = "checkout.basket_changed"
    message = _("Something in your basket is no longer available as you chose it. Please check the marked goods.")


class PriceChanged(MarketError):
    code = "checkout.price_changed"
    message = _("A price has changed since you last looked. Please check the new total and confirm again.")


class SoldOutMeanwhile(MarketError):
    code = "checkout.sold_out"
    message = _("Somebody else just bought the last of: %(titles)s. Nothing has been charged.")


class TooManyOpenOrders(MarketError):
    code = "checkout.too_many_open"
    message = _("You have %(most)s orders that are not paid yet. Pay or cancel one of them first.")


class WayNotOffered(MarketError):
    code = "checkout.way_not_offered"
    message = _("This way of delivery cannot be chosen for these goods now. Please choose another one.")


class DaysChanged(MarketError):
    code = "checkout.days_changed"
    message = _("The goods would come on other days than you saw. Please look at the days and confirm again.")


class CashOnlyDirect(MarketError):
    code = "checkout.cash_only_direct"
    message = _("Cash on delivery is possible only when each group sends its own goods. Choose another way of paying.")

"""Why an order cannot move on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class WrongState(MarketError):
    code = "fulfilment.wrong_state"
    message = _("This order is already at another step. The page shows where it stands now.")


class AlreadyPaid(MarketError):
    code = "fulfilment.already_paid"
    message = _("This order is already paid and cannot be cancelled here. Please contact us.")


class OrdersOpen(MarketError):
    code = "fulfilment.orders_open"
    message = _("These orders are not finished yet: %(numbers)s. Wait for the goods or cancel what is not paid.")


class LotNotFitting(MarketError):
    code = "fulfilment.lot_not_fitting"
    message = _(
        "This lot cannot be packed here: it is of another product, recalled or past its day. Choose another one."
    )


class LotRecalled(MarketError):
    code = "fulfilment.lot_recalled"
    message = _("A lot in this box is recalled. Take it out and choose another lot before the box leaves.")


class NoSuchLine(MarketError):
    code = "fulfilment.no_such_line"
    message = _("This line is not part of the order. Load the page again.")


class WrongQuantity(MarketError):
    code = "fulfilment.wrong_quantity"
    message = _("Type how many you can pack: fewer than ordered, 0 if none. Say why, too.")


class ChangedMeanwhile(MarketError):
    code = "fulfilment.changed_meanwhile"
    message = _("Somebody else has just changed this line. The page shows how it is now.")

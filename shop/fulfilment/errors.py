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

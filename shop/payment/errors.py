"""Why a payment cannot go on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class MethodNotOffered(MarketError):
    code = "payment.method_not_offered"
    message = _("This way of paying is not offered for this order. Choose another one.")


class CodLimit(MarketError):
    code = "payment.cod_limit"
    message = _("Cash on delivery is possible up to %(limit)s baht. Choose another way of paying.")


class AttemptClosed(MarketError):
    code = "payment.closed"
    message = _("This payment is no longer open. Open your order to see where it stands.")

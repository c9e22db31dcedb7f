"""What a provider of payments may answer instead of an outcome."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class GatewayDown(MarketError):
    """Nobody knows whether the call had an effect: ask again with the same key."""

    code = "gateways.down"
    message = _("The payment service does not answer at the moment. Your order is kept. Please try again in a minute.")


class GatewayBusy(GatewayDown):
    """The same call is being answered at this moment: the provider is there, and says so."""

    code = "gateways.busy"
    message = _("Your payment is being prepared at this moment. Please try again in a few seconds.")


class GatewayStuck(GatewayDown):
    """The provider keeps a failure as the answer to this one key: it is there, and asking again with the key will not help."""

    code = "gateways.stuck"


class GatewayPaused(GatewayDown):
    """It has not answered for a while and is left alone for a moment (`shop.gateways.breaker`)."""

    code = "gateways.paused"


class GatewayRefused(MarketError):
    """The provider said no, and nothing happened; asking the same again will not help."""

    code = "gateways.refused"
    message = _("The payment service refused this. Please choose another way of paying.")


class NotOffered(MarketError):
    """This gateway is not set up here."""

    code = "gateways.not_offered"
    message = _("This way of paying is not offered at the moment. Please choose another one.")


class BadEvent(Exception):
    """A message that does not come from the provider, or not meant for this market. Its text is safe to log."""

"""Why a delivery cannot be quoted."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class NoTariff(MarketError):
    code = "shipping.no_tariff"
    message = _("We cannot send these goods to this address yet. Please contact us.")


class UnknownAddress(MarketError):
    code = "shipping.unknown_address"
    message = _("Choose the sub-district from the list, so that we know where to send the goods.")


class PostcodeIncomplete(MarketError):
    code = "shipping.postcode_incomplete"
    message = _("A postcode has five digits, for example 50200.")


class PostcodeUnknown(MarketError):
    code = "shipping.postcode_unknown"
    message = _("There is no postcode %(postcode)s in Thailand. Please look at it again.")

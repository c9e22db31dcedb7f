"""Why the fund refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class NotEnough(MarketError):
    code = "fund.not_enough"
    message = _("The fund of %(network)s holds %(held)s. No more than that can be spent.")


class SamePerson(MarketError):
    code = "fund.same_person"
    message = _("Whoever asked for the money does not approve it. Another person has to.")


class Decided(MarketError):
    code = "fund.decided"
    message = _("This was decided already.")


class NoNetwork(MarketError):
    code = "fund.no_network"
    message = _("Only networks have a part of the fund.")

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


class NameOfPerson(MarketError):
    code = "fund.name_of_person"
    message = _(
        "“%(name)s” begins like the name of a person. Choose “A private person”, and the name is not published; "
        "before an organisation's name write what it is, for example บริษัท or ร้าน."
    )


class Decided(MarketError):
    code = "fund.decided"
    message = _("This was decided already.")


class NoNetwork(MarketError):
    code = "fund.no_network"
    message = _("Only networks have a part of the fund.")

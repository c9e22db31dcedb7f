"""Refusals of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class NotThere(MarketError):
    code = "favourites.not_there"
    message = _("This is no longer on the market.")


class TooMany(MarketError):
    code = "favourites.too_many"
    message = _("You can keep up to %(most)s. Take some off the list first.")


class TooFast(MarketError):
    code = "favourites.too_fast"
    message = _("Too many changes at once. Please wait a few minutes.")

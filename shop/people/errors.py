"""Refusals of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class NotConfirmed(MarketError):
    code = "people.not_confirmed"
    message = _("This is not the password of your account. Nothing has been deleted.")


class OtherEmail(MarketError):
    code = "people.other_email"
    message = _("This is not the e-mail of your account. Nothing has been deleted.")


class LastAdministrator(MarketError):
    code = "people.last_administrator"
    message = _("You are the last administrator. Give the rights to somebody else first.")


class TooManyTries(MarketError):
    code = "people.too_many_tries"
    message = _("Too many tries. Please wait a quarter of an hour.")

"""Why a document is refused."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class AlreadyCredited(MarketError):
    code = "documents.already_credited"
    message = _("Money has been given back on %(reference)s already, so it can no longer be issued anew.")


class TooLate(MarketError):
    code = "documents.too_late"
    message = _("Documents can be issued anew until %(day)s. That day is over.")


class TooOften(MarketError):
    code = "documents.too_often"
    message = _("These documents have been issued anew %(most)s times. Write to us, and we help.")


class AlreadyCancelled(MarketError):
    code = "documents.already_cancelled"
    message = _("This document has been cancelled already.")


class FromTodayOn(MarketError):
    code = "documents.from_today_on"
    message = _("What was in force on past days stays. Choose today or a later day.")


class SellerOnly(MarketError):
    code = "documents.seller_only"
    message = _("Only cooperatives, farmer groups and groups sell.")


class OfTax(MarketError):
    code = "documents.of_tax"
    message = _("A seller of it is registered for VAT and may have written its own tax invoice.")

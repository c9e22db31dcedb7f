"""Why payouts are refused."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class NothingToPay(MarketError):
    code = "payouts.nothing_to_pay"
    message = _("Nobody has anything ready that can be paid out.")


class SamePerson(MarketError):
    code = "payouts.same_person"
    message = _("Another person has to do this: nobody confirms what they did themselves.")


class NotVerified(MarketError):
    code = "payouts.not_verified"
    message = _("First somebody compares the account with the bank book; then another person asks the organisation.")


class NotWaiting(MarketError):
    code = "payouts.not_waiting"
    message = _("These payouts do not wait for this any more.")


class LessMeanwhile(MarketError):
    code = "payouts.less_meanwhile"
    message = _("%(name)s has less ready now than is to be paid. Withdraw these payouts and put them together anew.")


class CashMeanwhile(MarketError):
    code = "payouts.cash_meanwhile"
    message = _("%(name)s has handed in cash meanwhile. Withdraw these payouts and put them together anew.")


class Altered(MarketError):
    code = "payouts.altered"
    message = _("These payouts are not what was put together. Nothing is sent.")


class AccountOld(MarketError):
    code = "payouts.account_old"
    message = _("Other bank details have been entered meanwhile.")


class BadNumber(MarketError):
    code = "payouts.bad_number"
    message = _("An account number has 10 to 15 digits.")

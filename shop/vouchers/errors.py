"""Why a voucher does not count, or cannot be made; each says what to do instead."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class VoucherRefused(MarketError):
    """The code cannot be used for this basket now. Nothing was taken and nothing is charged."""

    code = "vouchers.refused"
    message = _("This voucher cannot be used now. Take it out, or enter another one.")


class VoucherUnknown(VoucherRefused):
    code = "vouchers.unknown"
    message = _("We do not know the code %(code)s. Check each letter and digit, as it stands on the voucher.")


class VoucherTooEarly(VoucherRefused):
    code = "vouchers.too_early"
    message = _("This voucher counts from %(day)s on. Take it out to order now, or come back then.")


class VoucherOver(VoucherRefused):
    code = "vouchers.over"
    message = _("This voucher was good until %(day)s. Take it out to order without it, or enter another one.")


class VoucherUsedUp(VoucherRefused):
    code = "vouchers.used_up"
    message = _("This voucher has been used up. Take it out to order without it, or enter another one.")


class VoucherUsedByYou(VoucherRefused):
    code = "vouchers.used_by_you"
    message = _("You have used this voucher already. Take it out to order without it, or enter another one.")


class VoucherNoGoods(VoucherRefused):
    code = "vouchers.no_goods"
    message = _("This voucher is for goods of %(group)s only. Put some of them into your basket, or take it out.")


class VoucherTooSmall(VoucherRefused):
    code = "vouchers.too_small"
    message = _("This voucher counts from goods of %(least)s on. %(missing)s more are needed, or take it out.")


class CodeTaken(MarketError):
    code = "vouchers.code_taken"
    message = _("There is a voucher with this code already. Choose another one.")


class CodeUnfit(MarketError):
    code = "vouchers.code_unfit"
    message = _("A code has 4 to 20 letters A–Z and digits, without blanks.")


class PercentTooLarge(MarketError):
    code = "vouchers.percent_too_large"
    message = _("A group gives at most half of its prices. Enter 50 percent or less.")


class LimitMissing(MarketError):
    code = "vouchers.limit_missing"
    message = _(
        "Say how often it can be used, or how much it gives in all: without an end it could cost more than you have."
    )


class DatesWrong(MarketError):
    code = "vouchers.dates_wrong"
    message = _("The last day is today or later, and not before the first.")


class DatesTooFar(MarketError):
    code = "vouchers.dates_too_far"
    message = _("The year %(buddhist)s (Gregorian %(year)s) is too far from today. Check which of the two you meant.")


class VoucherOnlyOfGroups(MarketError):
    code = "vouchers.only_of_groups"
    message = _("Only a group gives vouchers of its own.")


class VoucherEnded(MarketError):
    code = "vouchers.ended"
    message = _("This voucher has ended already.")

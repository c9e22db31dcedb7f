"""Why a rule of shares is refused, and why a cancelled order is not taken up again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class ShareFromTomorrow(MarketError):
    code = "order.share_from_tomorrow"
    message = _("A rule counts from tomorrow at the earliest: what the pages say today is what today's orders keep.")


class ShareTie(MarketError):
    code = "order.share_tie"
    message = _("For this payee and this place a rule is written already that begins on %(day)s. Take it back first.")


class ShareSame(MarketError):
    code = "order.share_same"
    message = _("This is what the rule says already.")


class SharesTooLarge(MarketError):
    code = "order.shares_too_large"
    message = _(
        "All shares together would reach %(percent)s %% of a price. At most half may go to others than the group."
    )


class ShareBegun(MarketError):
    code = "order.share_begun"
    message = _("This rule has begun. It can be ended, not taken back.")


class ShareEnded(MarketError):
    code = "order.share_ended"
    message = _("This rule has an end already.")


class NotAgain(MarketError):
    code = "order.not_again"
    message = _("The order cannot be taken up again: what it was placed with is gone.")

"""Why the books refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class Unbalanced(MarketError):
    code = "ledger.unbalanced"
    message = _("The lines of %(cause)s do not sum to zero: %(sums)s.")


class BadLine(MarketError):
    code = "ledger.bad_line"
    message = _("A line of %(cause)s cannot be posted: %(what)s.")


class BadCause(MarketError):
    code = "ledger.bad_cause"
    message = _("“%(cause)s” cannot be the cause of an entry: write what it is, a colon and its reference.")


class UnknownKind(MarketError):
    code = "ledger.unknown_kind"
    message = _("The books know no entries of the kind “%(kind)s”.")


class CauseUsed(MarketError):
    code = "ledger.cause_used"
    message = _("%(cause)s is posted already, with other lines.")


class AlreadyReversed(MarketError):
    code = "ledger.already_reversed"
    message = _("%(cause)s is reversed already.")


class LedgerDiffers(MarketError):
    code = "ledger.differs"
    message = _("The books differ in %(number)s points. First: %(first)s")

"""Why a payment cannot go on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class MethodNotOffered(MarketError):
    code = "payment.method_not_offered"
    message = _("This way of paying is not offered for this order. Choose another one.")


class CodLimit(MarketError):
    code = "payment.cod_limit"
    message = _("Cash on delivery is possible up to %(limit)s baht. Choose another way of paying.")


class BelowMinimum(MarketError):
    code = "payment.below_minimum"
    message = _("This way of paying begins at %(least)s baht. Choose another one.")


class AttemptClosed(MarketError):
    code = "payment.closed"
    message = _("This payment is no longer open. Open your order to see where it stands.")


class NothingPaid(MarketError):
    code = "payment.nothing_paid"
    message = _("Nothing has been paid for this order, so nothing can be given back.")


class TooMuch(MarketError):
    code = "payment.refund_too_much"
    message = _("At most %(most)s baht can still be given back for this order.")


class TooManyPieces(MarketError):
    code = "payment.refund_too_many"
    message = _("Of “%(title)s” at most %(most)s can still be given back.")


class Disputed(MarketError):
    code = "payment.disputed"
    message = _("The payer's bank disputes this payment. Nothing is given back until that is decided.")


class RefundClosed(MarketError):
    code = "payment.refund_closed"
    message = _("This refund has been settled already.")


class GivenMeanwhile(MarketError):
    code = "payment.given_meanwhile"
    message = _("What this refund was for has been given back by another refund meanwhile. Look at the order's money.")


class ReferenceMissing(MarketError):
    code = "payment.reference_missing"
    message = _("Write down the reference of the bank, or who received the cash.")


class SlipUsed(MarketError):
    code = "payment.slip_used"
    message = _("This slip was sent for another order already. Please check which transfer belongs to this order.")


class ReferenceUsed(SlipUsed):
    code = "payment.reference_used"
    message = _("This reference was sent for another order already. Compare it with the slip, or leave it out.")


class BankLineUsed(MarketError):
    code = "payment.bank_line_used"
    message = _("This line of the statement (date, amount, reference) has paid order %(number)s already.")


class NothingChosen(MarketError):
    code = "payment.nothing_chosen"
    message = _("Choose at least one piece, or an amount of the delivery charge.")


class MoneyChanged(MarketError):
    code = "payment.money_changed"
    message = _("Somebody else did something with the money of this order meanwhile. Look at it again, then decide.")


class DecisionMissing(MarketError):
    code = "payment.decision_missing"
    message = _("Decide first: accept the amount, or send all of it back. That closes this too.")


class WordMissing(MarketError):
    code = "payment.word_missing"
    message = _("Write in a few words how it was settled.")


class CashNotThere(MarketError):
    code = "payment.cash_not_there"
    message = _("%(name)s holds %(held)s in cash. No more than that can be handed in.")

"""The ways of paying in a buyer's words: what is charged, when and by whom; why one is not offered; why one failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.common.money import to_baht
from shop.gateways import registry
from shop.payment.models import PaymentAttempt
from shop.payment.services.attempts import STUCK
from shop.payment.services.choosing import why_not

Method = PaymentAttempt.Method
_NAMES = dict(Method.choices)


@dataclass(frozen=True)
class Way:
    """One way of paying for one purchase. `why_not` is a sentence where it cannot be chosen."""

    method: str
    name: Any
    says: str
    why_not: str = ""


def ways(total_satang: int) -> list[Way]:
    """Every way that this market has, in its order: those that can be chosen, and those that cannot with the reason.

    What is not set up at all is no business of the buyer's and left out.
    """
    found = []
    for method in settings.PAYMENT_METHODS:
        reason = why_not(method, total_satang)
        if reason != "not_set_up":
            found.append(Way(method, _NAMES[method], _says(method), _refusal(method, reason)))
    return found


def _refusal(method: str, reason: str) -> str:
    if reason == "limit":
        return _("Up to %(limit)s baht only.") % {"limit": f"{settings.COD_LIMIT_SATANG // 100:,}"}
    if reason == "minimum":
        least = settings.PAYMENT_MINIMUM_SATANG[registry.provider_of(method)]
        return _("From %(least)s baht on only.") % {"least": f"{to_baht(least):,.2f}"}
    return reason


def _says(method: str) -> str:
    minutes = settings.PAYMENT_MINUTES.get(method, 0)
    if method == Method.PROMPTPAY:
        return _(
            "Scan a QR code with your bank's app within %(minutes)s minutes. The app names Stripe as the receiver: "
            "it takes the money for us."
        ) % {"minutes": minutes}
    if method == Method.CARD:
        return _(
            "You type the card on Stripe's page; we never see its number. Charged at once; your statement says %(name)s."
        ) % {"name": settings.CARD_STATEMENT_NAME}
    if method == Method.TRANSFER:
        return _(
            "You transfer to our account within %(hours)s hours and send us the slip. Our staff check it on working days."
        ) % {"hours": minutes // 60}
    if method == Method.COD:
        return _("Nothing now. Each group's carrier takes cash for its own parcel when it arrives.")
    return _("For trying out only. No money moves.")


_LAPSED = gettext_lazy("The time of this QR code is over.")
_NOT_PROVED = gettext_lazy("The bank could not confirm that it is you. Nothing was charged.")
_WRONG = gettext_lazy("Number, date or code of the card were not right. Nothing was charged.")
_REASONS: dict[str, Any] = {
    "insufficient_funds": gettext_lazy("There was not enough money on the card. Nothing was charged."),
    "expired_card": gettext_lazy("The card has expired. Nothing was charged."),
    "payment_intent_authentication_failure": _NOT_PROVED,
    "authentication_required": _NOT_PROVED,
    "authentication_not_handled": _NOT_PROVED,
    "incorrect_cvc": _WRONG,
    "invalid_cvc": _WRONG,
    "incorrect_number": _WRONG,
    "invalid_number": _WRONG,
    "invalid_expiry_month": _WRONG,
    "invalid_expiry_year": _WRONG,
    "withdrawal_count_limit_exceeded": gettext_lazy("The limit of the card is used up. Nothing was charged."),
    "card_velocity_exceeded": gettext_lazy("The limit of the card is used up. Nothing was charged."),
    "processing_error": gettext_lazy("The bank had a fault. Nothing was charged. Try again in a moment."),
    STUCK: gettext_lazy(
        "The payment service could not prepare this payment. Nothing was charged. Please choose another way of paying."
    ),
    "payment_intent_payment_attempt_expired": _LAPSED,
    "payment_intent_payment_attempt_failed": gettext_lazy("Your bank did not carry the payment out."),
}


def reason_words(attempt: PaymentAttempt) -> str:
    """Why a payment was not made, in a sentence; empty when nothing is known and nothing failed."""
    if attempt.reason in _REASONS:
        return str(_REASONS[attempt.reason])
    if attempt.reason and attempt.method == Method.CARD:
        return _("The bank declined the card. Nothing was charged. Your bank can tell you why.")
    return _("The payment was declined. Nothing was charged.") if attempt.state == "failed" else ""

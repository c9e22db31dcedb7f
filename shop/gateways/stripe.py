"""Stripe: cards on its hosted Checkout page, PromptPay as a QR on our own page.

Everything it says is fetched with our key; messages only tell what to fetch. Sources: docs.stripe.com/api (payment_intents,
checkout/sessions, refunds, disputes, errors, idempotent_requests), docs.stripe.com/payments/promptpay.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from stripe import (
    APIConnectionError,
    APIError,
    AuthenticationError,
    CardError,
    RateLimitError,
    RequestsClient,
    StripeClient,
    StripeError,
    Webhook,
)
from stripe import PermissionError as NotPermitted

from shop.gateways import patience
from shop.gateways.contract import (
    Charge,
    DisputeStand,
    DisputeStanding,
    News,
    RefundOrder,
    RefundStand,
    RefundStanding,
    Stand,
    Standing,
)
from shop.gateways.errors import BadEvent, GatewayBusy, GatewayDown, GatewayRefused, GatewayStuck

log = logging.getLogger("market.gateways")
TOLERANCE = 300  # seconds a message may be old, or ahead: the library checks the past only
_SESSION_LONGER = dt.timedelta(minutes=31)  # Checkout wants 30 minutes at least; we end it ourselves before
_BEFORE = dt.timedelta(minutes=5)  # their clock is not ours
_LEAST, _PAUSE = 0.3, 0.5  # seconds: less is not worth asking; what the library waits before it tries again
_REFERENCE = re.compile(r"[!-~]{0,120}")
_WITHOUT_ID = ("balance.", "reporting.", "capability.")  # what these tell about may have no id of its own
_INTENT = {
    "requires_payment_method": Stand.AWAITING_PAYER,
    "requires_confirmation": Stand.AWAITING_PAYER,
    "requires_action": Stand.AWAITING_PAYER,
    "processing": Stand.PROCESSING,
    "succeeded": Stand.SUCCEEDED,
    "canceled": Stand.CANCELLED,
}
_ODD = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
_DISPUTE = {"won": DisputeStand.WON, "warning_closed": DisputeStand.WON, "lost": DisputeStand.LOST}


class StripeGateway:
    """See `shop.gateways.contract`. A payment's `ref` is a Checkout session (card) or a payment intent (PromptPay)."""

    name = "stripe"

    @property
    def _api(self) -> Any:
        return _client().v1

    def start(self, charge: Charge) -> Standing:
        facts = {"attempt": charge.key, "order": charge.reference}
        with _Translated():
            if charge.method == "promptpay":
                made = self._api.payment_intents.create(_promptpay(charge, facts), {"idempotency_key": charge.key})
                return _intent(made.to_dict())
            session = self._api.checkout.sessions.create(_checkout(charge, facts), {"idempotency_key": charge.key})
            return _session(session.to_dict())

    def find(self, charge: Charge) -> Standing | None:
        """Among what was made since: a list is right at once, a search of theirs lags behind by minutes."""
        since = {"gte": int(((charge.asked_at or charge.expires_at) - _BEFORE).timestamp())}
        with _Translated():
            there = self._api.payment_intents if charge.method == "promptpay" else self._api.checkout.sessions
            for row in there.list({"created": since, "limit": 100}).auto_paging_iter():
                found = row.to_dict()
                if (found.get("metadata") or {}).get("attempt") == charge.key:
                    return _intent(found) if charge.method == "promptpay" else self.refresh(str(found["id"]))
        return None

    def refresh(self, ref: str) -> Standing:
        with _Translated():
            if ref.startswith("cs_"):
                found = self._api.checkout.sessions.retrieve(ref, {"expand": ["payment_intent"]})
                return _session(found.to_dict())
            return _intent(self._api.payment_intents.retrieve(ref).to_dict())

    def cancel(self, ref: str, *, key: str) -> Standing:
        """Ends it; a refusal means that something else was quicker, so what is there now is asked for."""
        try:
            with _Translated():
                options: Any = {"idempotency_key": f"{key}:cancel"}
                if ref.startswith("cs_"):
                    self._api.checkout.sessions.expire(ref, {}, options)
                else:
                    self._api.payment_intents.cancel(ref, {}, options)
        except GatewayRefused:
            pass
        except (
            GatewayDown
        ):  # a 500 is answered again and again for a day: perhaps it was done, or the money was quicker
            there = self.refresh(ref)
            if there.stand in (Stand.AWAITING_PAYER, Stand.PROCESSING):
                raise
            return there
        return self.refresh(ref)

    def refund(self, order: RefundOrder) -> RefundStanding:
        asked: Any = {
            "payment_intent": order.payment_ref,
            "amount": order.amount_satang,
            "metadata": {"refund": order.key},
        }
        if order.email:
            asked["instructions_email"] = order.email
        with _Translated():
            return _refund(self._api.refunds.create(asked, {"idempotency_key": order.key}).to_dict())

    def refresh_refund(self, ref: str) -> RefundStanding:
        with _Translated():
            return _refund(self._api.refunds.retrieve(ref).to_dict())

    def refunds_of(self, payment_ref: str) -> list[RefundStanding]:
        with _Translated():
            rows = self._api.refunds.list({"payment_intent": payment_ref, "limit": 100})
            return [_refund(row.to_dict()) for row in rows.auto_paging_iter()]

    def disputes_of(self, payment_ref: str) -> list[DisputeStanding]:
        with _Translated():
            rows = self._api.disputes.list({"payment_intent": payment_ref, "limit": 100})
            return [_dispute(row.to_dict()) for row in rows.auto_paging_iter()]

    def parse_event(self, body: bytes, headers: Mapping[str, str]) -> News:
        signature = str(headers.get("Stripe-Signature", ""))
        try:  # raises more than its documentation says: KeyError, AttributeError, UnicodeDecodeError, RecursionError …
            event = Webhook.construct_event(body, signature, settings.STRIPE_WEBHOOK_SECRET, TOLERANCE).to_dict()
            stamp = int(dict(part.split("=", 1) for part in signature.split(","))["t"])
            news = _news(event)
        except Exception as problem:
            raise BadEvent(type(problem).__name__) from None
        if stamp > time.time() + TOLERANCE:
            raise BadEvent("from the future")
        if event.get("livemode") is not is_live():
            raise BadEvent("livemode")
        if event.get("account", settings.STRIPE_ACCOUNT) != settings.STRIPE_ACCOUNT:
            raise BadEvent("account")
        return news

    def payments_between(self, since: dt.datetime, until: dt.datetime) -> Iterator[Standing]:
        """Succeeded payments by the moment of their charge; both kinds are payment intents there."""
        with _Translated():
            asked: Any = {"created": _span(since, until), "limit": 100, "expand": ["data.balance_transaction"]}
            rows = self._api.charges.list(asked)
            for row in rows.auto_paging_iter():
                charge = row.to_dict()
                if charge.get("paid") and charge.get("status") == "succeeded":
                    yield _charged(charge)

    def refunds_between(self, since: dt.datetime, until: dt.datetime) -> Iterator[RefundStanding]:
        with _Translated():
            rows = self._api.refunds.list({"created": _span(since, until), "limit": 100})
            for row in rows.auto_paging_iter():
                yield _refund(row.to_dict())

    def disputes_between(self, since: dt.datetime, until: dt.datetime) -> Iterator[DisputeStanding]:
        with _Translated():
            rows = self._api.disputes.list({"created": _span(since, until), "limit": 100})
            for row in rows.auto_paging_iter():
                yield _dispute(row.to_dict())


class _Translated:
    """Turns the library's errors into ours. What is unknown is "down": asked again with the same key, nothing is lost."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, problem: BaseException | None, trace: Any) -> None:
        if isinstance(problem, _ODD):  # something on the way answered instead, or in another shape than Stripe's
            log.error("an answer of Stripe cannot be read: %s", type(problem).__name__)
            raise GatewayDown from problem
        if not isinstance(problem, StripeError):
            return
        if problem.http_status == 409:
            raise GatewayBusy from problem
        unknown = (APIConnectionError, RateLimitError, AuthenticationError, NotPermitted)
        said_no = 400 <= (problem.http_status or 0) < 500 and problem.http_status != 429
        if (problem.http_status or 0) >= 500 and _is_kept(problem):
            raise GatewayStuck from problem
        if isinstance(problem, unknown) or type(problem) is APIError or not said_no:  # APIError: not in Stripe's shape
            raise GatewayDown from problem
        usual = "card_declined" if isinstance(problem, CardError) else "refused"
        raise GatewayRefused(reason=problem.code or usual) from problem


def _is_kept(problem: StripeError) -> bool:
    """Is this the stored answer to a key that was used before? Their API keeps a failure, too, for a day."""
    headers = {str(name).lower(): str(value).lower() for name, value in dict(problem.headers or {}).items()}
    return headers.get("idempotent-replayed") == "true"


def is_live() -> bool:
    """Is real money moved?"""
    return str(settings.STRIPE_SECRET_KEY).startswith(("sk_live_", "rk_live_"))


def _client() -> StripeClient:
    """For one call: whoever waits for a page waits no longer than that page may take in all."""
    addresses: Any = {"api": settings.STRIPE_API_BASE} if settings.STRIPE_API_BASE else {}
    timeout, retries, left = float(settings.STRIPE_TIMEOUT), settings.STRIPE_RETRIES, patience.left()
    if left is not None:
        if left < _LEAST:
            raise GatewayDown
        retries = min(retries, 1) if left > 4 * _PAUSE else 0
        timeout = min(timeout, left / 2 - _PAUSE if retries else left)
    return StripeClient(
        settings.STRIPE_SECRET_KEY,
        base_addresses=addresses,
        max_network_retries=retries,
        http_client=RequestsClient(timeout=timeout),
    )


def _promptpay(charge: Charge, facts: dict[str, str]) -> Any:
    return {
        "amount": charge.amount_satang,
        "currency": charge.currency.lower(),
        "payment_method_types": ["promptpay"],
        "payment_method_data": {"type": "promptpay", "billing_details": {"email": charge.email}},
        "confirm": True,
        "description": charge.description,
        "metadata": facts,
    }


def _checkout(charge: Charge, facts: dict[str, str]) -> Any:
    return {
        "mode": "payment",
        "payment_method_types": ["card"],
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": charge.currency.lower(),
                    "unit_amount": charge.amount_satang,
                    "product_data": {"name": charge.description},
                },
            }
        ],
        "client_reference_id": charge.key,
        "customer_email": charge.email,
        "metadata": facts,
        "payment_intent_data": {"metadata": facts, "description": charge.description},
        "success_url": charge.return_url,
        "cancel_url": charge.cancel_url,
        "expires_at": int((charge.expires_at + _SESSION_LONGER).timestamp()),
        "locale": "th" if charge.language == "th" else "en",
    }


def _session(session: dict[str, Any]) -> Standing:
    intent = session.get("payment_intent")
    intent = intent if isinstance(intent, dict) else {"id": intent or ""}
    stand, reason = Stand.AWAITING_PAYER, _reason(intent)
    if session.get("status") == "expired":
        stand = Stand.EXPIRED
    elif session.get("status") == "complete":
        stand = Stand.SUCCEEDED if session.get("payment_status") == "paid" else Stand.PROCESSING
    url = str(session.get("url") or "")
    return Standing(
        ref=str(session["id"]),
        stand=stand,
        amount_satang=int(intent.get("amount_received") or session.get("amount_total") or 0),
        currency=str(session.get("currency") or "").upper(),
        payment_ref=str(intent["id"]),
        key=str((session.get("metadata") or {}).get("attempt", "")),
        reason=reason,
        show={"url": url} if url else {},
    )


def _intent(intent: dict[str, Any]) -> Standing:
    stand, reason = _INTENT.get(str(intent["status"]), Stand.PROCESSING), _reason(intent)
    if intent["status"] == "requires_payment_method" and reason:
        stand = Stand.FAILED  # a QR that failed or lapsed: this intent asks for a new method, we open a new attempt
    qr = (intent.get("next_action") or {}).get("promptpay_display_qr_code") or {}
    show = {"qr": str(qr["data"]), "url": str(qr.get("hosted_instructions_url") or "")} if qr.get("data") else {}
    return Standing(
        ref=str(intent["id"]),
        stand=stand,
        amount_satang=int(intent.get("amount_received") or intent["amount"]),
        currency=str(intent["currency"]).upper(),
        payment_ref=str(intent["id"]),
        key=str((intent.get("metadata") or {}).get("attempt", "")),
        reason=reason,
        show=show,
    )


def _reason(intent: dict[str, Any]) -> str:
    problem = intent.get("last_payment_error") or {}
    return str(problem.get("decline_code") or problem.get("code") or "")[:60]


def _charged(charge: dict[str, Any]) -> Standing:
    intent = str(charge.get("payment_intent") or charge["id"])
    return Standing(
        ref=intent,
        stand=Stand.SUCCEEDED,
        amount_satang=int(charge["amount_captured"] if "amount_captured" in charge else charge["amount"]),
        currency=str(charge["currency"]).upper(),
        payment_ref=intent,
        key=str((charge.get("metadata") or {}).get("attempt", "")),
        at=_moment(charge.get("created")),
        fee_satang=_fee([charge.get("balance_transaction")], str(charge["currency"])),
    )


def _fee(lines: list[Any], currency: str) -> int | None:
    """What Stripe keeps, of lines of its balance; None while there are none, or when it settles in another currency."""
    known = [line for line in lines if isinstance(line, dict)]
    if not known or any(line["currency"] != currency for line in known):
        return None
    return sum(int(line["fee"]) for line in known)


def _refund(refund: dict[str, Any]) -> RefundStanding:
    stand = "cancelled" if refund["status"] == "canceled" else str(refund["status"])
    return RefundStanding(
        ref=str(refund["id"]),
        stand=RefundStand(stand),
        amount_satang=int(refund["amount"]),
        payment_ref=str(refund.get("payment_intent") or ""),
        key=str((refund.get("metadata") or {}).get("refund", "")),
        reason=str(refund.get("failure_reason") or "")[:60],
        at=_moment(refund.get("created")),
    )


def _dispute(dispute: dict[str, Any]) -> DisputeStanding:
    return DisputeStanding(
        ref=str(dispute["id"]),
        stand=_DISPUTE.get(str(dispute["status"]), DisputeStand.OPEN),
        amount_satang=int(dispute["amount"]),
        payment_ref=str(dispute.get("payment_intent") or ""),
        reason=str(dispute.get("reason") or "")[:60],
        at=_moment(dispute.get("created")),
        fee_satang=_fee(list(dispute.get("balance_transactions") or []), str(dispute.get("currency"))),
    )


def _news(event: dict[str, Any]) -> News:
    found = event["data"]["object"]
    facts, kind = found.get("metadata") or {}, _short(event["type"], least=1)
    intent = found["id"] if found.get("object") == "payment_intent" else found.get("payment_intent")
    intent = intent.get("id") if isinstance(intent, dict) else intent
    return News(
        event_id=_short(event["id"], least=1),
        kind=kind,
        object_ref=_short(found.get("id") or "") if kind.startswith(_WITHOUT_ID) else _short(found["id"], least=1),
        payment_ref=_short(intent or ""),
        key=_short(facts.get("attempt") or ""),
        at=_moment(event["created"]) or dt.datetime.now(dt.UTC),
    )


def _short(text: Any, *, least: int = 0) -> str:
    """A reference as Stripe makes them; anything else (a NUL, half a character, a list) does not come from there."""
    if not isinstance(text, str) or not _REFERENCE.fullmatch(text) or len(text) < least:
        raise ValueError("no reference")
    return text


def _moment(stamp: Any) -> dt.datetime | None:
    return dt.datetime.fromtimestamp(int(stamp), dt.UTC) if stamp else None


def _span(since: dt.datetime, until: dt.datetime) -> Any:
    return {"gte": int(since.timestamp()), "lt": int(until.timestamp())}

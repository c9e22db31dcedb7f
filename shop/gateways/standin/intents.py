"""Payment intents: made, confirmed, paid, failed, canceled. PromptPay waits for the bank; cards answer at once or ask."""

from __future__ import annotations

from typing import Any

from shop.gateways.standin import charges
from shop.gateways.standin.memory import Memory, Thing
from shop.gateways.standin.refusal import Refusal, wrong

PLAIN_TEXT = "ทดสอบ – ห้ามโอนเงิน (ระบบทดสอบของตลาดร่วม ไม่ใช่คิวอาร์รับเงิน)"
MOST = 99_999_999
CANCELLABLE = (
    "requires_payment_method",
    "requires_capture",
    "requires_confirmation",
    "requires_action",
    "processing",
)
CARDS = {
    "pm_card_visa": "",
    "pm_card_th": "",
    "pm_card_authenticationRequired": "ask",
    "pm_card_threeDSecure2Required": "ask",
    "pm_card_chargeDeclined": "generic_decline",
    "pm_card_chargeDeclinedInsufficientFunds": "insufficient_funds",
}
"""Stripe's own names for test cards, and what becomes of them."""


def check_amount(memory: Memory, amount: int, currency: str, param: str = "amount") -> None:
    """Baht only, not below the least, not above what Stripe's field holds."""
    if currency.lower() != "thb":
        raise wrong("currency", f"Invalid currency: {currency}. This account takes thb.", "parameter_invalid")
    if amount < 1:
        raise wrong(param, "This value must be greater than or equal to 1.", "parameter_invalid_integer")
    if amount < memory.least:
        words = f"Amount must be at least ฿{memory.least / 100:.2f} thb"
        raise Refusal(words, code="amount_too_small", param=param, kept=False)
    if amount > MOST:
        raise Refusal("Amount must be no more than ฿999,999.99", code="amount_too_large", param=param, kept=False)


def create(memory: Memory, given: Thing) -> Thing:
    """POST /v1/payment_intents"""
    check_amount(memory, given["amount"], given["currency"])
    if (given.get("payment_method") or given.get("payment_method_data")) is None and given.get("confirm"):
        raise wrong("payment_method", "A payment method is needed to confirm.", "parameter_missing")
    return start(memory, given, given.get("payment_method_types") or ["card"])


def start(memory: Memory, given: Thing, types: list[str]) -> Thing:
    """A new intent; confirmed at once where that is asked."""
    _check_method(given, types)
    intent = memory.add(
        "payment_intent",
        amount=given["amount"],
        amount_capturable=0,
        amount_received=0,
        automatic_payment_methods=None,
        canceled_at=None,
        cancellation_reason=None,
        capture_method=given.get("capture_method", "automatic"),
        confirmation_method="automatic",
        currency=given["currency"].lower(),
        customer=None,
        description=given.get("description"),
        last_payment_error=None,
        latest_charge=None,
        metadata=given.get("metadata", {}),
        next_action=None,
        payment_method=None,
        payment_method_options=given.get("payment_method_options") or {},
        payment_method_types=types,
        processing=None,
        receipt_email=given.get("receipt_email"),
        setup_future_usage=None,
        shipping=given.get("shipping") or None,
        statement_descriptor=given.get("statement_descriptor"),
        statement_descriptor_suffix=given.get("statement_descriptor_suffix"),
        status="requires_payment_method",
        transfer_group=given.get("transfer_group"),
    )
    intent["client_secret"] = f"{intent['id']}_secret_standin"
    memory.emit("payment_intent.created", intent)
    _attach(memory, intent, given)
    if given.get("confirm"):
        _confirm(memory, intent, given)
    return intent


def update(memory: Memory, name: str, given: Thing) -> Thing:
    """POST /v1/payment_intents/:id – what is told about it; the amount of a payment never changes here."""
    intent = memory.get("payment_intent", name, "intent")
    told = {key: value for key, value in given.items() if key != "expand"}
    if "metadata" in told:
        merged = {**intent["metadata"], **told["metadata"]}
        told["metadata"] = {key: value for key, value in merged.items() if value != ""}
    intent.update(told)
    memory.changes += 1
    return intent


def confirm(memory: Memory, name: str, given: Thing) -> Thing:
    """POST /v1/payment_intents/:id/confirm"""
    intent = memory.get("payment_intent", name, "intent")
    _expect(intent, ("requires_payment_method", "requires_confirmation"), "confirm")
    _check_method(given, intent["payment_method_types"])
    _attach(memory, intent, given)
    if intent["payment_method"] is None:
        raise wrong("payment_method", "A payment method is needed to confirm.", "parameter_missing")
    _confirm(memory, intent, given)
    return intent


def cancel(memory: Memory, name: str, given: Thing) -> Thing:
    """POST /v1/payment_intents/:id/cancel – refused once the money is there, which a late bank makes true just now."""
    intent = memory.get("payment_intent", name, "intent")
    if memory.hint(name).get("session") and intent["status"] != "canceled":
        words = "You cannot cancel this PaymentIntent because it belongs to a Checkout Session; expire the session."
        raise Refusal(words, code="payment_intent_unexpected_state")
    late = memory.hint(name).pop("late", "")
    if late:
        succeed(memory, intent)
    if late == "error":
        raise Refusal("An unknown error occurred", status=500, kind="api_error")
    _expect(intent, CANCELLABLE, "cancel")
    return abandon(memory, intent, given.get("cancellation_reason"))


def abandon(memory: Memory, intent: Thing, reason: str | None = None) -> Thing:
    """It ends without money."""
    intent.update(status="canceled", canceled_at=memory.now(), cancellation_reason=reason, next_action=None)
    intent["processing"] = None
    memory.emit("payment_intent.canceled", intent)
    return intent


def _expect(intent: Thing, allowed: tuple[str, ...], verb: str) -> None:
    if intent["status"] not in allowed:
        words = (
            f"You cannot {verb} this PaymentIntent because it has a status of {intent['status']}. "
            f"Only a PaymentIntent with one of the following statuses may be {verb}ed: {', '.join(allowed)}."
        )
        raise Refusal(words, code="payment_intent_unexpected_state", payment_intent=dict(intent))


# --- how it is paid ---------------------------------------------------------------------------------------------


def _check_method(given: Thing, types: list[str]) -> None:
    data, named = given.get("payment_method_data"), given.get("payment_method")
    if data and data["type"] not in types:
        words = f"The provided payment method type ({data['type']}) is not among {', '.join(types)}."
        raise wrong("payment_method_data[type]", words)
    if data and data["type"] == "promptpay" and not data.get("billing_details", {}).get("email"):
        param = "payment_method_data[billing_details][email]"
        raise wrong(param, f"Missing required param: {param}.", "parameter_missing")
    if data and data["type"] == "card":
        raise wrong("payment_method_data[card]", "Card numbers are not taken here; use pm_card_visa and the like.")
    if named and named not in CARDS:
        raise Refusal(f"No such PaymentMethod: '{named}'", code="resource_missing", param="payment_method", kept=False)
    if named and "card" not in types:
        raise wrong("payment_method", f"The provided payment method type (card) is not among {', '.join(types)}.")


def _attach(memory: Memory, intent: Thing, given: Thing) -> None:
    data, named = given.get("payment_method_data"), given.get("payment_method")
    if not data and not named:
        return
    kind = data["type"] if data else "card"
    details = {"email": None, "name": None, "phone": None, "address": None, **((data or {}).get("billing_details", {}))}
    method = memory.add("payment_method", type=kind, billing_details=details, customer=None, metadata={})
    memory.hint(method["id"])["card"] = named or ""
    intent.update(payment_method=method["id"], status="requires_confirmation")


def method_of(memory: Memory, intent: Thing) -> str:
    """card or promptpay"""
    method = memory.things.get(str(intent["payment_method"]))
    return str(method["type"]) if method else str(intent["payment_method_types"][0])


def _confirm(memory: Memory, intent: Thing, given: Thing) -> None:
    if method_of(memory, intent) == "promptpay":
        wait_for_bank(memory, intent)
        return
    end = CARDS.get(memory.hint(str(intent["payment_method"])).get("card", ""), "")
    if end == "ask":
        address = f"{memory.public_url}/3ds/{intent['id']}"
        memory.hint(intent["id"])["back"] = given.get("return_url", "")
        asked = {"type": "redirect_to_url", "redirect_to_url": {"url": address, "return_url": given.get("return_url")}}
        require_action(memory, intent, asked)
    elif end:
        fail(memory, intent, decline=end)
        raise Refusal(
            "Your card was declined.",
            status=402,
            kind="card_error",
            code="card_declined",
            decline_code=end,
            payment_intent=dict(intent),
        )
    else:
        succeed(memory, intent)


def require_action(memory: Memory, intent: Thing, asked: Thing) -> None:
    """The payer has to do something."""
    intent.update(status="requires_action", next_action=asked)
    memory.emit("payment_intent.requires_action", intent)


def wait_for_bank(memory: Memory, intent: Thing) -> None:
    """Shows the QR: a picture of plain words, which no bank can pay."""
    base = memory.public_url
    shown = {
        "data": f"{PLAIN_TEXT} {intent['id']}",
        "hosted_instructions_url": f"{base}/bank/{intent['id']}",
        "image_url_png": f"{base}/qr/{intent['id']}.png",
        "image_url_svg": f"{base}/qr/{intent['id']}.svg",
    }
    asked = {"type": "promptpay_display_qr_code", "promptpay_display_qr_code": shown}
    require_action(memory, intent, asked)


def process(memory: Memory, intent: Thing) -> None:
    """The bank works on it."""
    intent.update(status="processing", next_action=None)
    memory.emit("payment_intent.processing", intent)


def succeed(memory: Memory, intent: Thing, *, secure: bool = False) -> Thing:
    """The money is there."""
    if intent["status"] in ("succeeded", "canceled"):
        raise Refusal(f"{intent['id']} is {intent['status']}", code="payment_intent_unexpected_state")
    made = charges.charge(memory, intent, method=method_of(memory, intent), secure=secure)
    intent.update(status="succeeded", amount_received=intent["amount"], latest_charge=made["id"], next_action=None)
    intent.update(processing=None, last_payment_error=None)
    memory.emit("payment_intent.succeeded", intent)
    return intent


def fail(memory: Memory, intent: Thing, *, decline: str = "", code: str = "card_declined") -> Thing:
    """The attempt failed; another way of paying may be tried."""
    if intent["status"] in ("succeeded", "canceled"):
        raise Refusal(f"{intent['id']} is {intent['status']}", code="payment_intent_unexpected_state")
    card = method_of(memory, intent) == "card"
    words = "Your card was declined." if card else "The payment was not completed in time."
    problem: dict[str, Any] = {"type": "card_error" if card else "invalid_request_error", "code": code}
    problem["message"] = words
    if decline:
        problem["decline_code"] = decline
    if card:
        made = charges.charge(memory, intent, method="card", failure=problem)
        intent["latest_charge"] = problem["charge"] = made["id"]
    intent.update(status="requires_payment_method", next_action=None, last_payment_error=problem, processing=None)
    memory.emit("payment_intent.payment_failed", intent)
    return intent

"""Charges, and what they do to the balance. The fees are made up: about what Stripe's Thai price list says."""

from __future__ import annotations

from typing import Any

from shop.gateways.standin.memory import Memory, Thing

FEES = {"card": (365, 1_000), "promptpay": (165, 0)}
"""Hundredths of a percent, and satang per payment."""
DISPUTE_FEE = 50_000
_TWO_DAYS = 2 * 24 * 3600


def fee(kind: str, amount: int) -> int:
    """What is kept of a payment, rounded half up."""
    share, fixed = FEES[kind]
    return (amount * share + 5_000) // 10_000 + fixed


def balance(memory: Memory, kind: str, source: Thing, amount: int, *, category: str, kept: int = 0) -> Thing:
    """One line of the balance: `amount` comes (or goes), `kept` is the fee."""
    details = [{"amount": kept, "currency": source["currency"], "description": "fee", "type": "stripe_fee"}]
    return memory.add(
        "balance_transaction",
        amount=amount,
        fee=kept,
        net=amount - kept,
        fee_details=details if kept else [],
        currency=source["currency"],
        available_on=memory.now() + _TWO_DAYS,
        description=None,
        exchange_rate=None,
        reporting_category=category,
        source=source["id"],
        status="pending",
        type=kind,
    )


def charge(memory: Memory, intent: Thing, *, method: str, failure: Thing | None = None, secure: bool = False) -> Thing:
    """A charge of the intent: paid, or failed with its reason."""
    if method == "card":
        seen = {"authenticated": True, "result": "authenticated", "version": "2.2.0"} if secure else None
        details: Thing = {"type": "card", "card": {"brand": "visa", "last4": "4242", "three_d_secure": seen}}
    else:
        details = {"type": "promptpay", "promptpay": {"reference": f"TEST{memory.now()}"}}
    made = memory.add("charge", **_fields(memory, intent, details, failure))
    if failure:
        memory.emit("charge.failed", made)
        return made
    card = method == "card"
    line = balance(
        memory,
        "charge" if card else "payment",
        made,
        intent["amount"],
        category="charge",
        kept=fee(method, intent["amount"]),
    )
    made["balance_transaction"] = line["id"]
    memory.emit("charge.succeeded", made)
    return made


def _fields(memory: Memory, intent: Thing, details: Thing, failure: Thing | None) -> dict[str, Any]:
    method = memory.things.get(str(intent["payment_method"]), {})
    return {
        "amount": intent["amount"],
        "amount_captured": 0 if failure else intent["amount"],
        "amount_refunded": 0,
        "balance_transaction": None,
        "billing_details": method.get("billing_details", {"email": None, "name": None, "phone": None, "address": None}),
        "captured": not failure,
        "currency": intent["currency"],
        "customer": None,
        "description": intent["description"],
        "disputed": False,
        "failure_code": failure["code"] if failure else None,
        "failure_message": failure["message"] if failure else None,
        "metadata": dict(intent["metadata"]),
        "paid": not failure,
        "payment_intent": intent["id"],
        "payment_method": intent["payment_method"],
        "payment_method_details": details,
        "receipt_email": intent["receipt_email"],
        "refunded": False,
        "status": "failed" if failure else "succeeded",
        "transfer_group": intent["transfer_group"],
    }

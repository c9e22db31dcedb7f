"""Refunds: a card's is there at once, PromptPay's asks the buyer for an account by e-mail. Never more than was paid."""

from __future__ import annotations

from shop.gateways.standin.charges import balance
from shop.gateways.standin.memory import Memory, Thing
from shop.gateways.standin.refusal import Refusal, missing, wrong


def create(memory: Memory, given: Thing) -> Thing:
    """POST /v1/refunds"""
    charge = _charge(memory, given)
    left = charge["amount"] - charge["amount_refunded"]
    amount = given.get("amount", left)
    if charge["disputed"] and memory.things[charge["dispute"]]["status"] != "won":
        words = f"Charge {charge['id']} has been charged back; cannot issue a refund."
        raise Refusal(words, code="charge_disputed")
    if left == 0:
        raise Refusal(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    if amount < 1:
        raise wrong("amount", "Invalid positive integer", "parameter_invalid_integer")
    if amount > left:
        words = f"Refund amount (฿{amount / 100:,.2f}) is greater than unrefunded amount on charge (฿{left / 100:,.2f})"
        raise Refusal(words, param="amount")
    method = charge["payment_method_details"]["type"]
    email = given.get("instructions_email") or charge["billing_details"]["email"]
    if method == "promptpay" and not email:
        raise wrong("instructions_email", "Missing required param: instructions_email.", "parameter_missing")
    refund = _add(memory, given, charge, amount)
    if method == "promptpay":
        sent = {"email_sent_at": memory.now(), "email_sent_to": email}
        refund["next_action"] = {"type": "display_details", "display_details": {"email_sent": sent}}
        refund["instructions_email"] = email
    kind = "refund" if method == "card" else "payment_refund"
    refund["balance_transaction"] = balance(memory, kind, refund, -amount, category="refund")["id"]
    _count(charge, amount)
    memory.emit("refund.created", refund)
    memory.emit("charge.refunded", charge)
    return refund


def _charge(memory: Memory, given: Thing) -> Thing:
    if "charge" in given:
        found = memory.get("charge", given["charge"], "charge")
    elif "payment_intent" in given:
        intent = memory.get("payment_intent", given["payment_intent"], "payment_intent")
        found = memory.things.get(str(intent["latest_charge"]), {})
        if not found.get("paid"):
            words = f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund."
            raise Refusal(words, param="payment_intent")
    else:
        raise wrong("payment_intent", "One of the following params should be provided: payment_intent or charge.")
    if not found.get("paid"):
        raise missing("charge", str(found.get("id", "")), "charge")
    return found


def _add(memory: Memory, given: Thing, charge: Thing, amount: int) -> Thing:
    return memory.add(
        "refund",
        amount=amount,
        balance_transaction=None,
        charge=charge["id"],
        currency=charge["currency"],
        metadata=given.get("metadata", {}),
        next_action=None,
        payment_intent=charge["payment_intent"],
        reason=given.get("reason"),
        receipt_number=None,
        status="succeeded" if charge["payment_method_details"]["type"] == "card" else "requires_action",
    )


def _count(charge: Thing, change: int) -> None:
    charge["amount_refunded"] += change
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]


def cancel(memory: Memory, name: str, given: Thing) -> Thing:
    """POST /v1/refunds/:id/cancel – while the buyer has not answered."""
    refund = memory.get("refund", name)
    if refund["status"] != "requires_action":
        raise Refusal(f"Refund {name} cannot be canceled because it has a status of {refund['status']}.")
    return end_badly(memory, refund, "canceled", "requested_by_customer")


def move(memory: Memory, refund: Thing, status: str) -> Thing:
    """The buyer answered (pending), or the money arrived (succeeded)."""
    if refund["status"] not in ("requires_action", "pending"):
        raise Refusal(f"Refund {refund['id']} is {refund['status']}")
    before = refund["status"]
    refund.update(status=status, next_action=None)
    memory.emit("refund.updated", refund, status=before)
    return refund


def end_badly(memory: Memory, refund: Thing, status: str, reason: str) -> Thing:
    """The money comes back to us: failed or canceled. A card's refund may fail after it had succeeded."""
    if refund["status"] in ("failed", "canceled"):
        raise Refusal(f"Refund {refund['id']} is {refund['status']}")
    before, charge = refund["status"], memory.things[refund["charge"]]
    refund.update(status=status, next_action=None)
    line = balance(memory, "refund_failure", refund, refund["amount"], category="refund_failure")
    refund["failure_balance_transaction"] = line["id"]
    if status == "failed":
        refund["failure_reason"] = reason
    _count(charge, -refund["amount"])
    memory.emit("refund.updated", refund, status=before)
    if status == "failed":
        memory.emit("refund.failed", refund)
    return refund

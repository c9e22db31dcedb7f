"""Disputes of card payments: the money is taken at once, and comes back when the dispute is won."""

from __future__ import annotations

from shop.gateways.standin.charges import DISPUTE_FEE, balance
from shop.gateways.standin.memory import Memory, Thing
from shop.gateways.standin.refusal import Refusal


def open_(memory: Memory, intent: Thing, reason: str = "fraudulent") -> Thing:
    """The holder of the card says no."""
    charge = memory.things.get(str(intent["latest_charge"]))
    if charge is None or not charge["paid"] or charge["disputed"]:
        raise Refusal("Only a paid payment without a dispute can be disputed.")
    if charge["payment_method_details"]["type"] != "card":
        raise Refusal("PromptPay payments cannot be disputed.")
    if charge["amount_refunded"] >= charge["amount"]:
        raise Refusal("All of it was given back: there is nothing to dispute.")
    dispute = memory.add(
        "dispute",
        amount=charge["amount"] - charge["amount_refunded"],
        balance_transactions=[],
        charge=charge["id"],
        currency=charge["currency"],
        evidence={},
        evidence_details={"due_by": memory.now() + 7 * 86_400, "has_evidence": False, "past_due": False},
        is_charge_refundable=False,
        metadata={},
        payment_intent=intent["id"],
        reason=reason,
        status="needs_response",
    )
    charge.update(disputed=True, dispute=dispute["id"])
    _move(memory, dispute, -dispute["amount"], "dispute", DISPUTE_FEE)
    memory.emit("charge.dispute.created", dispute)
    memory.emit("charge.dispute.funds_withdrawn", dispute)
    return dispute


def close(memory: Memory, dispute: Thing, *, won: bool) -> Thing:
    """The banks have decided."""
    if dispute["status"] in ("won", "lost"):
        raise Refusal(f"Dispute {dispute['id']} is {dispute['status']}")
    dispute["status"] = "won" if won else "lost"
    if won:
        _move(memory, dispute, dispute["amount"], "dispute_reversal", -DISPUTE_FEE)
        memory.emit("charge.dispute.funds_reinstated", dispute)
    memory.emit("charge.dispute.closed", dispute)
    return dispute


def _move(memory: Memory, dispute: Thing, amount: int, category: str, kept: int) -> None:
    line = balance(memory, "adjustment", dispute, amount, category=category, kept=kept)
    dispute["balance_transactions"].append(dict(line))

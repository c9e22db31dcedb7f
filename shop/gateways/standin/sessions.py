"""Checkout sessions: the page on which a card is paid, its ends, and the session that runs out by itself."""

from __future__ import annotations

from shop.gateways.standin import intents
from shop.gateways.standin.memory import Memory, Thing
from shop.gateways.standin.refusal import Refusal, wrong

SHORTEST, LONGEST = 30 * 60, 24 * 3600


def create(memory: Memory, given: Thing) -> Thing:
    """POST /v1/checkout/sessions"""
    items = given["line_items"]
    if not items:
        raise wrong("line_items", "A session needs at least one line item.", "parameter_invalid_empty")
    for number, item in enumerate(items):
        price, where = item["price_data"], f"line_items[{number}]"
        if price["currency"].lower() != "thb":
            raise wrong(f"{where}[price_data][currency]", f"Invalid currency: {price['currency']}")
        if item["quantity"] < 1 or price["unit_amount"] < 0:
            raise wrong(where, "Quantities are at least 1 and amounts at least 0.", "parameter_invalid_integer")
    total = sum(item["quantity"] * item["price_data"]["unit_amount"] for item in items)
    intents.check_amount(memory, total, "thb", "line_items")
    ends = given.get("expires_at", memory.now() + LONGEST)
    if not SHORTEST <= ends - memory.now() <= LONGEST:
        raise wrong("expires_at", "The timestamp must be between 30 minutes and 24 hours after creation.")
    for param in ("success_url", "cancel_url"):
        if not given.get(param, "https://").startswith(("https://", "http://")):
            raise wrong(param, f"Not a valid URL: {param}", "url_invalid")
    session = _add(memory, given, total, ends)
    session["url"] = f"{memory.public_url}/pay/{session['id']}"
    memory.next_end = min(memory.next_end, ends)
    memory.hint(session["id"]).update(items=items, intent=given.get("payment_intent_data", {}))
    return session


def _add(memory: Memory, given: Thing, total: int, ends: int) -> Thing:
    return memory.add(
        "checkout.session",
        amount_subtotal=total,
        amount_total=total,
        cancel_url=given.get("cancel_url"),
        client_reference_id=given.get("client_reference_id"),
        currency="thb",
        customer=None,
        customer_details=None,
        customer_email=given.get("customer_email"),
        expires_at=ends,
        locale=given.get("locale"),
        metadata=given.get("metadata", {}),
        mode="payment",
        payment_intent=None,
        payment_method_types=given.get("payment_method_types") or ["card", "promptpay"],
        payment_status="unpaid",
        status="open",
        success_url=given["success_url"],
        total_details={"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        ui_mode="hosted_page",
        url=None,
    )


def line_items(memory: Memory, session: Thing) -> list[Thing]:
    """What stands on the page."""
    return [
        {
            "id": f"li_{number}{session['id'][8:]}",
            "object": "item",
            "amount_subtotal": item["quantity"] * item["price_data"]["unit_amount"],
            "amount_total": item["quantity"] * item["price_data"]["unit_amount"],
            "currency": "thb",
            "description": item["price_data"]["product_data"]["name"],
            "quantity": item["quantity"],
        }
        for number, item in enumerate(memory.hint(session["id"]).get("items", []))
    ]


def expire(memory: Memory, name: str, given: Thing) -> Thing:
    """POST /v1/checkout/sessions/:id/expire"""
    session = memory.get("checkout.session", name, "session")
    late = memory.hint(name).pop("late", "")
    if late:
        complete(memory, session)
    if late == "error":
        raise Refusal("An unknown error occurred", status=500, kind="api_error")
    if session["status"] != "open":
        words = f'Only Checkout Sessions with a status in ["open"] can be expired. This one is {session["status"]}.'
        raise Refusal(words)
    return close(memory, session)


def close(memory: Memory, session: Thing) -> Thing:
    """It ends unpaid."""
    session.update(status="expired", url=None)
    intent = memory.things.get(str(session["payment_intent"]))
    if intent and intent["status"] in intents.CANCELLABLE:
        intents.abandon(memory, intent, "automatic")
    memory.emit("checkout.session.expired", session)
    return session


def close_old(memory: Memory) -> None:
    """Sessions end by themselves."""
    with memory.lock:
        if memory.next_end > memory.now():
            return
        for session in list(memory.newest("checkout.session")):
            if session["status"] == "open" and session["expires_at"] <= memory.now():
                close(memory, session)
        open_ = (session["expires_at"] for session in memory.newest("checkout.session") if session["status"] == "open")
        memory.next_end = min(open_, default=float("inf"))


# --- what the payer does ------------------------------------------------------------------------------------------


def intent_of(memory: Memory, session: Thing, method: str = "card") -> Thing:
    """The session's intent: made when the payer first tries, as Stripe does it."""
    if session["status"] != "open":
        raise Refusal(f"{session['id']} is {session['status']}", code="checkout_session_unexpected_state")
    if session["payment_intent"]:
        return memory.things[session["payment_intent"]]
    told = memory.hint(session["id"]).get("intent", {})
    given = {**told, "amount": session["amount_total"], "currency": "thb"}
    intent = intents.start(memory, given, session["payment_method_types"])
    details = {"email": session["customer_email"], "name": None, "phone": None, "address": None}
    paying = memory.add("payment_method", type=method, billing_details=details, customer=None, metadata={})
    intent["payment_method"] = paying["id"]
    memory.hint(intent["id"])["session"] = session["id"]
    session["payment_intent"] = intent["id"]
    return intent


def complete(memory: Memory, session: Thing, *, secure: bool = False) -> Thing:
    """Paid on the page."""
    intents.succeed(memory, intent_of(memory, session), secure=secure)
    _done(memory, session, "paid")
    return session


def begin(memory: Memory, session: Thing) -> Thing:
    """A bank that answers later: the page is done, the money is not there yet."""
    intents.process(memory, intent_of(memory, session, "promptpay"))
    _done(memory, session, "unpaid")
    return session


def ask(memory: Memory, session: Thing) -> Thing:
    """The card's bank asks its holder."""
    intent = intent_of(memory, session)
    if intent["status"] != "requires_action":
        intents.require_action(memory, intent, {"type": "use_stripe_sdk", "use_stripe_sdk": {}})
    return session


def decline(memory: Memory, session: Thing, reason: str = "generic_decline") -> Thing:
    """The card was declined; the page stays open."""
    code = "payment_intent_authentication_failure" if reason == "authentication" else "card_declined"
    intents.fail(memory, intent_of(memory, session), decline="" if reason == "authentication" else reason, code=code)
    return session


def settle(memory: Memory, session: Thing, paid: bool) -> None:
    """What a slow bank said in the end."""
    session["payment_status"] = "paid" if paid else "unpaid"
    memory.emit(f"checkout.session.async_payment_{'succeeded' if paid else 'failed'}", session)


def _done(memory: Memory, session: Thing, payment: str) -> None:
    details = {"email": session["customer_email"], "name": None, "phone": None, "address": None}
    session.update(status="complete", payment_status=payment, url=None, customer_details=details)
    memory.emit("checkout.session.completed", session)

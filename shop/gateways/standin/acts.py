"""What a person or a test does at the other end: the payer, the banks, the passing of time."""

from __future__ import annotations

from collections.abc import Callable

from shop.gateways.standin import disputes, intents, refunds, sessions
from shop.gateways.standin.memory import Memory, Thing
from shop.gateways.standin.refusal import Refusal

Act = Callable[[Memory, Thing], object]


def _session(memory: Memory, thing: Thing) -> Thing | None:
    """The thing as a session: itself, or the one that its intent belongs to."""
    if thing["object"] == "checkout.session":
        return thing
    return memory.things.get(str(memory.hint(thing["id"]).get("session", "")))


def _pay(memory: Memory, thing: Thing, *, secure: bool = False) -> object:
    session = _session(memory, thing)
    if session is None:
        return intents.succeed(memory, thing, secure=secure)
    if session["status"] == "open":
        return sessions.complete(memory, session, secure=secure)
    done = intents.succeed(memory, memory.get("payment_intent", session["payment_intent"]), secure=secure)
    sessions.settle(memory, session, paid=True)
    return done


def _prove(memory: Memory, thing: Thing) -> object:
    return _pay(memory, thing, secure=True)


def _decline(memory: Memory, thing: Thing, reason: str = "generic_decline") -> object:
    session = _session(memory, thing)
    if session is None:
        return intents.fail(memory, thing, decline=reason)
    if session["status"] == "open":
        return sessions.decline(memory, session, reason)
    failed = intents.fail(memory, memory.get("payment_intent", session["payment_intent"]), decline=reason)
    sessions.settle(memory, session, paid=False)
    return failed


def _no_money(memory: Memory, thing: Thing) -> object:
    return _decline(memory, thing, "insufficient_funds")


def _unproved(memory: Memory, thing: Thing) -> object:
    if _session(memory, thing):
        return _decline(memory, thing, "authentication")
    return intents.fail(memory, thing, code="payment_intent_authentication_failure")


def _expire(memory: Memory, thing: Thing) -> object:
    if thing["object"] == "checkout.session":
        if thing["status"] != "open":
            raise Refusal(f"{thing['id']} is {thing['status']}")
        return sessions.close(memory, thing)
    return intents.fail(memory, thing, code="payment_intent_payment_attempt_expired")


def _challenge(memory: Memory, thing: Thing) -> object:
    session = _session(memory, thing)
    return sessions.ask(memory, session) if session else None


def _process(memory: Memory, thing: Thing) -> object:
    if thing["object"] == "checkout.session":
        return sessions.begin(memory, thing)
    if thing["status"] != "requires_action":
        raise Refusal(f"{thing['id']} is {thing['status']}")
    intents.process(memory, thing)
    return thing


def _late(answer: str) -> Act:
    def act(memory: Memory, thing: Thing) -> None:
        if thing.get("status") in ("succeeded", "canceled", "complete", "expired"):
            raise Refusal(f"{thing['id']} is {thing['status']}")
        memory.hint(thing["id"])["late"] = answer
        memory.changes += 1

    return act


_EITHER, _INTENT, _REFUND, _DISPUTE = (
    ("payment_intent", "checkout.session"),
    ("payment_intent",),
    ("refund",),
    ("dispute",),
)
ACTS: dict[str, tuple[tuple[str, ...], Act]] = {
    "pay": (_EITHER, _pay),
    "decline": (_EITHER, _decline),
    "no_money": (_EITHER, _no_money),
    "challenge": (("checkout.session",), _challenge),
    "prove": (_EITHER, _prove),
    "unproved": (_EITHER, _unproved),
    "process": (_EITHER, _process),
    "expire": (_EITHER, _expire),
    "pay_late": (_EITHER, _late("refused")),
    "pay_late_error": (_EITHER, _late("error")),
    "refund_pending": (_REFUND, lambda memory, thing: refunds.move(memory, thing, "pending")),
    "refund_succeed": (_REFUND, lambda memory, thing: refunds.move(memory, thing, "succeeded")),
    "refund_fail": (_REFUND, lambda memory, thing: refunds.end_badly(memory, thing, "failed", "declined")),
    "refund_cancel": (_REFUND, lambda memory, thing: refunds.cancel(memory, thing["id"], {})),
    "dispute": (_INTENT, lambda memory, thing: disputes.open_(memory, thing)),
    "dispute_win": (_DISPUTE, lambda memory, thing: disputes.close(memory, thing, won=True)),
    "dispute_lose": (_DISPUTE, lambda memory, thing: disputes.close(memory, thing, won=False)),
}
"""pay_late: the money arrives at the moment we ask to cancel, and the cancelling is refused. pay_late_error: it arrives
as well, but the answer is a 500, so that the shop knows nothing until it asks again."""


def act(memory: Memory, name: str, thing_id: str) -> Thing:
    """Does it; answers with the object as it is then."""
    with memory.lock:
        thing = memory.things.get(thing_id)
        if thing is None or name not in ACTS or thing["object"] not in ACTS[name][0]:
            raise Refusal(f"Nothing called {name!r} can be done to {thing_id!r}.", status=404)
        ACTS[name][1](memory, thing)
        memory.changes += 1
        return memory.expand(thing, [])

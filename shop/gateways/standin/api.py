"""The calls of Stripe's API that the market uses: which address does what, with which parameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shop.gateways.standin import intents, params, refunds, sessions
from shop.gateways.standin.memory import ACCOUNT, Memory, Thing
from shop.gateways.standin.refusal import Refusal, wrong

Given = dict[str, Any]
Work = Callable[[Memory, str, Given], Thing]
_MOST = 100


@dataclass(frozen=True)
class Call:
    """One address with a method."""

    method: str
    path: str
    fields: Mapping[str, params.Reader]
    work: Work


def _retrieve(kind: str) -> Work:
    def work(memory: Memory, name: str, _given: Given) -> Thing:
        return memory.get(kind, name)

    return work


def _list(kind: str, *filters: str) -> Work:
    def work(memory: Memory, name: str, given: Given) -> Thing:
        return page(memory, kind, name, given, filters)

    return work


def page(memory: Memory, kind: str, path: str, given: Given, filters: tuple[str, ...]) -> Thing:
    """The newest first; `starting_after` walks on, `ending_before` walks back."""
    limit = given.get("limit", 10)
    if not 1 <= limit <= _MOST:
        raise wrong("limit", f"This value must be between 1 and {_MOST}.", "parameter_invalid_integer")
    for name in ("starting_after", "ending_before"):
        if name in given:
            memory.get(kind, given[name], name)
    found = list(_wanted(memory, kind, given, filters))
    names = [thing["id"] for thing in memory.newest(kind)]
    if "ending_before" in given:
        upto = names.index(given["ending_before"])
        found = [thing for thing in found if names.index(thing["id"]) < upto]
        more, found = len(found) > limit, found[-limit:]
    else:
        if "starting_after" in given:
            after = set(names[: names.index(given["starting_after"]) + 1])
            found = [thing for thing in found if thing["id"] not in after]
        more, found = len(found) > limit, found[:limit]
    return {"object": "list", "url": path, "has_more": more, "data": found}


def _wanted(memory: Memory, kind: str, given: Given, filters: tuple[str, ...]) -> Iterator[Thing]:
    tests = {"gt": int.__gt__, "gte": int.__ge__, "lt": int.__lt__, "lte": int.__le__}
    span = given.get("created", {})
    types = given.get("types") or ([given["type"]] if "type" in given else [])
    for thing in memory.newest(kind):
        if not all(tests[name](thing["created"], bound) for name, bound in span.items()):
            continue
        if any(thing.get(name) != given[name] for name in filters if name in given and name != "type"):
            continue
        if types and not any(re.fullmatch(re.escape(word).replace(r"\*", ".*"), thing["type"]) for word in types):
            continue
        yield thing


def _items(memory: Memory, name: str, _given: Given) -> Thing:
    session = memory.get("checkout.session", name, "session")
    data = sessions.line_items(memory, session)
    return {"object": "list", "url": f"/v1/checkout/sessions/{name}/line_items", "has_more": False, "data": data}


def _account(_memory: Memory, name: str, _given: Given) -> Thing:
    if name not in ("", ACCOUNT):
        raise Refusal(f"No such account: '{name}'", status=404, code="resource_missing", param="account")
    return {
        "id": ACCOUNT,
        "object": "account",
        "business_profile": {"name": "ตลาดร่วม (ระบบทดสอบ)"},
        "capabilities": {"card_payments": "active", "promptpay_payments": "active"},
        "charges_enabled": True,
        "country": "TH",
        "default_currency": "thb",
        "details_submitted": True,
        "email": None,
        "livemode": False,
        "payouts_enabled": True,
        "type": "standard",
    }


def _created(work: Callable[[Memory, Given], Thing]) -> Work:
    return lambda memory, _name, given: work(memory, given)


def _calls() -> Iterator[Call]:
    lists = {
        "payment_intents": ("payment_intent", ()),
        "charges": ("charge", ("payment_intent",)),
        "refunds": ("refund", ("payment_intent", "charge")),
        "disputes": ("dispute", ("payment_intent", "charge")),
        "balance_transactions": ("balance_transaction", ("type", "source")),
        "events": ("event", ("type",)),
        "checkout/sessions": ("checkout.session", ("payment_intent", "status")),
    }
    for path, (kind, filters) in lists.items():
        extra: dict[str, params.Reader] = dict.fromkeys(filters, params.text)
        if kind == "event":
            extra["types"] = params.many(params.text)
        yield Call("GET", f"/v1/{path}", {**params.LIST, **extra}, _list(kind, *filters))
        yield Call("GET", f"/v1/{path}/:id", params.RETRIEVE, _retrieve(kind))
    intent, session = "/v1/payment_intents", "/v1/checkout/sessions"
    yield Call("POST", intent, params.INTENT_CREATE, _created(intents.create))
    yield Call("POST", f"{intent}/:id", params.INTENT_UPDATE, intents.update)
    yield Call("POST", f"{intent}/:id/confirm", params.INTENT_CONFIRM, intents.confirm)
    yield Call("POST", f"{intent}/:id/cancel", params.INTENT_CANCEL, intents.cancel)
    yield Call("POST", session, params.SESSION_CREATE, _created(sessions.create))
    yield Call("POST", f"{session}/:id/expire", params.RETRIEVE, sessions.expire)
    yield Call("GET", f"{session}/:id/line_items", params.LIST, _items)
    yield Call("POST", "/v1/refunds", params.REFUND_CREATE, _created(refunds.create))
    yield Call("POST", "/v1/refunds/:id/cancel", params.RETRIEVE, refunds.cancel)
    yield Call("GET", "/v1/account", params.RETRIEVE, _account)
    yield Call("GET", "/v1/accounts/:id", params.RETRIEVE, _account)


CALLS = tuple(_calls())
_ROUTES = [(call, re.compile(call.path.replace(":id", "([A-Za-z0-9_]+)"))) for call in CALLS]


def find(method: str, path: str) -> tuple[Call, str]:
    """The call of an address, and the id in it (for a list its own path)."""
    for call, pattern in _ROUTES:
        match = pattern.fullmatch(path)
        if match and call.method == method:
            return call, match[1] if match.groups() else ("" if path == "/v1/account" else path)
    words = f"Unrecognized request URL ({method}: {path})."
    raise Refusal(words, status=404, kept=False)

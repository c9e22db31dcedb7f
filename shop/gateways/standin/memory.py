"""Everything the stand-in remembers, under one lock: objects in Stripe's shape, and what only the stand-in knows of them."""

from __future__ import annotations

import copy
import json
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from shop.gateways.standin.refusal import Refusal, missing

Thing = dict[str, Any]
API_VERSION = "2026-10-28.endive"
ACCOUNT = "acct_standin"
_PREFIXES = {
    "payment_intent": "pi_",
    "payment_method": "pm_",
    "charge": "ch_",
    "balance_transaction": "txn_",
    "checkout.session": "cs_test_",
    "refund": "re_",
    "dispute": "dp_",
    "event": "evt_",
}
_CALLED = {"checkout.session": "checkout session", "payment_intent": "payment_intent"}


class Memory:
    """The objects. Callers hold `lock` for as long as an answer must stay true."""

    def __init__(self, *, least: int = 1_000, clock: Callable[[], float] = time.time) -> None:
        self.lock = threading.RLock()
        self.things: dict[str, Thing] = {}
        self.kinds: dict[str, list[str]] = {}
        self.hints: dict[str, Thing] = {}
        """Facts that Stripe would not tell, by object: the bank that pays late, the items of a session."""
        self.keys: dict[str, Thing] = {}
        """Answers by idempotency key."""
        self.undelivered: dict[str, None] = {}
        """Events that nobody has brought yet, the oldest first."""
        self.next_end = float("inf")
        """When the next open session runs out."""
        self.least, self.clock, self.ahead = least, clock, 0.0
        self.public_url, self.livemode, self.changes = "", False, 0
        self.told: list[Callable[[str], None]] = []
        """Called with the id of each new event."""

    def now(self) -> int:
        """Seconds, moved by `ahead`."""
        return int(self.clock() + self.ahead)

    def add(self, kind: str, **fields: Any) -> Thing:
        """A new object with a new id."""
        name = _PREFIXES[kind] + secrets.token_hex(12)
        thing: Thing = {"id": name, "object": kind, "created": self.now(), "livemode": self.livemode, **fields}
        self.things[name] = thing
        self.kinds.setdefault(kind, []).append(name)
        self.changes += 1
        return thing

    def get(self, kind: str, name: Any, param: str = "id") -> Thing:
        """The object, or Stripe's 404."""
        thing = self.things.get(str(name))
        if thing is None or thing["object"] != kind:
            raise missing(_CALLED.get(kind, kind), str(name), param)
        return thing

    def newest(self, kind: str) -> Iterator[Thing]:
        """All of a kind, the newest first."""
        for name in reversed(self.kinds.get(kind, [])):
            yield self.things[name]

    def hint(self, name: str) -> Thing:
        """What only the stand-in knows of an object."""
        return self.hints.setdefault(name, {})

    def emit(self, kind: str, thing: Thing, **before: Any) -> Thing:
        """Writes an event about the object as it is now; it is delivered by whoever listens."""
        data: Thing = {"object": copy.deepcopy(thing)}
        if before:
            data["previous_attributes"] = before
        event = self.add(
            "event",
            type=kind,
            api_version=API_VERSION,
            data=data,
            pending_webhooks=1,
            request={"id": None, "idempotency_key": None},
        )
        self.undelivered[event["id"]] = None
        for tell in self.told:
            tell(event["id"])
        return event

    # --- answers ---------------------------------------------------------------------------------------------

    def expand(self, thing: Thing, paths: list[str]) -> Thing:
        """A copy in which the named ids are replaced by their objects."""
        made = copy.deepcopy(thing)
        for path in paths:
            if path.count(".") > 3:
                raise Refusal("You cannot expand more than 4 levels of a property", param="expand")
            self._expand(made, path.split("."), path)
        return made

    def _expand(self, value: Any, path: list[str], whole: str) -> None:
        if isinstance(value, list):
            for inner in value:
                self._expand(inner, path, whole)
            return
        if not isinstance(value, dict) or path[0] not in value:
            raise Refusal(f"This property cannot be expanded ({whole}).", param="expand")
        inner = value[path[0]]
        if inner is None:
            return
        if isinstance(inner, str):
            if inner not in self.things:
                raise Refusal(f"This property cannot be expanded ({whole}).", param="expand")
            inner = value[path[0]] = copy.deepcopy(self.things[inner])
        if path[1:]:
            self._expand(inner, path[1:], whole)

    # --- kept over a restart -------------------------------------------------------------------------------------

    def save(self, file: Path) -> None:
        """Writes everything into a file, whole or not at all."""
        with self.lock:
            answered = {name: key for name, key in self.keys.items() if key.get("status")}
            kept = {"things": list(self.things.values()), "hints": self.hints, "keys": answered}
            text = json.dumps({**kept, "undelivered": list(self.undelivered), "ahead": self.ahead}, ensure_ascii=False)
        beside = file.with_name(f"{file.name}.new")
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, file)

    def load(self, file: Path) -> None:
        """Takes up what an earlier run left."""
        if not file.is_file():
            return
        kept = json.loads(file.read_text(encoding="utf-8"))
        with self.lock:
            self.things = {thing["id"]: thing for thing in kept["things"]}
            self.hints, self.keys, self.ahead = kept["hints"], kept["keys"], kept["ahead"]
            self.undelivered = dict.fromkeys(kept["undelivered"])
            self.kinds, self.next_end = {}, 0.0
            for thing in kept["things"]:
                self.kinds.setdefault(thing["object"], []).append(thing["id"])

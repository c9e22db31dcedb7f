"""One request of the API from key to answer: whose it is, what goes wrong with it, whether it was answered before."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import logging
import secrets
import threading
from collections import deque
from collections.abc import Mapping
from typing import Any

from shop.gateways.standin import api, idempotency, params, sessions
from shop.gateways.standin.faults import Fault, Faults
from shop.gateways.standin.memory import Memory
from shop.gateways.standin.refusal import Refusal

logger = logging.getLogger(__name__)


@dataclasses.dataclass
class Answer:
    """What goes back; `dropped`: nothing does, the connection ends."""

    status: int
    body: Any
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
    dropped: bool = False


_DROPPED = Answer(0, None, dropped=True)


class Engine:
    """The API over one memory."""

    def __init__(self, memory: Memory, key: str) -> None:
        self.memory, self.key, self.faults = memory, key, Faults()
        self.requests: deque[dict[str, Any]] = deque(maxlen=5_000)
        self.closing = threading.Event()

    def answer(self, method: str, path: str, fields: str, headers: Mapping[str, str]) -> Answer:
        """Answers one request, and writes it down."""
        key = headers.get("Idempotency-Key", "") if method == "POST" else ""
        with self.memory.lock:
            fault = self.faults.take(method, path)
            entry: dict[str, Any] = {
                "method": method,
                "path": path,
                "idempotency_key": key,
                "fault": fault.kind if fault else "",
            }
            entry |= {"at": self.memory.now(), "status": 0, "replayed": False, "fields": fields}
            self.requests.append(entry)
        answer = self._before(fault) or self._work(method, path, fields, headers, key, fault)
        if fault and fault.kind in ("hang_after", "drop_after"):
            if fault.kind == "hang_after":
                self.closing.wait(fault.seconds)
            answer = _DROPPED
        if answer.dropped:
            return answer
        entry.update(status=answer.status, replayed="Idempotent-Replayed" in answer.headers)
        answer.headers["Request-Id"] = f"req_{secrets.token_hex(7)}"
        answer.headers["Stripe-Version"] = headers.get("Stripe-Version", "")
        if key:
            answer.headers["Idempotency-Key"] = key
        return answer

    def _before(self, fault: Fault | None) -> Answer | None:
        kind = fault.kind if fault else ""
        if fault and kind == "hang_before":
            self.closing.wait(fault.seconds)
            return _DROPPED
        if kind == "drop_before":
            return _DROPPED
        if kind == "error_before":
            return _refused(Refusal("An unknown error occurred", status=500, kind="api_error"))
        if kind == "rate_limit":
            words = "Request rate limit exceeded."
            return _refused(Refusal(words, status=429, code="rate_limit"))
        return None

    def _work(
        self, method: str, path: str, fields: str, headers: Mapping[str, str], key: str, fault: Fault | None
    ) -> Answer:
        memory = self.memory
        try:
            with memory.lock:
                self._whose(headers.get("Authorization", ""))
                call, name = api.find(method, path)
                raw = params.parse(fields)
                given = params.check(raw, call.fields)
                stored = idempotency.begin(memory, key, method, path, raw)
            if stored is not None:
                return Answer(*stored, headers={"Idempotent-Replayed": "true"})
            if fault and fault.kind == "slow":
                self.closing.wait(fault.seconds)
            with memory.lock:
                return self._do(call, name, given, key, fault)
        except Refusal as refusal:
            return _refused(refusal)

    def _do(self, call: api.Call, name: str, given: dict[str, Any], key: str, fault: Fault | None) -> Answer:
        memory, kept = self.memory, True
        before = memory.changes
        sessions.close_old(memory)
        try:
            answer = Answer(200, memory.expand(call.work(memory, name, given), given.get("expand", [])))
        except Refusal as refusal:
            answer, kept = _refused(refusal), refusal.kept
        except Exception:
            logger.exception("The stand-in failed at %s %s", call.method, call.path)
            answer = _refused(Refusal("The stand-in has a mistake; its log says more.", status=500, kind="api_error"))
        if fault and fault.kind == "error_after":
            answer = _refused(Refusal("An unknown error occurred", status=500, kind="api_error"))
        if kept or memory.changes > before:
            idempotency.keep(memory, key, answer.status, answer.body)
        else:
            idempotency.free(memory, key)
        if call.method == "POST":
            memory.changes += 1
        return answer

    def _whose(self, authorization: str) -> None:
        scheme, _, given = authorization.partition(" ")
        if scheme.lower() == "basic":
            try:
                given = base64.b64decode(given, validate=True).decode().partition(":")[0]
            except (binascii.Error, UnicodeDecodeError):
                given = ""
        if not given.strip():
            words = (
                "You did not provide an API key. You need to provide it in the Authorization header, using Bearer auth."
            )
            raise Refusal(words, status=401, kept=False)
        if not secrets.compare_digest(given.strip().encode(), self.key.encode()):
            shown = f"{given[:8]}{'*' * 8}{given[-4:]}" if len(given) > 16 else "*" * len(given)
            raise Refusal(f"Invalid API Key provided: {shown}", status=401, kept=False)


def _refused(refusal: Refusal) -> Answer:
    return Answer(refusal.status, refusal.body)

"""Idempotency keys as Stripe documents them: the first answer is kept, a stored 500 included, for a day."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from shop.gateways.standin.memory import Memory
from shop.gateways.standin.refusal import Refusal

_DAY = 24 * 3600


def begin(memory: Memory, key: str, method: str, path: str, params: Any) -> tuple[int, Any] | None:
    """The stored answer; None when the work is to be done now. Refuses a key that is used for something else."""
    if not key:
        return None
    if len(key) > 255:
        raise Refusal("Idempotency keys are at most 255 characters long.", kept=False)
    mark = hashlib.sha256(json.dumps(params, sort_keys=True).encode()).hexdigest()
    known = memory.keys.get(key)
    if known is None or known["at"] < memory.now() - _DAY:
        memory.keys[key] = {"at": memory.now(), "call": f"{method} {path}", "mark": mark}
        return None
    if known["call"] != f"{method} {path}":
        words = (
            f"Keys for idempotent requests can only be used for the same endpoint they were first used for "
            f"('{known['call']}'). Try using a key other than '{key}'."
        )
        raise Refusal(words, kind="idempotency_error", kept=False)
    if known["mark"] != mark:
        words = (
            f"Keys for idempotent requests can only be used with the same parameters they were first used with. "
            f"Try using a key other than '{key}' if you meant to execute a different request."
        )
        raise Refusal(words, kind="idempotency_error", kept=False)
    if "status" not in known:
        words = f"There is currently another in-progress request using this Idempotent Key ({key})."
        raise Refusal(words, status=409, kind="idempotency_error", code="idempotency_key_in_use", kept=False)
    return known["status"], known["body"]


def keep(memory: Memory, key: str, status: int, body: Any) -> None:
    """This is the key's answer from now on."""
    if key in memory.keys:
        memory.keys[key].update(status=status, body=body)
        memory.changes += 1


def free(memory: Memory, key: str) -> None:
    """Nothing was done: the key may be used again."""
    if "status" not in memory.keys.get(key, {"status": 0}):
        del memory.keys[key]

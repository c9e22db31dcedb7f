"""A refusal in Stripe's words."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """Becomes Stripe's error envelope. `kept`: the answer belongs to the idempotency key, because work had begun."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str = "",
        param: str = "",
        kept: bool = True,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.status, self.kept = status, kept
        error: dict[str, Any] = {"type": kind, "message": message, **more}
        if code:
            error |= {"code": code, "doc_url": f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"}
        if param:
            error["param"] = param
        self.body = {"error": error}


def missing(kind: str, thing_id: str, param: str = "id") -> Refusal:
    """There is no such object."""
    words = f"No such {kind}: '{thing_id}'"
    return Refusal(words, status=404, code="resource_missing", param=param)


def wrong(param: str, message: str, code: str = "parameter_invalid") -> Refusal:
    """A parameter is no good; found before any work, so the idempotency key stays free."""
    return Refusal(message, param=param, code=code, kept=False)

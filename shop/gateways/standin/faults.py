"""Trouble on demand: which of the next requests goes wrong, and how."""

from __future__ import annotations

import dataclasses
import fnmatch

from shop.gateways.standin.refusal import Refusal

KINDS = {
    "rate_limit": "429, nothing done",
    "error_before": "500, nothing done, the key stays free",
    "error_after": "500 although it was done; the key answers 500 from now on, as Stripe documents it",
    "hang_before": "no answer for a while, then the connection ends; nothing done",
    "hang_after": "done, but no answer for a while, then the connection ends",
    "drop_before": "the connection ends; nothing done",
    "drop_after": "done, then the connection ends without an answer",
    "slow": "answers after a while",
}


@dataclasses.dataclass
class Fault:
    """One order for trouble: the next `times` requests whose "METHOD path" fits the pattern."""

    kind: str
    where: str = "*"
    times: int = 1
    seconds: float = 30.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise Refusal(f"There is no fault {self.kind!r}; there are {', '.join(KINDS)}.")


class Faults:
    """The orders, the oldest first. Callers hold the memory's lock."""

    def __init__(self) -> None:
        self.orders: list[Fault] = []

    def take(self, method: str, path: str) -> Fault | None:
        """The fault of this request, counted down."""
        for fault in self.orders:
            if fnmatch.fnmatchcase(f"{method} {path}", fault.where):
                fault.times -= 1
                if fault.times <= 0:
                    self.orders.remove(fault)
                return fault
        return None

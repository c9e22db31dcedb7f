"""Typed hooks: how a lower room lets upper rooms act in the *same* transaction.

    group_approved: Hook[Organisation] = Hook("vendors.group_approved")
    @group_approved.register
    def make_partner(group: Organisation) -> None: ...

A receiver that raises rolls everything back; order of registration is order of call. News that may arrive later
goes through the outbox (`shop.common.outbox`) instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from django.db import connection

Subject = TypeVar("Subject")


class Hook(Generic[Subject]):
    """One moment, announced to the rooms above inside the caller's transaction."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._receivers: list[Callable[[Subject], None]] = []
        self._many: dict[Callable[[Subject], None], Callable[[Sequence[Subject]], None]] = {}

    def register(self, receiver: Callable[[Subject], None]) -> Callable[[Subject], None]:
        """Adds a receiver once; usable as a decorator."""
        if receiver not in self._receivers:
            self._receivers.append(receiver)
        return receiver

    def register_many(
        self, receiver: Callable[[Subject], None]
    ) -> Callable[[Callable[[Sequence[Subject]], None]], Callable[[Sequence[Subject]], None]]:
        """Tells how a registered receiver does its work for many at once; the outcome must be the same."""

        def add(many: Callable[[Sequence[Subject]], None]) -> Callable[[Sequence[Subject]], None]:
            self._many[receiver] = many
            return many

        return add

    def run_many(self, subjects: Sequence[Subject]) -> None:
        """Calls every receiver for all subjects: at once where it knows how, else one after the other."""
        if not connection.in_atomic_block:
            raise RuntimeError(f"hook {self.name} must run inside a transaction")
        for receiver in self._receivers:
            if receiver in self._many:
                self._many[receiver](subjects)
            else:
                for subject in subjects:
                    receiver(subject)

    def run(self, subject: Subject) -> None:
        """Calls every receiver. Raises RuntimeError outside a transaction: the promise could not be kept there."""
        if not connection.in_atomic_block:
            raise RuntimeError(f"hook {self.name} must run inside a transaction")
        for receiver in self._receivers:
            receiver(subject)

    def __repr__(self) -> str:
        return f"<Hook {self.name}: {len(self._receivers)} receivers>"

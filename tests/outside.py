"""No provider of payments is asked while a transaction is open: a silent one would hold locks for as long as it is silent.

In every test each call of a gateway looks whether its connection is in a transaction, other than the one that Django's
own test case wraps around the test. Background work that a test runs at once, where it is asked for, is let through:
the worker has a connection of its own.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import pytest
from django.db import connection
from django_tasks.backends.immediate import ImmediateBackend

from shop.gateways.stripe import StripeGateway
from shop.gateways.trial import TrialGateway

CALLS = ("start", "find", "refresh", "cancel", "refund", "refresh_refund", "refunds_of", "disputes_of")
_as_worker: ContextVar[bool] = ContextVar("market_as_worker", default=False)


class AskedInTransaction(AssertionError):
    """A provider was asked inside a transaction."""


@contextmanager
def as_worker() -> Iterator[None]:
    """Within the block the test stands in for the worker."""
    token = _as_worker.set(True)
    try:
        yield
    finally:
        _as_worker.reset(token)


def open_transactions() -> int:
    """Transactions of this thread's connection, without those of the test case."""
    return sum(not block._from_testcase for block in connection.atomic_blocks)


def _watched(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(call)
    def asked(*words: Any, **facts: Any) -> Any:
        if open_transactions() and not _as_worker.get():
            raise AskedInTransaction(name)
        return call(*words, **facts)

    return asked


def _at_once(execute: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(execute)
    def work(*words: Any) -> Any:
        with as_worker():
            return execute(*words)

    return work


@pytest.fixture(autouse=True)
def _providers_are_asked_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for gateway in (StripeGateway, TrialGateway):
        for name in CALLS:
            monkeypatch.setattr(gateway, name, _watched(f"{gateway.name}.{name}", getattr(gateway, name)))
    monkeypatch.setattr(ImmediateBackend, "_execute_task", _at_once(ImmediateBackend._execute_task))

"""The one contract with providers of payments, described by moment.

    start         before anybody pays: make the payment at the provider; the same key twice is one payment
    find          start was answered by a failure that stays: was the payment made all the same? None when it was not
    refresh       at any time: how does it stand? The only thing that is ever believed
    cancel        the payer must not pay any more; a payment that was quicker answers SUCCEEDED and stays
    refund        give back a part or all; the same key twice is one refund
    refresh_refund, refunds_of, disputes_of
    parse_event   a message arrived: is it the provider's, and what should be fetched again?
    payments_between, refunds_between, disputes_between     what the provider has for a day, for the nightly comparison

Amounts are satang. Every call is network: never inside a transaction, never with a lock held. A gateway raises GatewayDown
(unknown, ask again), its kind GatewayStuck (a failure that is kept as the answer to this key), GatewayRefused (no, for good)
or BadEvent, and nothing else. It knows no orders: only references.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Stand(enum.StrEnum):
    """How a payment stands at its provider."""

    AWAITING_PAYER = "awaiting_payer"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class RefundStand(enum.StrEnum):
    """How a refund stands at its provider."""

    PENDING = "pending"
    REQUIRES_ACTION = "requires_action"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class DisputeStand(enum.StrEnum):
    """How a dispute about a card payment stands."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True)
class Charge:
    """What is to be paid. `key` is stored before the call and used for it alone."""

    key: str
    reference: str
    method: str
    amount_satang: int
    currency: str
    email: str
    description: str
    expires_at: dt.datetime
    return_url: str
    cancel_url: str
    language: str = "th"
    asked_at: dt.datetime | None = None
    """Since when there may be a payment of this key."""


@dataclass(frozen=True)
class Standing:
    """How one payment stands. `payment_ref` is what refunds and disputes name; `show` is for the payer's eyes.

    `fee_satang` is what the provider keeps of it; None while that is not known.
    """

    ref: str
    stand: Stand
    amount_satang: int
    currency: str
    payment_ref: str = ""
    key: str = ""
    reason: str = ""
    show: Mapping[str, str] = field(default_factory=dict)
    at: dt.datetime | None = None
    fee_satang: int | None = None


@dataclass(frozen=True)
class RefundOrder:
    """What is to be given back. `email` receives the provider's question for an account, where it asks one."""

    key: str
    payment_ref: str
    amount_satang: int
    email: str = ""
    reason: str = ""


@dataclass(frozen=True)
class RefundStanding:
    """How one refund stands."""

    ref: str
    stand: RefundStand
    amount_satang: int
    payment_ref: str
    key: str = ""
    reason: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True)
class DisputeStanding:
    """How one dispute stands; the provider has taken `amount_satang` back while it is open or lost, and keeps `fee_satang`."""

    ref: str
    stand: DisputeStand
    amount_satang: int
    payment_ref: str
    reason: str = ""
    at: dt.datetime | None = None
    fee_satang: int | None = None


@dataclass(frozen=True)
class News:
    """What an event is about: references only, nothing that could be believed."""

    event_id: str
    kind: str
    object_ref: str
    payment_ref: str
    key: str
    at: dt.datetime


class Gateway(Protocol):
    """A provider of payments."""

    name: str

    def start(self, charge: Charge) -> Standing: ...

    def find(self, charge: Charge) -> Standing | None: ...

    def refresh(self, ref: str) -> Standing: ...

    def cancel(self, ref: str, *, key: str) -> Standing: ...

    def refund(self, order: RefundOrder) -> RefundStanding: ...

    def refresh_refund(self, ref: str) -> RefundStanding: ...

    def refunds_of(self, payment_ref: str) -> list[RefundStanding]: ...

    def disputes_of(self, payment_ref: str) -> list[DisputeStanding]: ...

    def parse_event(self, body: bytes, headers: Mapping[str, str]) -> News: ...

    def payments_between(self, since: dt.datetime, until: dt.datetime) -> Iterator[Standing]: ...

    def refunds_between(self, since: dt.datetime, until: dt.datetime) -> Iterator[RefundStanding]: ...

    def disputes_between(self, since: dt.datetime, until: dt.datetime) -> Iterator[DisputeStanding]: ...

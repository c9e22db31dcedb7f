"""What is always true of a market, by subject, from its stock to its documents and books. Reads only; names what is wrong with its ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from shop.documents import audit as documents
from shop.payment import audit as payments
from shop.payment import share_audit as shares
from shop.seed.check_queries import EMPTY_WHEN_RIGHT
from shop.vouchers import audit as vouchers

SUBJECTS = ("stock", "orders", "payments", "shares", "vouchers", "documents", "ledger")
_STOCK = (
    "stock lies at a place of the product's group, under its partner",
    "reserved ≤ stock, and reserved is what open vendor orders hold",
)
_ORDERS = (
    "an order's total is the sum of its vendor orders",
    "a vendor order's goods and weight are the sums of its lines",
    "a line is pieces times price, of its vendor order's purchase and group",
    "a vendor order is numbered after its purchase, and its last event is its state",
    "attempts are for the whole total; work begins when paid or to be paid at the door",
    "a cancelled order is cancelled in all its parts",
)
_MOST_TOLD = 50


@dataclass(frozen=True)
class Violation:
    """One thing that is not as it must be."""

    subject: str
    check: str
    what: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.check}: {self.what}"


def number_of_checks() -> int:
    """How many questions are asked; the books count as one."""
    asked = len(_STOCK) + len(_ORDERS) + len(payments.CHECKS) + len(shares.CHECKS) + len(vouchers.CHECKS)
    return asked + documents.NUMBER + 1


def violations() -> list[Violation]:
    """Everything that is wrong, at most fifty of each kind."""
    found = [*_asked("stock", _STOCK), *_asked("orders", _ORDERS)]
    for row in payments.violations():
        subject = "shares" if row.check in shares.CHECKS else "payments" if row.check in payments.CHECKS else "ledger"
        found.append(Violation(subject, row.check, row.what))
    found += [Violation("vouchers", check, what) for check, what in vouchers.found()]
    found += [Violation("documents", check, what) for check, what in documents.found()]
    return sorted(found, key=lambda one: SUBJECTS.index(one.subject))


def _asked(subject: str, names: tuple[str, ...]) -> Iterator[Violation]:
    for name in names:
        with connection.cursor() as cursor:
            cursor.execute(EMPTY_WHEN_RIGHT[name])
            rows = cursor.fetchmany(_MOST_TOLD)
        yield from (Violation(subject, name, " ".join(str(value) for value in row)) for row in rows)

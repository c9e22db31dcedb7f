"""Files for banks. The neutral one is CSV; a bank's own layout joins here once the bank has handed it over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from shop.common.money import to_baht
from shop.common.sheets import csv_lines
from shop.payouts.models import PayoutBatch, PayoutItem


class BankFormat(Protocol):
    """How a batch becomes a file."""

    suffix: str
    content_type: str

    def render(self, batch: PayoutBatch, items: Sequence[PayoutItem]) -> bytes:
        """The whole file. It holds every item once, in the order of its position."""
        ...


class NeutralCsv:
    """One line an item: position, bank, account, name, baht, reference."""

    suffix, content_type = "csv", "text/csv; charset=utf-8"

    def render(self, batch: PayoutBatch, items: Sequence[PayoutItem]) -> bytes:
        """With a head, and the sum of the batch in its last line."""
        head = ["position", "bank_code", "account_number", "account_name", "amount_baht", "reference"]
        rows: list[list[str | int | Decimal | dt.date | None]] = [[*head]]
        for item in items:
            amount = f"{to_baht(item.amount_satang):.2f}"
            rows.append([item.position, item.bank, item.number, item.name, amount, f"{batch.code}-{item.position}"])
        rows.append(["total", batch.count, "", "", f"{to_baht(batch.total_satang):.2f}", batch.digest])
        return b"".join(csv_lines(rows))


FORMATS: dict[str, BankFormat] = {"csv": NeutralCsv()}
"""By the name in the address."""

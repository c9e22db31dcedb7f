"""The table of docs/algorithms/payouts.md, counted again."""

from __future__ import annotations

import pytest

from shop.payouts.models import BankAccount
from shop.payouts.selectors import Purse
from tests.guards.rooms import ROOT
from vendors.models import Organisation


def table() -> list[list[str]]:
    text = (ROOT / "docs/algorithms/payouts.md").read_text(encoding="utf-8")
    lines = text[text.index("\n| ready | cash kept |") :].strip().splitlines()[2:]
    rows = lines[: next((number for number, line in enumerate(lines) if not line.startswith("|")), len(lines))]
    return [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows]


def satang(text: str) -> int:
    return round(float(text.replace(",", "")) * 100)


@pytest.mark.parametrize("row", table())
def test_who_is_paid_what(row: list[str]) -> None:
    account = BankAccount() if row[2] == "yes" else None
    purse = Purse(Organisation(), 0, satang(row[0]), satang(row[1]), account)
    paid = purse.net_satang if not purse.why_not else None
    assert paid == (None if row[3] == "–" else satang(row[3]))

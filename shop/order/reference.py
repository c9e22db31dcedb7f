"""The first rules of shares, from `data/share_rules.csv`: placeholders that the operator replaces. Rules that stand are left alone."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from django.db import transaction

from shop.common import clock, versions
from shop.order.models import ShareRule

_FILE = Path(__file__).parent / "data" / "share_rules.csv"


@transaction.atomic
def load_share_rules() -> int:
    """Writes the rules that hold for everything; returns how many are new."""
    if ShareRule.objects.exists():
        return 0
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = [
            ShareRule(
                payee=row["payee"],
                basis_points=int(row["basis_points"]),
                valid_from=dt.date.fromisoformat(row["valid_from"]),
                made_at=clock.now(),
            )
            for row in csv.DictReader(lines)
        ]
    versions.bump()
    return len(ShareRule.objects.bulk_create(rows))

"""manage.py ledger_check: names every difference of the books and what to do about it."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from shop.ledger import audit, selectors
from shop.theme.formats import baht


class Command(BaseCommand):
    help = "Checks the books: sums, guards, causes. Ends with 1 when something differs."

    def handle(self, *args: Any, **options: Any) -> None:
        for row in selectors.trial_balance().rows:
            amount = baht(abs(row.balance), "en").removesuffix(" baht")
            side = "debit" if row.balance > 0 else "credit"
            self.stdout.write(f"{row.purpose:<22}{row.currency} {amount:>18} {side}")
        found = audit.differences()
        for difference in found:
            self.stderr.write(str(difference))
        self.stdout.write(f"{len(found)} differences")
        if found:
            sys.exit(1)

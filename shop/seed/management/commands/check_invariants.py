"""manage.py check_invariants: stock, orders, payments, shares, vouchers, documents and ledger; ends with 0, or with 1 and every violation."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from shop.seed.invariants import number_of_checks, violations


class Command(BaseCommand):
    help = "Asks what must always be true of stock, orders, payments, shares, vouchers, documents and the ledger. Changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        found = violations()
        for violation in found:
            self.stderr.write(str(violation))
        self.stdout.write(f"{number_of_checks()} checks, {len(found)} violations")
        if found:
            sys.exit(1)

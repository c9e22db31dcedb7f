"""manage.py check_money: does all money add up? Names each violation with its order."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from shop.payment.audit import CHECKS, violations
from shop.payment.share_audit import CHECKS as SHARES


class Command(BaseCommand):
    help = "Checks orders, payments, refunds and the books against each other. Ends with 1 when something is wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        found = violations()
        for violation in found:
            self.stderr.write(f"{violation.check}: {violation.what}")
        self.stdout.write(f"{len(CHECKS) + len(SHARES) + 1} checks, {len(found)} violations")
        if found:
            sys.exit(1)

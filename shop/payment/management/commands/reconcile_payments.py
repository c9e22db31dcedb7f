"""manage.py reconcile_payments: a day's payments against the providers and the books; repairs what is only late."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from shop.common import clock
from shop.payment.reconciling import reconcile


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("write the day as 2026-11-27") from error


class Command(BaseCommand):
    help = "Compares a day in Thailand (default: yesterday) with the providers. Ends with 1 when something remains."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--day", type=_day, help="YYYY-MM-DD")
        parser.add_argument("--dry-run", action="store_true", help="repairs nothing, keeps nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        day = options["day"] or clock.today() - dt.timedelta(days=1)
        report = reconcile(day=day, dry_run=options["dry_run"])
        for finding in report.repaired:
            self.stdout.write(f"repaired {finding}")
        for finding in report.findings:
            self.stderr.write(str(finding))
        for name in report.unasked:
            self.stderr.write(f"unasked {name}: the provider does not answer, run this again.")
        counted = ", ".join(f"{number} {name}" for name, number in sorted(report.counts.items())) or "nothing"
        self.stdout.write(
            f"{day.isoformat()}: looked at {counted}; {len(report.repaired)} repaired, {len(report.findings)} remain"
        )
        if not report.is_right:
            sys.exit(1)

"""manage.py check_market: asks of every row what the market's rules promise."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shop.seed.checks import check_market, names


class Command(BaseCommand):
    help = "Checks the whole market (trees, certificates, intervals of sale, stock, sums of orders); changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        found = check_market()
        for finding in found:
            self.stderr.write(f"{finding.check}: {finding.what}")
        if found:
            raise CommandError(f"{len(found)} findings in {len(names())} checks.")
        self.stdout.write(f"All {len(names())} checks passed.")

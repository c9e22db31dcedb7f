"""manage.py documents backfill: issues what purchases of the past have no document of; ends with 0 and says what it left to sellers."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from shop.documents import errors, selectors, services


class Command(BaseCommand):
    help = "Documents of purchases that have none: issued today, each naming the day of its sale. Again is nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["backfill"])
        parser.add_argument("--dry-run", action="store_true", help="say which purchases have none, issue nothing")
        parser.add_argument(
            "--tax-invoices",
            action="store_true",
            help="tax invoices too: only once the sellers have said that they wrote none themselves",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        issued = left = 0
        for attempt in selectors.undocumented():
            if options["dry_run"]:
                self.stdout.write(f"{attempt.order.number}: no document")
                left += 1
                continue
            try:
                made = services.backfill_purchase(attempt=attempt, of_tax=options["tax_invoices"])
            except errors.OfTax as refusal:
                self.stdout.write(f"{attempt.order.number}: {refusal.text}")
                left += 1
                continue
            issued += len(made)
            for document in made:
                self.stdout.write(f"{attempt.order.number}: {document.reference}")
        self.stdout.write(f"{issued} documents issued, {left} purchases left")

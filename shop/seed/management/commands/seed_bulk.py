"""manage.py seed_bulk: a market of any size in minutes, for measuring and for looking at long lists."""

from __future__ import annotations

import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from search.following import follow_all
from search.services import count_words
from shop.seed.bulk import AlreadyBig, Wanted, make_big_market


class Command(BaseCommand):
    help = (
        "Fills the market with any number of example groups, goods (variants come on top) and orders, by bulk inserts."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--groups", type=int, default=1_000)
        parser.add_argument("--products", type=int, default=100_000)
        parser.add_argument("--orders", type=int, default=5_000)
        parser.add_argument("--quiet", action="store_true", help="show no progress")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This market is not a demo (DEMO=0); it is not filled with examples.")
        wanted = Wanted(options["groups"], options["products"], options["orders"])
        if wanted.groups < 1 or wanted.products < 1 or wanted.orders < 0:
            raise CommandError("--groups and --products must be at least 1, --orders at least 0.")
        self.start, self.quiet = time.monotonic(), options["quiet"]
        try:
            make_big_market(wanted, self._progress)
        except AlreadyBig as refusal:
            raise CommandError("This database holds a big market already. Choose another one: DB_NAME=….") from refusal
        self._progress("what search finds", follow_all())
        count_words()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
        self.stdout.write(f"Big market made in {time.monotonic() - self.start:.0f} s.")

    def _progress(self, what: str, number: int) -> None:
        if not self.quiet:
            counted = f": {number:,}" if number else " ..."
            self.stdout.write(f"  {time.monotonic() - self.start:4.0f} s  {what}{counted}")
            sys.stdout.flush()

"""manage.py clock: starts the named jobs when they are due and works off the outbox."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections

from shop.common import health, jobs, outbox


class Command(BaseCommand):
    help = "Runs the clock: due jobs and the outbox. --once runs everything that is due and ends."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run what is due, then end")
        parser.add_argument("--force", action="store_true", help="run every job, due or not")
        parser.add_argument("--list", action="store_true", help="show the jobs")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            for entry in jobs.all_jobs():
                self.stdout.write(f"{entry.name}: every {entry.every}")
            return
        while True:
            health.sign_of_life().touch()
            try:
                ran = jobs.run_due(force=options["force"])
                brought = outbox.work_off()
            except OperationalError as error:  # the database is away: wait, it comes back
                self.stderr.write(f"database away: {error}")
                close_old_connections()
                ran, brought = [], 0
            if options["once"]:
                self.stdout.write(f"jobs: {', '.join(ran) or 'none due'}; outbox: {brought}")
                return
            time.sleep(0.2 if brought else 2)

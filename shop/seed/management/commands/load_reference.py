"""manage.py load_reference: what a new market needs before its first group."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from shop.seed.reference import load_reference


class Command(BaseCommand):
    help = "Loads regions, provinces, networks, schemes, categories, tariffs and the page tree; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        load_reference()
        self.stdout.write("reference data loaded")

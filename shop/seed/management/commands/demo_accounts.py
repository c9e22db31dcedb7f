"""manage.py demo_accounts: who may sign in to the demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from shop.seed.accounts import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Prints the demo's accounts and their password."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            self.stdout.write("This market is not a demo: there are no demo accounts.")
            return
        self.stdout.write(f"Demo accounts / บัญชีตัวอย่าง  (password / รหัสผ่าน: {PASSWORD})")
        for entry in ACCOUNTS:
            self.stdout.write(f"  {entry.email:28} {entry.what_th} / {entry.what_en}")

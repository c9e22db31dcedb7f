"""What a person changes about themselves."""

from __future__ import annotations

from django.db import transaction

from shop.people.models import User


@transaction.atomic
def update_profile(*, user: User, display_name: str, phone: str, preferred_language: str) -> None:
    """Writes name, phone and language; the e-mail is not changed here."""
    user.display_name, user.phone, user.preferred_language = display_name, phone, preferred_language
    user.save(update_fields=["display_name", "phone", "preferred_language"])

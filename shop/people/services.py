"""What a person changes about themselves."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from shop.people.models import User


@transaction.atomic
def update_profile(*, user: User, display_name: str, phone: str, preferred_language: str) -> None:
    """Writes name, phone and language; the e-mail is not changed here."""
    user.display_name, user.phone, user.preferred_language = display_name, phone, preferred_language
    user.save(update_fields=["display_name", "phone", "preferred_language"])


def has_address(*, user: User, email: str) -> bool:
    """True when the address is one of the account's and nobody else has confirmed it."""
    own = user.email.lower() == email.lower() or EmailAddress.objects.filter(user=user, email__iexact=email).exists()
    taken = EmailAddress.objects.filter(email__iexact=email, verified=True).exclude(user=user)
    return own and not taken.exists()


@transaction.atomic
def confirm_address(*, user: User, email: str) -> None:
    """The person has shown that they read the mailbox of one of the account's addresses."""
    first = not EmailAddress.objects.filter(user=user, primary=True).exists()
    address, _made = EmailAddress.objects.get_or_create(user=user, email=email.lower(), defaults={"primary": first})
    address.set_verified()

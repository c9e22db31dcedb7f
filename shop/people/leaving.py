"""Deleting an account: what is the person's alone goes, what the law keeps loses its owner, and the deletion is on record."""

from __future__ import annotations

import logging
import secrets

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet

from shop.common import clock, outbox
from shop.common.errors import MarketError
from shop.people import consents, errors
from shop.people.address.models import UserAddress
from shop.people.events import Departure, Leaving, leaving_asked, person_left
from shop.people.models import AccountDeletion, User

log = logging.getLogger("market.people")
NOBODY = "deleted.invalid"
FOREIGN = (
    ("account", "EmailAddress", "user"),
    ("mfa", "Authenticator", "user"),
    ("analytics", "UserRecord", "user"),
    ("analytics", "UserProductView", "user"),
    ("analytics", "UserSearch", "user"),
    ("communication", "Email", "user"),
    ("communication", "Notification", "recipient"),
    ("communication", "Notification", "sender"),
    ("customer", "ProductAlert", "user"),
    ("wishlists", "WishList", "owner"),
    ("reviews", "ProductReview", "user"),
    ("reviews", "Vote", "user"),
    ("payment", "Bankcard", "user"),
    ("wagtailusers", "UserProfile", "user"),
    ("wagtailadmin", "EditingSession", "user"),
    ("wagtailadmin", "FormState", "user"),
    ("wagtailcore", "APIToken", "user"),
    ("wagtailcore", "PageSubscription", "user"),
)
"""Tables of libraries whose rows about a person are nobody else's: (app, model, field)."""


@transaction.atomic
def obstacles(*, user: User) -> list[MarketError]:
    """Everything that keeps the person from leaving; empty when they may go."""
    leaving = Leaving(user)
    if user.is_superuser and not _other_administrators(user).exists():
        leaving.obstacles.append(errors.LastAdministrator())
    leaving_asked.run(leaving)
    return leaving.obstacles


def _other_administrators(user: User) -> QuerySet[User]:
    return User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)


def check_word(*, user: User, word: str) -> None:
    """The password, or the e-mail for an account without one. Raises NotConfirmed or OtherEmail."""
    if user.has_usable_password():
        if not user.check_password(word):
            raise errors.NotConfirmed
    elif word.strip().lower() != user.email.lower():
        raise errors.OtherEmail


@transaction.atomic
def delete_account(*, user: User, word: str, language: str) -> AccountDeletion:
    """Deletes the account; a second time returns the first record. Raises what `obstacles` and `check_word` name."""
    if user.is_superuser:
        list(User.objects.select_for_update().filter(is_superuser=True).order_by("pk"))
    person = User.objects.select_for_update().get(pk=user.pk)
    done = AccountDeletion.objects.filter(user=person).first()
    if done is not None:
        return done
    check_word(user=person, word=word)
    found = obstacles(user=person)
    if found:
        raise found[0]
    departure = Departure(person)
    departure.removed["consents_withdrawn"] = consents.withdraw_all(user=person, language=language)
    person_left.run(departure)
    _remove_own(departure)
    _make_nobody(person)
    outbox.announce("person.left", {"person": person.pk}, key=f"left:{person.pk}")
    record = AccountDeletion.objects.create(user=person, at=clock.now(), removed=departure.removed)
    log.info("account %s deleted by its owner: %s", person.pk, departure.removed)
    return record


def _remove_own(departure: Departure) -> None:
    person = departure.user
    departure.removed["addresses"] = UserAddress.objects.filter(user=person).delete()[0]
    for app, model, name in FOREIGN:
        rows = apps.get_model(app, model)._default_manager.filter(**{name: person})
        number = rows.delete()[0]
        if number:
            departure.removed[f"{app}.{model}".lower()] = number
    person.groups.clear()
    person.user_permissions.clear()


def _make_nobody(person: User) -> None:
    """The row stays, since orders and their history point at it; nothing on it tells who it was."""
    person.email = f"{secrets.token_hex(8)}@{NOBODY}"
    person.display_name = person.first_name = person.last_name = person.phone = ""
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login = None
    person.set_unusable_password()
    person.save()

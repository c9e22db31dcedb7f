"""What a person agreed to, purpose by purpose (PDPA). Nothing is agreed to unless they said so, and a "no" counts at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.common import clock
from shop.people.models import Consent, User


@dataclass(frozen=True)
class Purpose:
    """One purpose in today's words. A new `version` is for new meaning: an earlier "yes" does not count for it."""

    code: str
    version: str
    title: str | Promise
    text: str | Promise


@dataclass(frozen=True)
class Answer:
    """A purpose with what the person last said about it; `outdated` is a "yes" to an earlier wording."""

    purpose: Purpose
    given: bool
    outdated: bool
    last: Consent | None


PURPOSES: dict[str, Purpose] = {
    Consent.Purpose.NEWSLETTER: Purpose(
        code=Consent.Purpose.NEWSLETTER,
        version="2569-1",
        title=_("Newsletter of the market"),
        text=_(
            "We may send you e-mails about seasons, fairs and new goods of the whole market, twice a month at most."
        ),
    ),
    Consent.Purpose.FOLLOWED: Purpose(
        code=Consent.Purpose.FOLLOWED,
        version="2569-1",
        title=_("E-mails about groups that you follow"),
        text=_("We may write to you when a group that you follow brings new goods, once a week at most."),
    ),
}


def answers_of(user: User) -> list[Answer]:
    """Every purpose with the person's last word; one query."""
    last: dict[str, Consent] = {}
    for row in Consent.objects.filter(user=user).order_by("pk"):
        last[row.purpose] = row
    return [_answer(purpose, last.get(code)) for code, purpose in PURPOSES.items()]


def _answer(purpose: Purpose, last: Consent | None) -> Answer:
    yes = last is not None and last.given
    current = last is not None and last.version == purpose.version
    return Answer(purpose=purpose, given=yes and current, outdated=yes and not current, last=last)


def has_consented(user: User, code: str) -> bool:
    """May the market use this person's data for this purpose now? Asked right before each use."""
    if not user.is_active:
        return False
    last = Consent.objects.filter(user=user, purpose=code).order_by("pk").last()
    return _answer(PURPOSES[code], last).given


@transaction.atomic
def answer(*, user: User, code: str, given: bool, language: str) -> Consent | None:
    """Records a "yes" or a "no" with the moment and the wording; saying the same again records nothing."""
    User.objects.select_for_update().get(pk=user.pk)  # a double click would be two answers
    purpose = PURPOSES[code]
    last = Consent.objects.filter(user=user, purpose=code).order_by("pk").last()
    known = _answer(purpose, last)
    if known.given == given and not known.outdated:
        return last
    return Consent.objects.create(
        user=user, purpose=code, given=given, version=purpose.version, language=language, at=clock.now()
    )


def withdraw_all(*, user: User, language: str) -> int:
    """Every "yes" becomes a "no" (the person leaves); returns how many there were."""
    known = [entry for entry in answers_of(user) if entry.given or entry.outdated]
    for entry in known:
        answer(user=user, code=entry.purpose.code, given=False, language=language)
    return len(known)


def history_of(user: Any) -> list[Consent]:
    """Everything that the person ever answered, in order."""
    return list(Consent.objects.filter(user=user).order_by("pk"))

"""Readers say whether an article helped."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.crypto import salted_hmac

from cms.models import ArticlePage, UsefulAnswer
from shop.common import clock
from shop.common.thai import clean_text

_KEPT = dt.timedelta(days=365)
"""How long words are kept. Counts stay."""


def mark_of(page_id: int, visit: str) -> str:
    """What tells one visit's answers to one page apart from others. Nobody can go back from it to the visit."""
    return salted_hmac("cms.useful", f"{page_id}:{visit}", algorithm="sha256").hexdigest()


@transaction.atomic
def answer_useful(*, page: ArticlePage, visit: str, is_useful: bool, words: str = "") -> UsefulAnswer:
    """One answer of one visit to one article; said again, the new one counts, and words stay unless there are others.

    `visit` is a random text that the visitor's browser keeps until it is closed.
    """
    said = " ".join(clean_text(words).split())[: UsefulAnswer.WORDS]
    facts = {"is_useful": is_useful, "day": clock.today()}
    answer, _made = UsefulAnswer.objects.update_or_create(
        page_id=page.pk,
        mark=mark_of(page.pk, visit),
        defaults={**facts, **({"words": said} if said else {})},
        create_defaults={**facts, "words": said},
    )
    return answer


@transaction.atomic
def forget_visits() -> int:
    """Marks of earlier days and words of a year ago are emptied; returns how many answers."""
    today = clock.today()
    marks = UsefulAnswer.objects.filter(day__lt=today).exclude(mark="").update(mark="")
    words = UsefulAnswer.objects.filter(day__lt=today - _KEPT).exclude(words="").update(words="")
    return marks + words

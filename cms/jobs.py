"""What the clock does: for trainings reminders, lists that nobody closed, people who are forgotten; press kits that are missing."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from cms import press
from cms.models import Registration
from cms.services.answers import forget_visits
from cms.services.attendance import finish_due, forget_people
from cms.training_selectors import starting_between
from shop.common import clock, outbox
from shop.common.jobs import job

REMINDED_BEFORE = dt.timedelta(days=3)


@job("trainings.remind", every=dt.timedelta(minutes=30))
def remind() -> str:
    """Each group with a seat is written to once, three days before; once more when the training moved to another time."""
    now, number = clock.now(), 0
    for course in starting_between(now, now + REMINDED_BEFORE):
        seated = Registration.objects.filter(course=course, state=Registration.State.REGISTERED).exclude(group=None)
        for group in sorted(set(seated.values_list("group_id", flat=True))):
            key = f"training.soon:{course.pk}:{group}:{course.starts_at:%Y%m%d%H%M}"
            with transaction.atomic():
                outbox.announce("training.soon", {"course": course.pk, "group": group}, key=key)
            number += 1
    return f"{number} groups have a training within three days"


@job("trainings.finish", every=dt.timedelta(hours=1))
def close_lists() -> str:
    """Lists that nobody closed are closed three days after the end."""
    return f"{finish_due()} lists closed"


@job("trainings.forget_people", every=dt.timedelta(days=1))
def forget() -> str:
    """Phones go 30 days after a training, names of those who were not there with them, all others after two years."""
    return f"{forget_people()} people of old trainings forgotten"


@job("articles.forget_visits", every=dt.timedelta(hours=6))
def forget_answers() -> str:
    """What tells visits apart goes after a day, what readers wrote after a year."""
    return f"{forget_visits()} answers of readers emptied"


@job("cms.make_missing_kits", every=dt.timedelta(minutes=5))
def make_missing_kits() -> str:
    """Press kits of stories that were published while the worker stood still are asked for again."""
    return f"{press.make_missing_kits()} press kits asked for"

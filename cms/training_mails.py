"""Letters about trainings, in Thai. Called by subscribers of the outbox, never in a request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from cms.models import Course, Registration
from cms.training_data import place_of, when_of
from shop.common import letters
from vendors.mails import addresses_of
from vendors.models import Membership, Organisation

Role = Membership.Role
State = Registration.State
OPEN = (State.REGISTERED, State.WAITING)


def of_registrations(keys: Sequence[int]) -> None:
    """Who was registered: a seat, or a place on the waiting list."""
    rows = list(_rows().filter(pk__in=keys).exclude(state=State.CANCELLED))
    if rows:
        _to_group(rows[0].course, rows[0].group, "registered", rows)


def of_one(key: int, template: str, *states: str) -> None:
    """One person moved up or was taken off; nothing when that does not hold any more."""
    row = _rows().filter(pk=key, state__in=states).first()
    if row is not None:
        _to_group(row.course, row.group, template, [row])


def of_course(key: int, template: str) -> None:
    """Every group with people on the list learns that the training moved or was called off."""
    rows = list(_rows().filter(course_id=key, state__in=OPEN).exclude(group=None).order_by("group_id", "pk"))
    for group_id in dict.fromkeys(row.group_id for row in rows):
        own = [row for row in rows if row.group_id == group_id]
        _to_group(own[0].course, own[0].group, template, own)


def reminder(course_id: int, group_id: int) -> None:
    """Three days before, with the tickets."""
    rows = list(_rows().filter(course_id=course_id, group_id=group_id, state=State.REGISTERED))
    if rows and not rows[0].course.is_cancelled and not rows[0].course.has_begun:
        _to_group(rows[0].course, rows[0].group, "reminder", rows)


def afterwards(course_id: int, group_id: int) -> None:
    """Certificates, and the materials if there are any."""
    rows = list(_rows().filter(course_id=course_id, group_id=group_id, state=State.ATTENDED))
    if rows:
        _to_group(rows[0].course, rows[0].group, "afterwards", rows)


def _rows() -> Any:
    rows = Registration.objects.select_related("course__office", "course__province", "group")
    return rows.order_by("registered_at", "pk")


def _to_group(course: Course, group: Organisation | None, template: str, rows: Sequence[Registration]) -> None:
    if group is None:
        return
    with translation.override("th"):
        link = settings.SITE_URL + reverse("workspace_trainings:course", args=[group.slug, course.code])
        context = {
            "course": course,
            "group": group,
            "rows": rows,
            "when": when_of(course, "th"),
            "where": place_of(course, "th"),
            "link": link,
        }
        for address in addresses_of(group, Role.MANAGER, Role.EDITOR):
            letters.send(address, f"cms/mail/training_{template}", context)

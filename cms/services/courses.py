"""An office makes, changes and calls off trainings, and puts their pages up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import translation
from wagtail.models import Locale, Page

from cms import errors
from cms.models import Course, Registration, TrainingIndexPage, TrainingPage
from cms.services.editors import section_of
from cms.services.registrations import fill_seats, locked_course
from cms.training_selectors import seats_taken
from media.models import MarketImage
from shop.common import clock, codes, outbox, versions
from shop.common.slugs import ascii_slug, unique_slug
from shop.common.thai import clean_text
from vendors import history
from vendors.errors import ReasonMissing
from vendors.models import Organisation, Province
from vendors.policies import Right, require

State = Registration.State
TOLD = ("starts_at", "ends_at", "venue_th", "venue_en", "province", "online_url")
"""Whoever is registered is written to when one of these changes."""


@dataclass(frozen=True)
class CourseFacts:
    """What an office says about a training."""

    name_th: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    seats: int
    register_from: dt.datetime
    register_until: dt.datetime
    name_en: str = ""
    venue_th: str = ""
    venue_en: str = ""
    province: Province | None = None
    online_url: str = ""
    open_to: Sequence[Province] = field(default_factory=tuple)

    def values(self) -> dict[str, Any]:
        """The columns of the row."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "open_to"}


@transaction.atomic
def make_course(*, office: Organisation, facts: CourseFacts, by: Any) -> Course:
    """A new training of an office; told twice in the same words it is one. Raises NotYours."""
    require(by, Right.REVIEW, office)
    Organisation.objects.select_for_update(no_key=True).get(pk=office.pk)  # a second click waits here
    same = Course.objects.filter(office=office, created_by=by, cancelled_at=None, **facts.values()).first()
    if same is not None:
        return same
    course = Course.objects.create(code=codes.new_code(), office=office, created_by=by, **facts.values())
    course.open_to.set(facts.open_to)
    history.record(organisation=office, act="course.made", by=by, what=course.name_th)
    return course


@transaction.atomic
def change_course(*, course: Course, facts: CourseFacts, seen: int, by: Any) -> Course:
    """Changes what was said; who is registered learns of a new day or place, and new seats go to those who wait.

    Raises NotYours, TrainingChanged, TrainingClosed, SeatsTaken.
    """
    row = locked_course(course)
    require(by, Right.REVIEW, row.office)
    if row.is_cancelled or row.finished_at is not None:
        raise errors.TrainingClosed
    if row.version != seen:
        raise errors.TrainingChanged
    taken = seats_taken(row)
    if facts.seats < taken:
        raise errors.SeatsTaken(taken=taken)
    changed = [name for name, value in facts.values().items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, getattr(facts, name))
    row.version += 1
    row.save()
    row.open_to.set(facts.open_to)
    if set(changed) & set(TOLD) and not row.is_over:
        outbox.announce("training.moved", {"course": row.pk, "version": row.version})
    fill_seats(row)
    history.record(organisation=row.office, act="course.changed", by=by, what=row.name_th)
    versions.bump()
    return row


@transaction.atomic
def cancel_course(*, course: Course, reason: str, by: Any) -> Course:
    """Calls a training off; whoever has a seat or waits is told why. Raises NotYours, ReasonMissing, TrainingClosed."""
    words = clean_text(reason)
    if not words:
        raise ReasonMissing
    row = locked_course(course)
    require(by, Right.REVIEW, row.office)
    if row.is_cancelled or row.is_over or row.registrations.filter(state=State.ATTENDED).exists():
        raise errors.TrainingClosed
    row.cancelled_at, row.cancel_reason = clock.now(), words[:1000]
    row.version += 1
    row.save(update_fields=["cancelled_at", "cancel_reason", "version"])
    outbox.announce("training.cancelled", {"course": row.pk})
    history.record(organisation=row.office, act="course.cancelled", by=by, what=row.name_th)
    versions.bump()
    return row


@transaction.atomic
def publish_course(
    *,
    course: Course,
    summary_th: str,
    summary_en: str = "",
    programme_th: str = "",
    programme_en: str = "",
    image: MarketImage | None = None,
    alt_th: str = "",
    alt_en: str = "",
    by: Any,
) -> TrainingPage:
    """Puts the page up in both languages; one that is there keeps what editors made of it. Raises NotYours, TrainingClosed."""
    row = locked_course(course)
    require(by, Right.REVIEW, row.office)
    if row.is_cancelled:
        raise errors.TrainingClosed
    thai = TrainingPage.objects.filter(course=row, locale__language_code="th").first()
    if thai is not None:
        return thai
    _ensure_index()
    words = {"th": (row.name_th, summary_th, programme_th, alt_th)}
    words["en"] = (row.name_en or row.name_th, summary_en or summary_th, programme_en or programme_th, alt_en or alt_th)
    taken = Page.objects.descendant_of(TrainingIndexPage.objects.get(locale__language_code="th"))
    slug = unique_slug(taken, ascii_slug(row.name_en, fallback=f"training-{row.code.lower()}"))
    made = None
    for language in ("th", "en"):
        made = _add_page(row, language, slug, words[language], made, image)
    history.record(organisation=row.office, act="course.published", by=by, what=row.name_th)
    versions.bump()
    return TrainingPage.objects.get(course=row, locale__language_code="th")


def _add_page(
    course: Course,
    language: str,
    slug: str,
    words: tuple[str, str, str, str],
    other: TrainingPage | None,
    image: MarketImage | None,
) -> TrainingPage:
    index = TrainingIndexPage.objects.select_for_update().get(locale__language_code=language)
    title, summary, programme, alt = words
    page = TrainingPage(
        title=title,
        slug=slug,
        summary=summary[:300],
        programme=programme,
        image=image,
        picture_alt=alt,
        course=course,
        province=course.province,
        locale=Locale.objects.get(language_code=language),
    )
    if other is not None:
        page.translation_key = other.translation_key
    parent: Any = index if course.office.province is None else section_of(index, course.office.province)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _ensure_index() -> None:
    from cms.services.tree import ensure_site  # it is built there with all other sections

    if not TrainingIndexPage.objects.filter(locale__language_code="en").exists():
        with translation.override("th"):
            ensure_site()

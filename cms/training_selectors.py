"""Reading trainings: what comes, who is on the list, what a group has, what the public page shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from cms.models import Course, Registration, TrainingMaterial, TrainingPage
from cms.public import readable
from cms.selectors import network_slug
from shop.common import clock
from vendors.models import Organisation
from vendors.policies import Right, reach

State = Registration.State
SEATED = Q(state__in=Registration.SEATED, is_walk_in=False)
_PAST_SHOWN = 24
NOTED_DAYS = 30
"""How long after a training its list may be put right."""
MOST_TICKED = 500
"""Names that are noted as present at once."""


def seats_taken(course: Course) -> int:
    """Seats that are given; people who were let in at the door do not take one."""
    return Registration.objects.filter(SEATED, course=course).count()


def with_numbers(rows: QuerySet[Course]) -> QuerySet[Course]:
    """Courses with `taken`, `waits`, `present` and `left`."""
    of = "registrations__"
    seated = Q(**{f"{of}state__in": Registration.SEATED, f"{of}is_walk_in": False})
    rows = rows.annotate(
        taken=Count("registrations", filter=seated),
        waits=Count("registrations", filter=Q(**{f"{of}state": State.WAITING})),
        present=Count("registrations", filter=Q(**{f"{of}state": State.ATTENDED})),
    )
    return rows.annotate(left=F("seats") - F("taken"))


def courses_of_offices(user: Any, *, show: str = "coming") -> QuerySet[Course]:
    """The trainings of the offices that the person decides for; "coming", "past" or "cancelled"."""
    offices = reach(user, Right.REVIEW).filter(kind=Organisation.Kind.OFFICE)
    rows = with_numbers(Course.objects.filter(office__in=offices)).select_related("office", "province")
    now = clock.now()
    if show == "cancelled":
        return rows.exclude(cancelled_at=None).order_by("-starts_at", "pk")
    rows = rows.filter(cancelled_at=None)
    if show == "past":
        return rows.filter(ends_at__lte=now).order_by("-starts_at", "pk")
    return rows.filter(ends_at__gt=now).order_by("starts_at", "pk")


def people_of(course: Course) -> QuerySet[Registration]:
    """Everybody of a training, those with a seat first, then who waits, then who cancelled."""
    return course.registrations.select_related("group__province").order_by("registered_at", "pk")


def open_courses(group: Organisation) -> QuerySet[Course]:
    """What a group may come to from now on: not over, not called off, for its province; the soonest first."""
    own = Registration.objects.filter(course=OuterRef("pk"), group=group)
    restricted = Course.open_to.through.objects.filter(course_id=OuterRef("pk"))
    fits = ~Exists(restricted) | Exists(restricted.filter(province_id=group.province_id)) | Exists(own)
    rows = with_numbers(Course.objects.filter(ends_at__gt=clock.now(), cancelled_at=None))
    return rows.filter(fits, Exists(_published())).select_related("province", "office").order_by("starts_at", "pk")


def _published() -> QuerySet[TrainingPage]:
    return TrainingPage.objects.live().filter(course=OuterRef("pk"))


def registrations_of(group: Organisation) -> QuerySet[Registration]:
    """All registrations of a group, the newest training first."""
    rows = Registration.objects.filter(group=group).select_related("course__province", "course__office")
    return rows.order_by("-course__starts_at", "registered_at", "pk")


def own_registrations(course: Course, group: Organisation) -> QuerySet[Registration]:
    """The people of one group at one training, in the order in which they were registered."""
    rows = Registration.objects.filter(course=course, group=group)
    events = Prefetch("events", to_attr="all_events")
    return rows.select_related("registered_by").prefetch_related(events)


def place_in_line(registration: Registration) -> int:
    """1 for the first who waits."""
    before = Registration.objects.filter(course_id=registration.course_id, state=State.WAITING)
    at = registration.registered_at
    return before.filter(Q(registered_at__lt=at) | Q(registered_at=at, pk__lte=registration.pk)).count()


@dataclass(frozen=True)
class Material:
    """A file to take away."""

    title: str
    url: str


def _materials(pages: QuerySet[TrainingPage]) -> list[Material]:
    rows = TrainingMaterial.objects.filter(page__in=pages).select_related("document").order_by("page_id", "sort_order")
    return [Material(row.title, row.document.url) for row in rows]


def materials_for_group(course: Course, group: Organisation, language: str) -> list[Material]:
    """What the group's people may read: everybody's once it is over, the others' when one of them was there."""
    if not course.is_over:
        return []
    pages = TrainingPage.objects.live().filter(course=course, locale__language_code=language)
    there = Registration.objects.filter(course=course, group=group, state=State.ATTENDED).exists()
    return _materials(pages if there else pages.filter(materials_for=TrainingPage.MaterialsFor.ALL))


def may_read_document(document: Any, user: Any) -> bool:
    """A file that a page shows which is up is for everybody, any other for whom may choose or change it.

    One query for a file of a page. Materials of a training have their own rule.
    """
    up = Page.objects.live().filter(pk=Cast(OuterRef("object_id"), IntegerField()))
    pages = ContentType.objects.get_for_model(Page)
    uses = ReferenceIndex.get_references_to(document).filter(base_content_type=pages).annotate(is_up=Exists(up))
    found = list(uses.values_list("model_path", "is_up"))
    if any(path.startswith("materials.") for path, _is_up in found):
        return may_read_material(document.pk, user)
    if any(is_up for _path, is_up in found):
        return True
    policy: Any = policy_registry.get_by_type(type(document))
    return bool(policy.user_has_any_permission_for_instance(user, ("choose", "change", "delete"), document))


def may_read_material(document_id: int, user: Any) -> bool:
    """A material is served to whom its page shows it."""
    found = list(TrainingMaterial.objects.filter(document_id=document_id).select_related("page__course"))
    over = [row for row in found if row.page.live and row.page.course.is_over]
    if any(row.page.materials_for == TrainingPage.MaterialsFor.ALL for row in over):
        return True
    courses = [row.page.course for row in found]
    if reach(user, Right.REVIEW).filter(courses__in=courses).exists():
        return True
    there = Registration.objects.filter(course__in=[row.page.course for row in over], state=State.ATTENDED)
    return there.filter(Q(group__in=reach(user, Right.LIST)) | Q(person_id=user.pk or 0)).exists()


def _listed(language: str) -> QuerySet[TrainingPage]:
    """For lists: without the words of the page, its picture and its office."""
    told = ("title", "slug", "course")
    rows = readable(TrainingPage, language).select_related("course__province")
    return rows.only(*told, *(f"course__{name}" for name in _IN_LISTS), "course__province")


_IN_LISTS = (
    *("starts_at", "ends_at", "register_from", "register_until", "seats", "cancelled_at"),
    *("venue_th", "venue_en", "online_url", "province_id"),
)


def _with_numbers(pages: list[TrainingPage]) -> list[TrainingPage]:
    rows = Registration.objects.filter(SEATED, course__in=[page.course_id for page in pages]).order_by()
    taken = dict(rows.values_list("course_id").annotate(number=Count("pk")))
    for page in pages:
        course: Any = page.course
        course.taken = taken.get(course.pk, 0)
        course.left = course.seats - course.taken
    return pages


def pages_of_index(language: str) -> dict[str, Any]:
    """Pages of trainings that come, the soonest first, and of those that were, the last first."""
    now = clock.now()
    coming = list(_listed(language).filter(course__ends_at__gt=now).order_by("course__starts_at", "pk"))
    past = _listed(language).filter(course__ends_at__lte=now, course__cancelled_at=None)
    return {"coming": _with_numbers(coming), "past": list(past.order_by("-course__starts_at", "-pk")[:_PAST_SHOWN])}


def numbered_course(course_id: int) -> Course:
    """A course with its numbers, its office and its province, in one query."""
    return with_numbers(Course.objects.filter(pk=course_id)).select_related("province", "office").get()


def context_of_page(page: TrainingPage) -> dict[str, Any]:
    """What stands on the public page beside the editors' words. No names of people."""
    course = page.course
    public = course.is_over and page.materials_for == TrainingPage.MaterialsFor.ALL
    return {
        "course": course,
        "only": list(course.open_to.all()),
        "network": network_slug(course.province_id),
        "materials": _materials(TrainingPage.objects.filter(pk=page.pk)) if public else [],
        "materials_kept": course.is_over and not public and page.materials.exists(),
        "days": days_of(course),
    }


def days_of(course: Course) -> int:
    """On how many days it takes place."""
    return (course.last_day - course.first_day).days + 1


def live_page(slug: str, language: str) -> TrainingPage | None:
    """The page of an address, as everybody may read it."""
    rows = readable(TrainingPage, language).select_related("course__province", "course__office")
    return rows.filter(slug=slug).first()


def page_of(course: Course, language: str) -> TrainingPage | None:
    """The public page of a course in a language, if it is up."""
    return TrainingPage.objects.live().filter(course=course, locale__language_code=language).first()


def certified(code: str) -> Registration | None:
    """The attendance behind a certificate's code; None for one that was never given or was taken back."""
    rows = Registration.objects.filter(state=State.ATTENDED, certificate=code)
    return rows.select_related("course__office", "course__province", "group__province").first()


def groups_for_walk_in(course: Course, user: Any) -> QuerySet[Organisation]:
    """Groups of the training's province and those on its list: what the officer at the door chooses from."""
    groups = Organisation.objects.filter(kind=Organisation.Kind.GROUP).exclude(state=Organisation.State.CLOSED)
    near = Q(province_id=course.province_id or course.office.province_id) | Q(course_registrations__course=course)
    return groups.filter(near).distinct().order_by("sort_name", "pk")


def starting_between(earliest: dt.datetime, latest: dt.datetime) -> QuerySet[Course]:
    """Trainings that begin in an interval and were not called off."""
    return Course.objects.filter(starts_at__gt=earliest, starts_at__lte=latest, cancelled_at=None).order_by("pk")


def is_list_open(course: Course) -> bool:
    """May attendance be noted or taken back now?"""
    last = course.last_day + dt.timedelta(days=NOTED_DAYS)
    return not course.is_cancelled and course.forgotten_at is None and course.first_day <= clock.today() <= last

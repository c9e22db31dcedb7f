"""May I? The doors to trainings: officers to those of their offices, groups to their own registrations."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from cms.models import Course, Registration
from cms.training_selectors import open_courses, with_numbers
from vendors.models import Organisation
from vendors.policies import Right, may, organisation_or_404, reach


def offices_of_trainings(user: Any) -> QuerySet[Organisation]:
    """The offices in whose name the person may make trainings."""
    return reach(user, Right.REVIEW).filter(kind=Organisation.Kind.OFFICE).order_by("province_id", "pk")


def runs(user: Any, course: Course) -> bool:
    """Does the person run this training: an officer of its office, or of the department itself?"""
    return may(user, Right.REVIEW, course.office)


def course_or_404(user: Any, code: str) -> Course:
    """The one door of the office to a training, with its numbers; another office's looks like not there."""
    rows = with_numbers(Course.objects.filter(code=code)).select_related("office", "province")
    course = rows.first()
    if course is None or not runs(user, course):
        raise Http404("no such training")
    return course


def entry_or_404(course: Course, code: str) -> Registration:
    """A registration of that training."""
    row = course.registrations.select_related("group", "course__office").filter(code=code).first()
    if row is None:
        raise Http404("no such registration")
    return row


def group_or_404(user: Any, slug: str) -> Organisation:
    """A group whose list of trainings the person may open and change."""
    group = organisation_or_404(user, Right.LIST, slug)
    if group.kind != Organisation.Kind.GROUP:
        raise Http404("no group")
    return group


def groups_of(user: Any) -> QuerySet[Organisation]:
    """The groups whose people the person may register."""
    return reach(user, Right.LIST).filter(kind=Organisation.Kind.GROUP).order_by("sort_name", "pk")


def open_course_or_404(group: Organisation, code: str) -> Course:
    """A training that the group may see: one that comes and is for it, or one where its people are on the list."""
    course = open_courses(group).filter(code=code).first()
    if course is None:
        rows = with_numbers(Course.objects.filter(code=code, pk__in=group.course_registrations.values("course_id")))
        course = rows.select_related("office", "province").first()
    if course is None:
        raise Http404("no such training")
    return course


def registration_or_404(group: Organisation, code: str) -> Registration:
    """One of the group's own people."""
    rows = group.course_registrations.select_related("course__office", "course__province", "group")
    row = rows.filter(code=code).first()
    if row is None:
        raise Http404("no such registration")
    return row

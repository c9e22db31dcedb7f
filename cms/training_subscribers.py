"""Trainings follow what happens elsewhere: letters from the outbox, groups that close, people who leave."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms import training_mails as mails
from cms.models import Registration
from cms.services.registrations import follow_group
from shop.common.outbox import subscribe
from shop.people.events import Copy, Departure, Section, copy_wanted, person_left
from vendors.models import Organisation

State = Registration.State


@subscribe("training.registered")
def tell_registered(payload: dict[str, Any]) -> None:
    """The group has seats, or waits."""
    mails.of_registrations(payload["registrations"])


@subscribe("training.moved_up")
def tell_moved_up(payload: dict[str, Any]) -> None:
    """A seat became free for somebody who waited."""
    mails.of_one(payload["registration"], "moved_up", State.REGISTERED)


@subscribe("training.taken_off")
def tell_taken_off(payload: dict[str, Any]) -> None:
    """The office took somebody off the list."""
    mails.of_one(payload["registration"], "taken_off", State.CANCELLED)


@subscribe("training.moved")
def tell_moved(payload: dict[str, Any]) -> None:
    """Another day or another place."""
    mails.of_course(payload["course"], "moved")


@subscribe("training.cancelled")
def tell_cancelled(payload: dict[str, Any]) -> None:
    """The training is called off."""
    mails.of_course(payload["course"], "cancelled")


@subscribe("training.soon")
def tell_soon(payload: dict[str, Any]) -> None:
    """Three days before."""
    mails.reminder(payload["course"], payload["group"])


@subscribe("training.finished")
def tell_finished(payload: dict[str, Any]) -> None:
    """Certificates and materials."""
    mails.afterwards(payload["course"], payload["group"])


@subscribe("group.decided")
def follow_decision(payload: dict[str, Any]) -> None:
    """A closed group gives its seats back; one that was lifted may move up."""
    group = Organisation.objects.filter(pk=payload["group"]).first()
    if group is not None and payload["act"] in ("closed", "lifted", "approved"):
        follow_group(group=group)


@copy_wanted.register
def tell_trainings(copy: Copy) -> None:
    """Where the person registered themselves."""
    labels: dict[str, Any] = {
        "training": _("Training"),
        "begins": _("Begins"),
        "name": _("Name"),
        "phone": _("Phone"),
        "state": _("State"),
    }
    mine = Registration.objects.filter(person=copy.user).select_related("course").order_by("pk")
    rows = [
        {
            "training": row.course.name_th,
            "begins": row.course.starts_at,
            "name": row.name,
            "phone": row.phone,
            "state": str(row.get_state_display()),
        }
        for row in mine
    ]
    copy.add(Section("trainings", _("Trainings"), labels, rows))


@person_left.register
def forget_person(departure: Departure) -> None:
    """Phone and account go; the name stays where the person was there or a seat is held for the group."""
    rows = Registration.objects.filter(person=departure.user)
    nameless = rows.exclude(state__in=(*Registration.SEATED, State.WAITING))
    nameless.update(name="", name_key="")
    departure.removed["trainings"] = rows.update(person=None, phone="")

"""What follows decisions about fairs, and the letter a week before."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from cms import fair_mails
from cms.models import BoothApplication
from cms.services.booths import release_closed
from shop.common import clock
from shop.common.jobs import job
from shop.common.outbox import announce, subscribe
from vendors.events import group_state_changed
from vendors.models import Organisation

DAYS_BEFORE, DAYS_AFTER = 7, 180


@group_state_changed.register
def closed_groups_come_no_more(group: Organisation) -> None:
    """In the transaction of the closing. A suspended group keeps its booth and is not shown meanwhile."""
    if group.state == Organisation.State.CLOSED:
        release_closed(group)


@subscribe("fair.decided")
def tell_group(payload: dict[str, Any]) -> None:
    """A booth given, moved or taken back, the waiting list, a refusal."""
    fair_mails.decided(payload["event"])


@subscribe("fair.changed")
def tell_who_applied(payload: dict[str, Any]) -> None:
    """Other days or another venue, or no fair at all."""
    fair_mails.changed(payload["application"], payload["what"])


@subscribe("fair.soon")
def remind_group(payload: dict[str, Any]) -> None:
    """A week before."""
    fair_mails.reminded(payload["application"])


@job("fairs.remind", every=dt.timedelta(hours=1))
@transaction.atomic
def remind() -> str:
    """Who has a booth is written to once, a week before; again only when the fair was moved to another week."""
    now = clock.now()
    soon = now + dt.timedelta(days=DAYS_BEFORE)
    rows = BoothApplication.objects.filter(
        state=BoothApplication.State.ACCEPTED,
        fair__cancelled_at=None,
        fair__starts_at__gt=now,
        fair__starts_at__lte=soon,
    ).select_related("fair")
    due = rows.filter(Q(reminded_for=None) | ~Q(reminded_for=F("fair__starts_at__date")))
    told = 0
    for application in due.select_for_update(of=("self",), skip_locked=True):
        day = application.fair.first_day
        if application.reminded_for == day:
            continue
        application.reminded_for = day
        application.save(update_fields=["reminded_for"])
        announce("fair.soon", {"application": application.pk}, key=f"fair-soon:{application.pk}:{day}")
        told += 1
    return f"{told} groups reminded"


@job("fairs.forget_contacts", every=dt.timedelta(days=1))
@transaction.atomic
def forget_contacts() -> str:
    """Who came and could be called is forgotten half a year after the fair."""
    over = clock.now() - dt.timedelta(days=DAYS_AFTER)
    rows = BoothApplication.objects.filter(fair__ends_at__lt=over).exclude(contact_name="", contact_phone="")
    return f"{rows.update(contact_name='', contact_phone='')} contacts forgotten"

"""Letters about fairs, in Thai. Called by subscribers of the outbox, never in a request."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from cms.fair_pages import own_days
from cms.models import BoothApplication, BoothEvent
from shop.common import letters
from vendors.mails import addresses_of
from vendors.models import Membership

Role = Membership.Role


def decided(event_id: int) -> None:
    """An answer to a group; nothing when another answer was given after it."""
    rows = BoothEvent.objects.select_related("application__fair", "application__group", "application__booth")
    event = rows.filter(pk=event_id).first()
    if event is None or event.application.events.filter(pk__gt=event.pk).exists():
        return
    _send(event.application, "booth_decided", event=event)


def changed(application_id: int, what: str) -> None:
    """The fair was moved or cancelled."""
    application = _open(application_id)
    if application is None or (what == "moved" and application.fair.cancelled_at is not None):
        return
    _send(application, "fair_cancelled" if what == "cancelled" else "fair_moved")


def reminded(application_id: int) -> None:
    """In a week; nothing when the group does not come any more."""
    application = _open(application_id)
    if application is None or application.booth is None or application.fair.cancelled_at is not None:
        return
    _send(application, "fair_soon")


def _open(key: int) -> BoothApplication | None:
    rows = BoothApplication.objects.select_related("fair__province", "group", "booth")
    return rows.filter(pk=key, state__in=BoothApplication.OPEN).first()


def _send(application: BoothApplication, template: str, event: BoothEvent | None = None) -> None:
    fair, group = application.fair, application.group
    with translation.override("th"):
        link = settings.SITE_URL + reverse("workspace_fairs:detail", args=[group.slug, fair.slug])
        context = {
            "application": application,
            "fair": fair,
            "group": group,
            "event": event,
            "days": own_days(fair, "th"),
            "link": link,
        }
        for address in addresses_of(group, Role.MANAGER, Role.EDITOR):
            letters.send(address, f"cms/mail/{template}", context)

"""Certificates begin and end at midnight: the day's turn brings marks and next intervals up to date, and people are told.

Nothing waits for it: what is past its interval is off sale by the clock alone. This only opens what begins today and
takes badges away.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from catalogue.models import Product
from catalogue.services.papers import remind_of_ends
from catalogue.services.refresh import refresh_sale
from shop.common import clock, versions
from shop.common.jobs import job
from shop.common.models import Version
from vendors.models import Certificate

MARK = "catalogue-day"
MORNING = 7


@job("catalogue.turn_of_day", every=dt.timedelta(minutes=1))
def turn_of_day() -> str:
    """Refreshes what certificates beginning or ending since the last run touch; catches up after a stop."""
    today = clock.today()
    mark, _ = Version.objects.get_or_create(name=MARK)
    if mark.number >= today.toordinal():
        return "nothing to do"
    if mark.number == 0:
        changed = refresh_sale(None)
    else:
        changed = refresh_sale(_touched(dt.date.fromordinal(mark.number), today))
    Version.objects.filter(name=MARK).update(number=today.toordinal())
    versions.bump()
    return f"{changed} products changed"


def _touched(after: dt.date, until: dt.date) -> set[int]:
    begins = Q(issued_on__gt=after, issued_on__lte=until)
    ends = Q(expires_on__gte=after, expires_on__lt=until)
    certificates = Certificate.objects.filter(begins | ends, state=Certificate.State.VERIFIED)
    linked = Product.objects.filter(certificate_links__certificate__in=certificates)
    whole = certificates.filter(scope=Certificate.Scope.GROUP).values("holder_id")
    of_groups = Product.objects.filter(group_id__in=whole).exclude(structure="child")
    ended = Product.objects.filter(sellable_until__lte=clock.now(), parent=None)
    ids = set(linked.values_list("pk", flat=True)) | set(of_groups.values_list("pk", flat=True))
    return ids | set(ended.values_list("pk", flat=True))


@job("catalogue.remind_of_ends", every=dt.timedelta(minutes=30))
def remind_of_certificates() -> str:
    """From seven in the morning: certificates that end in 90, 30 or 7 days, and those that have ended. Catches up."""
    if clock.now().astimezone(clock.BANGKOK).hour < MORNING:
        return "not before the morning"
    return f"{remind_of_ends()} reminders"

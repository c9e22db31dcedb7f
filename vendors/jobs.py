"""What officers are told each morning."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from shop.common import clock, outbox
from shop.common.jobs import job
from vendors.selectors import offices_with_waiting

MORNING = 8
_SATURDAY = 5


@job("vendors.tell_officers", every=dt.timedelta(minutes=30))
@transaction.atomic
def tell_officers() -> str:
    """From eight on working days, one letter to each office in which certificates wait: once a day, whoever runs it."""
    moment = clock.now().astimezone(clock.BANGKOK)
    if moment.hour < MORNING or moment.weekday() >= _SATURDAY:
        return "not now"
    offices = offices_with_waiting()
    for office in offices:
        day = moment.date().isoformat()
        outbox.announce("certificate.queue", {"office": office.pk, "day": day}, key=f"{office.pk}:{day}")
    return f"{len(offices)} offices have something waiting"

"""Papers do not stay, and work that was broken off is taken up again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.storage import storages
from django.db.models import Q

from shop.common import clock
from shop.common.jobs import job
from shop.common.outbox import subscribe
from shop.fulfilment.models import PaperRun
from shop.fulfilment.papers import services

SILENT = dt.timedelta(minutes=5)
"""Work without a sign of life for so long was broken off."""
TRIES = 3


@job("fulfilment.forget_papers", every=dt.timedelta(minutes=15))
def forget_papers() -> str:
    """Removes lists after a day, and those with names after an hour."""
    moment = clock.now()
    named = Q(kind__in=services.NAMED, created_at__lte=moment - services.KEPT_NAMED)
    old = list(PaperRun.objects.filter(named | Q(created_at__lte=moment - services.KEPT)).order_by("pk")[:500])
    for run in old:
        services.forget_paper(run=run)
    return f"{len(old)} papers removed"


@job("fulfilment.resume_papers", every=dt.timedelta(minutes=5))
def resume_papers() -> str:
    """Gives silent work to the worker again; after three tries it is told as broken off."""
    silent = PaperRun.objects.filter(state__in=PaperRun.AT_WORK, touched_at__lt=clock.now() - SILENT)
    again = 0
    for run in silent.order_by("pk")[:50]:
        if run.tries >= TRIES:
            silent.filter(pk=run.pk).update(state=PaperRun.State.FAILED, finished_at=clock.now())
        elif silent.filter(pk=run.pk).update(tries=run.tries + 1, touched_at=clock.now()):
            services.enqueue(run.pk)
            again += 1
    return f"{again} taken up again"


@subscribe("paper.forgotten")
def remove_file(payload: dict[str, Any]) -> None:
    """Once its record is gone for good; again does no harm."""
    storages["private"].delete(payload["stored_name"])

"""Files do not stay for ever, and work that was broken off is taken up again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from shop.common import clock
from shop.common.jobs import job
from vendors import errors
from vendors.models import ImportRun
from vendors.sheets import tasks
from vendors.sheets.services import forget_file

KEPT_DAYS = 30
SILENT = dt.timedelta(minutes=10)
"""Work without a sign of life for so long was broken off."""
TRIES = 3
State = ImportRun.State


@job("vendors.forget_import_files", every=dt.timedelta(days=1))
def forget_import_files() -> str:
    """Removes the files of imports that are 30 days old, with what was kept of their rows."""
    oldest = clock.now() - dt.timedelta(days=KEPT_DAYS)
    runs = ImportRun.objects.filter(created_at__lt=oldest, file__isnull=False).exclude(state__in=ImportRun.AT_WORK)
    old = list(runs[:500])
    for run in old:
        with transaction.atomic():
            if run.state in (State.READY, State.FAULTY):
                ImportRun.objects.filter(pk=run.pk).update(state=State.DROPPED, finished_at=clock.now())
            forget_file(run=run)
    return f"{len(old)} files removed"


@job("vendors.resume_imports", every=dt.timedelta(minutes=5))
def resume_imports() -> str:
    """Gives silent work to the worker again; after three tries it is told as broken off. Nothing was saved meanwhile."""
    silent = ImportRun.objects.filter(state__in=ImportRun.AT_WORK, touched_at__lt=clock.now() - SILENT)
    again = 0
    for run in silent.order_by("pk")[:50]:
        with transaction.atomic():
            if run.tries >= TRIES:
                facts = {"code": errors.ImportInterrupted.code, "facts": {}}
                silent.filter(pk=run.pk).update(state=State.FAILED, problems=[facts], finished_at=clock.now())
                continue
            if silent.filter(pk=run.pk).update(tries=run.tries + 1, touched_at=clock.now()):
                (tasks.look_through if run.state == State.CHECKING else tasks.save).enqueue(run.pk)
                again += 1
    return f"{again} taken up again"

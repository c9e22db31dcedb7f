"""Named, idempotent jobs of the clock: `@job("orders.expire_unpaid", every=minutes)`.

`run_due` starts what is due, holding a row lock per job, so that several clocks never run one job at once and a job
missed while the market stood still runs once when it comes back.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from shop.common import clock
from shop.common.models import JobRun

log = logging.getLogger("market.jobs")


@dataclass(frozen=True)
class Job:
    """A function that returns a short sentence about what it did, and how often it should run."""

    name: str
    every: dt.timedelta
    run: Callable[[], str]


_jobs: dict[str, Job] = {}


def job(name: str, *, every: dt.timedelta) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Registers a job under a unique name."""

    def add(function: Callable[[], str]) -> Callable[[], str]:
        _jobs[name] = Job(name, every, function)
        return function

    return add


def all_jobs() -> list[Job]:
    """Every registered job, by name."""
    return [_jobs[name] for name in sorted(_jobs)]


def run_due(*, force: bool = False) -> list[str]:
    """Runs every job that is due (or all, with `force`); returns the names of those that ran."""
    ran = []
    for entry in all_jobs():
        JobRun.objects.get_or_create(name=entry.name)
        with transaction.atomic():
            record = JobRun.objects.select_for_update(skip_locked=True).filter(name=entry.name).first()
            if record is None:
                continue
            due = record.last_started_at is None or record.last_started_at + entry.every <= clock.now()
            if not (due or force):
                continue
            _run(entry, record)
            ran.append(entry.name)
    return ran


def _run(entry: Job, record: JobRun) -> None:
    record.last_started_at = clock.now()
    try:
        with transaction.atomic():
            record.last_result = entry.run()[:200]
        record.last_error = ""
    except Exception as error:
        log.exception("job %s failed", entry.name)
        record.last_error = f"{type(error).__name__}: {error}"[:2000]
    record.last_finished_at = clock.now()
    record.save()


@job("common.clear_tasks", every=dt.timedelta(days=1))
def clear_tasks() -> str:
    """What the worker did more than a week ago is forgotten."""
    from django_tasks_db.models import DBTaskResult

    rows = DBTaskResult.objects.finished().filter(finished_at__lt=clock.now() - dt.timedelta(days=7))
    return f"{rows.delete()[0]} finished tasks forgotten"

"""What a market in production does by itself after a crash: the clock's jobs with their worker, and the nightly comparison."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test.utils import override_settings
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from shop.common import clock, jobs, outbox
from shop.common.models import JobRun, OutboxMessage


@pytest.fixture
def production_worker() -> Iterator[None]:
    """Work is handed over in the database, and done by the worker that production runs."""
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}):
        yield


def _work() -> None:
    """The worker does all that waits."""
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="recovery",
    ).run()


def clock_once(moment: dt.datetime) -> None:
    """Every job of the clock runs once, the worker does what they handed out, news is brought; nothing breaks."""
    with clock.moved_to(moment):
        jobs.run_due(force=True)
        _work()
        outbox.work_off(10_000)
        _work()  # what news has handed out
    assert list(JobRun.objects.exclude(last_error="").values_list("name", "last_error")) == []
    undone = list(DBTaskResult.objects.exclude(status="SUCCESSFUL").values_list("task_path", "status", "traceback"))
    assert undone == [], undone
    assert list(OutboxMessage.objects.exclude(last_error="").values_list("topic", "last_error")) == []


def compare_once(moment: dt.datetime, *, dry_run: bool = False) -> tuple[list[str], int]:
    """`manage.py reconcile_payments` for the day before the moment: (what it names as open, how many it repaired)."""
    told, complained, code = io.StringIO(), io.StringIO(), 0
    with clock.moved_to(moment):
        try:
            call_command("reconcile_payments", dry_run=dry_run, stdout=told, stderr=complained)
        except SystemExit as end:
            code = int(str(end.code))
    still_open = complained.getvalue().splitlines()
    last = re.search(r"looked at .*; (\d+) repaired, (\d+) remain$", told.getvalue().strip())
    assert last is not None, told.getvalue()
    assert (code, int(last[2])) == (int(bool(still_open)), len(still_open))
    return still_open, int(last[1])

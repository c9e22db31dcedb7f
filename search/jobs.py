"""What the clock does for search: wakes the worker when something changed, and forgets old counts."""

from __future__ import annotations

import datetime as dt

from django.db.models import Sum
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from search import elastic
from search.models import Change, EngineIndex, Sought
from search.selectors import LEAST_TIMES
from search.services import count_words
from search.tasks import follow_changes, make_index
from shop.common import clock
from shop.common.jobs import job

_SOUGHT_DAYS, _RARE_DAYS = 400, 30


@job("search.follow_changes", every=dt.timedelta(seconds=2))
def wake_the_worker() -> str:
    """Asks for the work unless it waits already; a worker that died meanwhile is no reason to wait longer."""
    if not Change.objects.exists():
        return "nothing changed"
    waiting = DBTaskResult.objects.filter(task_path=follow_changes.module_path, status=TaskResultStatus.READY)
    if waiting.exists():
        return "waits for the worker"
    follow_changes.enqueue()
    return "worker asked"


@job("search.make_first_index", every=dt.timedelta(minutes=1))
def make_first_index() -> str:
    """With Elasticsearch configured and no index that is asked, one is made; a rebuild that died is begun again after an hour."""
    states = EngineIndex.State
    begun = EngineIndex.objects.filter(state=states.BUILDING, started_at__gt=clock.now() - dt.timedelta(hours=1))
    if not elastic.is_used() or EngineIndex.objects.filter(state=states.LIVE).exists() or begun.exists():
        return "nothing to do"
    waiting = DBTaskResult.objects.filter(task_path=make_index.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        make_index.enqueue()
    return "worker asked"


@job("search.count_words", every=dt.timedelta(days=1))
def count_known_words() -> str:
    """Of words that are alike, the one that stands in most things is taken for a misspelt one."""
    return f"{count_words()} words counted anew"


@job("search.forget_sought", every=dt.timedelta(days=1))
def forget_sought() -> str:
    """Words that were sought more than a year ago are forgotten, and after a month those that hardly anybody sought."""
    today = clock.today()
    old = Sought.objects.filter(day__lt=today - dt.timedelta(days=_SOUGHT_DAYS))
    times = Sought.objects.values("words").annotate(all=Sum("times")).filter(all__lt=LEAST_TIMES).values("words")
    rare = Sought.objects.filter(day__lt=today - dt.timedelta(days=_RARE_DAYS), words__in=times)
    return f"{old.delete()[0] + rare.delete()[0]} words forgotten"

"""The way of a file: sent, looked through by the worker, confirmed by the person, saved as a whole by the worker.

Saving is one transaction. It begins with a lock that all imports share, and plans anew under it: what another file did in
between is seen, so the same file twice at once adds nothing twice.
"""

from __future__ import annotations

import hashlib
import logging
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection, transaction

from media.models import PrivateFile
from shop.common import clock, codes
from shop.common.errors import MarketError
from shop.common.outbox import announce
from shop.common.sheets import Table, read_table
from shop.common.sheets.errors import SheetNotExcel, SheetRefused, SheetTooHeavy, SheetTooLong
from shop.common.sheets.unpacking import MEGABYTES
from shop.common.thai import clean_text
from vendors import errors
from vendors.models import ImportRun, Organisation
from vendors.policies import Right, forget_standing, reach, require
from vendors.sheets import tasks
from vendors.sheets.columns import read_rows
from vendors.sheets.kinds import SHEETS
from vendors.sheets.members import NO_ACCOUNT
from vendors.sheets.plans import Act, Plan, Saving
from vendors.sheets.problems import Problem
from vendors.sheets.progress import ProgressTold

log = logging.getLogger("market.imports")
State = ImportRun.State
KEPT_PROBLEMS, KEPT_CHANGES = 5_000, 5_000
"""So many are kept to be shown; the numbers count all."""
AT_ONCE = 5
"""Files of one person that may be worked on at once."""
_ONE_AT_A_TIME = 5_190_001
"""The key of the lock that saving imports share."""


@transaction.atomic
def start_import(*, by: Any, kind: str, file: IO[bytes], name: str, approves: bool = False) -> ImportRun:
    """Takes an officer's file in and has it looked through. Raises NotYours, SheetTooHeavy, ImportsAtWork."""
    forget_standing(by)
    if not reach(by, Right.REVIEW).exists():
        raise errors.NotYours
    return _take_in(by, kind, file, name, approves=approves and kind == ImportRun.Kind.GROUPS)


@transaction.atomic
def start_group_import(*, group: Organisation, by: Any, kind: str, file: IO[bytes], name: str) -> ImportRun:
    """The same for a file of a group's own. Raises NotYours, SheetTooHeavy, SheetNotExcel, ImportsAtWork."""
    require(by, Right.LIST, group)
    start = file.read(4)
    file.seek(0)
    if name.lower().endswith(_WORKBOOKS) and not start.startswith(_PACKED):
        raise SheetNotExcel
    return _take_in(by, kind, file, name, group=group)


_WORKBOOKS = (".xlsx", ".xlsm", ".xls")
_PACKED = (b"PK", b"\xd0\xcf\x11\xe0")
"""How workbooks begin, new and old ones."""


def _take_in(
    by: Any, kind: str, file: IO[bytes], name: str, *, approves: bool = False, group: Organisation | None = None
) -> ImportRun:
    data = file.read(MEGABYTES * 1024 * 1024 + 1)
    if len(data) > MEGABYTES * 1024 * 1024:
        raise SheetTooHeavy(megabytes=MEGABYTES)
    if ImportRun.objects.filter(by=by, state__in=ImportRun.AT_WORK).count() >= AT_ONCE:
        raise errors.ImportsAtWork
    code, moment, shown = codes.new_code(), clock.now(), clean_text(name)[-200:] or "-"
    run = ImportRun.objects.create(
        code=code,
        kind=kind,
        group=group,
        approves=approves,
        file=_keep(data, code, shown, by),
        file_name=shown,
        by=by,
        created_at=moment,
        touched_at=moment,
    )
    tasks.look_through.enqueue(run.pk)
    return run


def _keep(data: bytes, code: str, name: str, by: Any) -> PrivateFile:
    stored = storages["private"].save(f"imports/{code}", ContentFile(data))
    return PrivateFile.objects.create(
        stored_name=stored,
        shown_name=name,
        content_type="application/octet-stream",
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=by,
    )


@transaction.atomic
def confirm_import(*, run: ImportRun, by: Any) -> None:
    """The person has seen what would happen and wants it. Raises WrongState, NotYours."""
    forget_standing(by)
    locked = ImportRun.objects.select_for_update(of=("self",)).select_related("group").get(pk=run.pk)
    if locked.group is not None:
        require(by, Right.LIST, locked.group)
    elif not reach(by, Right.REVIEW).exists():
        raise errors.NotYours
    if locked.state != State.READY or not locked.changes:
        raise errors.WrongState
    ImportRun.objects.filter(pk=run.pk).update(state=State.SAVING, rows_done=0, tries=0, touched_at=clock.now())
    tasks.save.enqueue(run.pk)


@transaction.atomic
def drop_import(*, run: ImportRun) -> None:
    """The person does not want it: the file goes at once. Raises WrongState while it is worked on, and afterwards."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state not in (State.READY, State.FAULTY, State.REFUSED, State.FAILED):
        raise errors.WrongState
    ImportRun.objects.filter(pk=run.pk).update(state=State.DROPPED, finished_at=clock.now())
    forget_file(run=locked)


def forget_file(*, run: ImportRun) -> None:
    """Removes the file and what was kept of its rows; the numbers stay."""
    kept = PrivateFile.objects.filter(pk=run.file_id or 0).first()
    ImportRun.objects.filter(pk=run.pk).update(file=None, problems=[], preview=[])
    if kept is not None:
        announce("import.file_forgotten", {"stored_name": kept.stored_name})
        kept.delete()


# --- what the worker does -------------------------------------------------------------------------------------


def check_run(*, key: int) -> None:
    """The dry run: every row is read and planned, nothing is saved but what was found."""
    run = _at_work(key, State.CHECKING)
    if run is None:
        return
    try:
        table = _table(run)
        facts = _outcome(run, _plan(run, table), len(table.lines))
    except MarketError as refusal:
        facts = _refused(State.REFUSED if isinstance(refusal, SheetRefused) else State.FAILED, refusal)
    except Exception:
        log.exception("import %s could not be looked through", run.code)
        facts = _refused(State.FAILED, errors.ImportInterrupted())
    ImportRun.objects.filter(pk=key, state=State.CHECKING).update(**facts, touched_at=clock.now())


def save_run(*, key: int) -> None:
    """Plans anew under the lock and saves all rows, or none."""
    run = _at_work(key, State.SAVING)
    if run is None:
        return
    try:
        table = _table(run)
        with ProgressTold(key) as progress, transaction.atomic():
            facts = _save_locked(run, table, progress)
            ImportRun.objects.filter(pk=key, state=State.SAVING).update(**facts, touched_at=clock.now())
    except MarketError as refusal:
        _break_off(run, refusal)
    except Exception:
        log.exception("import %s could not be saved", run.code)
        _break_off(run, errors.ImportInterrupted())


def _save_locked(run: ImportRun, table: Table, progress: ProgressTold) -> dict[str, Any]:
    _lock(run)
    if not ImportRun.objects.filter(pk=run.pk, state=State.SAVING).exists():  # another worker was quicker
        return {}
    plan = _plan(run, table)
    facts = _outcome(run, plan, len(table.lines))
    if plan.problems:
        return facts
    if SHEETS[run.kind].shows_again and facts["preview"] != run.preview:
        return {**facts, "problems": [{"code": errors.ImportMet.code, "facts": {}}]}
    SHEETS[run.kind].save(plan, Saving(run.by, run.file_name, run.approves, progress))
    return {**facts, "state": State.DONE, "rows_done": len(plan.changes), "finished_at": clock.now()}


def _lock(run: ImportRun) -> None:
    """Held until the transaction ends: by all imports of the office, or by those of one group."""
    with connection.cursor() as cursor:
        if run.group_id is None:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        else:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_ONE_AT_A_TIME, run.group_id % 2**31])


def _at_work(key: int, state: str) -> ImportRun | None:
    return ImportRun.objects.select_related("by", "file", "group").filter(pk=key, state=state).first()


def _table(run: ImportRun) -> Table:
    if run.file is None or run.by is None:
        raise errors.ImportInterrupted
    with storages["private"].open(run.file.stored_name) as kept:
        table = read_table(kept.read())
    most = SHEETS[run.kind].most
    if len(table.lines) > most:
        raise SheetTooLong(rows=f"{most:,}")
    return table


def _plan(run: ImportRun, table: Table) -> Plan:
    sheet = SHEETS[run.kind]
    entries, problems = read_rows(table, sheet.columns)
    ground = sheet.ground(run)
    if ground is None:
        return Plan(problems=[Problem(table.headings.number, "nothing_yours")])
    plan = sheet.plan(entries, ground)
    plan.problems += problems
    plan.problems.sort(key=lambda problem: (problem.row, len(problem.letter), problem.letter))
    return plan


def _outcome(run: ImportRun, plan: Plan, rows: int) -> dict[str, Any]:
    shown = [change for change in plan.changes if change.act != Act.SAME or change.note == NO_ACCOUNT][:KEPT_CHANGES]
    columns = SHEETS[run.kind].columns
    return {
        "state": State.FAULTY if plan.problems else State.READY,
        "rows": rows,
        "new": plan.number(Act.NEW),
        "changed": plan.number(Act.CHANGED),
        "same": plan.number(Act.SAME),
        "problems_count": len(plan.problems),
        "problems": [problem.as_json() for problem in plan.problems[:KEPT_PROBLEMS]],
        "preview": [change.as_json(columns) for change in shown],
    }


def _refused(state: str, refusal: MarketError) -> dict[str, Any]:
    facts = {key: str(value) for key, value in refusal.facts.items()}
    return {"state": state, "problems": [{"code": refusal.code, "facts": facts}], "finished_at": clock.now()}


def _break_off(run: ImportRun, refusal: MarketError) -> None:
    facts = _refused(State.FAILED, refusal)
    ImportRun.objects.filter(pk=run.pk, state=State.SAVING).update(**facts, touched_at=clock.now())

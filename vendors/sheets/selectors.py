"""Reading imports: whose they are, and their problems and changes in the page's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import Promise

from shop.common.errors import MarketError
from shop.common.sheets import errors as sheet_errors
from vendors import errors
from vendors.models import ImportRun, Organisation
from vendors.sheets.kinds import SHEETS
from vendors.sheets.problems import words_of

_REFUSALS: dict[str, str | Promise] = {
    kind.code: kind.message
    for module in (sheet_errors, errors)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, MarketError)
}


def runs_of(user: Any) -> QuerySet[ImportRun]:
    """A person's own imports, the newest first; administrators see all of the office. What was kept of rows is left out."""
    rows = ImportRun.objects.filter(group=None)
    rows = rows if user.is_superuser else rows.filter(by=user)
    return rows.defer("problems", "preview").select_related("by").order_by("-created_at", "-pk")


def run_or_404(user: Any, code: str) -> ImportRun:
    """The one door to an import; somebody else's looks like not there."""
    run = runs_of(user).defer(None).filter(code=code).first()
    if run is None:
        raise Http404("no such import")
    return run


def runs_of_group(group: Organisation) -> QuerySet[ImportRun]:
    """What members of a group brought in, the newest first; without what was kept of rows."""
    rows = ImportRun.objects.filter(group=group).defer("problems", "preview")
    return rows.select_related("by").order_by("-created_at", "-pk")


def group_run_or_404(group: Organisation, code: str) -> ImportRun:
    """The one door to an import of a group; another group's looks like not there."""
    run = runs_of_group(group).defer(None).filter(code=code).first()
    if run is None:
        raise Http404("no such import")
    return run


@dataclass(frozen=True)
class Told:
    """A problem for a page: where, in which column, and what to do."""

    row: int
    letter: str
    heading: str
    text: str


def _headings(run: ImportRun) -> dict[str, str]:
    return {column.key: column.heading for column in SHEETS[run.kind].columns}


def problems_of(run: ImportRun) -> list[Mapping[str, Any]]:
    """As kept; `told` puts those of one page into words."""
    return [entry for entry in run.problems if "row" in entry]


def told(run: ImportRun, entries: list[Mapping[str, Any]]) -> list[Told]:
    """Problems in the page's words."""
    headings = _headings(run)
    return [
        Told(entry["row"], entry["letter"], headings.get(entry["column"], ""), words_of(entry)) for entry in entries
    ]


def refusal_of(run: ImportRun) -> str:
    """Why the whole file was not read or not saved; "" when it was."""
    for entry in run.problems:
        if "row" not in entry:
            text = str(_REFUSALS.get(entry["code"], ""))
            return text % entry["facts"] if entry["facts"] else text
    return ""


def changes_told(run: ImportRun, entries: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What rows bring, with the words of their columns."""
    headings = _headings(run)
    return [
        {
            **entry,
            "note": SHEETS[run.kind].note(entry["note"]) if entry["note"] else "",
            "changes": [(headings.get(key, key), before, after) for key, before, after in entry["changes"]],
        }
        for entry in entries
    ]


def problem_rows(run: ImportRun) -> Iterator[list[Any]]:
    """All kept problems as rows of a file."""
    for problem in told(run, problems_of(run)):
        yield [problem.row, problem.letter, problem.heading, problem.text]

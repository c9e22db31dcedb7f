"""The same file by several hands at once: every group comes in once, and the tree stays whole."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from tests.market import Market
from tests.unit.sheets.files import csv_bytes
from vendors.models import ImportRun, Organisation
from vendors.services import create_organisation
from vendors.sheets import services

pytestmark = pytest.mark.race
ROWS = 12


def ready(market: Market, number: int) -> list[ImportRun]:
    """So many imports of one file, all looked through and all confirmed."""
    parent = market.groups["north"].get_parent()
    rows = [("ชื่อกลุ่ม", "สหกรณ์หรือกลุ่มเกษตรกร"), *((f"กลุ่มพร้อมกัน {n}", parent.code) for n in range(ROWS))]
    by = market.people["administrator"]
    runs = [
        services.start_import(by=by, kind="groups", file=io.BytesIO(csv_bytes(*rows)), name=f"{n}.csv")
        for n in range(number)
    ]
    assert set(ImportRun.objects.values_list("state", "new")) == {("ready", ROWS)}
    ImportRun.objects.update(state="saving")
    return runs


def save(run: ImportRun) -> None:
    services.save_run(key=run.pk)


def made() -> int:
    return Organisation.objects.filter(name_th__startswith="กลุ่มพร้อมกัน").count()


def test_the_same_file_at_once_adds_every_group_once(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    runs = ready(race_market, 4)
    assert at_once(save, runs, threads=4) == [None] * 4
    assert made() == ROWS
    assert sorted(ImportRun.objects.values_list("state", "new", "same")) == [("done", 0, ROWS)] * 3 + [
        ("done", ROWS, 0)
    ]
    assert [list(problem) for problem in Organisation.find_problems()] == [[], [], [], [], []]


def test_control_without_the_lock_groups_are_doubled(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each plans before the others have saved: the test above must be able to fail."""
    import threading

    runs, together = ready(race_market, 3), threading.Barrier(3)
    plan = services._plan

    def plan_together(*facts: Any) -> Any:
        found = plan(*facts)
        together.wait(20)
        return found

    monkeypatch.setattr(services, "_lock", lambda run: None)
    monkeypatch.setattr(services, "_plan", plan_together)
    at_once(save, runs, threads=3)
    assert made() == 3 * ROWS


def test_one_import_by_two_workers_is_saved_once(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    run = ready(race_market, 1)[0]
    at_once(save, [run, run, run], threads=3)
    assert made() == ROWS
    assert ImportRun.objects.filter(state="done", new=ROWS).count() == 1


def test_single_groups_beside_an_import_get_paths_of_their_own(
    race_market: Market, at_once: Callable[..., list[Any]]
) -> None:
    run = ready(race_market, 1)[0]
    parent = race_market.groups["north"].get_parent()

    def act(number: int) -> None:
        if number == 0:
            save(run)
        else:
            create_organisation(kind="group", parent=parent, name_th=f"กลุ่มเดี่ยว {number}")

    assert at_once(act, list(range(9)), threads=9) == [None] * 9
    parent.refresh_from_db()
    assert parent.numchild == 1 + ROWS + 8
    assert [list(problem) for problem in Organisation.find_problems()] == [[], [], [], [], []]

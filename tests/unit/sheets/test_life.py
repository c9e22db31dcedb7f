"""How long a file stays, and what its pages show and cost meanwhile."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client

from media.models import PrivateFile
from media.services import forget_loose_files
from shop.common import clock, outbox
from tests.market import Market
from tests.unit.sheets.files import csv_bytes
from tests.unit.sheets.office import NORTH, send
from vendors.models import ImportRun, Organisation
from vendors.sheets import jobs

pytestmark = pytest.mark.django_db


def test_files_go_when_dropped_and_after_thirty_days(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    data = csv_bytes(("ชื่อกลุ่ม", "สหกรณ์หรือกลุ่มเกษตรกร"), ("กลุ่มใหม่", NORTH))
    first, second = send(officer, "groups", data, "a.csv"), send(officer, "groups", data, "b.csv")
    stored = [run.file.stored_name for run in (first, second) if run.file]
    assert officer.post(f"/office/import/{first.code}/drop/").status_code == 302
    outbox.work_off()
    first.refresh_from_db()
    assert (first.state, first.preview, first.file) == ("dropped", [], None)
    assert [storages["private"].exists(name) for name in stored] == [False, True]
    assert jobs.forget_import_files() == "0 files removed"
    later = clock.now() + dt.timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert jobs.forget_import_files() == "1 files removed"
    outbox.work_off()
    assert [storages["private"].exists(name) for name in stored] == [False, False]
    assert PrivateFile.objects.count() == 0
    assert not Organisation.objects.filter(name_th="กลุ่มใหม่").exists()


def test_a_file_that_is_still_looked_at_is_no_loose_one(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    run = send(officer, "groups", csv_bytes(("ชื่อกลุ่ม", "สหกรณ์หรือกลุ่มเกษตรกร"), ("กลุ่มใหม่", NORTH)), "a.csv")
    later = clock.now() + dt.timedelta(days=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    forget_loose_files()
    run.refresh_from_db()
    assert run.file is not None
    assert storages["private"].exists(run.file.stored_name)


def test_silent_work_is_taken_up_again_and_given_up_after_three_tries(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = send(officer, "groups", csv_bytes(("ชื่อกลุ่ม", "สหกรณ์หรือกลุ่มเกษตรกร"), ("กลุ่มใหม่", NORTH)), "a.csv")
    long_ago = clock.now() - dt.timedelta(minutes=11)
    ImportRun.objects.update(state="checking", touched_at=long_ago)
    assert jobs.resume_imports() == "1 taken up again"
    run.refresh_from_db()
    assert (run.state, run.tries) == ("ready", 1)
    ImportRun.objects.update(state="saving", touched_at=long_ago, tries=3)
    jobs.resume_imports()
    page = officer.get(f"/office/import/{run.code}/").content.decode()
    assert "การทำงานหยุดกลางคัน ไม่ได้บันทึกอะไร" in page
    assert not Organisation.objects.filter(name_th="กลุ่มใหม่").exists()


def test_work_under_way_is_shown_without_a_script_too(officer: Client) -> None:
    run = send(officer, "groups", csv_bytes(("ชื่อกลุ่ม", "สหกรณ์หรือกลุ่มเกษตรกร"), ("กลุ่มใหม่", NORTH)), "a.csv")
    ImportRun.objects.update(state="saving", new=1000, rows_done=250)
    page = officer.get(f"/office/import/{run.code}/").content.decode()
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert '<progress id="p" value="250" max="1000">' in page
    assert "250 จาก 1,000 แถว" in page
    assert officer.post(f"/office/import/{run.code}/drop/").status_code == 302
    run.refresh_from_db()
    assert run.state == "saving"


def test_pages_cost_the_same_for_few_and_many_rows(officer: Client, market: Market) -> None:
    from tests.unit.pages.test_query_budgets import count, read

    def sheet(rows: int, *more: str) -> Any:
        head = ("ชื่อกลุ่ม", "สหกรณ์หรือกลุ่มเกษตรกร", "โทรศัพท์")
        return csv_bytes(head, *((f"กลุ่ม {n}", NORTH, *more) for n in range(rows)))

    small, faulty = send(officer, "groups", sheet(1)), send(officer, "groups", sheet(1, "12"))
    paths = ["/office/import/", f"/office/import/{small.code}/", f"/office/import/{faulty.code}/"]
    few = [count(read(officer, path)) for path in paths]
    large, wrong = send(officer, "groups", sheet(45)), send(officer, "groups", sheet(45, "12"))
    for _ in range(10):
        send(officer, "groups", sheet(1))
    many = [
        count(read(officer, path))
        for path in ("/office/import/", f"/office/import/{large.code}/", f"/office/import/{wrong.code}/")
    ]
    assert many == few
    assert max(many) <= 7

"""Sheets through the office's pages: from the template to the saved rows."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.market import Market
from tests.unit.sheets.files import workbook
from vendors.models import ImportRun, Organisation

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
GROUP_HEAD = ("ชื่อกลุ่ม", "สหกรณ์หรือกลุ่มเกษตรกร", "โทรศัพท์", "วันที่ก่อตั้ง")
NORTH = "สหกรณ์กลุ่มจักสานบ้านดอย จำกัด"


@pytest.fixture
def officer(market: Market) -> Client:
    return client_of(market, "officer")


def client_of(market: Market, name: str) -> Client:
    client = Client()
    client.force_login(market.people[name], backend=BACKEND)
    return client


def send(client: Client, kind: str, data: bytes, name: str = "list.xlsx", **more: str) -> ImportRun:
    """Sends a file in and returns its import."""
    answer = client.post("/office/import/", {"kind": kind, "file": SimpleUploadedFile(name, data), **more})
    assert answer.status_code == 302, answer.context["form"].errors
    return ImportRun.objects.get(code=answer.url.split("/")[3])


def save(client: Client, run: ImportRun) -> ImportRun:
    assert client.post(f"/office/import/{run.code}/save/").status_code == 302
    run.refresh_from_db()
    return run


def told(client: Client, run: ImportRun) -> list[tuple[int, str, str]]:
    """The problems as the page shows them: row, column letter, sentence."""
    page = client.get(f"/office/import/{run.code}/")
    return [(entry.row, entry.letter, entry.text) for entry in page.context["problems"]]


def test_groups_come_in_after_the_dry_run_and_wait_for_approval(officer: Client) -> None:
    data = workbook(
        GROUP_HEAD, ("กลุ่มใหม่หนึ่ง", NORTH, 812345678, "๑๕/๐๖/๒๕๔๗"), ("กลุ่มใหม่สอง", NORTH, "053 123 456", 2550)
    )
    run = send(officer, "groups", data)
    assert (run.state, run.new, run.changed, run.same) == ("ready", 2, 0, 0)
    assert not Organisation.objects.filter(name_th__startswith="กลุ่มใหม่").exists()
    run = save(officer, run)
    assert (run.state, run.new, run.rows_done) == ("done", 2, 2)
    rows = Organisation.objects.filter(name_th__startswith="กลุ่มใหม่").order_by("path")
    assert [(row.name_th, row.state, row.phone, str(row.founded_on)) for row in rows] == [
        ("กลุ่มใหม่หนึ่ง", "applied", "0812345678", "2004-06-15"),
        ("กลุ่มใหม่สอง", "applied", "053123456", "2007-01-01"),
    ]


def test_the_same_file_again_changes_nothing(officer: Client) -> None:
    data = workbook(GROUP_HEAD, ("กลุ่มใหม่", NORTH, "", ""))
    save(officer, send(officer, "groups", data))
    again = send(officer, "groups", data)
    assert (again.state, again.new, again.changed, again.same) == ("ready", 0, 0, 1)
    save(officer, again)
    assert again.state == "ready"
    assert Organisation.objects.filter(name_th="กลุ่มใหม่").count() == 1

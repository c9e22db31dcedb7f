"""An officer at the pages of imports."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.market import Market
from vendors.models import ImportRun

BACKEND = "django.contrib.auth.backends.ModelBackend"
NORTH = "สหกรณ์กลุ่มจักสานบ้านดอย จำกัด"


def client_of(market: Market, name: str) -> Client:
    client = Client()
    client.force_login(market.people[name], backend=BACKEND)
    return client


def send(client: Client, kind: str, data: bytes, name: str = "list.xlsx", **more: str) -> ImportRun:
    """Sends a file in and returns its import."""
    sent = {"kind": kind, "groups_as": "applied", "file": SimpleUploadedFile(name, data), **more}
    answer = client.post("/office/import/", sent)
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

"""A thousand groups in one file: fast enough, told on the way, and standing in the tree as if they had come one by one."""

from __future__ import annotations

import io
import time
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, ReferenceIndex

from cms.models import GroupPage
from shop.common import outbox
from shop.partner.models import Partner
from tests.market import Market
from tests.unit.sheets.files import workbook
from vendors.models import ImportRun, Organisation
from vendors.services import create_organisation
from vendors.services.bulk import NewOrganisation, create_organisations
from vendors.sheets import services

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEAD = ("ชื่อกลุ่ม", "ชื่อภาษาอังกฤษ", "สหกรณ์หรือกลุ่มเกษตรกร", "โทรศัพท์", "วันที่ก่อตั้ง", "จำนวนสมาชิก", "แนะนำกลุ่ม")
SECONDS = 60


def cooperatives(number: int) -> list[Organisation]:
    networks = Organisation.objects.filter(kind=Organisation.Kind.PROVINCIAL).order_by("path")[:number]
    return [
        create_organisation(
            kind=Organisation.Kind.COOPERATIVE, parent=network, name_th=f"สหกรณ์ทดสอบ {network.slug} จำกัด"
        )
        for network in networks
    ]


def thousand(parents: list[Organisation]) -> bytes:
    rows = [
        (f"กลุ่มจักสาน {n}", f"Basketry {n}", parents[n % len(parents)].code, f"08{n:08d}", "15/06/2547", 25, "จักสานไม้ไผ่")
        for n in range(1000)
    ]
    return workbook(HEAD, *rows)


def tree_is_whole() -> None:
    """treebeard finds nothing to mend: paths, depths and numbers of children fit."""
    assert [list(problem) for problem in Organisation.find_problems()] == [[], [], [], [], []]


@pytest.mark.parametrize("approves", [False, True], ids=["applied", "approved"])
def test_a_thousand_groups_in_under_a_minute(market: Market, approves: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    signs: list[int] = []
    monkeypatch.setattr(services.ProgressTold, "__call__", lambda self, done: signs.append(done))
    data = thousand(cooperatives(40))
    by = market.people["administrator"]
    began, cpu = time.monotonic(), time.process_time()
    run = services.start_import(by=by, kind="groups", file=io.BytesIO(data), name="x.xlsx", approves=approves)
    looked = time.monotonic()
    run.refresh_from_db()
    assert (run.state, run.new) == ("ready", 1000), run.problems[:3]
    services.confirm_import(run=run, by=by)
    ended = time.monotonic()
    run.refresh_from_db()
    print(f"look {looked - began:.1f} s, save {ended - looked:.1f} s, cpu {time.process_time() - cpu:.1f} s")
    assert (run.state, run.new, run.rows_done) == ("done", 1000, 1000)
    assert ended - began < SECONDS
    made = Organisation.objects.filter(name_th__startswith="กลุ่มจักสาน ")
    assert made.count() == 1000
    assert set(made.values_list("state", flat=True)) == {"approved" if approves else "applied"}
    assert Partner.objects.filter(group__in=made).count() == (1000 if approves else 0)
    assert GroupPage.objects.filter(group__in=made).count() == (2000 if approves else 0)
    assert sorted(signs) == signs
    assert len(signs) >= 20
    tree_is_whole()


def test_a_group_of_a_file_has_the_same_pages_and_partner_as_a_single_one(market: Market) -> None:
    parent = cooperatives(1)[0]
    details = {"name_en": "Basketry", "summary_th": "จักสาน\nไม้ไผ่", "summary_en": ""}
    kind: Any = {"kind": "group", "state": "approved", "name_th": "กลุ่มจักสาน"}
    single = create_organisation(parent=parent, **kind, **details)
    (other,) = create_organisations(wanted=[NewOrganisation(parent_id=parent.pk, details=details, **kind)])
    mine = {"page_ptr", "page_ptr_id", "id", "path", "slug", "url_path", "translation_key", "group", "group_id", "code"}
    times = {"first_published_at", "last_published_at", "latest_revision_created_at"}

    def facts(group: Organisation) -> list[Any]:
        pages = GroupPage.objects.filter(group=group).order_by("path").values()
        rows = [*pages, Partner.objects.filter(group=group).values().get()]
        return [{key: value for key, value in row.items() if key not in mine | times} for row in rows]

    assert facts(other) == facts(single)
    thai, english = GroupPage.objects.filter(group=other).order_by("path")
    assert thai.translation_key == english.translation_key
    assert (thai.url_path, english.slug) == (f"{thai.get_parent().url_path}{other.slug}/", other.slug)
    assert [list(problem) for problem in Page.find_problems()] == [[], [], [], [], []]
    outbox.work_off()
    assert ReferenceIndex.objects.filter(object_id__in=[str(thai.pk), str(english.pk)]).exists()
    client = Client()
    assert (
        client.get(f"/groups/{other.slug}/").status_code == client.get(f"/en/groups/{other.slug}/").status_code == 200
    )


def test_children_come_in_the_order_of_the_rows_behind_those_that_were_there(market: Market) -> None:
    parent = cooperatives(1)[0]
    single: Any = create_organisation(kind="group", parent=parent, name_th="กลุ่มแรก")
    rows = [(name, "", parent.code, "", "", "", "") for name in ("กลุ่ม ข", "กลุ่ม ก")]
    by = market.people["administrator"]
    run = services.start_import(by=by, kind="groups", file=io.BytesIO(workbook(HEAD, *rows)), name="x")
    run.refresh_from_db()
    services.confirm_import(run=run, by=by)
    after: Any = create_organisation(kind="group", parent=Organisation.objects.get(pk=parent.pk), name_th="กลุ่มท้าย")
    parent.refresh_from_db()
    assert [row.name_th for row in parent.get_children()] == [single.name_th, "กลุ่ม ข", "กลุ่ม ก", after.name_th]
    assert parent.numchild == 4
    tree_is_whole()


def test_a_file_breaking_off_in_the_middle_saves_nothing(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    parents = cooperatives(40)
    by = market.people["administrator"]
    before = Organisation.objects.count()
    run = services.start_import(by=by, kind="groups", file=io.BytesIO(thousand(parents)), name="x.xlsx", approves=True)
    calls: list[int] = []

    def breaks(groups: list[Organisation]) -> None:
        calls.append(len(groups))
        if len(calls) == 10:
            raise RuntimeError("in the middle")

    monkeypatch.setattr("vendors.services.bulk.group_approved.run_many", breaks)
    run.refresh_from_db()
    services.confirm_import(run=run, by=by)
    run.refresh_from_db()
    assert (run.state, [entry["code"] for entry in run.problems]) == ("failed", ["vendors.import_interrupted"])
    assert Organisation.objects.count() == before
    client = Client()
    client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
    assert "ไม่ได้บันทึกอะไร" in client.get(f"/office/import/{run.code}/").content.decode()
    assert ImportRun.objects.get().file is not None

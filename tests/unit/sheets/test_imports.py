"""Sheets through the office's pages: from the template to the saved rows."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shop.common import clock, outbox
from tests.market import Market, make_user
from tests.unit.sheets.files import SHEET, csv_bytes, inline, raw_workbook, workbook
from tests.unit.sheets.office import NORTH, client_of, save, send, told
from vendors import history
from vendors.models import Certificate, ImportRun, Invitation, Membership, Organisation
from vendors.policies import Right, may
from vendors.services import accept_invitation
from vendors.sheets import members, tasks

pytestmark = pytest.mark.django_db
GROUP_HEAD = ("ชื่อกลุ่ม", "สหกรณ์หรือกลุ่มเกษตรกร", "โทรศัพท์", "วันที่ก่อตั้ง")


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


def test_every_error_of_every_row_is_told_and_nothing_is_saved(officer: Client) -> None:
    before = Organisation.objects.count()
    head = ("ชื่อกลุ่ม", "สหกรณ์หรือกลุ่มเกษตรกร", "จังหวัด", "โทรศัพท์", "วันที่ก่อตั้ง", "จำนวนสมาชิก", "เลขประจำตัวผู้เสียภาษี", "อีเมล")
    rows = [
        ("กลุ่มดี", NORTH, "เชียงใหม่", "081-234-5678", "15/06/2547", "๑,๒๕๐", "", "a@example.test"),
        ("กลุ่มหนึ่ง", "สหกรณ์ไม่มี จำกัด", "ขอนแก่น", "12", "31/2/2569", "มาก", "1234567890123", "ไม่ใช่"),
        (None, NORTH, "แม่ริม", "=1+1", "1/1/2700", "5", "", ""),
        ("กลุ่ม ดี", NORTH, "", "", dt.date(2040, 1, 1), "", "", ""),
        ("กลุ่มดี.", NORTH, "", "", "", "", "", ""),
    ]
    run = send(officer, "groups", workbook(head, *rows))
    assert (run.state, run.problems_count) == ("faulty", 14)
    assert told(officer, run) == [
        (3, "B", "ไม่พบสหกรณ์หรือกลุ่มเกษตรกร “สหกรณ์ไม่มี จำกัด” ในความดูแลของท่าน ตรวจชื่ออีกครั้ง หรือนำเข้าสหกรณ์ก่อน"),
        (3, "C", "ขอนแก่น ไม่อยู่ในความดูแลของท่าน ให้สำนักงานของจังหวัดนั้นนำเข้าแถวนี้"),
        (3, "D", "“12” ไม่ใช่เบอร์โทรศัพท์ไทย มือถือ 10 หลัก บ้าน 9 หลัก"),
        (3, "E", "“31/2/2569” ไม่ใช่วันที่ เขียนเป็น วัน/เดือน/ปี เช่น 23/11/2569 หรือ 23/11/2026"),
        (3, "F", "“มาก” ไม่ใช่จำนวนเต็มตั้งแต่ 0 ถึง 1,000,000"),
        (3, "G", "“1234567890123” ไม่ใช่เลขผู้เสียภาษี ต้องมี 13 หลัก และหลักสุดท้ายต้องตรงกับหลักอื่น"),
        (3, "H", "“ไม่ใช่” ไม่ใช่อีเมล"),
        (4, "A", "ต้องกรอกช่องนี้"),
        (4, "C", "“แม่ริม” ไม่ใช่ชื่อจังหวัด เขียนชื่อเต็ม เช่น เชียงใหม่"),
        (4, "D", "ช่องนี้เป็นสูตร ให้คัดลอกแล้ววางเป็นค่า"),
        (4, "E", "ปี 2700 ห่างจากปัจจุบันเกินไป ดูว่าเป็น พ.ศ. หรือ ค.ศ."),
        (5, "A", "ซ้ำกับแถวที่ 2 ให้ลบออกแถวหนึ่ง"),
        (5, "E", "“01/01/2583” เป็นวันในอนาคต ดูวันและปีอีกครั้ง"),
        (6, "A", "ซ้ำกับแถวที่ 2 ให้ลบออกแถวหนึ่ง"),
    ]
    assert officer.get(f"/office/import/{run.code}/problems.csv").getvalue().decode().count("\r\n") == 15
    save(officer, run)
    assert (run.state, Organisation.objects.count()) == ("faulty", before)


def test_wrong_headings_are_told_before_any_row(officer: Client) -> None:
    run = send(officer, "groups", csv_bytes(("ชื่อกลุ่ม", "ชื่อกลุ่ม*", "ราคา"), ("ก", "ข", "1")), "a.csv")
    assert [text for _row, _letter, text in told(officer, run)] == [
        "ไม่มีคอลัมน์ “สหกรณ์หรือกลุ่มเกษตรกร” ให้คัดลอกหัวคอลัมน์จากแบบฟอร์ม",
        "มีคอลัมน์ “ชื่อกลุ่ม*” สองคอลัมน์ ให้ลบออกหนึ่ง",
        "ไฟล์ประเภทนี้ไม่มีคอลัมน์ “ราคา” ให้แก้หัวคอลัมน์หรือลบคอลัมน์นี้",
    ]


def test_a_hostile_file_is_refused_on_its_page(officer: Client) -> None:
    evil = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SHEET.format(f"<row>{inline('&x;')}</row>" * 2)
    run = send(officer, "groups", raw_workbook(evil))
    assert run.state == "refused"
    assert "ไฟล์นี้อ้างถึงสิ่งที่อยู่นอกไฟล์" in officer.get(f"/office/import/{run.code}/").content.decode()
    too_heavy = SimpleUploadedFile("a.csv", b"x" * (5 * 1024 * 1024 + 1))
    answer = officer.post("/office/import/", {"kind": "groups", "groups_as": "applied", "file": too_heavy})
    assert answer.status_code == 422
    assert "ไฟล์ใหญ่เกิน 5 MB" in answer.content.decode()
    assert ImportRun.objects.count() == 1


@pytest.mark.parametrize(("kind", "state"), [("applied", "applied"), ("approved", "approved")])
def test_the_officer_says_whether_new_groups_are_approved(officer: Client, kind: str, state: str) -> None:
    data = csv_bytes(
        ("ชื่อกลุ่ม", "สหกรณ์หรือกลุ่มเกษตรกร"), ("กลุ่มใหม่", "สหกรณ์กลุ่มจักสานบ้านดอย"), encoding="cp874", separator=";"
    )
    save(officer, send(officer, "groups", data, "a.csv", groups_as=kind))
    group = Organisation.objects.get(name_th="กลุ่มใหม่")
    assert (group.state, hasattr(group, "partner")) == (state, state == "approved")
    (entry,) = history.history_of(group)
    assert (history.words_of(entry), entry.data["what"]) == (
        "นำเข้าจากไฟล์และอนุมัติ" if state == "approved" else "นำเข้าจากไฟล์",
        "a.csv",
    )


def test_changes_are_shown_before_and_after_and_an_empty_cell_keeps(officer: Client, market: Market) -> None:
    group = market.groups["north"]
    Organisation.objects.filter(pk=group.pk).update(phone="0812345678", email="old@example.test", members_count=7)
    data = csv_bytes(
        ("รหัส", "ชื่อกลุ่ม", "สหกรณ์หรือกลุ่มเกษตรกร", "โทรศัพท์", "อีเมล", "จำนวนสมาชิก"),
        (group.code, "กลุ่มจักสานดอยใหม่", NORTH, "", "-", "9"),
    )
    run = send(officer, "groups", data, "a.csv")
    page = officer.get(f"/office/import/{run.code}/")
    assert page.context["changes"][0]["changes"] == [
        ("ชื่อกลุ่ม", "กลุ่มจักสานบ้านดอย", "กลุ่มจักสานดอยใหม่"),
        ("อีเมล", "old@example.test", ""),
        ("จำนวนสมาชิก", "7", "9"),
    ]
    save(officer, run)
    group.refresh_from_db()
    assert (group.name_th, group.phone, group.email, group.members_count, group.state) == (
        "กลุ่มจักสานดอยใหม่",
        "0812345678",
        "",
        9,
        "approved",
    )


def test_another_province_is_out_of_reach_by_name_and_by_code(officer: Client, market: Market) -> None:
    isan = market.groups["isan"]
    rows = [(isan.code, "ยึดกลุ่ม", isan.get_parent().code), ("", "กลุ่มใหม่", isan.get_parent().name_th)]
    run = send(officer, "groups", csv_bytes(("รหัส", "ชื่อกลุ่ม", "สหกรณ์หรือกลุ่มเกษตรกร"), *rows), "a.csv")
    assert [(row, letter) for row, letter, _text in told(officer, run)] == [(2, "A"), (2, "C"), (3, "C")]
    coop = csv_bytes(("ชื่อ", "ประเภท", "จังหวัด"), ("สหกรณ์ใหม่ จำกัด", "สหกรณ์", "ขอนแก่น"))
    assert send(officer, "cooperatives", coop, "b.csv").state == "faulty"
    isan.refresh_from_db()
    assert isan.name_th == "กลุ่มทอผ้าบ้านโนน"
    national = client_of(market, "administrator")
    assert send(national, "cooperatives", coop, "b.csv").state == "ready"


def test_an_officer_moved_between_dry_run_and_saving_saves_nothing(officer: Client, market: Market) -> None:
    run = send(officer, "groups", csv_bytes(("ชื่อกลุ่ม", "สหกรณ์หรือกลุ่มเกษตรกร"), ("กลุ่มใหม่", NORTH)), "a.csv")
    ImportRun.objects.update(state="saving")
    Membership.objects.filter(user=market.people["officer"]).delete()
    tasks.save.enqueue(run.pk)
    run.refresh_from_db()
    assert (run.state, run.problems[0]["code"]) == ("faulty", "nothing_yours")
    assert not Organisation.objects.filter(name_th="กลุ่มใหม่").exists()
    assert officer.get(f"/office/import/{run.code}/").status_code == 404


MEMBER_HEAD = ("อีเมล", "องค์กร", "หน้าที่")
NEWCOMER = ("new@example.test", "กลุ่มจักสานบ้านดอย", "manager")


def test_members_get_roles_and_strangers_are_named(
    officer: Client, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody can invite."""
    monkeypatch.setattr(members, "_inviting", [])
    rows = [
        ("Buyer@Example.test", "กลุ่มจักสานบ้านดอย", "เหรัญญิก"),
        NEWCOMER,
        ("north@example.test", "กลุ่มจักสานบ้านดอย", "ผู้จัดการ"),
    ]
    run = send(officer, "members", csv_bytes(MEMBER_HEAD, *rows), "a.csv")
    assert (run.state, run.new, run.same) == ("ready", 1, 2)
    changes = officer.get(f"/office/import/{run.code}/").context["changes"]
    assert [(row["row"], row["act"], row["note"][:24]) for row in changes] == [
        (2, "new", "เหรัญญิก"),
        (3, "same", "ยังไม่มีบัญชีที่ใช้อีเมล"),
    ]
    assert save(officer, run).state == "done"
    held = Membership.objects.filter(organisation=market.groups["north"]).values_list("user__email", "role")
    assert sorted(held) == [("buyer@example.test", "treasurer"), ("north@example.test", "manager")]
    assert send(officer, "members", csv_bytes(MEMBER_HEAD, rows[0]), "a.csv").same == 1


def test_who_can_invite_is_asked_once(officer: Client, market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[tuple[int, str, str]] = set()

    class Post:
        def asked(self, organisations: Any) -> set[tuple[int, str, str]]:
            return asked

        def ask(self, *, organisation: Organisation, email: str, role: str, by: Any) -> None:
            asked.add((organisation.pk, email, role))

    monkeypatch.setattr(members, "_inviting", [Post()])
    run = send(officer, "members", csv_bytes(MEMBER_HEAD, NEWCOMER), "a.csv")
    assert "จะส่งคำเชิญทางอีเมล" in officer.get(f"/office/import/{run.code}/").content.decode()
    assert asked == set()
    save(officer, run)
    assert asked == {(market.groups["north"].pk, "new@example.test", "manager")}
    assert send(officer, "members", csv_bytes(MEMBER_HEAD, NEWCOMER), "a.csv").same == 1


def test_a_stranger_of_a_sheet_is_invited_by_letter(officer: Client, market: Market) -> None:
    """The officer may review, not manage: the sheet's own right is enough, and the invitation is as good as a manager's."""
    north, by = market.groups["north"], market.people["officer"]
    assert (may(by, Right.REVIEW, north), may(by, Right.MANAGE, north)) == (True, False)
    run = send(officer, "members", csv_bytes(MEMBER_HEAD, NEWCOMER), "a.csv")
    assert not Invitation.objects.exists()
    assert save(officer, run).state == "done"
    found = Invitation.objects.get()
    assert (found.organisation, found.email, found.role, found.invited_by) == (north, NEWCOMER[0], "manager", by)
    outbox.work_off()
    letter = mail.outbox[-1]
    assert letter.to == [NEWCOMER[0]]
    assert send(officer, "members", csv_bytes(MEMBER_HEAD, NEWCOMER), "a.csv").same == 1
    secret = re.search(r"/invitation/([\w-]+)/", str(letter.body))
    assert secret is not None
    accept_invitation(secret=secret[1], user=make_user("new"))
    held = Membership.objects.get(user__email=NEWCOMER[0])
    assert (held.organisation, held.role) == (north, "manager")


def test_an_officer_who_was_moved_meanwhile_invites_nobody(officer: Client, market: Market) -> None:
    run = send(officer, "members", csv_bytes(MEMBER_HEAD, NEWCOMER), "a.csv")
    Membership.objects.filter(user=market.people["officer"]).delete()
    assert officer.post(f"/office/import/{run.code}/save/").status_code in (302, 403, 404)
    outbox.work_off()
    assert not Invitation.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("row", "letter"),
    [
        (("officer@example.test", "กลุ่มจักสานบ้านดอย", "ผู้จัดการ"), "A"),
        (("buyer@example.test", "สำนักงานสหกรณ์จังหวัดเชียงใหม่", "ผู้จัดการ"), "B"),
        (("buyer@example.test", "เครือข่ายกลุ่มอาชีพจังหวัดเชียงใหม่", "ผู้จัดการ"), "B"),
        (("buyer@example.test", "กลุ่มทอผ้าบ้านโนน", "ผู้จัดการ"), "B"),
        (("buyer@example.test", "กลุ่มจักสานบ้านดอย", "เจ้าหน้าที่"), "C"),
    ],
)
def test_a_file_gives_no_power_that_the_officer_has_not(officer: Client, row: tuple[str, ...], letter: str) -> None:
    before = Membership.objects.count()
    run = send(officer, "members", csv_bytes(("อีเมล", "องค์กร", "หน้าที่"), row), "a.csv")
    assert [(number, column) for number, column, _text in told(officer, run)] == [(2, letter)]
    save(officer, run)
    assert Membership.objects.count() == before


def test_certificates_come_in_as_handed_in(officer: Client, market: Market) -> None:
    head = ("กลุ่ม", "มาตรฐาน", "เลขที่", "วันที่ออก", "มีผลถึงวันที่", "ครอบคลุม")
    row = ("กลุ่มจักสานบ้านดอย", "มผช.", "มผช. ๑๕๕๕/๒๕๖๓", "1 ต.ค. 2568", "30/09/2571", "ทั้งกลุ่ม")
    run = save(officer, send(officer, "certificates", csv_bytes(head, row), "a.csv"))
    paper = Certificate.objects.get(number_normalised="มผช.1555/2563")
    assert (run.state, paper.state, paper.scope) == ("done", "submitted", "group")
    assert (str(paper.issued_on), str(paper.expires_on)) == ("2025-10-01", "2028-09-30")
    assert send(officer, "certificates", csv_bytes(head, row), "a.csv").same == 1
    later = (*row[:4], "30/09/2572", "ทั้งกลุ่ม")
    changed = send(officer, "certificates", csv_bytes(head, later), "a.csv")
    assert (changed.state, changed.changed) == ("ready", 1)
    Certificate.objects.filter(pk=paper.pk).update(state="verified", verified_at=clock.now())
    save(officer, changed)
    paper.refresh_from_db()
    assert (changed.state, str(paper.expires_on)) == ("faulty", "2028-09-30")
    bad = ("กลุ่มจักสานบ้านดอย", "อย.", "12", "1/10/2568", "1/10/2567", "")
    wrong = send(officer, "certificates", csv_bytes(head, bad), "a.csv")
    assert [(row, letter) for row, letter, _text in told(officer, wrong)] == [(2, "C"), (2, "E")]


def test_a_corrected_certificate_is_looked_at_anew_and_a_withdrawn_one_is_none(officer: Client) -> None:
    head = ("กลุ่ม", "มาตรฐาน", "เลขที่", "วันที่ออก", "มีผลถึงวันที่")
    row = ("กลุ่มจักสานบ้านดอย", "มผช.", "มผช. 1555/2563", "1/10/2568", "30/09/2571")
    save(officer, send(officer, "certificates", csv_bytes(head, row), "a.csv"))
    paper = Certificate.objects.get(number_normalised="มผช.1555/2563")
    save(officer, send(officer, "certificates", csv_bytes(head, (*row[:4], "30/09/2572")), "a.csv"))
    before, after = paper.version, Certificate.objects.get(pk=paper.pk)
    assert (str(after.expires_on), after.version, after.state) == ("2029-09-30", before + 1, "submitted")
    Certificate.objects.filter(pk=paper.pk).update(state="withdrawn")
    assert send(officer, "certificates", csv_bytes(head, row), "a.csv").new == 1
    assert "1555" not in officer.get("/office/import/export/certificates.csv").getvalue().decode()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", ["cooperatives", "groups", "members", "certificates"])
def test_what_is_exported_comes_in_again_and_changes_nothing(market: Market, kind: str, form: str) -> None:
    Organisation.objects.filter(pk=market.groups["north"].pk).update(
        line_id="@bandoi",
        contact_name="=1+1",
        phone="0812345678",
        summary_th="สองบรรทัด\nจริง ๆ",
        founded_on="2004-06-15",
    )
    client = client_of(market, "administrator")
    data = client.get(f"/office/import/export/{kind}.{form}").getvalue()
    run = send(client, kind, data, f"a.{form}")
    assert (run.state, run.new, run.changed, run.same) == ("ready", 0, 0, 3 if kind != "members" else 4), told(
        client, run
    )
    if (kind, form) == ("groups", "csv"):
        assert '"\'=1+1"' in data.decode() or ",'=1+1," in data.decode()


def test_an_export_holds_what_the_officer_may_see(officer: Client) -> None:
    text = officer.get("/office/import/export/groups.csv").getvalue().decode("utf-8-sig")
    assert ("กลุ่มจักสานบ้านดอย" in text, "กลุ่มทอผ้าบ้านโนน" in text) == (True, False)
    text = officer.get("/office/import/export/members.csv").getvalue().decode("utf-8-sig")
    assert ("north@example.test" in text, "isan@example.test" in text) == (True, False)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", ["cooperatives", "groups", "members", "certificates"])
def test_a_template_left_as_it_is_brings_nothing(officer: Client, kind: str, form: str) -> None:
    """The example row is passed over; its headings are those that are read."""
    run = send(officer, kind, officer.get(f"/office/import/template/{kind}.{form}").getvalue(), f"a.{form}")
    assert (run.state, run.new, run.changed, run.same) == ("ready", 0, 0, 0)
    assert "ไม่มีอะไรเปลี่ยน" in officer.get(f"/office/import/{run.code}/").content.decode()

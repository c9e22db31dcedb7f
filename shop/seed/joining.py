"""Groups on their way into the demo market, and the record of one that is in: made through the services, by the demo's people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shop.common import clock
from vendors.models import Attestation, Bank, GroupApplication, Organisation, Support
from vendors.services import applications, records, reviews
from vendors.services.applications import FIELDS

Step = GroupApplication.Step
_WHERE: dict[str, Any] = {
    "contact_name": "บัวคำ ศรีใส",
    "line1": "45 หมู่ 2",
    "area_code": "750103",
    "postcode": "75000",
    "phone": "0810007501",
    "email": "applicant@example.test",
    "line_id": "buakham.sri",
}
_WHAT: dict[str, Any] = {
    "main_goods": "ปลาเค็ม ปลาแห้ง กะปิ",
    "categories": ["chilli-paste"],
    "members_count": 16,
    "founded_on": dt.date(2008, 8, 12),
    "capacity_amount": 300,
    "capacity_unit": "กิโลกรัม",
    "otop_id": "750100045",
}
_MONEY: dict[str, Any] = {
    "account_of": "parent",
    "bank": Bank.BAAC,
    "account_number": "012345678901",
    "tax_of": "parent",
    "tax_id": "",
    "is_vat_registered": False,
}


def make_applications(group_a: Organisation, users: dict[str, Any]) -> None:
    """One application in each state that an officer meets, a draft, and a group whose record is filled in."""
    cooperative, officer = group_a.get_parent(), users["officer.x@example.test"]
    coop, person = users["coop@example.test"], users["applicant@example.test"]
    with clock.moved_to(clock.now() - dt.timedelta(days=9)):
        _handed_in(cooperative, coop, "กลุ่มแปรรูปปลาเค็มลาดใหญ่", "Lat Yai Dried Fish Group", True)
    with clock.moved_to(clock.now() - dt.timedelta(days=4)):
        looked_at = _handed_in(cooperative, coop, "กลุ่มกะปิคลองโคนรุ่งเรือง", "Khlong Khon Shrimp Paste Group", True)
    reviews.take_into_review(group=looked_at, by=officer, seen="applied")
    reviews.note_check(group=looked_at, what="identity", by=officer, note="โทรถามผู้จัดการสหกรณ์แล้ว เป็นกลุ่มในสังกัดจริง")
    with clock.moved_to(clock.now() - dt.timedelta(days=2)):
        back = _handed_in(cooperative, person, "กลุ่มแม่บ้านน้ำตาลมะพร้าวบางคนที", "Bang Khonthi Coconut Sugar Group", False)
    remarks: dict[str, str] = {
        Step.WHERE: "บ้านเลขที่ไม่ตรงกับที่สหกรณ์แจ้งไว้ กรุณาตรวจอีกครั้ง",
        Step.WHAT: "ขอทราบกำลังผลิตในฤดูฝนด้วย",
    }
    reviews.send_back(group=back, by=officer, seen="applied", reason="ขอข้อมูลเพิ่มเล็กน้อยก่อนอนุมัติ", remarks=remarks)
    draft = applications.start_application(by=person)
    values = {"parent": cooperative, "name_th": "กลุ่มสานเสื่อบางแก้ว", "name_en": "", "is_surely_new": True}
    _save(draft, Step.WHO, values, person)
    _record(group_a, users)


def _save(application: GroupApplication, step: str, values: dict[str, Any], by: Any, **accepted: bool) -> None:
    kept = {name: value for name, value in values.items() if name in FIELDS[step]}
    seen = int(GroupApplication.objects.get(pk=application.pk).revisions.get(step, 0))
    applications.save_step(application=application, step=step, values=kept, seen=seen, accepted=accepted, by=by)


def _handed_in(cooperative: Organisation, by: Any, name: str, english: str, for_it: bool) -> Organisation:
    application = applications.start_application(by=by, cooperative=cooperative if for_it else None)
    who = {"parent": cooperative, "name_th": name, "name_en": english, "is_surely_new": True}
    _save(application, Step.WHO, who, by)
    _save(application, Step.WHERE, _WHERE, by)
    _save(application, Step.WHAT, _WHAT, by)
    agreed = dict.fromkeys(Attestation.What.values, True)
    _save(application, Step.MONEY, {**_MONEY, "account_name": cooperative.name_th}, by, **agreed)
    group = applications.hand_in(application=application, by=by)
    Organisation.objects.filter(pk=group.pk).update(is_demo=True)
    return group


def _record(group: Organisation, users: dict[str, Any]) -> None:
    manager, coop = users["manager.a@example.test"], users["coop@example.test"]
    cooperative = group.get_parent()
    values = {
        **{name: _WHAT[name] for name in ("capacity_amount", "capacity_unit", "otop_id")},
        "main_goods": "น้ำพริก กะปิ ปลาแห้ง",
        "categories": ["chilli-paste", "rice"],
        "programme": "โครงการพัฒนากลุ่มอาชีพสู่มาตรฐาน",
        "adviser": "มหาวิทยาลัยราชภัฏพระนคร",
        "joined_year": 2022,
        "packaging": "",
    }
    record = records.save_record(group=group, values=values, seen=0, by=manager)
    account = {**_MONEY, "account_name": cooperative.name_th}
    records.save_account(group=group, values=account, seen=record.revision, by=manager)
    given = (
        (dt.date(2023, 2, 10), "เงินกู้ดอกเบี้ยต่ำซื้อตู้อบแห้ง", 8_000_000),
        (dt.date(2024, 6, 3), "เงินอุดหนุนปรับปรุงฉลาก", 1_500_000),
        (dt.date(2025, 9, 18), "สอนทำบัญชีกลุ่มและต้นทุนต่อชิ้น", None),
    )
    for on, what, satang in given:
        kind = Support.Kind.CAPITAL if satang else Support.Kind.KNOWLEDGE
        records.note_support(
            group=group, kind=kind, on=on, what=what, amount_satang=satang, giver=cooperative.name_th, by=coop
        )
    trained = (
        (dt.date(2023, 11, 7), "หลักเกณฑ์วิธีการที่ดีในการผลิตอาหาร (GHPs)", "สำนักงานสหกรณ์จังหวัด", 12),
        (dt.date(2025, 3, 21), "ถ่ายภาพสินค้าด้วยโทรศัพท์", "เครือข่ายจังหวัด", 5),
    )
    for on, title, organiser, people in trained:
        records.note_training(group=group, on=on, title=title, organiser=organiser, people=people, by=manager)

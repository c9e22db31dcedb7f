"""Sheets that were sent in: two of an officer and two of a group, each one that waits for a decision and one to correct."""

from __future__ import annotations

import io
from typing import Any

from shop.common.sheets import csv_lines
from vendors.models import ImportRun, Organisation
from vendors.sheets.services import start_group_import, start_import

_HEAD = ["ชื่อกลุ่ม", "สหกรณ์หรือกลุ่มเกษตรกร", "ผู้ติดต่อ", "โทรศัพท์", "วันที่ก่อตั้ง", "จำนวนสมาชิก"]
_NEW = (
    ("กลุ่มแม่บ้านแปรรูปสมุนไพรบ้านปง", "นางบัวผัน ใจคำ", "053 221 480", "12/08/2549", "24"),
    ("กลุ่มทอผ้าฝ้ายย้อมครามบ้านเหล่า", "นางคำปัน วงศ์ใหญ่", "081 555 0142", "05/12/2544", "31"),
    ("กลุ่มผู้ผลิตน้ำผึ้งดอยใต้", "นายสมบูรณ์ ตาคำ", "086 555 0188", "2558", "12"),
)
_WRONG = (
    ("กลุ่มแม่บ้านเกษตรกรบ้านเหนือ", "นางสายสมร ดีงาม", "053 22", "31/02/2560", "18"),
    ("กลุ่มจักสานบ้านใต้", "นายอินทร์ แก้วมา", "089 555 0123", "15/06/2547", "ยี่สิบคน"),
)


_GOODS_HEAD = ["ชื่อสินค้า", "หมวด", "ราคา", "จำนวนที่มี", "หน่วยขาย", "น้ำหนักรวมห่อ (กรัม)"]
_GOODS = (
    ("ถาดไม้ไผ่สานลายดอกพิกุล", "basketry", "180", "12", "ใบ", "450"),
    ("โคมไฟไม้ไผ่ทรงสุ่ม", "basketry", "๔๕๐ บาท", "6 ใบ", "ใบ", "1.2 กก."),
    ("พัดสานลายขัด", "basketry", "65.50", "40", "เล่ม", "80"),
)
_GOODS_WRONG = (
    ("กระจาดใบเล็ก", "ของฝาก", "90", "15", "ใบ", "300"),
    ("กระจาดใบใหญ่", "basketry", "ถามในแชต", "8", "ใบ", "700"),
)


def send_goods_sheets(member: Any, group: Organisation) -> None:
    """As a member of the group would."""
    for name, rows in (("สินค้าใหม่ ไตรมาส 4.csv", _GOODS), ("กระจาดสองขนาด.csv", _GOODS_WRONG)):
        file = io.BytesIO(b"".join(csv_lines([_GOODS_HEAD, *rows])))
        start_group_import(group=group, by=member, kind=ImportRun.Kind.GOODS, file=file, name=name)


def send_sheets(officer: Any, group: Organisation) -> None:
    """As the officer of the group's province would."""
    parent = group.get_parent().name_th
    _send(officer, "กลุ่มใหม่ ไตรมาส 4.csv", [[name, parent, *rest] for name, *rest in _NEW])
    _send(officer, "กลุ่มตกสำรวจ.csv", [[name, parent, *rest] for name, *rest in _WRONG])


def _send(officer: Any, name: str, rows: list[list[str]]) -> None:
    data = b"".join(csv_lines([_HEAD, *rows]))
    start_import(by=officer, kind=ImportRun.Kind.GROUPS, file=io.BytesIO(data), name=name)

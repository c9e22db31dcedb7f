"""Accounts for every role, with one printed password. Only the demo has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model

from vendors.models import Membership, Organisation
from vendors.services import add_member, give_grant, give_role, invite

PASSWORD = "talat-2569!"
R = Membership.Role


@dataclass(frozen=True)
class Account:
    """One person of the demo."""

    email: str
    name: str
    what_th: str
    what_en: str


ACCOUNTS = (
    Account("buyer1@example.test", "ญาณิศา ผู้พัฒน์", "ผู้ซื้อ", "buyer"),
    Account("buyer2@example.test", "ธนกร มีสุข", "ผู้ซื้อ", "buyer"),
    Account("manager.a@example.test", "วรรณา ใจดี", "ผู้จัดการกลุ่ม ก", "manager of group A"),
    Account("packer.a@example.test", "สมศรี ทองสุข", "คนแพ็กของกลุ่ม ก", "packer of group A"),
    Account("manager.b@example.test", "สมจิตร แก้วมณี", "ผู้จัดการกลุ่ม ข", "manager of group B"),
    Account("coop@example.test", "ประเสริฐ บุญเรือง", "สหกรณ์ของกลุ่ม ก (ทำแทนกลุ่มได้)", "cooperative of group A"),
    Account("hub.province@example.test", "มาลัย ศรีสวัสดิ์", "คนแพ็กเครือข่ายจังหวัด", "hub packer, province"),
    Account("hub.region@example.test", "สุนทร พรหมมา", "คนแพ็กเครือข่ายภาค", "hub packer, region"),
    Account("hub.bangkok@example.test", "ชุติมา พวงทอง", "คนแพ็กจุดกระจายสินค้ากรุงเทพฯ", "hub packer, Bangkok"),
    Account("hub.chiangmai@example.test", "คำปัน ใจแก้ว", "คนแพ็กจุดกระจายสินค้าเชียงใหม่", "hub packer, Chiang Mai"),
    Account("treasurer@example.test", "รัตนา คงทน", "เหรัญญิกเครือข่ายประเทศ", "treasurer, national network"),
    Account("officer.x@example.test", "พิกุล ชูแก้ว", "เจ้าหน้าที่สำนักงานสหกรณ์จังหวัดของกลุ่ม ก", "officer, province of A"),
    Account("officer.y@example.test", "อรุณี วงศ์คำ", "เจ้าหน้าที่สำนักงานสหกรณ์จังหวัดของกลุ่ม ข", "officer, province of B"),
    Account("money@example.test", "วิไล รอบคอบ", "เหรัญญิกของกรม", "treasurer of the department"),
    Account("chief@example.test", "ปรีชา วงศ์ไทย", "ผู้จัดการส่วนกลางของกรม", "manager of the department"),
    Account("applicant@example.test", "บัวคำ ศรีใส", "ผู้สมัครเปิดร้านให้กลุ่ม", "applies for a group"),
    Account("editor@example.test", "กาญจนา สายทอง", "บรรณาธิการของกรม", "editor of the department"),
    Account("editor.x@example.test", "ดวงใจ แก้วกล้า", "บรรณาธิการสำนักงานสหกรณ์จังหวัดของกลุ่ม ก", "editor, province of A"),
    Account("admin@example.test", "ผู้ดูแลตลาด", "ผู้ดูแลระบบ", "administrator"),
)


def make_accounts(group_a: Organisation, group_b: Organisation) -> dict[str, Any]:
    """Creates the people and their roles; returns them by e-mail."""
    users = {entry.email: _user(entry) for entry in ACCOUNTS}
    admin = users["admin@example.test"]
    admin.is_staff = admin.is_superuser = True
    admin.save(update_fields=["is_staff", "is_superuser"])
    office, kinds = Organisation.objects.filter(kind=Organisation.Kind.OFFICE), Organisation.Kind
    cooperative = group_a.get_parent()
    provincial = cooperative.get_parent()
    networks = Organisation.objects.filter(kind=kinds.PROVINCIAL)
    roles = (
        ("manager.a@example.test", group_a, R.MANAGER),
        ("packer.a@example.test", group_a, R.PACKER),
        ("manager.b@example.test", group_b, R.MANAGER),
        ("coop@example.test", cooperative, R.MANAGER),
        ("hub.province@example.test", provincial, R.PACKER),
        ("hub.region@example.test", provincial.get_parent(), R.PACKER),
        ("hub.bangkok@example.test", networks.get(province="TH-10"), R.PACKER),
        ("hub.chiangmai@example.test", networks.get(province="TH-50"), R.PACKER),
        ("treasurer@example.test", Organisation.objects.get(kind=kinds.NATIONAL), R.TREASURER),
        ("officer.x@example.test", office.get(province=group_a.province), R.OFFICER),
        ("officer.y@example.test", office.get(province=group_b.province), R.OFFICER),
        ("money@example.test", office.get(province=None), R.TREASURER),
        ("chief@example.test", office.get(province=None), R.MANAGER),
        ("editor@example.test", office.get(province=None), R.EDITOR),
        ("editor.x@example.test", office.get(province=group_a.province), R.EDITOR),
    )
    for email, organisation, role in roles:
        add_member(organisation=organisation, user=users[email], role=role)
    give_grant(giver=group_a, taker=cooperative, by=users["manager.a@example.test"])
    _busy_people(group_a, users)
    return users


def _busy_people(group: Organisation, users: dict[str, Any]) -> None:
    """A second role, an open invitation of the group and one of an office: what the pages about people are for."""
    manager, chief = users["manager.a@example.test"], users["chief@example.test"]
    packer = Membership.objects.get(organisation=group, user=users["packer.a@example.test"])
    give_role(membership=packer, role=R.EDITOR, by=manager)
    invite(organisation=group, email="dao@example.test", role=R.TREASURER, by=manager)
    office = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province_id="TH-50")
    invite(organisation=office, email="officer.new@example.test", role=R.OFFICER, by=chief)


def _user(entry: Account) -> Any:
    model = get_user_model()
    return model.objects.create_user(email=entry.email, password=PASSWORD, display_name=entry.name)

"""The columns of the four sheets. Headings are a file format: they stay as they are, in both languages."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vendors.models import Certificate, Membership, Organisation
from vendors.sheets import values
from vendors.sheets.columns import Column

Words = dict[str, tuple[str, ...]]
Kind, Role, Scope = Organisation.Kind, Membership.Role, Certificate.Scope
KIND_WORDS: Words = {Kind.COOPERATIVE: ("สหกรณ์", "cooperative"), Kind.FARMER_GROUP: ("กลุ่มเกษตรกร", "farmer group")}
ROLE_WORDS: Words = {
    Role.MANAGER: ("ผู้จัดการ", "manager"),
    Role.EDITOR: ("ผู้แก้ไขข้อมูล", "ผู้ดูแลสินค้า", "บรรณาธิการ", "editor"),
    Role.PACKER: ("คนแพ็กของ", "คนแพ็ก", "ผู้จัดของ", "packer"),
    Role.TREASURER: ("เหรัญญิก", "treasurer"),
}
SCOPE_WORDS: Words = {
    Scope.GROUP: ("ทั้งกลุ่ม", "whole group"),
    Scope.PRODUCTS: ("เฉพาะสินค้าที่ระบุ", "เฉพาะสินค้า", "named products"),
}


def _first(words: Words) -> str:
    return ", ".join(entry[0] for entry in words.values())


_CODE = Column(
    "code",
    "รหัส",
    "Code",
    values.text(12),
    _("The market's own code. Leave it empty for a new one; with it, a name can be corrected."),
    clearable=False,
    width=13,
)
_PROVINCE_HELP = _("Thai or English name, or the number of the province (50 or TH-50).")


def _name(thai: str, english: str, help: str | Promise, example: str) -> Column:
    return Column("name_th", thai, english, values.text(160), help, example, required=True, width=34)


_ABOUT = (
    Column("contact_name", "ผู้ติดต่อ", "Contact person", values.text(120), "", "นางสมศรี ทองสุข", width=22),
    Column(
        "phone",
        "โทรศัพท์",
        "Phone",
        values.phone,
        _("10 digits for a mobile, 9 for a landline; blanks and dashes do not matter."),
        "081 234 5678",
        width=15,
    ),
    Column("email", "อีเมล", "E-mail", values.email, "", "group@example.com", width=24),
    Column("line_id", "ไลน์ไอดี", "LINE ID", values.text(60), "", "bandoi", width=15),
    Column(
        "founded_on",
        "วันที่ก่อตั้ง",
        "Founded on",
        values.date(year_is_enough=True),
        _("Day/month/year, Buddhist Era or Gregorian. The year alone is enough."),
        "15/06/2547",
        width=14,
    ),
    Column("members_count", "จำนวนสมาชิก", "Number of members", values.count, "", "25", width=12),
    Column(
        "tax_id",
        "เลขประจำตัวผู้เสียภาษี",
        "Tax number",
        values.tax_id,
        _("13 digits."),
        "0994000165510",
        width=20,
    ),
)
COOPERATIVES = (
    _CODE,
    Column(
        "kind",
        "ประเภท",
        "Kind",
        values.choice(KIND_WORDS, _first(KIND_WORDS)),
        _("One of these: สหกรณ์, กลุ่มเกษตรกร."),
        "สหกรณ์",
        required=True,
        width=14,
    ),
    _name("ชื่อ", "Name", _("The registered name, in Thai."), "สหกรณ์การเกษตรบ้านดอย จำกัด"),
    Column(
        "name_en", "ชื่อภาษาอังกฤษ", "English name", values.text(160), "", "Ban Doi Agricultural Cooperative", width=30
    ),
    Column("province", "จังหวัด", "Province", values.text(80), _PROVINCE_HELP, "เชียงใหม่", required=True),
    *_ABOUT,
)
_OF_PARENT = Column(
    "parent",
    "สหกรณ์หรือกลุ่มเกษตรกร",
    "Cooperative or farmer group",
    values.text(160),
    _("Name or code of what the group stands under. It must be there already."),
    "สหกรณ์การเกษตรบ้านดอย จำกัด",
    required=True,
    width=32,
)
GROUPS = (
    _CODE,
    _name("ชื่อกลุ่ม", "Name of the group", _("In Thai, as the group calls itself."), "กลุ่มจักสานบ้านดอย"),
    Column(
        "name_en",
        "ชื่อภาษาอังกฤษ",
        "English name",
        values.text(160),
        "",
        "Ban Doi Basketry Group",
        width=30,
    ),
    _OF_PARENT,
    Column(
        "province",
        "จังหวัด",
        "Province",
        values.text(80),
        _("Only needed when several cooperatives have the same name."),
        "เชียงใหม่",
        clearable=False,
    ),
    *_ABOUT,
    Column(
        "summary_th", "แนะนำกลุ่ม", "In short (Thai)", values.text(1000, lines=True), "", "จักสานไม้ไผ่จากบ้านดอย", width=36
    ),
    Column(
        "summary_en",
        "แนะนำกลุ่มภาษาอังกฤษ",
        "In short (English)",
        values.text(1000, lines=True),
        "",
        "",
        width=36,
    ),
)
_ORGANISATION_PROVINCE = Column(
    "province",
    "จังหวัด",
    "Province",
    values.text(80),
    _("Only needed when several have the same name."),
    "เชียงใหม่",
    clearable=False,
)
MEMBERS = (
    Column(
        "email",
        "อีเมล",
        "E-mail",
        values.email,
        _("The address with which the person signs in."),
        "somsri@example.com",
        required=True,
        width=28,
    ),
    Column(
        "organisation",
        "องค์กร",
        "Organisation",
        values.text(160),
        _("Name or code of the group, cooperative or farmer group."),
        "กลุ่มจักสานบ้านดอย",
        required=True,
        width=34,
    ),
    _ORGANISATION_PROVINCE,
    Column(
        "role",
        "หน้าที่",
        "Role",
        values.choice(ROLE_WORDS, _first(ROLE_WORDS)),
        _("One of these: ผู้จัดการ, ผู้แก้ไขข้อมูล, คนแพ็กของ, เหรัญญิก. A person with two roles has two rows."),
        "ผู้จัดการ",
        required=True,
        width=16,
    ),
)
CERTIFICATES = (
    Column(
        "holder",
        "กลุ่ม",
        "Group",
        values.text(160),
        _("Name or code of the group that holds the certificate."),
        "กลุ่มจักสานบ้านดอย",
        required=True,
        width=34,
    ),
    _ORGANISATION_PROVINCE,
    Column(
        "scheme",
        "มาตรฐาน",
        "Standard",
        values.text(60),
        _("Its code or short name; all of them are listed on the last sheet."),
        "มผช.",
        required=True,
        width=18,
    ),
    Column(
        "number",
        "เลขที่",
        "Number",
        values.text(80),
        _("As printed on the certificate."),
        "มผช. 1555/2563",
        required=True,
        width=24,
    ),
    Column(
        "issued_on",
        "วันที่ออก",
        "Issued on",
        values.date(),
        _("Day/month/year, Buddhist Era or Gregorian."),
        "01/10/2568",
        required=True,
        width=14,
    ),
    Column(
        "expires_on",
        "มีผลถึงวันที่",
        "Last day in force",
        values.date(may_be_ahead=True),
        _("Empty when the certificate states no end."),
        "30/09/2571",
        width=14,
    ),
    Column(
        "scope",
        "ครอบคลุม",
        "Covers",
        values.choice(SCOPE_WORDS, _first(SCOPE_WORDS)),
        _("One of these: ทั้งกลุ่ม, เฉพาะสินค้าที่ระบุ. Empty means เฉพาะสินค้าที่ระบุ."),
        "ทั้งกลุ่ม",
        clearable=False,
        width=14,
    ),
)

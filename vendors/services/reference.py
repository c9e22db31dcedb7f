"""Regions, provinces, schemes and the networks themselves, from data; loading again updates and changes nothing else."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from shop.common.slugs import ascii_slug
from vendors.models import CertificationScheme, Organisation, Province, Region
from vendors.services.organisations import create_organisation

_DATA = Path(__file__).resolve().parent.parent / "data"
_REGIONS = (
    ("north", "ภาคเหนือ", "North"),
    ("northeast", "ภาคตะวันออกเฉียงเหนือ", "Northeast"),
    ("central", "ภาคกลาง", "Central"),
    ("south", "ภาคใต้", "South"),
)
_SHORT = {
    "TCPS": ("มผช.", "TCPS"),
    "TIS": ("มอก.", "TIS"),
    "OTOP_STAR": ("ดาว OTOP", "OTOP stars"),
    "FDA_FOOD": ("อย.", "Thai FDA"),
    "GHP": ("GHP", "GHP"),
    "HACCP": ("HACCP", "HACCP"),
    "HALAL": ("ฮาลาล", "Halal"),
    "GI": ("GI", "GI"),
    "ORGANIC_TH": ("เกษตรอินทรีย์", "Organic"),
    "Q_MARK": ("เครื่องหมาย Q", "Q mark"),
    "GAP": ("GAP", "GAP"),
    "LIVESTOCK_OK": ("ปศุสัตว์ OK", "Livestock OK"),
    "PEACOCK_GOLD": ("นกยูงสีทอง", "Gold peacock"),
    "PEACOCK_SILVER": ("นกยูงสีเงิน", "Silver peacock"),
    "PEACOCK_BLUE": ("นกยูงสีน้ำเงิน", "Blue peacock"),
    "PEACOCK_GREEN": ("นกยูงสีเขียว", "Green peacock"),
    "THAICRAFT": ("ไทยคราฟท์", "ThaiCraft"),
    "FAIRTRADE_WFTO": ("WFTO", "WFTO"),
    "FAIRTRADE_FLO": ("แฟร์เทรด", "Fairtrade"),
    "COSMETIC": ("จดแจ้งเครื่องสำอาง", "Cosmetic notification"),
    "HERBAL": ("ผลิตภัณฑ์สมุนไพร", "Herbal product"),
    "FERTILIZER": ("ทะเบียนปุ๋ย", "Fertiliser"),
    "SEED": ("เมล็ดพันธุ์ควบคุม", "Controlled seed"),
    "SMCE": ("วิสาหกิจชุมชน", "Community enterprise"),
    "DBD_REG": ("DBD Registered", "DBD Registered"),
}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@transaction.atomic
def load_reference_data() -> None:
    """Regions, provinces and schemes; then the national, regional and provincial networks and the offices."""
    for position, (code, thai, english) in enumerate(_REGIONS):
        Region.objects.update_or_create(code=code, defaults={"name_th": thai, "name_en": english, "position": position})
    known = set(Province.objects.values_list("pk", flat=True))
    for row in _rows("provinces.csv"):
        if row["iso_code"] not in known:  # an administrator may have moved a province since: never moved back
            Province.objects.create(
                code=row["iso_code"],
                name_th=row["name_th"],
                name_en=row["name_en"],
                slug=ascii_slug(row["name_en"], fallback=row["iso_code"].lower()),
                region_id=row["region"],
            )
    _load_schemes()
    _load_networks()
    _load_offices()


def _load_schemes() -> None:
    for position, row in enumerate(_rows("certification_schemes.csv")):
        short = _SHORT.get(row["code"], (row["name_th"][:40], row["name_en"][:40]))
        CertificationScheme.objects.update_or_create(
            code=row["code"],
            defaults={
                "name_th": row["name_th"],
                "name_en": row["name_en"],
                "short_th": short[0],
                "short_en": short[1],
                "issuer_th": row["issuer_th"],
                "issuer_en": row["issuer_en"],
                "number_regex": row["number_regex"],
                "number_example": row["number_example"],
                "validity_years": int(row["validity_years"]) if row["validity_years"] else None,
                "applies_to": [code for code in row["applies_to"].split("|") if code],
                "level": row["level"],
                "check_url": row["check_url"],
                "position": position,
            },
        )


def _load_networks() -> None:
    kinds = Organisation.Kind
    root = Organisation.objects.filter(kind=kinds.NATIONAL).first()
    if root is None:
        root = create_organisation(
            kind=kinds.NATIONAL,
            parent=None,
            name_th="เครือข่ายกลุ่มอาชีพระดับประเทศ",
            name_en="National network of occupational groups",
            slug="national",
        )
    regional = {row.region_id: row for row in Organisation.objects.filter(kind=kinds.REGIONAL)}
    for region in Region.objects.all():
        if region.pk not in regional:
            regional[region.pk] = create_organisation(
                kind=kinds.REGIONAL,
                parent=root,
                name_th=f"เครือข่ายกลุ่มอาชีพ{region.name_th}",
                name_en=f"{region.name_en} network",
                region=region,
                slug=region.code,
            )
    provincial = set(Organisation.objects.filter(kind=kinds.PROVINCIAL).values_list("province_id", flat=True))
    for province in Province.objects.select_related("region"):
        if province.pk not in provincial:
            where = "" if province.pk == "TH-10" else "จังหวัด"
            create_organisation(
                kind=kinds.PROVINCIAL,
                parent=regional[province.region_id],
                name_th=f"เครือข่ายกลุ่มอาชีพ{where}{province.name_th}",
                name_en=f"{province.name_en} network",
                province=province,
                slug=province.slug,
            )


def _load_offices() -> None:
    kind = Organisation.Kind.OFFICE
    national = Organisation.objects.filter(kind=kind, province=None).first()
    if national is None:
        national = create_organisation(
            kind=kind, parent=None, name_th="กรมส่งเสริมสหกรณ์", name_en="Cooperative Promotion Department"
        )
    known = set(Organisation.objects.filter(kind=kind).values_list("province_id", flat=True))
    for province in Province.objects.all():
        if province.pk not in known:
            where = "กรุงเทพมหานคร พื้นที่ 1" if province.pk == "TH-10" else f"จังหวัด{province.name_th}"
            create_organisation(
                kind=kind,
                parent=national,
                name_th=f"สำนักงานสหกรณ์{where}" if province.pk != "TH-10" else f"สำนักงานส่งเสริมสหกรณ์{where}",
                name_en=f"{province.name_en} Provincial Cooperative Office",
                province=province,
                slug=f"office-{province.slug}",
            )

"""The demo's cooperatives, groups, places and certificates, made through the services."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from catalogue.services import set_category_pictures
from media.models import Picture
from media.services import keep_encoded
from shop.common import clock
from shop.common.thai import sort_key
from shop.seed import names
from shop.seed.drawing import studio
from shop.seed.drawing.faces import Face
from shop.seed.drawing.portraits import cast, portrait_name
from shop.seed.drawing.stalls import STALLS, stall_name
from vendors.models import Certificate, CertificationScheme, Organisation, Place, Province
from vendors.services import (
    approve_group,
    create_organisation,
    open_place,
    set_picture,
    submit_certificate,
    verify_certificate,
)

HERE = Path(__file__).parent
Kind = Organisation.Kind
_ALWAYS_A_HUB = ("TH-10", "TH-50")
"""Whose hubs the demo's people work in (`shop.seed.hubs`)."""
REGION_LETTERS = {"north": "N", "northeast": "E", "central": "C", "south": "S"}
"""How portraits name the regions that a face fits."""


@dataclass
class Demo:
    """What the seed has made so far."""

    dice: random.Random
    groups: dict[tuple[str, str], Organisation] = field(default_factory=dict)
    workshops: dict[int, Place] = field(default_factory=dict)
    cooperatives: dict[str, Organisation] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    schemes: dict[str, CertificationScheme] = field(default_factory=dict)


def product_rows() -> list[dict[str, str]]:
    """The 119 goods of the data."""
    with (HERE / "data" / "products.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def materials_of(row: dict[str, str]) -> list[tuple[str, str]]:
    """The raw materials of a good in both languages; some names have a blank in them."""
    found, words = [], row["raw_material_th"].split()
    while words:
        length = 2 if " ".join(words[:2]) in _materials() else 1
        name = " ".join(words[:length])
        found.append((name, _materials()[name]))
        words = words[length:]
    return found


@functools.cache
def _materials() -> dict[str, str]:
    with (HERE / "data" / "raw_materials.csv").open(encoding="utf-8", newline="") as lines:
        return {row["name_th"]: row["name_en"] for row in csv.DictReader(lines)}


def craft_of(row: dict[str, str]) -> str:
    """The craft that makes a good."""
    return names.CRAFT_OF_GOOD.get(row["product_en"]) or names.CRAFT_OF[row["category_code"]]


def draw_pictures(progress: studio.Progress | None = None) -> dict[str, Picture]:
    """Draws what is not kept yet and stores every picture once. No transaction should be open: drawing takes a minute."""
    folder: Path = settings.VAR_DIR / "pictures-cache"
    drawn = studio.draw_all(folder, progress, width=settings.DEMO_PICTURE_WIDTH)
    kept = {picture.name: picture for picture in Picture.objects.filter(name__in=drawn.values())}
    return {
        name: kept.get(digest) or keep_encoded(name=digest, encoded=studio.open_kept(folder, digest))
        for name, digest in drawn.items()
    }


def hang_pictures(demo: Demo) -> None:
    """The pictures of categories and regions."""
    set_category_pictures(pictures={code: demo.pictures[stall_name(code)] for code in STALLS})
    for network in Organisation.objects.filter(kind=Kind.REGIONAL):
        picture = demo.pictures.get(f"region-{network.region_id}")
        if picture:
            set_picture(organisation=network, picture=picture)


def open_hubs() -> int:
    """A hub for each regional network and for two of three provincial ones."""
    networks = Organisation.objects.filter(kind__in=[Kind.REGIONAL, Kind.PROVINCIAL]).select_related("province")
    made = 0
    for position, network in enumerate(networks.order_by("path")):
        code = network.region_id if network.kind == Kind.REGIONAL else network.slug
        contact = {"phone": f"02111{1000 + position:04d}", "email": f"network.{code}@example.test"}
        Organisation.objects.filter(pk=network.pk).update(**contact)
        if network.kind == Kind.PROVINCIAL and position % 3 == 0 and network.province_id not in _ALWAYS_A_HUB:
            continue
        regional = network.kind == Kind.REGIONAL
        province = network.province or Province.objects.filter(region=network.region).order_by("pk")[position % 5]
        open_place(
            organisation=network,
            kind=Place.Kind.HUB,
            province=province,
            name_th=f"จุดกระจายสินค้า{network.region.name_th if regional else province.name_th}",
            name_en=f"{network.region.name_en if regional else province.name_en} hub",
            address_th=f"{10 + position} ถนนสหกรณ์",
            phone=f"02000{1000 + position:04d}",
            hours_th="จันทร์–เสาร์ 8.30–16.30 น.",
            hours_en="Mon–Sat 8:30–16:30",
            cutoff_weekdays=[0, 3] if position % 2 else [1, 4],
            has_cold_store=regional or position % 4 == 1,
            has_pickup_counter=not regional,
        )
        made += 1
    return made


def make_groups(demo: Demo) -> Iterator[Organisation]:
    """One cooperative per province and one group per (province, craft) of the goods."""
    provinces = {row.name_th: row for row in Province.objects.all()}
    networks = {row.province_id: row for row in Organisation.objects.filter(kind=Kind.PROVINCIAL)}
    wanted = sorted({(row["province_th"], craft_of(row)) for row in product_rows()}, key=lambda key: sort_key(key[0]))
    faces = _faces(wanted, provinces)
    for position, (province_name, craft) in enumerate(wanted):
        province = provinces[province_name]
        if province_name not in demo.cooperatives:
            demo.cooperatives[province_name] = _cooperative(networks[province.pk], province, len(demo.cooperatives))
        yield _group(demo, demo.cooperatives[province_name], craft, position, faces[position])


def _group_name(craft: str, position: int) -> str:
    return f"{names.CRAFTS[craft].name_th}{names.VILLAGES[position % len(names.VILLAGES)][0]}"


def _faces(wanted: list[tuple[str, str]], provinces: dict[str, Province]) -> dict[int, Face]:
    """A face for each group, chosen in the order in which the directory shows them."""
    shown = sorted(range(len(wanted)), key=lambda position: sort_key(_group_name(wanted[position][1], position)))
    groups = [
        (REGION_LETTERS[provinces[wanted[position][0]].region_id], wanted[position][1] in names.WOMENS_CRAFTS)
        for position in shown
    ]
    return dict(zip(shown, cast(groups), strict=True))


def _cooperative(network: Organisation, province: Province, number: int) -> Organisation:
    farmer_group = number % 8 == 7
    district = ("เมือง", "พัฒนา", "สามัคคี", "ก้าวหน้า", "ร่วมใจ")[number % 5]
    english = ("Mueang", "Phatthana", "Samakkhi", "Kao Na", "Ruam Chai")[number % 5]
    return create_organisation(
        kind=Kind.FARMER_GROUP if farmer_group else Kind.COOPERATIVE,
        parent=network,
        province=province,
        name_th=(
            f"กลุ่มเกษตรกรทำนา{province.name_th}{district}"
            if farmer_group
            else f"สหกรณ์การเกษตร{province.name_th}{district} จำกัด"
        ),
        name_en=f"{province.name_en} {english} " + ("Farmer Group" if farmer_group else "Agricultural Cooperative"),
        is_demo=True,
    )


def _group(demo: Demo, cooperative: Organisation, craft: str, position: int, face: Face) -> Organisation:
    kind, province = names.CRAFTS[craft], cooperative.province
    assert province is not None, "a cooperative stands in a province"
    village_en = names.VILLAGES[position % len(names.VILLAGES)][1]
    first = names.first_name(position, woman=face.sex == "f", muslim=face.muslim)
    contact = f"{first} {names.LAST_NAMES[position % len(names.LAST_NAMES)]}"
    founded = 2540 + position * 7 % 25
    group = create_organisation(
        kind=Kind.GROUP,
        parent=cooperative,
        province=province,
        name_th=_group_name(craft, position),
        name_en=f"{village_en} {kind.name_en}",
        summary_th=f"{kind.story_th}",
        summary_en=f"{kind.story_en}",
        contact_name=contact,
        phone=f"08{position % 10}000{position:04d}",
        founded_on=dt.date(founded - 543, 1 + position % 12, 1),
        members_count=12 + position * 5 % 40,
        picture=demo.pictures.get(portrait_name(face.key)),
        is_demo=True,
    )
    group = approve_group(group=group, by=None)
    demo.groups[(province.name_th, craft)] = group
    demo.workshops[group.pk] = open_place(
        organisation=group,
        kind=Place.Kind.WORKSHOP,
        name_th=f"ที่ทำการ{group.name_th}",
        name_en=f"Workshop of {group.name_en}",
    )
    return group


def _a_past_year(match: re.Match[str]) -> str:
    """A standard's year lies behind us: 2555 to 2568."""
    return f"/25{55 + int(match[1]) % 14}"


def number_for(demo: Demo, scheme: CertificationScheme) -> str:
    """A synthetic number in the scheme's own form: the example with other digits."""
    for _try in range(300):
        number = re.sub(r"\d", lambda _match: str(demo.dice.randint(0, 9)), scheme.number_example)
        if not scheme.number_regex or re.match(scheme.number_regex, number):
            return re.sub(r"/25(\d\d)$", _a_past_year, number)
    return scheme.number_example


def certify(
    demo: Demo, group: Organisation, code: str, *, issued_days_ago: int = 200, days_left: int | None = 500
) -> Certificate:
    """A verified example certificate of a group; None for `days_left` means without an end."""
    scheme = demo.schemes[code]
    today = clock.today()
    certificate = submit_certificate(
        holder=group,
        scheme=scheme,
        number=number_for(demo, scheme),
        issued_on=today - dt.timedelta(days=issued_days_ago),
        expires_on=None if days_left is None else today + dt.timedelta(days=days_left),
        scope=Certificate.Scope.PRODUCTS,
        is_demo=True,
    )
    return verify_certificate(certificate=certificate, by=None)

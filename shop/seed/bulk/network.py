"""Cooperatives and groups in the tree, with partner, workshop and shop pages, as approval would make them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from wagtail.models import Page

from cms.models import GroupIndexPage, GroupPage
from cms.services import paragraphs
from media.models import Picture
from shop.common import clock
from shop.common.slugs import ascii_slug
from shop.common.thai import sort_column
from shop.partner.models import Partner
from shop.seed import names
from shop.seed.bulk.copying import Dice, Row, copy_in, take_ids
from shop.seed.drawing.portraits import fitting, portrait_name
from shop.seed.market import REGION_LETTERS
from vendors.models import Organisation, Place, Province

Kind, State = Organisation.Kind, Organisation.State
FIRST = "bulk-cooperative-1"
_GROUPS_PER_COOPERATIVE = 5
_STATES = {State.APPROVED: 96, State.SUSPENDED: 2, State.CLOSED: 1, State.APPLIED: 1}


@dataclass(frozen=True, slots=True)
class Maker:
    """A group that has a partner: all that its goods need to know."""

    pk: int
    craft: str
    province: str
    partner: int
    place: int
    place_code: str


def make_network(dice: Dice, number: int, crafts: Sequence[str], pictures: dict[str, Picture]) -> list[Maker]:
    """`number` groups under their cooperatives, spread over all provinces. A group's craft is one of `crafts`."""
    provinces = list(Province.objects.order_by("pk"))
    cooperatives = _cooperatives(dice, -(-number // _GROUPS_PER_COOPERATIVE), provinces)
    groups = _groups(dice, number, cooperatives, crafts, pictures)
    copy_in(Organisation, (row for row, _craft in groups))
    _count_children(Organisation, Counter(row["path"][: -Organisation.steplen] for row, _craft in groups))
    started = [(row, craft) for row, craft in groups if row["state"] != State.APPLIED]
    partners, places = take_ids(Partner, len(started)), take_ids(Place, len(started))
    copy_in(Partner, (_partner(key, row) for key, (row, _craft) in zip(partners, started, strict=True)))
    workshops = [_workshop(dice, key, row) for key, (row, _craft) in zip(places, started, strict=True)]
    copy_in(Place, workshops)
    _shop_pages(dice, [row for row, _craft in started])
    return [
        Maker(row["id"], craft, row["province_id"], partner, place["id"], place["code"])
        for (row, craft), partner, place in zip(started, partners, workshops, strict=True)
    ]


def _cooperatives(dice: Dice, number: int, provinces: list[Province]) -> list[Row]:
    networks = {row.province_id: row for row in Organisation.objects.filter(kind=Kind.PROVINCIAL)}
    free = {key: _free_paths(network) for key, network in networks.items()}
    rows: list[Row] = []
    for position, key in enumerate(take_ids(Organisation, number), start=1):
        province = provinces[(position * 31) % len(provinces)]
        rows.append(
            {
                "id": key,
                **_node(next(free[province.pk])),
                "kind": Kind.FARMER_GROUP if position % 8 == 7 else Kind.COOPERATIVE,
                **_names(
                    f"สหกรณ์การเกษตร{province.name_th} {position} จำกัด", f"{province.name_en} Cooperative {position}"
                ),
                "slug": f"bulk-cooperative-{position}",
                **_common(dice, province),
                "numchild": 0,
            }
        )
    copy_in(Organisation, rows)
    _count_children(Organisation, Counter(row["path"][: -Organisation.steplen] for row in rows))
    return rows


def _groups(
    dice: Dice, number: int, cooperatives: list[Row], crafts: Sequence[str], pictures: dict[str, Picture]
) -> list[tuple[dict[str, Any], str]]:
    regions = dict(Province.objects.values_list("pk", "region_id"))
    made = []
    for position, key in enumerate(take_ids(Organisation, number)):
        parent = cooperatives[position % len(cooperatives)]
        craft = dice.choice(crafts)
        kind = names.CRAFTS[craft]
        village_th, village_en = dice.choice(names.VILLAGES)
        founded = clock.today().year - dice.randint(2, 30)
        faces = fitting(REGION_LETTERS[regions[parent["province_id"]]], women=craft in names.WOMENS_CRAFTS)
        face = faces[dice.randrange(1000) % len(faces)]
        first = names.first_name(dice.randrange(1000), woman=face.sex == "f", muslim=face.muslim)
        thai, english = f"{kind.name_th}{village_th} หมู่ {position + 1}", f"{village_en} {kind.name_en} {position + 1}"
        row = {
            "id": key,
            **_node(_child_path(parent["path"], position // len(cooperatives) + 1)),
            "kind": Kind.GROUP,
            **_names(thai, english),
            "slug": f"bulk-{ascii_slug(english, fallback='group', length=60)}",
            **_common(dice, None),
            "state": dice.choices(list(_STATES), list(_STATES.values()))[0],
            "province_id": parent["province_id"],
            "region_id": regions[parent["province_id"]],
            "summary_th": kind.story_th,
            "summary_en": kind.story_en,
            "contact_name": f"{first} {dice.choice(names.LAST_NAMES)}",
            "phone": f"08{dice.randrange(10**8):08d}",
            "founded_on": dt.date(founded, dice.randint(1, 12), 1),
            "members_count": dice.randint(7, 60),
            "picture_id": pictures[portrait_name(face.key)].pk,
        }
        made.append((row, craft))
    return made


def _node(path: str) -> dict[str, Any]:
    return {"path": path, "depth": len(path) // Organisation.steplen}


def _names(thai: str, english: str) -> dict[str, str]:
    return {"name_th": thai, "name_en": english, "sort_name": sort_column(thai)}


def _common(dice: Dice, province: Province | None) -> dict[str, Any]:
    found = {} if province is None else {"province_id": province.pk, "region_id": province.region_id}
    return {"code": dice.code(), "state": State.APPROVED, "state_changed_at": clock.now(), "is_demo": True, **found}


def _child_path(parent: str, step: int) -> str:
    return str(Organisation._get_path(parent, len(parent) // Organisation.steplen + 1, step))


def _free_paths(parent: Any) -> Iterator[str]:
    """The paths of the next children of a node of a tree, for as long as its row is not changed by others."""
    model, last = type(parent), parent.get_last_child()
    step = model._str2int(last.path[-model.steplen :]) if last else 0
    while True:
        step += 1
        yield model._get_path(parent.path, parent.depth + 1, step)


def _count_children(model: Any, more: Counter[str]) -> None:
    """Adds to `numchild` of the nodes with these paths."""
    by_number: dict[int, list[str]] = {}
    for path, number in more.items():
        by_number.setdefault(number, []).append(path)
    for number, paths in by_number.items():
        model.objects.filter(path__in=paths).update(numchild=F("numchild") + number)


def _partner(key: int, group: Row) -> Row:
    return {"id": key, "group_id": group["id"], "code": group["code"].lower(), "name": group["name_th"][:128]}


def _workshop(dice: Dice, key: int, group: Row) -> dict[str, Any]:
    return {
        "id": key,
        "code": dice.code(),
        "kind": Place.Kind.WORKSHOP,
        "organisation_id": group["id"],
        "name_th": f"ที่ทำการ{group['name_th']}",
        "name_en": f"Workshop of {group['name_en']}",
        "province_id": group["province_id"],
    }


def _shop_pages(dice: Dice, groups: list[dict[str, Any]]) -> None:
    """One published page per group and language; both share their translation key."""
    kind = ContentType.objects.get_for_model(GroupPage).pk
    keys = [dice.key() for _group in groups]
    for language in ("th", "en"):
        index = GroupIndexPage.objects.select_related("locale").get(locale__language_code=language)
        free, ids = _free_paths(Page.objects.get(pk=index.pk)), take_ids(Page, len(groups))
        pages = []
        for page_id, key, group in zip(ids, keys, groups, strict=True):
            title = group[f"name_{language}"]
            common = {"title": title, "draft_title": title, "slug": group["slug"], "content_type_id": kind}
            common |= {"locale_id": index.locale_id, "translation_key": key, "first_published_at": clock.now()}
            path = next(free)
            node = {"id": page_id, "path": path, "depth": index.depth + 1, "numchild": 0}
            pages.append({**node, **common, "url_path": f"{index.url_path}{group['slug']}/"})
        copy_in(Page, pages)
        copy_in(
            GroupPage,
            (
                {"page_ptr_id": key, "group_id": group["id"], "story": paragraphs(group[f"summary_{language}"])}
                for key, group in zip(ids, groups, strict=True)
            ),
        )
        _count_children(Page, Counter({index.path: len(groups)}))

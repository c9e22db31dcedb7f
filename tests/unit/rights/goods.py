"""Goods, lots and trails: whose they are in workspace and office."""

from __future__ import annotations

from typing import Any

from shop.common.access import Kind
from tests.unit.rights.entries import ADMINISTRATOR, Entry, Filled, only, same
from tests.unit.rights.world import World


def _own_group(world: World, kind: Kind) -> Filled | None:
    """North: its members, and those who act for it. Goods belong to groups alone."""
    return {"workspace": world.market.groups["north"].slug} if world.workspace(kind) else None


def _not_a_group(world: World, kind: Kind) -> list[Filled]:
    own = world.workspace(kind)
    not_groups = [{"workspace": own.slug}] if own is not None and own.kind != "group" else []
    return [{"workspace": world.market.groups["isan"].slug}, *not_groups]


def _own_writing(world: World, kind: Kind) -> Filled | None:
    """Writing for the group needs the right to list: a packer's hub does not have it."""
    return _own_group(world, kind) if kind in (Kind.GROUP_MEMBER, Kind.COOPERATIVE_MEMBER) else None


def _not_writing(world: World, kind: Kind) -> list[Filled]:
    may_write = kind in (Kind.GROUP_MEMBER, Kind.COOPERATIVE_MEMBER)
    foreign = [{"workspace": world.market.groups["isan"].slug}]
    return foreign if may_write else [*foreign, {"workspace": world.market.groups["north"].slug}]


def _own_good(world: World, kind: Kind) -> Filled | None:
    """Who packs for the network may read the goods; writing for the group needs the right to list."""
    if kind not in (Kind.GROUP_MEMBER, Kind.COOPERATIVE_MEMBER):
        return None
    return {"workspace": world.market.groups["north"].slug, "pk": world.market.products["kratip"].pk}


def _others_goods(world: World, kind: Kind) -> list[Filled]:
    north, isan = world.market.groups["north"].slug, world.market.groups["isan"].slug
    kratip, hat = world.market.products["kratip"].pk, world.market.products["hat"].pk
    foreign: list[Filled] = [
        {"workspace": isan, "pk": hat},
        {"workspace": north, "pk": hat},
        {"workspace": isan, "pk": kratip},
        {"workspace": north, "pk": 999_999_999},
    ]
    return (
        foreign
        if kind in (Kind.GROUP_MEMBER, Kind.COOPERATIVE_MEMBER)
        else [*foreign, {"workspace": north, "pk": kratip}]
    )


def _own_good_seen(world: World, kind: Kind) -> Filled | None:
    """Reading needs no right to list: a packer's hub sees the goods of the groups below it in its own way only."""
    own = _own_group(world, kind)
    return {**own, "pk": world.market.products["kratip"].pk} if isinstance(own, dict) else None


def _others_goods_seen(world: World, kind: Kind) -> list[Filled]:
    rows = _others_goods(world, Kind.GROUP_MEMBER)
    return [*rows, {"workspace": world.market.groups["isan"].slug, "pk": 0}]


def _own_part(world: World, kind: Kind) -> Filled | None:
    own = _own_good(world, kind)
    return {**own, "section": "texts"} if isinstance(own, dict) else None


def _others_parts(world: World, kind: Kind) -> list[Filled]:
    rows = [{**row, "section": "texts"} for row in _others_goods(world, kind) if isinstance(row, dict)]
    own = {"workspace": world.market.groups["north"].slug, "pk": world.market.products["kratip"].pk}
    return [*rows, {**own, "section": "pk"}]


def _variant(world: World) -> dict[str, Any]:
    assert world.variant is not None
    return {"pk": world.variant.parent_id, "variant": world.variant.pk}


def _own_variant(world: World, kind: Kind) -> Filled | None:
    return {"workspace": world.market.groups["north"].slug, **_variant(world)} if _own_good(world, kind) else None


def _others_variants(world: World, kind: Kind) -> list[Filled]:
    """From a foreign workspace, under another product, and a product where a variant should stand."""
    north, isan = world.market.groups["north"].slug, world.market.groups["isan"].slug
    ids, hat = _variant(world), world.market.products["hat"].pk
    rows: list[Filled] = [
        {"workspace": isan, **ids},
        {"workspace": north, **ids, "pk": world.market.products["kratip"].pk},
        {"workspace": north, **ids, "pk": hat},
        {"workspace": north, **ids, "variant": hat},
        {"workspace": north, **ids, "variant": ids["pk"]},
    ]
    return rows if _own_good(world, kind) else [*rows, {"workspace": north, **ids}]


def _own_file(world: World, kind: Kind) -> Filled | None:
    own = _own_writing(world, kind)
    return {**own, "form": "csv"} if isinstance(own, dict) else None


def _others_files(world: World, kind: Kind) -> list[Filled]:
    rows = [{**row, "form": "csv"} for row in _not_writing(world, kind) if isinstance(row, dict)]
    return [*rows, {"workspace": world.market.groups["north"].slug, "form": "pdf"}]


def _own_sheet(world: World, kind: Kind) -> Filled | None:
    own = _own_writing(world, kind)
    return {**own, "code": world.sheets["north"].code} if isinstance(own, dict) else None


def _others_sheets(world: World, kind: Kind) -> list[Filled]:
    """Another group's sheet in its workspace and in the own one, and a sheet of the office."""
    north, isan = world.market.groups["north"].slug, world.market.groups["isan"].slug
    theirs, ours = world.sheets["isan"].code, world.sheets["north"].code
    office = world.imports[ADMINISTRATOR].code
    rows: list[Filled] = [
        {"workspace": isan, "code": theirs},
        {"workspace": north, "code": theirs},
        {"workspace": isan, "code": ours},
        {"workspace": north, "code": office},
    ]
    return rows if _own_writing(world, kind) else [*rows, {"workspace": north, "code": ours}]


SHEET = Entry(own=_own_sheet, foreign=_others_sheets)
GOODS: dict[str, Entry] = {
    "workspace_goods:list": Entry(own=_own_group, foreign=_not_a_group),
    "workspace_goods:exemption": Entry(own=_own_good, foreign=_others_goods, data={"reason": "ของสดทั้งชิ้น ไม่ได้แปรรูป"}),
    "workspace_goods:new": Entry(own=_own_writing, foreign=_not_writing, data={"title": ""}),
    "workspace_goods:keep": Entry(own=_own_writing, foreign=_not_writing, data={"title": "x"}),
    "workspace_goods:new-photo": Entry(own=_own_writing, foreign=_not_writing),
    "workspace_goods:stock": Entry(own=_own_writing, foreign=_not_writing),
    "workspace_goods:sheet": Entry(own=_own_writing, foreign=_not_writing),
    "workspace_goods:sheet-template": Entry(own=_own_file, foreign=_others_files),
    "workspace_goods:sheet-export": Entry(own=_own_file, foreign=_others_files),
    "workspace_goods:sheet-run": SHEET,
    "workspace_goods:sheet-save": SHEET,
    "workspace_goods:sheet-drop": SHEET,
    "workspace_goods:sheet-problems": SHEET,
    "workspace_goods:product": Entry(own=_own_good_seen, foreign=_others_goods_seen),
    "workspace_goods:act": Entry(own=_own_good, foreign=_others_goods, data={"act": "withdraw"}),
    "workspace_goods:price": Entry(own=_own_good, foreign=_others_goods, data={"price": "0"}),
    "workspace_goods:past": Entry(own=_own_good_seen, foreign=_others_goods_seen),
    "workspace_goods:prices": Entry(own=_own_good_seen, foreign=_others_goods_seen),
    "workspace_goods:pictures": Entry(own=_own_good, foreign=_others_goods, data={"act": "add"}),
    "workspace_goods:variants": Entry(own=_own_good, foreign=_others_goods),
    "workspace_goods:variant-new": Entry(own=_own_good, foreign=_others_goods, data={"variant_th": ""}),
    "workspace_goods:variant": Entry(own=_own_variant, foreign=_others_variants, data={"variant_th": ""}),
    "workspace_goods:part": Entry(own=_own_part, foreign=_others_parts, data={"title": "x", "seen": "0"}),
    "office_goods:list": Entry(),
    "office_goods:detail": Entry(
        own=same(pk=lambda world: world.market.products["kratip"].pk),
        foreign=lambda world, kind: [] if kind is ADMINISTRATOR else [{"pk": world.market.products["hat"].pk}],
        hidden=lambda world, kind: [{"pk": 999_999_999}],
        data={"act": "approve"},
    ),
    "workspace_goods:lots": Entry(own=_own_group, foreign=_not_a_group),
    "workspace_goods:lot-choose": Entry(own=_own_writing, foreign=_not_writing),
    "workspace_goods:lot-enter": Entry(own=_own_good, foreign=_others_goods, data={"quantity": "0"}),
    "office_lots:list": Entry(),
    "office_lots:detail": Entry(
        own=same(code=lambda world: world.lot("kratip").code),
        foreign=lambda world, kind: [] if kind is ADMINISTRATOR else [{"code": world.lot("hat").code}],
        hidden=lambda world, kind: [{"code": "00000000"}],
        data={"reason": ""},
    ),
    "catalogue:trace-index": Entry(),
    "catalogue:trace": Entry(
        own=same(code=lambda world: world.lot("kratip").code), hidden=only(lambda world: {"code": "00000000"})
    ),
    "catalogue:trace-labels": Entry(
        own=same(code=lambda world: world.lot("kratip").code), hidden=only(lambda world: {"code": "00000000"})
    ),
}

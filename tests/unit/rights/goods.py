"""Goods, lots and trails: whose they are in workspace and office."""

from __future__ import annotations

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


GOODS: dict[str, Entry] = {
    "workspace_goods:list": Entry(own=_own_group, foreign=_not_a_group),
    "workspace_goods:exemption": Entry(own=_own_good, foreign=_others_goods, data={"reason": "ของสดทั้งชิ้น ไม่ได้แปรรูป"}),
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

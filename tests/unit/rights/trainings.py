"""Whose trainings each address shows: the group's own people, the own office's trainings, and what everybody may read."""

from __future__ import annotations

from shop.common.access import Kind
from tests.unit.rights.entries import Entry, Filled, only, same
from tests.unit.rights.papers import other_papers, papers_of_north
from tests.unit.rights.world import World


def _of_group(which: str = "", entry: str = "", data: dict[str, str] | None = None) -> Entry:
    """A page of the workspace: `which` training, `entry` one of its people."""

    def filled(world: World, workspace: str, owner: str) -> Filled:
        facts = world.trainings[owner]
        found = {"workspace": world.trainings[workspace]["workspace"]}
        if which:
            found["code"] = facts[which]
        if entry:
            found["entry"] = facts[entry]
        return found

    def own(world: World, kind: Kind) -> Filled | None:
        return filled(world, "north", "north") if papers_of_north(world, kind) else None

    def foreign(world: World, kind: Kind) -> list[Filled]:
        """Another workspace; and another group's people named in the own one."""
        mine, theirs = filled(world, "north", "north"), filled(world, "isan", "isan")
        assert isinstance(mine, dict)
        others = [{**mine, **one} for one in other_papers(world, kind) if isinstance(one, dict)]
        crossed = [{**mine, "entry": world.trainings["isan"][entry]}] if entry else []
        return [theirs, *others, *crossed]

    def hidden(world: World, kind: Kind) -> list[Filled]:
        mine = filled(world, "north", "north")
        return [{**mine, "code": "NONE"}] if which and isinstance(mine, dict) else []

    return Entry(own=own, foreign=foreign, hidden=hidden, data=data or {})


def _of_office(which: str = "coming", entry: str = "", data: dict[str, str] | None = None) -> Entry:
    """A page of the office: its own trainings; those of another province look like not there."""

    def filled(world: World, owner: str) -> dict[str, str]:
        facts = world.trainings[owner]
        return {"code": facts[which], **({"entry": facts[entry]} if entry else {})}

    def own(world: World, kind: Kind) -> Filled | None:
        return filled(world, "north") if kind in (Kind.OFFICER, Kind.ADMINISTRATOR) else None

    def foreign(world: World, kind: Kind) -> list[Filled]:
        crossed = [{**filled(world, "north"), "entry": world.trainings["isan"][entry]}] if entry else []
        return crossed if kind is Kind.ADMINISTRATOR else [filled(world, "isan"), *crossed]

    return Entry(
        own=own,
        foreign=foreign,
        hidden=lambda world, kind: [{**filled(world, "north"), "code": "NONE"}],
        data=data or {},
    )


_PEOPLE = {"name_1": "บุญมี", "phone_1": "0812345678"}
TRAININGS: dict[str, Entry] = {
    "trainings:find": Entry(),
    "trainings:certificate": Entry(
        own=same(code=lambda world: world.trainings["north"]["certificate"]), hidden=only(lambda world: ("NONE",))
    ),
    "trainings:ticket": Entry(
        own=same(secret=lambda world: world.trainings["north"]["secret"]), hidden=only(lambda world: ("none",))
    ),
    "trainings:register": Entry(
        own=same(slug=lambda world: world.trainings["north"]["page"]), hidden=only(lambda world: ("none",))
    ),
    "trainings:calendar": Entry(
        own=same(slug=lambda world: world.trainings["north"]["page"]), hidden=only(lambda world: ("none",))
    ),
    "workspace_trainings:index": _of_group(),
    "workspace_trainings:course": _of_group("coming", data=_PEOPLE),
    "workspace_trainings:cancel": _of_group("coming", "registered"),
    "workspace_trainings:ticket": _of_group("coming", "registered"),
    "workspace_trainings:certificate": _of_group("past", "attended"),
    "office_trainings:list": Entry(),
    "office_trainings:new": Entry(data={"name_th": "อบรม"}),
    "office_trainings:detail": _of_office(),
    "office_trainings:edit": _of_office(data={"seats": "1"}),
    "office_trainings:publish": _of_office(data={"summary_th": "เรียน"}),
    "office_trainings:cancel": _of_office(data={"reason": "ฝนตก"}),
    "office_trainings:finish": _of_office("past"),
    "office_trainings:scan": _of_office("past", data={"code": "1"}),
    "office_trainings:attend": _of_office("past", data={"entry": "1"}),
    "office_trainings:undo": _of_office("past", "attended"),
    "office_trainings:take-off": _of_office("coming", "registered"),
    "office_trainings:walk-in": _of_office("past", data={"name": "คำปัน"}),
    "office_trainings:paper": _of_office(),
    "office_trainings:sheet": _of_office(),
}

"""What the rows of a sheet of goods would do: each finds its product by code, else by name and variant, or makes a new one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from catalogue.restricted import BLOCK, find_restricted
from catalogue.services.sections import CERTIFIED
from shop.partner.listing import MOST_VARIANTS
from shop.partner.sheets.columns import COLUMNS, OWNER
from shop.partner.sheets.ground import FIELD_OF, Ground, Thing
from vendors.sheets.columns import Entry
from vendors.sheets.network import Reading
from vendors.sheets.plans import Act, Change, Plan, Seen
from vendors.sheets.values import name_key

WAITS = "waits"
_VALUES = tuple(column.key for column in COLUMNS if column.key not in ("code", "of"))
_NAMES = ("title", "variant", "title_en", "variant_en", "unit", "unit_en")
_EMPTY: dict[str, Any] = {"low": None}


@dataclass
class GoodsPlan(Plan):
    """A plan with what it was made against."""

    ground: Ground | None = None


@dataclass
class _Sheet:
    """The file so far: which rows meant the same, and what was said about products with several rows."""

    ground: Ground
    seen: Seen = field(default_factory=Seen)
    said: dict[tuple[Any, str], tuple[Any, int]] = field(default_factory=dict)
    plain: dict[str, int] = field(default_factory=dict)
    parents: dict[str, int] = field(default_factory=dict)
    variants: dict[Any, int] = field(default_factory=dict)


def plan_goods(entries: list[Entry], ground: Ground) -> GoodsPlan:
    """Row by row; everything that is wrong is gathered."""
    plan, sheet = GoodsPlan(ground=ground), _Sheet(ground)
    for entry in entries:
        reading = Reading(entry, ground)  # type: ignore[arg-type]
        for key, act in (("category", ground.category), ("province", ground.province)):
            found = reading.ask(key, act)
            if found is not None:
                entry.values[key] = found
        change = _change(reading, sheet)
        plan.problems += reading.problems
        if change is not None and not reading.problems:
            plan.changes.append(change)
    return plan


def _change(reading: Reading, sheet: _Sheet) -> Change | None:
    entry = reading.entry
    known = len(reading.problems)
    owner = reading.ask("of", sheet.ground.owner_coded)
    thing: Thing | None = None
    if entry.get("code"):
        thing = reading.ask("code", sheet.ground.coded)
    elif entry.get("title"):
        thing = reading.ask("title", sheet.ground.named, entry.get("variant") or "", owner)
    elif "title" not in entry.unread:
        reading.wrong("title", "required")
    if len(reading.problems) > known or entry.unread & {"code", "title"}:
        return None
    _names_allowed(reading)
    return _existing(reading, sheet, thing) if thing is not None else _new(reading, sheet, owner)


def _names_allowed(reading: Reading) -> None:
    for key in _NAMES:
        found = find_restricted(reading.entry.get(key) or "")
        if found and found[0].action == BLOCK:
            reading.wrong(key, "goods_forbidden", word=found[0].word, kind=found[0].name)


def _agrees(reading: Reading, sheet: _Sheet, owner: Any, *, but: tuple[str, ...] = ()) -> None:
    """Rows of one product say the same of what its variants share."""
    for key in OWNER:
        value = reading.entry.get(key)
        if value is None or key in but:
            continue
        before, row = sheet.said.setdefault((owner, key), (value, reading.entry.number))
        if before != value:
            reading.wrong(key, "goods_differs", other=row)


# --- what is there already ------------------------------------------------------------------------------------


def _existing(reading: Reading, sheet: _Sheet, thing: Thing) -> Change | None:
    entry = reading.entry
    other = sheet.seen.again(thing.pk, entry.number)
    if other is not None:
        reading.wrong("code" if entry.get("code") else "title", "twice", other=other)
        return None
    named = () if entry.get("code") else ("title", "variant")
    facts = {
        key: value
        for key in _VALUES
        if (value := _typed(entry, key)) is not _LEFT and key not in named and value != thing.values[key]
    }
    if not thing.is_variant and facts.get("variant"):
        reading.wrong("variant", "goods_no_variants", value=thing.values["title"][:60])
    _agrees(reading, sheet, thing.owner, but=named)
    _offer_possible(reading, {**thing.values, **facts}, thing.reserved, changed=bool(facts))
    _sale_possible(reading, thing, facts)
    change = Change(entry.number, Act.CHANGED if facts else Act.SAME, thing.values["title"], thing.values["variant"])
    change.key, change.facts, change.before = thing.pk, facts, {key: thing.values[key] for key in facts}
    change.words = {
        key: (_told(sheet, key, thing.values[key]), _told(sheet, key, value)) for key, value in facts.items()
    }
    if thing.waits_for_officer and any(FIELD_OF.get(key) in CERTIFIED for key in facts):
        change.note = WAITS
    return change


_LEFT = object()


def _typed(entry: Entry, key: str) -> Any:
    """What a row says of a column; `_LEFT` for an empty cell, the empty value for one that clears."""
    value = entry.get(key)
    if value is None:
        return _LEFT
    return _EMPTY.get(key, "") if value == "" else value


def _told(sheet: _Sheet, key: str, value: Any) -> str:
    return sheet.ground.told(key, value)[:120]


def _offer_possible(reading: Reading, after: dict[str, Any], reserved: int, *, changed: bool) -> None:
    unread = "price" in reading.entry.unread  # that is told already
    if not unread and after.get("price") is None and (after.get("stock") or after.get("low") is not None) and changed:
        reading.wrong("price", "goods_no_price")
    if after.get("stock") is not None and after["stock"] < reserved:
        reading.wrong("stock", "goods_reserved", reserved=reserved)


def _sale_possible(reading: Reading, thing: Thing, facts: dict[str, Any]) -> None:
    """Publishing by a file goes by the same checklist as by the page."""
    if facts.get("sale") != "1" or thing.is_variant:
        return
    after = {**thing.values, **facts}
    columns = {column.key: column.thai for column in COLUMNS}
    missing = [columns[key] for key in ("category", "price", "weight") if not after.get(key)]
    if missing:
        reading.wrong("sale", "goods_not_ready", missing=", ".join(missing))


# --- what is new ----------------------------------------------------------------------------------------------


def _new(reading: Reading, sheet: _Sheet, owner: int | None) -> Change | None:
    entry = reading.entry
    title, variant = entry.get("title") or "", entry.get("variant") or ""
    if entry.get("sale") == "1":
        reading.wrong("sale", "goods_new_is_draft")
    key = name_key(title)
    if owner is None:
        known = reading.ask("title", sheet.ground.owner_named)
        owner = known["pk"] if known is not None else None
    meaning: Any = owner or ("new", key)
    other = sheet.seen.again((meaning, name_key(variant)), entry.number)
    if other is not None:
        reading.wrong("title", "twice", other=other)
        return None
    if owner is not None:
        _beside_known(reading, sheet, owner, variant)
    else:
        _all_new(reading, sheet, key, variant)
    if variant:
        sheet.variants[meaning] = sheet.variants.get(meaning, 0) + 1
        if sheet.variants[meaning] + (sheet.ground.owners[owner]["children"] if owner else 0) > MOST_VARIANTS:
            reading.wrong("variant", "goods_many_variants", most=MOST_VARIANTS)
    _agrees(reading, sheet, meaning, but=("title",))
    _offer_possible(reading, entry.values, 0, changed=True)
    change = Change(entry.number, Act.NEW, title, variant)
    change.facts = {**{key: value for key in _VALUES if (value := _typed(entry, key)) is not _LEFT}, "owner": owner}
    return change


def _beside_known(reading: Reading, sheet: _Sheet, owner: int, variant: str) -> None:
    """A new variant of what is there."""
    row = sheet.ground.owners[owner]
    title = str(row["values"]["title"])[:60]
    if not row["children"]:
        reading.wrong("variant", "goods_no_variants", value=title)
    elif not variant:
        reading.wrong("variant", "goods_variant_missing", value=title)
    for key in OWNER:
        typed = _typed(reading.entry, key)
        if typed is not _LEFT and key != "title" and typed != row["values"][key]:
            reading.wrong(key, "goods_known_differs")


def _all_new(reading: Reading, sheet: _Sheet, key: str, variant: str) -> None:
    told = {one.column for one in reading.problems} | reading.entry.unread
    if reading.entry.get("category") is None and "category" not in told:
        reading.wrong("category", "required")
    mine, others = (sheet.parents, sheet.plain) if variant else (sheet.plain, sheet.parents)
    mine.setdefault(key, reading.entry.number)
    if key in others:
        reading.wrong("variant", "goods_variant_missing", value=(reading.entry.get("title") or "")[:60])

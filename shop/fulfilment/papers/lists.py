"""The lists of a hub and a day as plain values for `typst/list.typ`: columns, and sections of rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Sum

from shop.common import clock
from shop.fulfilment.models import PaperRun, Parcel
from shop.fulfilment.papers.pieces import Piece, Route, number_key, open_pieces
from shop.fulfilment.papers.printing import cell, plain
from shop.theme import formats
from vendors.models import Place

Kind = PaperRun.Kind
Row = list[Any]
Tell = Callable[[int, int], None]
_TITLE = 60


@dataclass(frozen=True)
class Column:
    """`kind` says how a cell is drawn (`list.typ`); `width` in millimetres, 0 for what is left."""

    kind: str
    title: str
    width: int


@dataclass
class Sheet:
    """A list before it is set."""

    title: str
    columns: list[Column]
    sections: list[dict[str, Any]] = field(default_factory=list)
    note: str = ""
    pieces: int = 0

    def add(self, title: str, note: str, rows: list[Row]) -> None:
        """One section, cell by cell."""
        told = [[_cell(column, value) for column, value in zip(self.columns, row, strict=True)] for row in rows]
        self.sections.append({"title": cell(title, 150), "note": plain(note), "rows": told})

    @property
    def rows(self) -> int:
        """Lines on paper."""
        return sum(len(section["rows"]) for section in self.sections)

    def data(self, hub: Place, day: dt.date) -> dict[str, Any]:
        """What the template reads."""
        return {
            "title": self.title,
            "hub": cell(hub.name_th, 150),
            "foot": plain(hub.name_th),
            "day": formats.date_weekday(day),
            "sums": f"{self.rows:,} รายการ · {self.pieces:,} ชิ้น",
            "note": self.note,
            "columns": [vars(column) for column in self.columns],
            "sections": self.sections,
        }


_FIGURES = ("number", "money")


def _cell(column: Column, value: Any) -> Any:
    width = (column.width or _TITLE) - 2
    if isinstance(value, tuple):
        return [cell(words, width) for words in value]
    if column.kind in _FIGURES:
        return plain(value)
    return cell(value, width)


_TICK = Column("tick", "", 7)
_NUMBER = Column("number", "จำนวน", 13)
_UNIT = Column("words", "หน่วย", 26)
_MONEY = Column("money", "บาท", 20)
_GOOD = Column("named", "สินค้า", 0)
_BOX = Column("code", "ใบสั่งกลุ่ม", 32)
_WHERE = Column("small", "อยู่ที่", 24)


def _where(piece: Piece) -> str:
    if piece.is_here:
        return "อยู่ที่นี่"
    return "กำลังมา" if piece.is_packed else "กลุ่มยังไม่ส่ง"


def _baht(satang: int) -> str:
    return formats.baht(satang).removesuffix(" บาท")


def _sums(pieces: Iterable[Piece]) -> str:
    there = list(pieces)
    return f"{sum(piece.quantity for piece in there):,} ชิ้น · {len({piece.number for piece in there}):,} กล่อง"


def pick_list(pieces: list[Piece]) -> Sheet:
    """Line by line, as the goods are taken from where they lie."""
    sheet = Sheet("ใบหยิบสินค้า", [_TICK, _NUMBER, _UNIT, _GOOD, _BOX, _WHERE])
    for route, there in groupby(pieces, key=lambda piece: piece.route):
        part = list(there)
        rows = [["", f"{one.quantity:,}", one.unit, (one.title, one.group), one.number, _where(one)] for one in part]
        sheet.add(route.words, _sums(part), rows)
    return sheet


def by_buyer(pieces: list[Piece]) -> Sheet:
    """Purchase by purchase, under its number: a buyer's name stands on no list."""
    sheet = Sheet("ใบจัดของตามผู้ซื้อ", [_TICK, _NUMBER, _UNIT, _MONEY, _GOOD, _BOX, _WHERE])
    sheet.note = "เรียงตามเลขคำสั่งซื้อ ใบนี้ไม่มีชื่อและที่อยู่ของผู้ซื้อ"
    bought = sorted(pieces, key=lambda one: (one.purchase, *one.order[3:]))
    for purchase, there in groupby(bought, key=lambda one: one.purchase):
        part = list(there)
        ways = " / ".join(dict.fromkeys(one.route.words for one in sorted(part, key=lambda one: one.order)))
        rows = [
            ["", f"{one.quantity:,}", one.unit, _baht(one.satang), (one.title, one.group), one.number, _where(one)]
            for one in part
        ]
        sheet.add(f"คำสั่งซื้อ {purchase}", f"{_sums(part)} · {ways}", rows)
    return sheet


def by_group(pieces: list[Piece]) -> Sheet:
    """Group by group: what each brings."""
    sheet = Sheet("ใบจัดของตามกลุ่ม", [_TICK, _NUMBER, _UNIT, _MONEY, _GOOD, _BOX, _WHERE])
    grouped = sorted(pieces, key=lambda one: (one.order[3:5], one.order[:3], one.order[5:]))
    for (_sort, group), there in groupby(grouped, key=lambda one: (one.group_sort, one.group)):
        part = list(there)
        rows = [
            [
                "",
                f"{one.quantity:,}",
                one.unit,
                _baht(one.satang),
                (one.title, one.route.words),
                one.number,
                _where(one),
            ]
            for one in part
        ]
        sheet.add(group, _sums(part), rows)
    return sheet


def by_product(pieces: list[Piece]) -> Sheet:
    """Each product once, with the boxes that it lies in and where they go."""
    boxes = Column("small", "ใบสั่งกลุ่ม", 60)
    sheet = Sheet("ใบจัดของตามสินค้า", [_TICK, _NUMBER, _UNIT, _MONEY, _GOOD, boxes])
    rows: list[Row] = []
    named = sorted(pieces, key=lambda one: (*one.order[5:6], *one.order[3:5], one.unit, *one.order[:3]))
    for _key, same in groupby(named, key=lambda one: (one.title, one.group, one.unit)):
        ones = list(same)
        first = ones[0]
        total, satang = sum(one.quantity for one in ones), sum(one.satang for one in ones)
        told = " / ".join(_boxes(route, there) for route, there in groupby(ones, key=lambda one: one.route))
        rows.append(["", f"{total:,}", first.unit, _baht(satang), (first.title, first.group), told])
    if rows:
        sheet.add("", "", rows)
    return sheet


def _boxes(route: Route, pieces: Iterable[Piece]) -> str:
    """The boxes of one route, by their numbers, with the pieces of a product in them."""
    there = list(pieces)
    numbers = sorted({one.number for one in there}, key=number_key)
    told = ", ".join(numbers[:12]) + (f" และอีก {len(numbers) - 12:,} ใบ" if len(numbers) > 12 else "")
    return f"{route.words} {sum(one.quantity for one in there):,} ชิ้น: {told}"


def counter_sheet(hub: Place) -> Sheet:
    """What lies on the shelf, to be signed for. The name alone: no code, no phone."""
    columns = [
        *(Column("code", "พัสดุ", 34), Column("shelf", "ชั้น", 24), Column("words", "ชื่อผู้รับ", 0)),
        *(Column("number", "ชิ้น", 12), Column("small", "เก็บถึง", 22), Column("sign", "ลายมือชื่อผู้รับของ", 50)),
    ]
    sheet = Sheet("ใบรับของประจำวัน", columns)
    sheet.note = "ส่งมอบเมื่อผู้รับแสดงรหัสรับของเท่านั้น รหัสไม่อยู่ในใบนี้"
    rows = Parcel.objects.filter(place=hub, state=Parcel.State.ON_SHELF).select_related("order__shipping_address")
    today, told = clock.today(), []
    for parcel in rows.annotate(pieces=Sum("holdings__quantity")).order_by("shelf", "code"):
        to, until = parcel.order.shipping_address, parcel.keep_until
        kept = formats.date_short(until) + (" เกินกำหนด" if until and until < today else "")
        name = to.recipient if to else ""
        told.append([parcel.code, parcel.shelf, name, f"{parcel.pieces or 0:,}", kept, ""])
        sheet.pieces += parcel.pieces or 0
    if told:
        sheet.add("", "", told)
    return sheet


_MAKERS: dict[str, Callable[[list[Piece]], Sheet]] = {
    Kind.PICK: pick_list,
    Kind.BY_BUYER: by_buyer,
    Kind.BY_GROUP: by_group,
    Kind.BY_PRODUCT: by_product,
}


def list_of(kind: str, hub: Place, day: dt.date, tell: Tell = lambda done, rows: None) -> Sheet:
    """The list of this kind for a hub and a day."""
    if kind == Kind.COUNTER:
        return counter_sheet(hub)
    pieces = open_pieces(hub, day, tell)
    sheet = _MAKERS[kind](pieces)
    sheet.pieces = sum(piece.quantity for piece in pieces)
    return sheet

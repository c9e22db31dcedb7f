"""The hand-over sheet of a transfer as plain values for `typst/handover.typ`. No buyer stands on it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from shop.common import codes
from shop.common.money import to_satang
from shop.common.thai import sort_key
from shop.fulfilment.models import Transfer, TransferLine
from shop.fulfilment.papers.pieces import number_key
from shop.fulfilment.papers.printing import cell, make, plain, square
from shop.theme import formats
from vendors.models import Place


def print_sheet(transfer: Transfer, size: str = "a4") -> bytes:
    """The sheet as PDF; `transfer` comes with both places."""
    data = sheet_data(transfer, size)
    return make("handover", data, tagged=len(data["boxes"]) < 50)


def sheet_data(transfer: Transfer, size: str) -> dict[str, Any]:
    """Box by box: by group, then by number; inside by product."""
    boxes = _boxes(transfer, 40 if size == "80" else 85)
    pieces = sum(box["pieces"] for box in boxes)
    from_hub = transfer.from_place.kind == Place.Kind.HUB
    return {
        "title": "ใบโอนสินค้า" if from_hub else "ใบส่งของเข้าศูนย์",
        "size": size,
        "code": transfer.code,
        "shown": codes.grouped(transfer.code, 3),
        "square": square(transfer.code),
        "start": plain(transfer.from_place.name_th),
        "end": plain(transfer.to_place.name_th),
        "due": formats.date_weekday(transfer.due),
        "sums": f"{len(boxes):,} กล่อง · {pieces:,} ชิ้น",
        "boxes": boxes,
    }


def _boxes(transfer: Transfer, width: float) -> list[dict[str, Any]]:
    rows = TransferLine.objects.filter(box__transfer=transfer, sent__gt=0)
    rows = rows.select_related("line", "box__vendor_order__group")

    def order(row: TransferLine) -> tuple[Any, ...]:
        part = row.box.vendor_order
        return part.group.sort_name, number_key(part.number), sort_key(row.line.title), row.line_id

    found = []
    for part, there in groupby(sorted(rows, key=order), key=lambda row: row.box.vendor_order):
        lines = list(there)
        pieces = sum(row.sent for row in lines)
        found.append(
            {
                "number": part.number,
                "group": cell(part.group.name_th, 90),
                "pieces": pieces,
                "sums": f"{pieces:,} ชิ้น",
                "rows": [_row(row, width) for row in lines],
            }
        )
    return found


def _row(row: TransferLine, width: float) -> dict[str, Any]:
    satang = to_satang(row.line.unit_price_incl_tax) * row.sent
    return {
        "quantity": f"{row.sent:,}",
        "unit": cell(row.line.unit_th, 20),
        "baht": formats.baht(satang).removesuffix(" บาท"),
        "title": cell(row.line.title, width),
    }

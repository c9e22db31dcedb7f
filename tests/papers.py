"""Pictures of what hubs print, for docs/screenshots: `python -m tests.papers`. Made of fixed values, without a database."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
MOMENT = dt.datetime(2026, 11, 27, 7, 30, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 27)
GOODS = (
    ("น้ำพริกเผาแม่บ้านสูตรดั้งเดิม", "กระปุก", "กลุ่มแม่บ้านเกษตรกรบ้านโป่งแยงใน", 6_500),
    ("กล้วยตากพลังงานแสงอาทิตย์ 250 กรัม", "ถุง", "กลุ่มแม่บ้านเกษตรกรบ้านโป่งแยงใน", 8_900),
    ("กระติบข้าวไม้ไผ่สานลายขัด ขนาดกลาง", "ใบ", "กลุ่มจักสานบ้านหนองขาว", 24_000),
    ("ผ้าฝ้ายทอมือย้อมครามธรรมชาติ ลายขิดโบราณ", "ผืน", "กลุ่มทอผ้าดอยสะเก็ด", 89_000),
    ("น้ำผึ้งดอกลำไย ปั๊มหัวจุกกันหก", "ขวด", "กลุ่มผู้เลี้ยงผึ้งบ้านปู่ฮ่อม", 18_000),
)
HUB, NEXT = "จุดกระจายสินค้าจังหวัดเชียงใหม่", "จุดกระจายสินค้ากรุงเทพมหานคร"


def _pieces() -> list[Any]:
    from shop.common.thai import sort_column
    from shop.fulfilment.papers.pieces import Piece, Route

    later = DAY + dt.timedelta(days=2)
    routes = (
        Route(0, f"ส่งต่อไป {NEXT}", later),
        Route(1, "ส่งพัสดุถึงบ้าน", DAY),
        Route(2, "รอรับที่จุดรับของ", DAY),
    )
    found = []
    for at in range(30):
        title, unit, group, satang = GOODS[at % 5]
        purchase, quantity = f"7K2M9Q4T{at % 7}VX", 1 + at % 4 * 5
        facts = {"title": title, "unit": unit, "group": group, "satang": satang * quantity, "quantity": quantity}
        where = {"is_here": at % 3 != 0, "is_packed": at % 3 != 0 or at % 2 == 0, "due": DAY}
        number = f"{purchase}-{at % 5 + 1}"
        more = {"group_sort": sort_column(group), "number": number, "purchase": purchase, "route": routes[at % 7 % 3]}
        found.append(Piece(**facts, **where, **more))
    return sorted(found, key=lambda piece: piece.order)


def _lists() -> dict[str, bytes]:
    from shop.fulfilment.papers import lists
    from shop.fulfilment.papers.printing import make
    from vendors.models import Place

    pieces, hub = _pieces(), Place(name_th=HUB)
    makers = {"pick": lists.pick_list, "by-buyer": lists.by_buyer, "by-group": lists.by_group}
    made = {}
    for name, maker in {**makers, "by-product": lists.by_product}.items():
        sheet = maker(pieces)
        sheet.pieces = sum(piece.quantity for piece in pieces)
        made[name] = make("list", sheet.data(hub, DAY))
    return made


def _labels() -> list[dict[str, Any]]:
    from shop.fulfilment.papers.labels import label, receiver

    home = receiver(
        "ส่งถึง", "ญาณิศา ผู้พัฒน์", "โทร 081 234 5678", "88/12 ซอยพหลโยธิน 48", "แขวงท่าแร้ง เขตบางเขน กรุงเทพมหานคร 10220"
    )
    facts = [("จัดที่", NEXT), ("จำนวน", "12 ชิ้น"), ("น้ำหนัก", "3.40 กก.")]
    hub = receiver("ส่งไปที่", NEXT, "จังหวัดกรุงเทพมหานคร", "ให้ถึงภายใน อาทิตย์ 29 พ.ย. 69")
    return [
        label("พัสดุ", "7K2M9Q4T1V", ["7K2M9Q4T1V"], "", facts, home),
        label("รอรับที่จุดรับของ", "7K2M9Q4T2V", ["ชั้น ก 3", "7K2M9Q4T2V"], "", facts, receiver("ผู้รับ", "ยุ้ย ปู่ย่า ที่รักยิ่ง")),
        label(
            "กล่องใบสั่งกลุ่ม",
            "7K2M9Q4T3VX-2",
            ["7K2M9Q4T3VX", "-2"],
            "",
            [("จากกลุ่ม", GOODS[0][2]), ("ดูแล", "ของแช่เย็น")],
            hub,
        ),
        label("ใบโอน (ทั้งลัง)", "7K2M9Q4TX", ["7K2-M9Q-4TX"], "", [("จาก", HUB), ("จำนวน", "8 กล่อง · 96 ชิ้น")], hub),
    ]


def _sheet(size: str) -> bytes:
    from shop.fulfilment.papers.printing import make, square

    boxes: list[dict[str, Any]] = []
    for at in range(3):
        rows = [
            {"quantity": "12", "unit": unit, "baht": f"{satang * 12 / 100:,.2f}", "title": title}
            for title, unit, _group, satang in GOODS[at : at + 2]
        ]
        boxes.append({"number": f"7K2M9Q4T{at}VX-1", "group": GOODS[at][2], "sums": "24 ชิ้น", "rows": rows})
    way = {"start": HUB, "end": NEXT, "due": "อาทิตย์ 29 พ.ย. 69", "sums": "3 กล่อง · 72 ชิ้น"}
    code = {"code": "7K2M9Q4TX", "shown": "7K2-M9Q-4TX", "square": square("7K2M9Q4TX")}
    return make("handover", {"title": "ใบโอนสินค้า", "size": size, "boxes": boxes, **way, **code})


def main() -> None:
    """Writes the first page of each paper as WebP."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    django.setup()
    import pypdfium2
    import time_machine

    from shop.fulfilment.papers.labels import print_labels

    with time_machine.travel(MOMENT, tick=False):
        labels = _labels()
        made = {**_lists(), "labels": print_labels("x", labels), "labels-80": print_labels("x", labels[:1], "80")}
        made |= {"transfer": _sheet("a4"), "transfer-80": _sheet("80")}
    for name, content in made.items():
        with pypdfium2.PdfDocument(content) as document:
            picture = document[0].render(scale=1.5).to_pil().convert("L")
        picture.save(TARGET / f"print-{name}.webp", "WEBP", quality=55, method=6)


if __name__ == "__main__":
    main()

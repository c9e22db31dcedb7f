"""What the demo's fairs have in common: kinds of booths, and a programme of five days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

KINDS = (
    ("ก", "ผ้าและของใช้", "Cloth and household", 8, "2 × 2 ม.", 150_000, False, False),
    ("ข", "อาหารแห้งและเครื่องดื่ม", "Dry food and drinks", 8, "2 × 2 ม.", 150_000, True, False),
    ("ค", "ของสดและของแช่เย็น", "Fresh and chilled", 4, "3 × 2 ม.", 220_000, True, True),
)
Days = list[tuple[dt.date, Sequence[tuple[str, str, str]]]]

_POINTS = (
    (("10:00", "เปิดงาน", "Opening", "เวทีกลาง", "Main stage"), ("13:00", "ชิมข้าวใหม่ 12 พันธุ์", "Taste twelve kinds of new rice", "โซน ข", "Zone B")),
    (("10:30", "เวิร์กช็อปมัดหมี่", "Mudmee workshop", "โซน ก", "Zone A"), ("14:00", "เวิร์กช็อปมัดหมี่ รอบบ่าย", "Mudmee workshop, afternoon", "โซน ก", "Zone A")),
    (("11:00", "ประกวดปลาส้ม", "Fermented fish contest", "เวทีกลาง", "Main stage"),),
    (("10:00", "ตลาดนัดผ้าคราม", "Indigo market", "โซน ก", "Zone A"), ("15:00", "คุยกับคนทอ", "Talk with the weavers", "เวทีกลาง", "Main stage")),
    (("10:00", "ลดราคาวันสุดท้าย", "Last day, lower prices", "ทั้งงาน", "Everywhere"),),
)  # fmt: skip


def programme(first: dt.date, language: str) -> Days:
    """Time, what and where of each day, from the first one on."""
    english = language == "en"
    return [
        (
            first + dt.timedelta(days=number),
            [(time, en if english else th, there_en if english else there) for time, th, en, there, there_en in points],
        )
        for number, points in enumerate(_POINTS)
    ]

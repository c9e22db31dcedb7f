"""Certificates on their way through the office: drafts, waiting ones with a photo, sent back, ending soon, revoked."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from catalogue.cover import goods_of
from catalogue.services import link_certificate, publish_product, write_paper
from media import printing
from media.models import PrivateFile
from media.services import store_private_file
from shop.common import clock
from shop.seed import edges
from shop.seed.market import Demo, certify, number_for
from shop.theme import formats
from vendors.models import Certificate, Organisation
from vendors.services import Paper, hand_in_certificate, revoke_certificate, send_back_certificate

_SIZE = (1240, 1754)


def make_papers(demo: Demo, users: dict[str, Any], group_a: Organisation, group_b: Organisation) -> None:
    """Work for both managers and both officers. Letters of the seed stay unsent: nobody waited for them."""
    manager_a, manager_b = users["manager.a@example.test"], users["manager.b@example.test"]
    officer_x, officer_y = users["officer.x@example.test"], users["officer.y@example.test"]
    _write(demo, group_a, manager_a, "FDA_FOOD", waits=9)
    _write(demo, group_a, manager_a, "HALAL", waits=2, days=360)
    _write(demo, group_a, manager_a, "TCPS", hand_in=False)
    back = _write(demo, group_a, manager_a, "OTOP_STAR", waits=5, days=600)
    reason = "รูปถ่ายมืดและเอียง อ่านเลขที่ไม่ออก กรุณาวางใบรับรองบนโต๊ะแล้วถ่ายใหม่ตรง ๆ ในที่สว่าง"
    send_back_certificate(certificate=back, by=officer_x, reason=reason)
    _ends_soon(demo, group_a)
    revoked = certify(demo, group_a, "GHP", issued_days_ago=300)
    revoke_certificate(certificate=revoked, by=officer_x, reason="ผู้ออกใบรับรองแจ้งเพิกถอน (ตัวอย่าง)")
    _write(demo, group_b, manager_b, "ORGANIC_TH", waits=4, days=330)
    back = _write(demo, group_b, manager_b, "FDA_FOOD", waits=1)
    send_back_certificate(certificate=back, by=officer_y, reason="เลขสารบบไม่ตรงกับฉลากในรูป กรุณาตรวจอีกครั้ง")


def _write(
    demo: Demo,
    group: Organisation,
    by: Any,
    code: str,
    *,
    waits: int = 0,
    days: int | None = None,
    hand_in: bool = True,
) -> Certificate:
    """A certificate as the group's manager writes it, with a photo, handed in so many days ago."""
    scheme = demo.schemes[code]
    today = clock.today()
    years = scheme.validity_years or 0
    last = today + dt.timedelta(days=days or 365 * years - 60) if days or years else None
    paper = Paper(scheme, number_for(demo, scheme), today - dt.timedelta(days=20), last, Certificate.Scope.PRODUCTS)
    goods = [product.pk for product in goods_of(group)[:2]]
    with clock.moved_to(clock.now() - dt.timedelta(days=waits)):
        row = write_paper(
            holder=group, paper=paper, products=goods, evidence=_photo(paper, group, by), by=by, is_demo=True
        )
        return hand_in_certificate(certificate=row, by=by, sure=True) if hand_in else row


def _ends_soon(demo: Demo, group: Organisation) -> None:
    """One that ends in six days and alone carries a product: the list shows what hangs on it."""
    title, english = "ชะลอมไม้ไผ่ (ตัวอย่าง: ใบรับรองเหลือ 6 วัน)", "Bamboo gift basket (example: six days left)"
    product = edges.basket(demo, group, title, english)
    link_certificate(product=product, certificate=certify(demo, group, "TCPS", issued_days_ago=700, days_left=6))
    publish_product(product=product)


def _photo(paper: Paper, group: Organisation, by: Any) -> PrivateFile:
    """A drawn sheet that says what was typed, marked as an example."""
    sheet = Image.new("RGB", _SIZE, "#fffdf8")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((50, 50, _SIZE[0] - 50, _SIZE[1] - 50), outline=printing.LEAF, width=8)
    draw.rectangle((70, 70, _SIZE[0] - 70, _SIZE[1] - 70), outline=printing.TURM, width=3)
    printing.write(draw, (140, 260), paper.scheme.short_th, family="pridi", size=90, ink=printing.LEAF)
    lines = [
        paper.scheme.name_th,
        f"เลขที่ {paper.number}",
        f"ออกให้แก่ {group.name_th}",
        f"ออก ณ วันที่ {formats.date(paper.issued_on)}",
        f"ใช้ได้ถึงวันที่ {formats.date(paper.expires_on)}" if paper.expires_on else "ไม่กำหนดวันหมดอายุ",
        paper.scheme.issuer_th,
    ]
    for position, line in enumerate(lines):
        printing.write(draw, (140, 440 + 110 * position), line, family="sarabun", size=44)
    printing.write(draw, (140, 1560), "ใบตัวอย่างของตลาดสาธิต ไม่มีอยู่จริง", family="sarabun-bold", size=52, ink=printing.VERM)
    file = io.BytesIO()
    sheet.save(file, "JPEG", quality=80)
    name = f"ใบรับรอง-{paper.scheme.short_th}.jpg".replace("/", "-").replace(" ", "-")
    return store_private_file(file=ContentFile(file.getvalue(), name=name), by=by, folder="evidence")

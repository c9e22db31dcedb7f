"""What the tests of stories build: images of one colour on each side, files, a story with every kind of block."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from catalogue.models import Lot
from cms.models import Fair, NewsPage
from cms.services import ensure_site, keep_topics, publish_news
from media.models import MarketDocument, MarketImage
from media.services import cut_image
from shop.common import clock
from tests.market import Market
from tests.unit.cms.fairs import make_fair

TOPICS = (("silk", "ผ้าไหม", "Silk"), ("standards", "มาตรฐาน", "Standards"))
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def jpeg(size: tuple[int, int] = (1200, 600), *, right: tuple[int, int, int] = (20, 20, 200)) -> bytes:
    """Red on the left half, another colour on the right."""
    picture = Image.new("RGB", size, (200, 20, 20))
    picture.paste(right, (size[0] // 2, 0, *size))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def make_image(title: str = "ภาพ", *, data: bytes = b"", cut: bool = True, **facts: Any) -> MarketImage:
    """An editor's image, cut as the worker does it."""
    image = MarketImage.objects.create(title=title, file=ContentFile(data or jpeg(), name="photo.jpg"), **facts)
    if cut:
        cut_image(key=image.pk)
    else:
        MarketImage.objects.filter(pk=image.pk).update(cut=None, cut_key="")
    image.refresh_from_db()
    return image


def make_document(title: str = "กำหนดการ", name: str = "plan.pdf") -> MarketDocument:
    """A file to fetch."""
    return MarketDocument.objects.create(title=title, file=ContentFile(PDF, name=name), file_size=len(PDF))


def make_lot(market: Market, code: str = "K7T123") -> Lot:
    """A lot of the hat."""
    return Lot.objects.create(
        code=code, product=market.products["hat"], made_on=clock.today(), quantity=10, created_at=clock.now()
    )


def item(**values: Any) -> dict[str, Any]:
    """A block of several fields."""
    return values


def whole_body(market: Market, times: int = 1) -> list[tuple[str, Any]]:
    """Every kind of block, `times` over; the chosen things are the same each time, the images others."""
    lot = Lot.objects.filter(code="K7T123").first() or make_lot(market)
    document = make_document()
    fair = Fair.objects.filter(slug="lanna-fair").first() or make_fair()
    body: list[tuple[str, Any]] = []
    for number in range(times):
        image = make_image(f"ภาพ {number}", data=jpeg(right=(0, number, 200)))
        body += [
            ("text", "<p>คำแรก</p>"),
            ("quote", "คำพูด"),
            ("steps", [item(title="แกะกล่อง", text="<p>ช้า ๆ</p>", image=image, alt_text="กล่อง")]),
            ("table", item(caption="ราคา", rows="ของ|บาท\nข้าว|65", has_head=True)),
            ("figures", [item(number="557", words="กลุ่ม")]),
            (
                "contact",
                item(name="สำนักงาน", phone="02 281 3297", email="pr@example.test", web="https://example.test/"),
            ),
            ("image", item(image=image, alt_text="คนทอผ้า", caption="ที่บ้านโนน", credit="กรมฯ")),
            (
                "gallery",
                item(title="บรรยากาศ", pictures=[item(image=image, alt_text="หนึ่ง"), item(image=image, alt_text="สอง")]),
            ),
            ("video", item(url="https://youtu.be/abcDEF12345", title="ดูการทอ", image=image)),
            ("attachments", [item(document=document, title="กำหนดการ")]),
            ("map", item(name="ศาลากลาง", address="ขอนแก่น")),
            ("act", item(words="ไปที่ข่าว", url="/news/")),
            ("goods", [market.products["hat"], market.products["kratip"]]),
            ("groups", [market.groups["isan"]]),
            ("certificates", [market.certificates["north"]]),
            ("lots", [lot]),
            ("fairs", [fair]),
        ]
    return body


def make_story(market: Market, *, slug: str = "whole", times: int = 1, **facts: Any) -> NewsPage:
    """A story with every kind of block, topics, a picture, a province and a press contact."""
    ensure_site()
    values: dict[str, Any] = {
        "title": "ข่าวครบทุกอย่าง",
        "summary": "สรุป",
        "body": whole_body(market, times),
        "published_on": clock.today(),
        "slug": slug,
        "image": make_image("ภาพนำ", credit="ช่างภาพ"),
        "picture_alt": "ภาพนำเรื่อง",
        "province": market.groups["isan"].province,
        "topics": list(keep_topics(TOPICS).values()),
        "contact": {"name": "กลุ่มประชาสัมพันธ์", "phone": "0 2281 3297", "fax": "0 2282 0889", "email": "pr@example.test"},
    }
    return publish_news(**{**values, **facts})

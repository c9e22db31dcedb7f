"""The pictures of shared links: what is on them, their addresses, and that nobody can have them drawn without end."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image, ImageChops

from catalogue.posters import of_site
from catalogue.services import withdraw_product
from media import jobs, posters, printing
from media.posters import Poster
from shop.common import clock
from shop.partner.services import set_offer
from tests.market import Market

MADE_UP = "0" * 16


@pytest.fixture(autouse=True)
def _no_files() -> None:
    folder = Path(settings.MEDIA_ROOT) / posters.FOLDER
    for file in folder.glob("*") if folder.is_dir() else []:
        file.unlink()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Poster]:
    """Every poster that was really drawn."""
    found: list[Poster] = []
    real = printing.poster
    monkeypatch.setattr(printing, "poster", lambda entry: found.append(entry) or real(entry))
    return found


def address_on(client: Client, page: str) -> str:
    body = client.get(page).content.decode()
    return body.split('property="og:image" content="')[1].split('"')[0].removeprefix(settings.SITE_URL)


def test_a_products_poster_is_drawn_once_and_kept(client: Client, market: Market, drawn: list[Poster]) -> None:
    hat = market.products["hat"]
    address = address_on(client, hat.get_absolute_url())
    first, second = client.get(address), client.get(address)
    content = b"".join(first)
    image = Image.open(io.BytesIO(content))
    assert (first.status_code, first.headers["Content-Type"], image.size) == (200, "image/jpeg", (1200, 630))
    assert b"".join(second) == content
    assert [(entry.title, entry.price, entry.maker, entry.place) for entry in drawn] == [
        ("หมวกใบลาน", "250.00 บาท", "กลุ่มทอผ้าบ้านโนน", "ขอนแก่น")
    ]
    assert first.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_another_price_is_another_address_and_the_old_one_leads_to_it(client: Client, market: Market) -> None:
    hat = market.products["hat"]
    before = address_on(client, hat.get_absolute_url())
    set_offer(product=hat, place=market.places["isan"], price_satang=99_950, in_stock=3)
    after = posters.current("product", str(hat.pk), "th")
    assert after is not None
    assert after.price == "999.50 บาท"
    assert after.url != before
    answer = client.get(before)
    assert (answer.status_code, answer.headers["Location"], answer.headers["Cache-Control"]) == (
        302,
        after.url,
        "no-store",
    )


def test_made_up_addresses_draw_nothing(client: Client, market: Market, drawn: list[Poster]) -> None:
    hat = market.products["hat"].pk
    for number in range(30):
        assert client.get(f"/posters/product/{hat}-th-{number:016x}.jpg").status_code == 302
    for path in ("product/999999999-th", "product/abc-th", "nothing/1-th", "group/0-en", "home/other-th", "shelf/x-th"):
        assert client.get(f"/posters/{path}-{MADE_UP}.jpg").status_code == 404, path
    assert drawn == []
    assert not default_storage.exists(posters.FOLDER) or default_storage.listdir(posters.FOLDER)[1] == []


def test_what_is_not_public_has_no_poster(client: Client, market: Market) -> None:
    withdraw_product(product=market.products["hat"])
    assert client.get(f"/posters/product/{market.products['hat'].pk}-th-{MADE_UP}.jpg").status_code == 404
    group = market.groups["south"]
    group.state = "suspended"
    group.save()
    assert client.get(f"/posters/group/{group.pk}-th-{MADE_UP}.jpg").status_code == 404


def test_no_more_than_so_many_in_a_minute(
    client: Client, market: Market, drawn: list[Poster], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posters, "MOST_A_MINUTE", 2)
    addresses = [
        posters.current("product", str(product.pk), "th").url  # type: ignore[union-attr]
        for product in market.products.values()
    ]
    answers = [client.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert answers[2].headers["Location"] == "/media/pictures/test-picture-960.jpg"
    assert answers[2].headers["Cache-Control"] == "no-store"
    assert len(drawn) == 2


def test_a_busy_press_answers_at_once(client: Client, market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posters, "PATIENCE", 0.01)
    address = of_site("th").url
    with posters._turn():
        answer = client.get(address)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "page", ["/", "/en/", "/products/", "/categories/basketry/", "/groups/", "/groups/north-group/"]
)
def test_every_public_page_has_a_poster_that_opens(client: Client, market: Market, page: str) -> None:
    assert client.get(address_on(client, page)).status_code == 200


def test_old_posters_are_forgotten(client: Client, market: Market) -> None:
    poster = of_site("en")
    posters.print_poster(poster)
    assert jobs.forget_old_posters() == "0 posters removed"
    with clock.moved_to(clock.now() + dt.timedelta(days=jobs.KEPT_DAYS, hours=1)):
        assert jobs.forget_old_posters() == "1 posters removed"
    assert not default_storage.exists(poster.file)


def _ink(text: str) -> tuple[int, ...]:
    """The edges of a drawn word."""
    image = Image.new("L", (900, 260), 0)
    from PIL import ImageDraw

    printing._line(ImageDraw.Draw(image), (20, 180), text, printing._font("pridi", 80), 255)  # type: ignore[arg-type]
    return image.getbbox() or ()


def test_thai_is_shaped() -> None:
    """A tone mark on a vowel stands above it and takes no room of its own; one below its letter reaches down."""
    for plain, marked in (("ที", "ที่"), ("ป", "ปี่"), ("ผ", "ผู้")):
        assert abs(_ink(marked)[2] - _ink(plain)[2]) <= 8, marked
        assert _ink(marked)[1] < _ink(plain)[1] - 8, marked
    assert _ink("ผู้")[3] > _ink("ผ")[3] + 8
    assert _ink("น้ำ")[1] < _ink("นำ")[1] - 4
    assert _ink("ปี่ \u2060") == _ink("ปี่")


@pytest.mark.parametrize("title", ["ก" * 120, "W" * 120, "ตะกร้า " * 30, "😀漢字", "<script>alert(1)</script>", ""])
def test_odd_names_stay_inside(title: str) -> None:
    entry = Poster("product", "1", "th", title, price="ตั้งแต่ 1,000,000.00 บาท", maker="ม" * 200, place="ขอนแก่น")
    image = Image.open(io.BytesIO(printing.poster(entry)))
    edge = image.crop((printing.WIDTH - 24, 0, printing.WIDTH, printing.HEIGHT - printing._BAND - 4))
    plain = Image.new("RGB", edge.size, printing.PAPER)
    assert max(high for _low, high in ImageChops.difference(edge, plain).getextrema()) < 40


def test_words_are_not_parted_by_force() -> None:
    lines, _size = printing._set("ของดีจากกลุ่มอาชีพในสหกรณ์ทั่วไทย", 514, 260)
    assert lines == ["ของดีจากกลุ่มอาชีพ", "ในสหกรณ์ทั่วไทย"]


def test_digest_follows_everything_on_it() -> None:
    def made(**changes: Any) -> str:
        values = {"kind": "product", "key": "1", "language": "th", "title": "ก", "price": "1.00 บาท"}
        return Poster(**{**values, **changes}).digest

    seen = {made(), made(title="ข"), made(price="2.00 บาท"), made(language="en"), made(picture="x"), made(face="y")}
    assert len(seen) == 6
    assert made() == made()

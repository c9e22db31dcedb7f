"""Strangers' files through the workspace's own pages, for goods and for the shop page: refused in words, or made inert."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from PIL import Image, ImageDraw

from catalogue.models import ProductPicture
from cms.selectors import pages_of
from media import posters
from media.errors import (
    PictureDamaged,
    PictureEmpty,
    PictureHeic,
    PictureKindUnknown,
    PictureRefused,
    PictureTooHeavy,
    PictureTooLarge,
)
from media.models import Picture
from media.services import MEGABYTES, cut_picture, take_picture
from shop.common.thai import clean_text
from tests.market import Market
from tests.unit.cms.shop_pages import BASE, client_of, save, seen
from tests.unit.media.test_memory import _png

pytestmark = pytest.mark.django_db
HOME = "/workspace/north-group/"
EVIL = b"<script>alert(1)</script><?php system($_GET['x']); ?>"
NAME = "../../../etc/<script>alert(9)</script>.php"


def _jpeg(size: tuple[int, int] = (1400, 900), **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(buffer, "JPEG", **options)
    return buffer.getvalue()


def _saved(kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(buffer, kind, **options)
    return buffer.getvalue()


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("evil.html", EVIL)
    return packed.getvalue()


def _located() -> bytes:
    """Where it was taken, and notes that hope to be shown or run."""
    exif = Image.Exif()
    for tag in (0x010E, 0x010F, 0x0131, 0x013B, 0x8298):
        exif[tag] = EVIL.decode()
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (18.0, 47.0, 25.0), "E", (98.0, 59.0, 5.0)
    return _jpeg(exif=exif, comment=EVIL)


def _broken_notes() -> bytes:
    """EXIF that points outside itself, and an orientation that is a text."""
    return _jpeg(
        exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x02\x01\x12\x00\x02\xff\xff\xff\xff\x00\x00\xff\xff"
        + b"\xff" * 40
    )


def _moving() -> bytes:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    return _frames(frames, "GIF")


def _frames(frames: list[Image.Image], kind: str) -> bytes:
    buffer = io.BytesIO()
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:], duration=50)
    return buffer.getvalue()


def _many_scans() -> bytes:
    """A small JPEG in a thousand waves: each one costs a pass over all pixels."""
    data = _jpeg((64, 64), progressive=True)
    at = data.rindex(b"\xff\xda")
    wave = data[at:-2]
    return data[:-2] + wave * 1000 + data[-2:]


REFUSED: dict[str, tuple[Callable[[], bytes], type[PictureRefused]]] = {
    "truncated": (lambda: _jpeg()[:-9000], PictureDamaged),
    "only a head": (lambda: _jpeg()[:120], PictureKindUnknown),
    "bomb": (lambda: _png(30_000, 30_000, depth=1, kind=0), PictureTooLarge),
    "moving GIF": (_moving, PictureKindUnknown),
    "TIFF": (lambda: _saved("TIFF"), PictureKindUnknown),
    "BMP": (lambda: _saved("BMP"), PictureKindUnknown),
    "SVG": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", PictureKindUnknown),
    "HTML": (lambda: b"<!doctype html>" + EVIL, PictureKindUnknown),
    "text": (lambda: "ข้อความธรรมดา".encode() * 50, PictureKindUnknown),
    "ZIP": (_zip, PictureKindUnknown),
    "PDF": (lambda: b"%PDF-1.7\n" + EVIL, PictureKindUnknown),
    "HEIC": (lambda: b"\x00\x00\x00\x18ftypheic" + b"\x00" * 500, PictureHeic),
    "empty": (lambda: b"", PictureEmpty),
    "30 MB": (lambda: _jpeg() + b"\x00" * (30 * 1024 * 1024), PictureTooHeavy),
    "thousand waves": (_many_scans, PictureDamaged),
}
INERT: dict[str, Callable[[], bytes]] = {
    "JPEG and HTML": lambda: _jpeg() + EVIL,
    "JPEG and ZIP": lambda: _jpeg() + _zip(),
    "place and notes": _located,
    "broken notes": _broken_notes,
    "moving WebP": lambda: _frames([Image.new("RGB", (500, 300), each) for each in ("red", "blue")], "WEBP"),
}


def _files() -> set[str]:
    folder = Path(settings.MEDIA_ROOT)
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


def _photo(data: bytes, name: str = NAME) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def _to_good(market: Market, data: bytes) -> Any:
    pk = market.products["kratip"].pk
    return client_of(market, "north").post(f"{HOME}goods/{pk}/pictures/", {"act": "add", "photo": _photo(data)})


def _ahead(market: Market, data: bytes) -> Any:
    return client_of(market, "north").post(f"{HOME}goods/new/photo/", {"photo": _photo(data)})


def _to_banner(market: Market, data: bytes) -> Any:
    return save(market, "banner", photo=_photo(data))


def _to_gallery(market: Market, data: bytes) -> Any:
    return save(market, "gallery", photos=_photo(data), rows="0")


def _to_faces(market: Market, data: bytes) -> Any:
    return save(market, "faces", rows="1", **{"r0-photo": _photo(data), "r0-name": "ป้าแก้ว"})


WAYS = {"good": _to_good, "ahead": _ahead, "banner": _to_banner, "gallery": _to_gallery, "faces": _to_faces}


@pytest.mark.parametrize("kind", REFUSED)
def test_refused_in_plain_words_and_nothing_is_kept(market: Market, kind: str) -> None:
    """On every page that takes a photo: 422, the words of the reason, no row and no file."""
    make, refusal = REFUSED[kind]
    data, files, rows = make(), _files(), Picture.objects.count()
    texts = {PictureTooHeavy: {"megabytes": MEGABYTES}, PictureTooLarge: {"megapixels": 40}}
    words = refusal(**texts.get(refusal, {})).text
    draft = pages_of(market.groups["north"].pk).draft
    for way, act in WAYS.items():
        answer = act(market, data)
        body = answer.content.decode()
        if not data and way != "ahead":  # a browser sends an empty file as no file: forms say their own word
            assert answer.status_code in (302, 422), way
            continue
        assert answer.status_code == 422, (way, kind)
        told = answer.json()["error"] if way == "ahead" else body
        assert words in told or escape(words) in told, (way, kind)
        assert "<script>alert" not in body, way
    assert (Picture.objects.count(), _files()) == (rows, files)
    assert pages_of(market.groups["north"].pk).draft == draft


@pytest.mark.parametrize("kind", INERT)
def test_what_rides_along_is_never_served(market: Market, kind: str) -> None:
    data, before = INERT[kind](), _files()
    assert _to_good(market, data).status_code == 302
    assert _to_banner(market, data).status_code == 302
    picture = ProductPicture.objects.filter(product=market.products["kratip"]).latest("pk").picture
    assert pages_of(market.groups["north"].pk).draft["banner"]["name"] == picture.name, "the same picture is kept once"
    made = {file for file in _files() - before if file.startswith("pictures/")}
    assert {Path(file).name for file in made} == {
        f"{picture.name}-{width}.{suffix}" for width in (160, 320, 640, 960) for suffix in ("webp", "jpg")
    }
    for file in made:
        content = b"".join(Client().get(f"/media/{file}").streaming_content)  # type: ignore[arg-type]
        assert not any(evil in content for evil in (b"script", b"<?php", b"PK\x03\x04", b"Exif", b"evil.html")), file
        opened = Image.open(io.BytesIO(content))
        assert not opened.getexif()
        assert getattr(opened, "n_frames", 1) == 1
    assert not {file for file in _files() - before if "script" in file or ".php" in file}
    assert Client().get(f"/media/{picture.original}").status_code == 404, "what was sent stays private"


def test_a_name_with_a_path_and_a_script_is_shown_as_text_only(market: Market) -> None:
    body = _to_gallery(market, b"nothing").content.decode()
    assert "<script>alert(9)" not in body
    assert "/etc/" not in body
    assert clean_text(body)


# --- the square around a point ---------------------------------------------------------------------------------------
COLOURS = {"red": (220, 30, 30), "green": (30, 160, 60), "blue": (30, 60, 210), "yellow": (240, 210, 40)}


def _quarters(height: int = 800) -> bytes:
    """Twice as wide as high: red and green on top, blue and yellow below. Another height is another picture."""
    image = Image.new("RGB", (1600, height), COLOURS["blue"])
    pen = ImageDraw.Draw(image)
    for number, colour in enumerate(COLOURS.values()):
        left, top = 800 * (number % 2), 400 * (number // 2)
        pen.rectangle((left, top, left + 799, top + 399), fill=colour)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _seen(picture: Picture, width: int, suffix: str) -> set[str]:
    """The colours at the four corners and in between, by name."""
    with (Path(settings.MEDIA_ROOT) / "pictures" / f"{picture.name}-{width}.{suffix}").open("rb") as file:
        image = Image.open(file).convert("RGB")
    assert image.width == image.height
    side = image.width - 1
    points = [(x, y) for x in (side // 20, side - side // 20) for y in (side // 20, side - side // 20)]
    return {_nearest(image.getpixel(point)) for point in points}


def _nearest(pixel: Any) -> str:
    return min(COLOURS, key=lambda name: sum(abs(a - b) for a, b in zip(COLOURS[name], pixel, strict=True)))


@pytest.mark.parametrize(
    ("point", "colours"),
    [
        ((0, 0), {"red", "blue"}),
        ((25, 10), {"red", "blue"}),
        ((50, 50), {"red", "green", "blue", "yellow"}),
        ((80, 90), {"green", "yellow"}),
        ((100, 100), {"green", "yellow"}),
    ],
)
def test_the_square_holds_what_stands_around_the_point(point: tuple[int, int], colours: set[str]) -> None:
    picture = take_picture(SimpleUploadedFile("q.png", _quarters()))
    cut = cut_picture(picture=picture, x=point[0], y=point[1])
    for width in (160, 320, 640):
        for suffix in ("webp", "jpg"):
            assert _seen(cut, width, suffix) == colours, (width, suffix)


def test_a_tall_picture_is_cut_from_top_to_bottom() -> None:
    tall = Image.open(io.BytesIO(_quarters())).transpose(Image.Transpose.ROTATE_270)
    buffer = io.BytesIO()
    tall.save(buffer, "PNG")
    picture = take_picture(SimpleUploadedFile("q.png", buffer.getvalue()))
    assert _seen(cut_picture(picture=picture, x=50, y=0), 320, "jpg") == {"blue", "red"}
    assert _seen(cut_picture(picture=picture, x=50, y=100), 320, "jpg") == {"yellow", "green"}


# --- the queue ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def queue() -> Iterator[None]:
    """The queue in the database, as in production; nothing is done until its worker comes."""
    usual = task_backends["default"]
    task_backends["default"] = DatabaseBackend(alias="default", params={})
    yield
    task_backends["default"] = usual


def test_large_sizes_and_the_cut_are_made_by_a_real_worker(market: Market, queue: None) -> None:
    """Through the queue in the database: until its worker comes there are small files only, afterwards all of them."""
    product = market.products["kratip"]
    assert _to_good(market, _quarters(802)).status_code == 302
    row = product.pictures.latest("pk")
    data = {"picture": row.pk, "act": "save", f"p{row.pk}-focus_x": "100", f"p{row.pk}-focus_y": "0"}
    assert client_of(market, "north").post(f"{HOME}goods/{product.pk}/pictures/", data).status_code == 302
    row.refresh_from_db()
    assert (row.picture.is_ready, row.cut) == (False, None)
    assert {file.split("-")[-1] for file in _files() if row.picture.name in file} == {
        f"{width}.{suffix}" for width in (160, 320) for suffix in ("webp", "jpg")
    }
    waiting = Client().get(f"/media/pictures/{row.picture.name}-960.jpg")
    assert (waiting.status_code, waiting.headers["Cache-Control"]) == (200, "no-store"), "a small one stands in for it"
    assert DBTaskResult.objects.filter(status="READY").count() >= 2
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
    )
    while task := DBTaskResult.objects.ready().first():
        task.claim("test")
        worker.run_task(task)
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}
    row.refresh_from_db()
    assert row.picture.is_ready
    assert row.cut is not None
    assert _seen(row.cut, 640, "jpg") == {"green", "yellow"}
    assert len({file for file in _files() if row.picture.name in file and file.startswith("pictures/")}) == 8


def test_a_poster_does_not_wait_for_the_worker(queue: None) -> None:
    """Its address means the same picture for ever: it must not be drawn without the photo."""
    picture = take_picture(SimpleUploadedFile("q.png", _quarters(804)))
    assert not Picture.objects.get(pk=picture.pk).is_ready
    poster = posters.Poster(kind="product", key="1", language="th", title="ตะกร้า", picture=picture.name)
    posters.print_poster(poster)
    with (Path(settings.MEDIA_ROOT) / poster.file).open("rb") as file:
        drawn = Image.open(file).convert("RGB")
    assert {_nearest(drawn.getpixel(point)) for point in ((5, 5), (5, drawn.height - 60))} <= set(COLOURS)
    assert Picture.objects.get(pk=picture.pk).is_ready


def test_a_page_says_which_file_was_refused(market: Market) -> None:
    answer = client_of(market, "north").post(
        f"{BASE}edit/gallery/",
        {"seen": seen(market, "gallery"), "rows": "0", "photos": [_photo(_jpeg(), "ดี.jpg"), _photo(b"x", "เสีย.jpg")]},
    )
    assert answer.status_code == 422
    assert "เสีย.jpg" in answer.content.decode()

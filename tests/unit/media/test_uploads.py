"""Uploads as people's phones and strangers' tools make them: turned, located, four-coloured, moving, hiding something."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageCms, PngImagePlugin

from media.encoding import THUMB, WIDTHS
from media.errors import PictureKindUnknown, PictureRefused
from media.models import Picture
from media.services import store_picture

pytestmark = pytest.mark.django_db
EVERY = [f"{width}.{suffix}" for width in (THUMB, *WIDTHS) for suffix in ("webp", "jpg")]


def stored(data: bytes) -> tuple[Picture, dict[str, bytes]]:
    picture = store_picture(SimpleUploadedFile("photo.jpg", data, content_type="image/jpeg"))
    files = {}
    for name in EVERY:
        with default_storage.open(f"pictures/{picture.name}-{name}") as file:
            files[name] = file.read()
    return picture, files


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def red(size: tuple[int, int] = (1200, 900)) -> Image.Image:
    return Image.new("RGB", size, (200, 30, 30))


def is_red(data: bytes) -> bool:
    r, g, b = Image.open(io.BytesIO(data)).convert("RGB").getpixel((10, 10))  # type: ignore[misc]
    return bool(r > 150 and g < 90 and b < 90)


def test_where_a_photo_was_taken_is_told_to_nobody() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Somchai"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (18.0, 47.0, 25.0), "E", (98.0, 59.0, 5.0)
    data = saved(red(), "JPEG", exif=exif, comment=b"house number 88", icc_profile=b"made by nobody")
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825), "the upload does say it"
    _picture, files = stored(data)
    for name, content in files.items():
        opened = Image.open(io.BytesIO(content))
        assert not opened.getexif(), name
        assert not {"exif", "icc_profile", "comment", "xmp"} & set(opened.info), name
        assert b"Somchai" not in content
        assert b"house number" not in content


@pytest.mark.parametrize("turned", range(1, 9))
def test_every_way_to_hold_a_phone(turned: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turned
    picture, files = stored(saved(red((1200, 800)), "JPEG", exif=exif, quality=80 + turned))
    assert (picture.width, picture.height) == ((800, 1200) if turned > 4 else (1200, 800))
    assert Image.open(io.BytesIO(files["320.webp"])).size == ((320, 480) if turned > 4 else (320, 213))


def test_a_photo_for_print_keeps_its_colours() -> None:
    _picture, files = stored(saved(red().convert("CMYK"), "JPEG"))
    assert all(Image.open(io.BytesIO(content)).mode == "RGB" for content in files.values())
    assert all(is_red(content) for content in files.values())


def test_a_colour_profile_is_used_and_left_out_and_a_broken_one_harms_nobody() -> None:
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert is_red(stored(saved(red(), "JPEG", icc_profile=usual))[1]["320.jpg"])
    picture, files = stored(saved(red((700, 700)), "PNG", icc_profile=b"broken" * 40))
    assert is_red(files["640.webp"])
    assert picture.width == 700


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_what_moves_stands_still(kind: str) -> None:
    frames = [red((400, 400)), Image.new("RGB", (400, 400), "blue"), Image.new("RGB", (400, 400), "green")]
    data = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    assert getattr(Image.open(io.BytesIO(data)), "n_frames", 1) > 1
    _picture, files = stored(data)
    assert all(getattr(Image.open(io.BytesIO(content)), "n_frames", 1) == 1 for content in files.values())
    assert all(is_red(content) for content in files.values())


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_stands_on_white(mode: str) -> None:
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0)).convert(mode if mode != "P" else "RGBA")
    data = saved(image.quantize(4) if mode == "P" else image, "PNG")
    _picture, files = stored(data)
    for name, content in files.items():
        assert min(Image.open(io.BytesIO(content)).convert("RGB").getpixel((5, 5))) >= 250, name  # type: ignore[arg-type,type-var]


@pytest.mark.parametrize("mode", ["L", "1", "I;16"])
def test_grey_and_deep_pictures_become_usual_ones(mode: str) -> None:
    _picture, files = stored(saved(Image.new(mode, (300, 300)), "PNG"))
    assert {Image.open(io.BytesIO(content)).mode for content in files.values()} == {"RGB"}


def test_nothing_that_rides_along_is_served() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("evil.html", "<script>alert(1)</script>")
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "<script>alert(2)</script>")
    for data in (
        saved(red(), "JPEG") + packed.getvalue(),
        saved(red(), "JPEG", quality=70) + b"<?php system($_GET['x']); ?><script>alert(3)</script>",
        saved(red(), "PNG", pnginfo=text),
    ):
        _picture, files = stored(data)
        for content in files.values():
            assert b"script" not in content
            assert b"PK\x03\x04" not in content
            assert b"<?php" not in content


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "BMP", "ICO", "PPM"])
def test_other_kinds_are_refused_whatever_they_are_called(kind: str) -> None:
    with pytest.raises(PictureKindUnknown):
        store_picture(SimpleUploadedFile("photo.jpg", saved(red((64, 64)), kind), content_type="image/jpeg"))
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"GIF89a/*\x00" + b"\xff\xd8\xff\xe0" + b"*/=1;alert(1)",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 64,
        b"\xff\xd8\xff\xe0" + b"\x00" * 64,
        b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 64,
        b"%!PS-Adobe-3.0 EPSF-3.0",
    ],
)
def test_half_a_head_is_no_picture(data: bytes) -> None:
    before = set(default_storage.listdir("pictures")[1]) if default_storage.exists("pictures") else set()
    with pytest.raises(PictureRefused):
        store_picture(SimpleUploadedFile("photo.png", data, content_type="image/png"))
    assert not Picture.objects.exists()
    after = set(default_storage.listdir("pictures")[1]) if default_storage.exists("pictures") else set()
    assert after == before, "no file either"


def test_a_thin_or_tiny_picture_is_still_one() -> None:
    picture, files = stored(saved(red((4000, 3)), "PNG"))
    assert (picture.width, picture.height) == (4000, 3)
    assert Image.open(io.BytesIO(files["320.jpg"])).size == (320, 1)
    _picture, tiny = stored(saved(red((1, 1)), "PNG"))
    assert Image.open(io.BytesIO(tiny["960.webp"])).size == (1, 1)


def test_a_file_is_served_once_for_everybody() -> None:
    picture, files = stored(saved(red((500, 500)), "PNG"))
    client = Client()
    client.cookies["sessionid"] = "x"
    answer = client.get(f"/media/pictures/{picture.name}-{THUMB}.webp")
    assert b"".join(answer.streaming_content) == files[f"{THUMB}.webp"]  # type: ignore[arg-type]
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "image/webp"
    assert "Vary" not in answer.headers
    assert "Set-Cookie" not in answer.headers


def test_a_picture_without_a_thumb_shows_its_smallest_size() -> None:
    """Those of before there were thumbs."""
    picture, files = stored(saved(red((501, 501)), "PNG"))
    (Path(settings.MEDIA_ROOT) / "pictures" / f"{picture.name}-{THUMB}.webp").unlink()
    answer = Client().get(f"/media/pictures/{picture.name}-{THUMB}.webp")
    assert b"".join(answer.streaming_content) == files["320.webp"]  # type: ignore[arg-type]
    assert Client().get(f"/media/pictures/none-{THUMB}.webp").status_code == 404

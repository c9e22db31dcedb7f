"""Pictures: what is refused, and that nothing of the upload's bytes is kept."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from catalogue.services import add_picture, remove_picture
from media.errors import PictureDamaged, PictureKindUnknown, PictureTooHeavy, PictureTooLarge
from media.models import Picture
from media.services import pictures as services
from media.services import store_picture
from tests.unit.catalogue import world


def upload(data: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def photo(size: tuple[int, int] = (1200, 800), kind: str = "JPEG", **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(buffer, kind, **options)
    return buffer.getvalue()


def bomb(width: int = 12_000, height: int = 10_000) -> bytes:
    """A PNG of 120 megapixels in a few hundred kilobytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    packer = zlib.compressobj(9)
    row = b"\x00" * (width + 1)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_a_bomb_is_refused_by_its_header(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("decoded"))
    monkeypatch.setattr(services, "Picture", _NoPictures)
    with pytest.raises(PictureTooLarge) as refusal:
        store_picture(upload(bomb(), "big.png"))
    assert "40" in refusal.value.text


class _NoPictures:
    """Stands for the table where no database is needed."""

    WIDTHS = Picture.WIDTHS

    class objects:
        @staticmethod
        def filter(**_facts: object) -> object:
            return type("Nothing", (), {"first": staticmethod(lambda: None)})


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a" + b"\x00" * 100,
        b"%PDF-1.7",
        b"",
        b"\x00" * 5000,
    ],
)
@pytest.mark.django_db
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(PictureKindUnknown):
        store_picture(upload(data, "photo.jpg"))
    assert not Picture.objects.exists()


@pytest.mark.django_db
def test_heavy_and_damaged_pictures_are_refused() -> None:
    with pytest.raises(PictureTooHeavy):
        store_picture(upload(b"\xff\xd8" + b"\x00" * (15 * 1024 * 1024)))
    with pytest.raises(PictureDamaged):
        store_picture(upload(photo()[:-4000]))
    assert not Picture.objects.exists()


@pytest.mark.django_db
def test_sizes_are_made_and_metadata_is_gone() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010E] = "secret place"
    hidden = photo(exif=exif) + b"<script>alert(1)</script>"
    picture = store_picture(upload(hidden))
    assert (picture.width, picture.height) == (800, 1200), "turned upright"
    for width in Picture.WIDTHS:
        for suffix in ("webp", "jpg"):
            with default_storage.open(f"pictures/{picture.name}-{width}.{suffix}") as file:
                data = file.read()
            assert b"secret place" not in data
            assert b"<script>" not in data
            assert Image.open(io.BytesIO(data)).width == min(width, 800)
    assert store_picture(upload(hidden)).pk == picture.pk, "stored once"


@pytest.mark.django_db
def test_transparent_png_stands_on_white() -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (400, 400), (0, 0, 0, 0)).save(buffer, "PNG")
    picture = store_picture(upload(buffer.getvalue(), "a.png"))
    with default_storage.open(f"pictures/{picture.name}-320.jpg") as file:
        assert Image.open(file).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.django_db
def test_first_picture_stands_in_listings() -> None:
    world.base()
    goods = world.product(world.group(), publish=False)
    first = add_picture(product=goods, picture=store_picture(upload(photo())))
    add_picture(product=goods, picture=store_picture(upload(photo((900, 900)))))
    goods.refresh_from_db()
    assert goods.picture_name == first.picture.name
    remove_picture(row=first)
    goods.refresh_from_db()
    assert goods.picture_name not in ("", first.picture.name)

"""Uploads become public pictures: checked before decoding, turned upright, re-encoded in fixed sizes.

The upload's own bytes are never served. The header is read first, so that a small file that would unfold into hundreds
of megabytes is refused without being decoded. No transaction is open while pixels are computed.
"""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError

from media.encoding import Encoded, encode_picture
from media.errors import PictureDamaged, PictureEmpty, PictureHeic, PictureKindUnknown, PictureTooHeavy, PictureTooLarge
from media.models import Picture
from media.selectors import FOLDER

MEGABYTES = 15
MEGAPIXELS = {"JPEG": 64, "PNG": 40, "WEBP": 20}
"""By what unfolding costs. Phones make JPEG photos of 50 million pixels, and that kind alone is read smaller at once;
WebP is unfolded four times over. Measured in tests/unit/media/test_memory.py."""
PROGRESSIVE_MEGAPIXELS = 40
"""A JPEG that comes in waves is kept whole until the last of them."""
SCANS = 100
"""So many waves at most: each goes over all pixels again. Cameras and programs make ten."""
FORMATS = tuple(MEGAPIXELS)
_STRIP = 1_000_000
"""About so many pixels are turned into plain colours at once."""
_HEIC = frozenset({b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1"})
_SCAN = b"\xff\xda"
_Turn = Image.Transpose
_TURNS = {
    2: _Turn.FLIP_LEFT_RIGHT,
    3: _Turn.ROTATE_180,
    4: _Turn.FLIP_TOP_BOTTOM,
    5: _Turn.TRANSPOSE,
    6: _Turn.ROTATE_270,
    7: _Turn.TRANSVERSE,
    8: _Turn.ROTATE_90,
}
_SRGB = ImageCms.createProfile("sRGB")


def store_picture(file: IO[bytes], *, name: str | None = None) -> Picture:
    """Checks an upload and stores it in all sizes. The same picture is stored once.

    Raises PictureTooHeavy, PictureKindUnknown, PictureTooLarge or PictureDamaged.
    """
    data = read_upload(file)
    digest = name or hashlib.sha256(data).hexdigest()[:32]
    kept = Picture.objects.filter(name=digest).first()
    if kept is not None:
        return kept
    return keep_encoded(name=digest, encoded=encode_picture(decode(data)))


def keep_encoded(*, name: str, encoded: Encoded, original: str = "") -> Picture:
    """Stores the files of a picture that was encoded already, here or in another process, under its content hash.

    With an `original` the large sizes are still to be made from it.
    """
    for file_name, content in encoded.files.items():
        path = f"{FOLDER}/{name}-{file_name}"
        if not default_storage.exists(path):
            default_storage.save(path, ContentFile(content))
    picture, _ = Picture.objects.get_or_create(
        name=name,
        defaults={
            "width": encoded.width,
            "height": encoded.height,
            "widths": list(Picture.WIDTHS),
            "blur": encoded.blur,
            "original": original,
            "is_ready": not original,
        },
    )
    return picture


def read_upload(file: IO[bytes]) -> bytes:
    """The bytes of an upload. Raises PictureTooHeavy before more than the limit is read."""
    limit = MEGABYTES * 1024 * 1024
    size = getattr(file, "size", None)
    if isinstance(size, int) and size > limit:
        raise PictureTooHeavy(megabytes=MEGABYTES)
    file.seek(0)
    data = file.read(limit + 1)
    if len(data) > limit:
        raise PictureTooHeavy(megabytes=MEGABYTES)
    if not data:
        raise PictureEmpty
    return data


def decode(data: bytes, *, least: int = 2 * max(Picture.WIDTHS)) -> Image.Image:
    """Reads the header, refuses what is too large, then decodes and turns the picture upright: RGB without notes.

    A JPEG may be read smaller at once, but never below `least` pixels on both sides.
    """
    if data[4:12] in _HEIC:
        raise PictureHeic
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise PictureTooLarge(megapixels=MEGAPIXELS["PNG"]) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError) as error:
        raise PictureKindUnknown from error
    most = PROGRESSIVE_MEGAPIXELS if image.info.get("progressive") else MEGAPIXELS[image.format or "PNG"]
    if image.width * image.height > most * 1_000_000:
        raise PictureTooLarge(megapixels=most)
    if image.format == "JPEG" and data.count(_SCAN) > SCANS:
        raise PictureDamaged
    try:
        if image.format == "JPEG":
            image.draft("RGB", (least, least))
        image.load()
        turn = _TURNS.get(_way_up(image))
        plain = _plain(image, least)
        return plain.transpose(turn) if turn is not None else plain
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureDamaged from error


def _plain(image: Image.Image, least: int) -> Image.Image:
    """RGB of every screen without notes, strip by strip, so that a large picture is never there twice; what is far
    larger than `least` is made smaller on the way."""
    factor = max(1, min(image.size) // least)
    plain = Image.new("RGB", (-(-image.width // factor), -(-image.height // factor)))
    rows = factor * max(1, _STRIP // (image.width * factor))
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        colours = _on_paper(_in_srgb(strip))
        plain.paste(colours.reduce(factor) if factor > 1 else colours, (0, top // factor))
    return plain


def _way_up(image: Image.Image) -> int:
    """How the phone was held, from 1 to 8; notes that cannot be read say nothing."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except (OSError, ValueError, TypeError, LookupError, SyntaxError, OverflowError, struct.error):
        return 1


def _in_srgb(image: Image.Image) -> Image.Image:
    """Colours of phones with wider screens and of presses, as every screen shows them; a broken profile is ignored."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK"):
        return image
    try:
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, given, _SRGB, outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _on_paper(image: Image.Image) -> Image.Image:
    """RGB on white: transparent parts would turn black in JPEG."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        return paper
    return image.convert("RGB")

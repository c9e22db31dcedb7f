"""Uploads become public pictures: checked before decoding, turned upright, re-encoded in fixed sizes.

The upload's own bytes are never served. The header is read first, so that a small file that would unfold into hundreds
of megabytes is refused without being decoded. No transaction is open while pixels are computed.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from media.encoding import Encoded, encode_picture
from media.errors import PictureDamaged, PictureEmpty, PictureHeic, PictureKindUnknown, PictureTooHeavy, PictureTooLarge
from media.models import Picture
from media.selectors import FOLDER

MEGABYTES = 15
MEGAPIXELS = 40
JPEG_MEGAPIXELS = 64
"""Phones make JPEG photos of 50 million pixels; that kind alone is read smaller without being unfolded whole."""
FORMATS = ("JPEG", "PNG", "WEBP")
_HEIC = frozenset({b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1"})
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
        raise PictureTooLarge(megapixels=MEGAPIXELS) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise PictureKindUnknown from error
    most = JPEG_MEGAPIXELS if image.format == "JPEG" else MEGAPIXELS
    if image.width * image.height > most * 1_000_000:
        raise PictureTooLarge(megapixels=most)
    try:
        if image.format == "JPEG":
            image.draft("RGB", (least, least))
        upright: Any = ImageOps.exif_transpose(image)
        bare = _on_paper(_in_srgb(upright))
        bare.info.clear()  # comments and profiles would be written into our files too
        return bare
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureDamaged from error


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

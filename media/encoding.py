"""A decoded picture becomes its public files: three fixed widths and a thumb, WebP and JPEG, and a tiny preview.

Nothing here needs the database or Django, so that other processes can do it.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PIL import Image

WIDTHS = (320, 640, 960)
THUMB = 160
"""For faces beside a name, the lines of a basket and small tiles; a third of the bytes of the smallest size."""
SMALL = (THUMB, 320)
"""What an upload gets at once; the worker makes the rest."""
KINDS = {"webp": "WEBP", "jpg": "JPEG"}
QUALITY: Mapping[str, int] = {"webp": 80, "jpg": 82}
LESS: Mapping[int, int] = {THUMB: 12, 320: 12, 640: 6, 960: 0}
"""So much less quality a small size needs: it is shown with more pixels for each point."""


@dataclass(frozen=True)
class Encoded:
    """The files of one picture by "<width>.<suffix>", its size in pixels and its preview as a data: URL."""

    width: int
    height: int
    files: Mapping[str, bytes]
    blur: str


def encode_picture(
    image: Image.Image,
    quality: Mapping[str, int] = QUALITY,
    *,
    widths: Sequence[int] = (THUMB, *WIDTHS),
    effort: int = 6,
) -> Encoded:
    """Encodes an RGB picture in every size and kind; `effort` is WebP's, 0 to 6."""
    files = {}
    for width in widths:
        sized = _resized(image, width)
        for suffix, kind in KINDS.items():
            buffer = io.BytesIO()
            options = {"method": effort} if kind == "WEBP" else {"progressive": True, "optimize": True}
            sized.save(buffer, kind, quality=max(quality[suffix] - LESS[width], 1), **options)
            files[f"{width}.{suffix}"] = buffer.getvalue()
    return Encoded(image.width, image.height, files, _blur(image))


def _resized(image: Image.Image, width: int) -> Image.Image:
    """At most `width` wide; a smaller picture keeps its size, under the same name."""
    if image.width <= width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.BICUBIC, reducing_gap=3.0)


def _blur(image: Image.Image) -> str:
    """A preview of 16 pixels, small enough for the page itself."""
    tiny = image.resize((16, max(1, round(16 * image.height / image.width))), Image.Resampling.BOX)
    buffer = io.BytesIO()
    tiny.save(buffer, "WEBP", quality=30)
    return "data:image/webp;base64," + base64.b64encode(buffer.getvalue()).decode()

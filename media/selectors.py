"""Addresses of public pictures: names and widths are all that is needed, no query."""

from __future__ import annotations

from django.conf import settings

from media import encoding

FOLDER = "pictures"
WIDTHS = encoding.WIDTHS
THUMB = encoding.THUMB


def picture_url(name: str, width: int = WIDTHS[0]) -> str:
    """The address of one size of a picture; empty without a picture."""
    return f"{settings.MEDIA_URL}{FOLDER}/{name}-{width}.webp" if name else ""


def picture_srcset(name: str) -> str:
    """All sizes for the browser to choose from; empty without a picture."""
    if not name:
        return ""
    base = f"{settings.MEDIA_URL}{FOLDER}/{name}-"
    return ", ".join(f"{base}{width}.webp {width}w" for width in WIDTHS)

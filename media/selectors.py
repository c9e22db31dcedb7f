"""Addresses of public pictures (names and widths are all that is needed, no query), and pictures to show as examples."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from media import encoding
from media.models import Picture

FOLDER = "pictures"
WIDTHS = encoding.WIDTHS
THUMB = encoding.THUMB


def picture_url(name: str, width: int = WIDTHS[0], kind: str = "webp") -> str:
    """The address of one size of a picture, `kind` "webp" or "jpg"; empty without a picture."""
    return f"{_base(name)}{width}.{kind}" if name else ""


def picture_srcset(name: str, widths: tuple[int, ...] = WIDTHS) -> str:
    """All sizes for the browser to choose from; empty without a picture."""
    if not name:
        return ""
    base = _base(name)
    return ", ".join([f"{base}{width}.webp {width}w" for width in widths])


def examples(limit: int) -> list[dict[str, Any]]:
    """Names and previews of the first pictures, for pages that show what a picture looks like; one query."""
    return [dict(row) for row in Picture.objects.order_by("pk").values("name", "blur")[:limit]]


def _base(name: str) -> str:
    """Everything of a picture's address but its size: the one place that knows it."""
    return f"{settings.MEDIA_URL}{FOLDER}/{name}-"

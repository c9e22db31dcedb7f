"""`{% photo %}`: a public picture as every page shows it.

WebP with JPEG for old phones, the sizes to choose from, width and height so that nothing moves, a blurred preview behind it
until it has come, late unless it is on the first screen. A picture that cannot be fetched leaves the preview's ground and
its description (css: `.pic`, js/parts.js).
"""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from media.selectors import THUMB, WIDTHS, picture_srcset, picture_url

register = template.Library()

SIZES = {
    "main": "(min-width:60rem) 620px, 59vw",  # as wide as the phone; beside the words on a desk
    "poster": "(min-width:60rem) 36vw, 59vw",
    "wide": "(min-width:76rem) 1200px, 60vw",
    "half": "(min-width:60rem) 400px, 59vw",  # a story in a list
    "cell": "(min-width:60rem) 200px, 29vw",  # a good on a shelf, half a phone wide
    "tile": "(min-width:60rem) 120px, 14vw",  # a category, a third of a phone wide
    "face": "72px",
}
"""How wide a picture is told to be. On phones that is less than it is: two pixels for each point are not fetched where 1.5 to
1.8 look the same, which is half the bytes (docs/performance.md)."""
_OFFERED = (THUMB, *WIDTHS)


@register.filter
def picture(name: str, width: int = 640) -> str:
    """The address of a public picture in one of its fixed widths."""
    return picture_url(name, width)


@register.simple_tag
def photo(
    picture: Any,
    sizes: str = "cell",
    alt: str = "",
    *,
    eager: bool = False,
    first: bool = False,
    blur: str = "",
    width: int = 0,
    height: int = 0,
    css: str = "",
) -> SafeString:
    """A `Picture`, or the name of one with what else is known of it. `first`: the largest thing of the first screen."""
    name = getattr(picture, "name", picture) or ""
    if not name:
        return mark_safe('<span class="noph" aria-hidden="true"></span>')
    width = width or getattr(picture, "width", 0) or 640
    height = height or getattr(picture, "height", 0) or width
    blur = blur or getattr(picture, "blur", "")
    when = ' fetchpriority="high"' if first else "" if eager else ' loading="lazy"'
    preview = f'<img class="pv" src="{conditional_escape(blur)}" alt="">' if blur else ""
    return mark_safe(
        f'<span class="pic{" " + css if css else ""}">{preview}<picture>'
        f'<source type="image/webp" srcset="{picture_srcset(name, _OFFERED)}" sizes="{SIZES[sizes]}">'
        f'<img src="{picture_url(name, WIDTHS[1], "jpg")}" alt="{conditional_escape(alt)}" width="{width}" height="{height}"{when}'
        ' decoding="async"></picture></span>'
    )

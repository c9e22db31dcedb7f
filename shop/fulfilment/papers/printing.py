"""From plain values to pages: what was typed is made safe for paper, codes become squares, templates become PDF."""

from __future__ import annotations

import functools
import io
import re
import unicodedata
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from shop.common import clock, pdf
from shop.theme import formats

TYPST = Path(__file__).resolve().parent / "typst"
SIZES = ("a4", "80")
"""Sheets of A4, and rolls of 80 mm."""
_MOST = 300
_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_RUNS = re.compile("[\u0e00-\u0e7f]+|[^\\s\u0e00-\u0e7f]+")
_WIDE, _NARROW = 3.3, 2.3
"""The widest Latin letter, and a wide Thai one, in millimetres at the size of our lists."""


def plain(text: str) -> str:
    """What was typed, on one line: no controls, nothing that turns the direction of a line, not endless."""
    return " ".join(_UNSEEN.sub(" ", text).split())[:_MOST]


def cell(text: str, width: float) -> Any:
    """The text of a cell `width` millimetres wide; marked where a run may be wider, since measuring each takes long."""
    words = plain(text)
    for run in _RUNS.findall(words):
        if "\u0e00" <= run[0] <= "\u0e7f":
            wide = sum(_NARROW for char in run if unicodedata.category(char) != "Mn")
            fits = wide <= width if width < 50 else wide <= 1.5 * width  # a long run of Thai holds words to break at
        else:
            fits = len(run) * _WIDE <= width
        if not fits:
            return {"long": words}
    return words


def address(code: str) -> str:
    """What the square of a code says: a short address that leads who works with it to its page."""
    with translation.override("th"):
        return f"{settings.SITE_URL.rstrip('/')}{reverse('scan', args=[code])}"


@functools.lru_cache(maxsize=4096)
def square(code: str) -> str:
    """The square as SVG, with the quiet zone around it."""
    out = io.BytesIO()
    segno.make(address(code), error="m", micro=False).save(
        out, kind="svg", xmldecl=False, nl=False, omitsize=True, border=4, dark="#000", light="#fff"
    )
    return out.getvalue().decode()


def printed_at() -> str:
    """The moment as it stands at the foot."""
    return formats.date_time(clock.now().astimezone(clock.BANGKOK))


def make(template: str, data: dict[str, Any], *, tagged: bool = True) -> bytes:
    """The PDF of one of our templates. Long lists go without marks for screen readers: they make a file seven times larger."""
    return pdf.render(TYPST / f"{template}.typ", {**data, "printed": printed_at()}, tagged=tagged)

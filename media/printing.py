"""Draws posters: a picture, a name in the sign's letters, the price on its tag, the maker and a woven band.

Pillow with Raqm shapes Thai: marks stand above and below their letters. The fonts are the uncut sources of those of the pages,
whose Thai and Latin letters lie in files of their own, so a line is drawn run by run.
"""

from __future__ import annotations

import functools
import io
import re
import unicodedata
from pathlib import Path
from typing import Any

import resvg_py
from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont, ImageOps

from media.posters import Poster
from media.selectors import FOLDER
from shop.common.thai import Fit, line_breaks

WIDTH, HEIGHT = 1200, 630
QUALITY = 84
_THEME = Path(settings.BASE_DIR) / "shop" / "theme" / "static" / "theme"
_FONTS = Path(settings.BASE_DIR) / "shop" / "theme" / "data" / "fonts"
PAPER, SHEET, INK, SOFT = "#fbf5e6", "#fffdf8", "#1c1c38", "#54526b"
LEAF, VERM, TURM, INDIGO = "#1d5b3f", "#c4391f", "#f2b02a", "#27377f"
CREAM = "#fdf6e3"
_FIELDS = {"product": (PAPER, INK, SOFT), "group": (LEAF, CREAM, CREAM), "story": (INDIGO, CREAM, CREAM)}
_FIELD_OF_ALL = (TURM, INK, INK)
_BANDS = {"product": "band-naga", "group": "band-khit", "story": "band-diamond"}
_BAND = 48
_EDGE = 56
_CLOTH = 192
_LEAD_LINE = 48
_RUNS = re.compile("[\u0e00-\u0e7f]+|[^\u0e00-\u0e7f]+")
_UNKNOWN = re.compile("[^\u0020-\u007e\u00a0-\u00ff\u0e00-\u0e7f\u2013\u2014\u2018-\u201d\u2026]")
_SIZES = (76, 68, 60, 54, 48, 42, 38)
_BIG = 54
_HALF = 0.42
Font = Any


def poster(entry: Poster) -> bytes:
    """The poster as JPEG."""
    field, ink, soft = _FIELDS.get(entry.kind, _FIELD_OF_ALL)
    sheet = Image.new("RGB", (WIDTH, HEIGHT), field)
    band = _BANDS.get(entry.kind, "band-naga")
    left = _picture(sheet, entry.picture) or _cloth(sheet, band)
    draw = ImageDraw.Draw(sheet)
    _band(sheet, band, left)
    _sign(sheet, draw, left + _EDGE, ink)
    foot = _foot(sheet, draw, entry, left + _EDGE, (ink, soft))
    _title(draw, entry, (left + _EDGE, 132, WIDTH - _EDGE, foot - 24), (ink, soft))
    file = io.BytesIO()
    sheet.save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()


def _picture(sheet: Image.Image, name: str) -> int:
    """The picture on the left, square; gives the x at which the field of words begins."""
    found = _opened(name)
    if found is None:
        return 0
    sheet.paste(ImageOps.fit(found, (HEIGHT, HEIGHT), Image.Resampling.LANCZOS, centering=(0.5, 0.4)), (0, 0))
    return HEIGHT


def _opened(name: str) -> Image.Image | None:
    """A public picture; None when there is none or its file cannot be read."""
    if not name:
        return None
    try:
        with default_storage.open(f"{FOLDER}/{name}-960.jpg") as file:
            return Image.open(io.BytesIO(file.read()), formats=["JPEG"]).convert("RGB")
    except (OSError, ValueError):
        return None


@functools.cache
def _woven(name: str) -> Image.Image:
    """A band of the theme, one repeat, at the poster's height."""
    drawn = resvg_py.svg_to_bytes(svg_path=str(_THEME / "ui" / f"{name}.svg"), height=_BAND)
    image: Image.Image = Image.open(io.BytesIO(bytes(drawn))).convert("RGB")
    return image


def _band(sheet: Image.Image, name: str, left: int) -> None:
    piece = _woven(name)
    for x in range(left, WIDTH, piece.width):
        sheet.paste(piece, (x, HEIGHT - _BAND))


def _cloth(sheet: Image.Image, name: str) -> int:
    """Where there is no picture: a strip of woven cloth."""
    piece = _woven(name)
    for y in range(0, HEIGHT, _BAND):
        for x in range(0, _CLOTH, piece.width):
            sheet.paste(piece.crop((0, 0, min(piece.width, _CLOTH - x), _BAND)), (x, y))
    return _CLOTH


def _sign(sheet: Image.Image, draw: ImageDraw.ImageDraw, x: int, ink: str) -> None:
    """The stall of the logo and the market's name."""
    stall = _stall()
    sheet.paste(stall, (x, 44), stall)
    _line(draw, (x + stall.width + 16, 44 + stall.height - 14), "ตลาดร่วม", _font("pridi", 40), ink)


@functools.cache
def _stall() -> Image.Image:
    drawn = resvg_py.svg_to_bytes(svg_path=str(_THEME / "icon.svg"), height=56)
    image: Image.Image = Image.open(io.BytesIO(bytes(drawn))).convert("RGBA")
    return image


def _foot(sheet: Image.Image, draw: ImageDraw.ImageDraw, entry: Poster, x: int, inks: tuple[str, str]) -> int:
    """Price and maker above the band, from below; gives the y at which they begin."""
    y = HEIGHT - _BAND - 32
    room = WIDTH - _EDGE - x
    if entry.maker or entry.place:
        face = _opened(entry.face)
        start = x
        if face is not None:
            small = ImageOps.fit(face, (76, 76), Image.Resampling.LANCZOS)
            sheet.paste(small, (x, y - 76))
            start += 96
        lines = [text for text in (entry.maker, entry.place) if text]
        fonts = [_font("sarabun-bold", 30), _font("sarabun", 28)][2 - len(lines) if not entry.maker else 0 :]
        base = y - 8 if len(lines) > 1 else y - 24
        for text, font in zip(reversed(lines), reversed(fonts[: len(lines)]), strict=True):
            fitted = _fitted(text, font, room - (start - x))
            _line(draw, (start, base), fitted, font, inks[1] if text == entry.place else inks[0])
            base -= 42
        y -= 76 + 24
    if entry.price:
        y = _tag(draw, entry.price, x, y)
    return y


def _tag(draw: ImageDraw.ImageDraw, price: str, x: int, y: int) -> int:
    """The turmeric tag with the price, hung so that it ends at y; gives its upper edge."""
    height = 92
    notch = height // 2
    room = WIDTH - _EDGE // 2 - x - 2 * 28 - notch
    font = next(
        (font for font in (_font("pridi", size) for size in (58, 50, 42, 34)) if _length(price, font) <= room),
        _font("pridi", 28),
    )
    width = _length(price, font) + 2 * 28
    tip, middle = x + width + notch, y - notch
    draw.polygon([(x, y - height), (x + width, y - height), (tip, middle), (x + width, y), (x, y)], fill=TURM)
    draw.ellipse([tip - notch // 2 - 7, middle - 7, tip - notch // 2 + 7, middle + 7], fill=INK)
    _line(draw, (x + 28, middle + round(0.3 * font[1].size)), price, font, INK)
    return y - height


def _title(draw: ImageDraw.ImageDraw, entry: Poster, box: tuple[int, int, int, int], inks: tuple[str, str]) -> None:
    """The name, as large as it fits, and below it the lead, for which two lines are kept free."""
    left, top, right, bottom = box
    kept = 2 * _LEAD_LINE + 16 if entry.lead else 0
    lines, size = _set(entry.title, right - left, bottom - top - kept)
    font, y = _font("pridi", size), top + round(size * 0.35)
    for text in lines:
        y += round(size * 1.4)
        _line(draw, (left, y - round(size * 0.6)), text, font, inks[0])
    if not entry.lead:
        return
    small = _font("sarabun", 32)
    for number, text in enumerate(_wrapped(entry.lead, small, right - left, max(1, (bottom - y) // _LEAD_LINE))):
        _line(draw, (left, y + 32 + number * _LEAD_LINE), text, small, inks[1])


def _set(title: str, width: int, height: int) -> tuple[list[str], int]:
    """The lines of a title and the largest size at which all of it fits without parting a word by force."""
    for size in _SIZES:
        most = max(1, int(height // (size * 1.4)))
        lines, forced = _broken(title, _font("pridi", size), width, 99)
        if len(lines) <= min(most, 2 if size > _BIG else 5) and not forced:
            return lines, size
    size = _SIZES[-1]
    return _wrapped(title, _font("pridi", size), width, max(1, int(height // (size * 1.4)))), size


def _wrapped(text: str, font: Font, width: int, most: int) -> list[str]:
    """`text` in at most `most` lines, broken where Thai may be broken; what does not fit ends in an ellipsis."""
    return _broken(text, font, width, most)[0]


def _broken(text: str, font: Font, width: int, most: int) -> tuple[list[str], bool]:
    """The lines, and whether a line had to end where no good place was."""
    rest, forced = _known(text), False
    lines: list[str] = []
    while rest:
        if len(lines) == most - 1 or _length(rest, font) <= width:
            lines.append(_fitted(rest, font, width))
            break
        cut = _cut_at(rest, font, width)
        forced = forced or not cut
        cut = cut or max(1, _most_letters(rest, font, width))
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return lines, forced


def _cut_at(text: str, font: Font, width: int) -> int:
    """The best place to break that fits and leaves no line half empty; 0 where there is none."""
    fits = [place for place in line_breaks(text) if _length(text[: place.at].rstrip(), font) <= width]
    for fit in reversed(Fit):
        good = [place.at for place in fits if place.fit >= fit]
        if good and _length(text[: good[-1]], font) >= _HALF * width:
            return good[-1]
    return fits[-1].at if fits else 0


def _most_letters(text: str, font: Font, width: int) -> int:
    """How many letters fit, marks kept with their letters."""
    count = 1
    while count < len(text) and _length(text[: count + 1], font) <= width:
        count += 1
    while count > 1 and count < len(text) and re.match("[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]", text[count]):
        count -= 1
    return count


def _fitted(text: str, font: Font, width: int) -> str:
    text = _known(text)
    if _length(text, font) <= width:
        return text
    return text[: _most_letters(text, font, width - _length("…", font))].rstrip() + "…"


def _known(text: str) -> str:
    """Only what the fonts hold: joiners and other unseen marks go, the rest would be drawn as boxes."""
    seen = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return " ".join(_UNKNOWN.sub(" ", seen).split())


@functools.cache
def _font(family: str, size: int) -> tuple[Any, Any]:
    """The Thai and the Latin file of a family at a size."""
    name, weight = {"pridi": ("pridi", 700), "sarabun": ("sarabun", 400), "sarabun-bold": ("sarabun", 700)}[family]
    files = [_FONTS / f"{name}-{script}-{weight}-normal.woff2" for script in ("thai", "latin")]
    engine = ImageFont.Layout.RAQM
    thai, latin = (ImageFont.truetype(str(file), size, layout_engine=engine) for file in files)
    return thai, latin


def _runs(text: str, font: Font) -> list[tuple[str, Any]]:
    return [(run, font[0] if "\u0e00" <= run[0] <= "\u0e7f" else font[1]) for run in _RUNS.findall(text)]


def _length(text: str, font: Font) -> int:
    return round(sum(face.getlength(run) for run, face in _runs(text, font)))


def write(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, *, family: str, size: int, ink: str = INK) -> None:
    """One line of Thai or English in a family of ours ("pridi", "sarabun", "sarabun-bold"), its base line at `at`."""
    _line(draw, at, text, _font(family, size), ink)


def _line(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, font: Font, ink: str) -> None:
    """One line with its left end and base line at `at`."""
    x: float = at[0]
    for run, face in _runs(_known(text), font):
        draw.text((x, at[1]), run, font=face, fill=ink, anchor="ls")
        x += face.getlength(run)

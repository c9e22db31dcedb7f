"""Cuts the market's fonts: `python -m tests.fonts` writes shop/theme/static/theme/fonts from shop/theme/data/fonts.

The sources are the Thai and the Latin part of Pridi 700, Sarabun 400 and Sarabun 700 as their makers give them out (SIL
OFL 1.1, without a reserved name; licences beside the results). Every page shows both scripts, so that one file of both,
with the letters that our texts use, costs a phone one request instead of two; the rare rest of the Latin letters stands
in a second file that a browser asks for only when a page needs it (`unicode-range` in css/tokens.css).

Kept: every feature that places marks and kerns (mark, mkmk, ccmp, liga, locl, kern, frac). Left out: hinting, which phones
do not use, and glyph names. Run it with the versions of requirements-dev.txt; tests/unit/theme/test_fonts.py compares.
"""

from __future__ import annotations

import io
import logging
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "shop" / "theme" / "data" / "fonts"
TARGET = ROOT / "shop" / "theme" / "static" / "theme" / "fonts"
PAPER = SOURCES / "print"
"""What stands on paper (shop.common.pdf): whole fonts as TTF, since typst reads no WOFF2."""
FACES = (("pridi", 700), ("sarabun", 400), ("sarabun", 700))
THAI = {*range(0x0E00, 0x0E80), 0x200C, 0x200D, 0x25CC}
LATIN = {*range(0x20, 0x7F), *map(ord, "\u00a0«»\u00ad°±²³·¼½¾×é–—‘’“”•…′″‹›−")}
"""What our texts and most names need: ASCII, quotes, dashes, figures."""


def cut(source: Path, characters: set[int]) -> TTFont:
    """A part of one source."""
    options = subset.Options()
    options.layout_features = ["*"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 13, 14]
    options.drop_tables += ["gasp"]
    font = subset.load_font(str(source), options)
    font.recalcTimestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(characters))
    cutter.subset(font)
    return font


def joined(fonts: list[TTFont]) -> TTFont:
    """One font of several that share no character; the merger wants them as plain files."""
    files = []
    for font in fonts:
        font.flavor = None
        buffer = io.BytesIO()
        font.save(buffer)
        buffer.seek(0)
        files.append(buffer)
    whole = merge.Merger().merge(files)
    whole.recalcTimestamp = False
    whole["head"].created, whole["head"].modified = fonts[0]["head"].created, fonts[0]["head"].modified
    return whole


def faces() -> dict[str, TTFont]:
    """Every file by its name."""
    made = {}
    for family, weight in FACES:
        thai, latin = (SOURCES / f"{family}-{part}-{weight}-normal.woff2" for part in ("thai", "latin"))
        made[f"{family}-{weight}.woff2"] = joined([cut(latin, LATIN), cut(thai, THAI)])
        rest = set(TTFont(latin).getBestCmap()) - LATIN - THAI
        made[f"{family}-{weight}-more.woff2"] = cut(latin, rest)
    return made


def whole_faces() -> dict[str, TTFont]:
    """Each face with every letter of both sources in one file."""
    made = {}
    for family, weight in FACES:
        thai, latin = (SOURCES / f"{family}-{part}-{weight}-normal.woff2" for part in ("thai", "latin"))
        letters = set(TTFont(latin).getBestCmap()) - THAI
        whole = joined([cut(latin, letters), cut(thai, THAI)])
        whole["name"].setName(f"{family.title()}-{weight}", 6, 3, 1, 0x409)  # without it typst does not see the font
        made[f"{family}-{weight}.ttf"] = whole
    return made


def main() -> None:
    """Writes the files and says what they weigh."""
    logging.disable(logging.WARNING)
    PAPER.mkdir(exist_ok=True)
    for name, font in whole_faces().items():
        font.flavor = None
        font.save(PAPER / name)
        print(f"{name:24}{(PAPER / name).stat().st_size:7,} bytes")
    for name, font in faces().items():
        font.flavor = "woff2"
        font.save(TARGET / name)
        print(f"{name:24}{(TARGET / name).stat().st_size:7,} bytes")


if __name__ == "__main__":
    main()

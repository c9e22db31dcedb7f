"""Draws pictures without the market: `python -m shop.seed.drawing [--into FOLDER] [--sheet] [part of a name ...]`.

Writes PNG files of 960 pixels, or with --sheet contact sheets of 6 × 5 pictures to look at.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from PIL import Image

from shop.seed.drawing import book
from shop.seed.drawing.printing import WIDTH, print_sheet

_TILE, _COLUMNS, _ROWS = 320, 6, 5


def _picture(name: str, width: int) -> Image.Image:
    return print_sheet(book.draw(name), width)


def _sheets(names: list[str], pictures: list[Image.Image], folder: Path) -> None:
    """Contact sheets; a scene is fitted into its tile."""
    per_sheet = _COLUMNS * _ROWS
    for start in range(0, len(names), per_sheet):
        sheet = Image.new("RGB", (_COLUMNS * _TILE, _ROWS * _TILE), "white")
        for i, picture in enumerate(pictures[start : start + per_sheet]):
            small = picture.copy()
            small.thumbnail((_TILE - 4, _TILE - 4))
            sheet.paste(small, (i % _COLUMNS * _TILE, i // _COLUMNS * _TILE))
        sheet.save(folder / f"sheet-{start // per_sheet + 1}.png")


def main() -> None:
    """Reads the words of the command line and draws."""
    parser = argparse.ArgumentParser(prog="python -m shop.seed.drawing", description=__doc__)
    parser.add_argument("parts", nargs="*", help="draw only pictures whose name contains one of these")
    parser.add_argument("--into", type=Path, default=Path("var/drawn"), help="folder to write to")
    parser.add_argument("--sheet", action="store_true", help="write contact sheets instead of single pictures")
    words = parser.parse_args()
    names = [name for name in book.makers() if not words.parts or any(part in name for part in words.parts)]
    words.into.mkdir(parents=True, exist_ok=True)
    width = 480 if words.sheet else WIDTH
    with ProcessPoolExecutor() as pool:
        pictures = list(pool.map(_picture, names, [width] * len(names), chunksize=4))
    if words.sheet:
        _sheets(names, pictures, words.into)
        return
    for name, picture in zip(names, pictures, strict=True):
        picture.save(words.into / f"{name}.png")


if __name__ == "__main__":
    main()

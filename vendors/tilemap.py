"""The map of the country with one tile for each of the 77 provinces: drawn as inline SVG, the same for every room.

`data/province_tiles.csv` says where a tile lies and which letters stand on it, in the page's language. Which region a province belongs to
is not the map's business (an administrator may move one): whoever draws hands the regions over.
"""

from __future__ import annotations

import csv
import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_DATA = Path(__file__).parent / "data" / "province_tiles.csv"
_STEP, _SIDE = 24, 22


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a province lies on the map, in whole tiles from the upper left, and its letters: two Thai or three Latin ones."""

    province: str
    short_th: str
    short_en: str
    column: int
    row: int

    @property
    def x(self) -> int:
        """Left edge in the drawing."""
        return self.column * _STEP

    @property
    def y(self) -> int:
        """Upper edge in the drawing."""
        return self.row * _STEP


@functools.cache
def tiles() -> dict[str, Tile]:
    """All tiles by the province's code ("TH-50"), region by region from north to south."""
    with _DATA.open(encoding="utf-8", newline="") as lines:
        return {
            row["province"]: Tile(
                row["province"], row["short_th"], row["short_en"], int(row["column"]), int(row["row"])
            )
            for row in csv.DictReader(lines)
        }


def draw(*, label: str, marks: Mapping[str, str] | None = None, regions: Mapping[str, str] | None = None) -> SafeString:
    """The map as one picture. `marks`: province → kind of mark ("made", "from"); `regions`: province → region's code.

    `label` says in words what the marks show: it is all that somebody hears who does not see the map.
    """
    grounds = _grounds(tuple(sorted((regions or {}).items())), _english())
    marked = [(tiles()[code], kind) for code, kind in (marks or {}).items() if code in tiles()]
    return format_html(
        '<svg class="tilemap" viewBox="{}" role="img" aria-label="{}">{}{}</svg>',
        _view_box(tiles().values()),
        label,
        grounds,
        mark_safe("".join(_mark(tile, kind) for tile, kind in marked)),  # numbers, fixed words and letters of the data
    )


def draw_links(
    *, links: Mapping[str, tuple[str, str]], regions: Mapping[str, str], marks: Mapping[str, str] | None = None
) -> SafeString:
    """The map to press on: province → (address, name). Beside it stands a list with the same links.

    The list is the way of keyboards and screen readers, so the map is hidden from both.
    """
    marks = marks or {}
    shapes = []
    for code, tile in tiles().items():
        address, name = links.get(code, ("", ""))
        kind = f"m-{marks[code]}" if code in marks else f"r-{regions.get(code, '')}"
        shape = f'<g class="{escape(kind)}">{_shape(tile)}</g>'
        shapes.append(
            f'<a href="{escape(address)}" tabindex="-1"><title>{escape(name)}</title>{shape}</a>' if address else shape
        )
    return format_html(
        '<svg class="tilemap links" viewBox="{}" aria-hidden="true" focusable="false">{}</svg>',
        _view_box(tiles().values()),
        mark_safe("".join(shapes)),  # escaped above
    )


@functools.lru_cache(maxsize=32)
def _grounds(regions: tuple[tuple[str, str], ...], english: bool) -> SafeString:
    """All tiles without marks: one path for each region, and the letters of one language (the key of what is kept)."""
    region_of = dict(regions)
    paths: dict[str, list[str]] = defaultdict(list)
    for code, tile in tiles().items():
        paths[region_of.get(code, "")].append(f"M{tile.x} {tile.y}h{_SIDE}v{_SIDE}h-{_SIDE}z")
    drawn = [f'<path class="r-{escape(name)}" d="{"".join(parts)}"/>' for name, parts in paths.items()]
    letters = [
        f'<g class="r-{escape(name)}">'
        + "".join(_letters(tile) for code, tile in tiles().items() if region_of.get(code, "") == name)
        + "</g>"
        for name in paths
    ]
    return mark_safe("".join(drawn + letters))  # numbers and escaped codes


def _mark(tile: Tile, kind: str) -> str:
    return f'<g class="m-{escape(kind)}">{_shape(tile)}</g>'


def _shape(tile: Tile) -> str:
    return f'<path d="M{tile.x} {tile.y}h{_SIDE}v{_SIDE}h-{_SIDE}z"/>{_letters(tile)}'


def _letters(tile: Tile) -> str:
    if _english():
        return f'<text class="lat" x="{tile.x + 11}" y="{tile.y + 14}">{tile.short_en}</text>'
    return f'<text x="{tile.x + 11}" y="{tile.y + 15}">{tile.short_th}</text>'


def _english() -> bool:
    return (get_language() or "th").startswith("en")


def _view_box(shown: Iterable[Tile]) -> str:
    """The frame around these tiles, with room for the outline of a mark."""
    across, down = [tile.x for tile in shown], [tile.y for tile in shown]
    left, top = min(across) - 1, min(down) - 1
    return f"{left} {top} {max(across) + _SIDE + 1 - left} {max(down) + _SIDE + 1 - top}"

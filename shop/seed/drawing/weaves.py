"""Woven patterns, thread by thread: one cell is one crossing. They mark where a good comes from."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

from shop.seed.drawing.palette import (
    BROWN,
    CLAY,
    CREAM,
    GREEN,
    INDIGO,
    INK,
    KRAM,
    LEAF,
    LEMON,
    LIME,
    NIGHT,
    PINK,
    PLUM,
    ROSE,
    RUST,
    SKY,
    STRAW,
    TEAL,
    TURM,
    VERM,
    VIOLET,
    Threads,
)
from shop.seed.drawing.paths import box

_TILES: dict[str, tuple[str, ...]] = {
    "khit": (
        "..#...#..",
        ".###.###.",
        "##.###.##",
        ".#..#..#.",
        "#..###..#",
        ".#..#..#.",
        "##.###.##",
        ".###.###.",
        "..#...#..",
    ),
    "hook": (
        *("#######...", "#.....#...", "#.###.#.#.", "#.#...#.##", "#.#.###..#"),
        *("#.#......#", "#.########", "#.........", "..####.###", ".#....#..."),
    ),
    "jok": (
        *("....#....", "...###...", "..##.##..", ".##.#.##.", "##.###.##"),
        *(".##.#.##.", "..##.##..", "...###...", "....#....", "#...#...#"),
    ),
    "hmong": ("##..##..", "##..##..", "..##....", "..##....", "##..##..", "##..##..", "......##", "......##"),
    "leafy": ("...#...", "..###..", ".##.##.", "##...##", "#..#..#", "..###..", "...#..."),
    "yo": (".#...#..", "###.###.", ".#...#..", "...#....", "..###...", "...#....", "........", "#......#"),
    "petal": (
        "....#....",
        ".##.#.##.",
        ".###.###.",
        "..#.#.#..",
        "##.###.##",
        "..#.#.#..",
        ".###.###.",
        ".##.#.##.",
        "....#....",
    ),
    "star": (
        ".........",
        "....#....",
        ".#..#..#.",
        "..#.#.#..",
        ".#######.",
        "..#.#.#..",
        ".#..#..#.",
        "....#....",
        ".........",
    ),
    "key": ("######..", "#....#..", "#.##.###", "#.#.....", "#.######", "#.......", "########", "........"),
    "bud": ("...#....", "..###...", ".#####..", "..###...", "...#..#.", "......##", ".......#", "......##"),
}


def _diamond(i: int, j: int) -> int:
    ring = abs(i % 18 - 9) + abs(j % 18 - 9)
    return (1, 1, 0, 2, 2, 0, 1, 0, 0, 2, 0, 0, 1, 0, 2, 0, 0, 1, 0)[min(ring, 18)]


def _naga(i: int, j: int) -> int:
    step = (j + abs(i % 12 - 6)) % 12
    return 1 if step < 3 else 2 if step in (5, 6) else 0


def _plaid(i: int, j: int) -> int:
    across, down = i % 14 < 6, j % 14 < 6
    if across and down:
        return 1
    if across or down:
        return 2 if (i + j) % 2 else 0
    return 0


def _basket(i: int, j: int) -> int:
    if (i // 2 + j // 2) % 2:
        return 0
    return 2 if i % 2 == 0 and j % 2 == 1 else 1


def _stripe(i: int, _j: int) -> int:
    return (0, 0, 0, 1, 1, 2, 1, 1, 0, 0, 0, 2)[i % 12]


def _border(i: int, j: int) -> int:
    tooth = abs(i % 12 - 6)
    if j % 12 > tooth + 4:
        return 1
    return 2 if abs(tooth - j % 12) < 2 else 0


def _water(i: int, j: int) -> int:
    """The stepped river of Nan."""
    step = (i // 2 + (j // 2) * (1 if (j // 16) % 2 else -1)) % 8
    return 1 if step in (0, 1) else 2 if step == 4 else 0


def _rows(i: int, j: int) -> int:
    """Bands across, as in Phrae Wa and Hol."""
    band = j % 22
    if band in (0, 11):
        return 2
    if band < 11:
        return 1 if abs(i % 10 - 5) + abs(band - 5) in (1, 4) else 0
    return 1 if (i + band) % 4 == 0 else 0


def _ikat(i: int, j: int) -> int:
    """Broken stripes of tied threads."""
    if i % 8 < 2:
        return 2
    return 1 if (j + (i // 8) * 5 + (i % 8) * 2) % 11 < 4 else 0


def _check(i: int, j: int) -> int:
    return 2 if i % 6 == 0 or j % 6 == 0 else 1 if (i // 6 + j // 6) % 2 else 0


def _plain(i: int, j: int) -> int:
    return 1 if (i + j) % 2 else 0


_RULES: dict[str, Callable[[int, int], int]] = {
    "diamond": _diamond,
    "naga": _naga,
    "plaid": _plaid,
    "basket": _basket,
    "stripe": _stripe,
    "border": _border,
    "water": _water,
    "rows": _rows,
    "ikat": _ikat,
    "check": _check,
    "plain": _plain,
}
PATTERNS = (*_TILES, *_RULES)
_SOFT = frozenset({"diamond", "naga", "hook", "ikat", "rows"})
"""Tied and dyed threads do not end in a sharp line."""


def _cell(pattern: str) -> Callable[[int, int], int]:
    if pattern in _RULES:
        return _RULES[pattern]
    rows = _TILES[pattern]
    high, wide = len(rows), len(rows[0])

    def from_tile(i: int, j: int) -> int:
        if rows[j % high][i % wide] != "#":
            return 0
        return 2 if (i // wide + j // high) % 2 else 1

    return from_tile


def weave(
    pattern: str,
    x: float,
    y: float,
    w: float,
    h: float,
    threads: Sequence[str],
    size: float = 8,
    soft: float | None = None,
) -> str:
    """SVG of a woven rectangle: `threads` are ground, first and second colour; `size` is one crossing."""
    rule, last = _cell(pattern), len(threads) - 1
    feather = (0.3 if pattern in _SOFT else 0.0) if soft is None else soft
    dice = random.Random(f"{pattern}{w}{h}")
    runs: dict[int, list[str]] = {k: [] for k in range(1, last + 1)}
    high = math.ceil(h / size)
    for i in range(math.ceil(w / size)):
        slip = [0.0] + [dice.uniform(-feather, feather) * size for _ in range(last)]
        wide = min(size + 0.4, w - i * size)
        start, colour = 0, min(rule(i, 0), last)
        for j in range(1, high + 1):
            now = min(rule(i, j), last) if j < high else -1
            if now == colour:
                continue
            if colour:
                top = max(y, y + start * size + slip[colour])
                tall = min(y + h, y + j * size + slip[colour] + 0.4) - top
                runs[colour].append(f"M{x + i * size:.1f},{top:.1f}h{wide:.1f}v{tall:.1f}h{-wide:.1f}z")
            start, colour = j, now
    ground = f'<path d="{box(x, y, w, h)}" fill="{threads[0]}"/>'
    return ground + "".join(f'<path d="{"".join(d)}" fill="{threads[k]}"/>' for k, d in runs.items() if d)


Weave = tuple[str, Threads]
_BY_PROVINCE: dict[str, Weave] = {
    "กระบี่": ("petal", (TEAL, CREAM, TURM)),
    "กรุงเทพมหานคร": ("check", (CREAM, INDIGO, VERM)),
    "กาฬสินธุ์": ("rows", (VERM, TURM, CREAM)),
    "ขอนแก่น": ("diamond", (PLUM, TURM, CREAM)),
    "จันทบุรี": ("check", (GREEN, TURM, CREAM)),
    "ฉะเชิงเทรา": ("key", (VERM, CREAM, TURM)),
    "ชลบุรี": ("basket", (STRAW, BROWN, CREAM)),
    "ชัยนาท": ("leafy", (LEAF, CREAM, GREEN)),
    "ชัยภูมิ": ("ikat", (INDIGO, TURM, ROSE)),
    "ชุมพร": ("petal", (GREEN, CREAM, VERM)),
    "ตรัง": ("petal", (INDIGO, TURM, CREAM)),
    "ตาก": ("hmong", (VERM, CREAM, INDIGO)),
    "นครปฐม": ("stripe", (LIME, GREEN, VERM)),
    "นครราชสีมา": ("ikat", (GREEN, TURM, VERM)),
    "นครศรีธรรมราช": ("bud", (INDIGO, TURM, ROSE)),
    "นนทบุรี": ("key", (CREAM, CLAY, GREEN)),
    "นราธิวาส": ("petal", (VIOLET, PINK, LEMON)),
    "น่าน": ("water", (INDIGO, CREAM, VERM)),
    "บึงกาฬ": ("naga", (BROWN, STRAW, ROSE)),
    "บุรีรัมย์": ("border", (INK, VERM, TURM)),
    "ประจวบคีรีขันธ์": ("leafy", (TURM, GREEN, CREAM)),
    "ปราจีนบุรี": ("leafy", (CREAM, LEAF, TURM)),
    "ปัตตานี": ("star", (PLUM, TURM, CREAM)),
    "พระนครศรีอยุธยา": ("key", (CREAM, VERM, INDIGO)),
    "พะเยา": ("jok", (TEAL, CREAM, VERM)),
    "พัทลุง": ("yo", (CREAM, VERM, GREEN)),
    "พิษณุโลก": ("plaid", (TURM, VERM, CREAM)),
    "ภูเก็ต": ("bud", (ROSE, PLUM, GREEN)),
    "มหาสารคาม": ("plaid", (CREAM, VERM, GREEN)),
    "ยะลา": ("star", (GREEN, CREAM, TURM)),
    "ยโสธร": ("khit", (VERM, TURM, CREAM)),
    "ระยอง": ("plaid", (SKY, INDIGO, CREAM)),
    "ราชบุรี": ("jok", (INK, VERM, TURM)),
    "ร้อยเอ็ด": ("hook", (VERM, CREAM, TURM)),
    "ลำปาง": ("jok", (CREAM, VERM, GREEN)),
    "ลำพูน": ("petal", (VIOLET, TURM, CREAM)),
    "ศรีสะเกษ": ("diamond", (GREEN, CREAM, VERM)),
    "สกลนคร": ("naga", (INDIGO, CREAM, SKY)),
    "สงขลา": ("yo", (INDIGO, CREAM, TURM)),
    "สมุทรปราการ": ("stripe", (CREAM, INDIGO, TURM)),
    "สมุทรสงคราม": ("plaid", (CREAM, GREEN, TURM)),
    "สมุทรสาคร": ("stripe", (SKY, CREAM, VERM)),
    "สระบุรี": ("check", (VERM, CREAM, TURM)),
    "สุพรรณบุรี": ("border", (VERM, TURM, INDIGO)),
    "สุราษฎร์ธานี": ("star", (VERM, TURM, CREAM)),
    "สุรินทร์": ("ikat", (PLUM, CREAM, TURM)),
    "สุโขทัย": ("border", (GREEN, TURM, VERM)),
    "อุดรธานี": ("khit", (INDIGO, CREAM, VERM)),
    "อุตรดิตถ์": ("border", (PLUM, TURM, CREAM)),
    "อุบลราชธานี": ("rows", (PINK, CREAM, GREEN)),
    "อ่างทอง": ("basket", (TURM, VERM, CREAM)),
    "เชียงราย": ("hmong", (INDIGO, TURM, VERM)),
    "เชียงใหม่": ("border", (VERM, CREAM, INDIGO)),
    "เพชรบุรี": ("bud", (CREAM, RUST, GREEN)),
    "เพชรบูรณ์": ("hmong", (GREEN, CREAM, TURM)),
    "แพร่": ("stripe", (NIGHT, KRAM, CREAM)),
    "แม่ฮ่องสอน": ("hmong", (CREAM, VERM, GREEN)),
}
_ELSEWHERE: Weave = ("khit", (INDIGO, TURM, CREAM))


def weave_of(province_th: str) -> Weave:
    """The weave and threads that stand for a province."""
    return _BY_PROVINCE.get(province_th, _ELSEWHERE)

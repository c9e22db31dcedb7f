"""Families of packages: what differs between two goods of one family is in the arguments."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.motifs import Motif
from shop.seed.drawing.palette import CREAM, MIST, STRAW, TURM, VERM, Threads
from shop.seed.drawing.paths import box, lathe, oval, poly, scatter, smooth
from shop.seed.drawing.weaves import weave

Piece = Callable[[Canvas, float, float, int], None]
"""Draws one piece of a pile at (x, y); the number varies it."""


def pile(c: Canvas, piece: Piece, n: int, cx: float, cy: float, rx: float, ry: float) -> None:
    """Pieces over an ellipse, those behind first."""
    for x, y, i in sorted(scatter(n, cx, cy, rx, ry), key=lambda spot: spot[1]):
        piece(c, x, y, i)


def mound(c: Canvas, piece: Piece, cx: float, base: float, rows: int, across: float, up: float) -> None:
    """Pieces stacked as a market heap: the widest row below."""
    for row in range(rows):
        n = rows - row
        for i in range(n):
            piece(c, cx + (i - (n - 1) / 2) * across, base - row * up, row * 7 + i)


def label(c: Canvas, x: float, y: float, w: float, h: float, fill: str, motif: Motif | None, size: float) -> None:
    """A paper label with a sign and two rules, where a printer would set the name."""
    c.part(box(x, y, w, h, 3), fill, "right", 3.2, amount=0.5)
    if motif:
        motif(c, x + w / 2, y + h * 0.43, size)
    c.line(f"M{x + w * 0.22},{y + h * 0.8}H{x + w * 0.78}M{x + w * 0.32},{y + h * 0.9}H{x + w * 0.68}", 2.4)


def jar(
    c: Canvas,
    cx: float,
    base: float,
    w: float,
    h: float,
    inside: str,
    lid: str,
    motif: Motif | None = None,
    *,
    paper: str = CREAM,
    cloth: Threads | None = None,
    filled: float = 0.86,
    pieces: Piece | None = None,
) -> None:
    """A glass jar: the content shows; `cloth` ties a piece of check over the lid, `pieces` lie inside."""
    c.shadow(cx, base, w * 0.52)
    x = cx - w / 2
    c.part(box(x, base - h, w, h, 30), MIST, amount=0.35)
    c.part(box(x + 9, base - h * filled, w - 18, h * filled - 9, 22), inside, line=0)
    if pieces:
        pile(c, pieces, 18, cx, base - h * 0.45, w * 0.36, h * 0.36)
    c.line(box(x, base - h, w, h, 30), 4)
    if motif:
        label(c, x + 2, base - h * 0.66, w - 4, h * 0.46, paper, motif, h * 0.13)
    if cloth:
        _cloth_lid(c, cx, base - h, w, cloth)
    else:
        c.part(box(x + 10, base - h - 36, w - 20, 46, 7), lid)
        for i in range(9):
            c.line(f"M{x + 24 + i * (w - 48) / 8},{base - h - 27}v26", 2.2)
    c.gleam(f"M{x + 20},{base - h + 36}V{base - h * 0.72}")


def _cloth_lid(c: Canvas, cx: float, top: float, w: float, cloth: Threads) -> None:
    x = cx - w / 2
    d = (
        f"M{x - 4},{top + 20}C{x - 32},{top + 56} {x - 12},{top + 50} {x + 8},{top + 54}Q{cx},{top + 36} {x + w - 8},{top + 56}"
        f"C{x + w + 20},{top + 48} {x + w + 30},{top + 54} {x + w + 4},{top + 18}L{x + w - 14},{top - 32}"
        f"Q{cx},{top - 52} {x + 14},{top - 30}z"
    )
    c.part(d, cloth[0], pattern=weave("plaid", x - 40, top - 60, w + 90, 140, cloth, 5))
    c.rope(f"M{x},{top + 14}Q{cx},{top + 30} {x + w},{top + 12}", TURM, 6, 2.6)


def tub(
    c: Canvas, cx: float, base: float, w: float, h: float, body: str, lid: str, motif: Motif, *, band: str = CREAM
) -> None:
    """A plastic tub, wider above, with a flat lid."""
    c.shadow(cx, base, w * 0.48)
    x = cx - w / 2
    c.part(poly((x, base - h), (x + w, base - h), (x + w * 0.93, base), (x + w * 0.07, base)), body)
    low, high = base - h * 0.2, base - h * 0.78
    c.part(
        poly((x + w * 0.016, high), (x + w * 0.984, high), (x + w * 0.944, low), (x + w * 0.056, low)),
        band,
        line=3.2,
        amount=0.6,
    )
    motif(c, cx, base - h * 0.5, h * 0.19)
    c.part(box(x - 10, base - h - 30, w + 20, 36, 8), lid)
    c.line(f"M{x},{base - h - 12}H{x + w}", 2.4)


_BOTTLES: dict[str, tuple[tuple[float, float], ...]] = {
    "tall": ((0.44, 0), (0.5, 0.03), (0.5, 0.52), (0.46, 0.6), (0.22, 0.72), (0.17, 0.78), (0.17, 1)),
    "round": ((0.34, 0), (0.48, 0.08), (0.5, 0.36), (0.44, 0.58), (0.2, 0.74), (0.16, 0.8), (0.17, 1)),
    "flask": ((0.46, 0), (0.5, 0.05), (0.5, 0.64), (0.44, 0.74), (0.2, 0.82), (0.19, 1)),
    "straight": ((0.46, 0), (0.5, 0.04), (0.5, 0.74), (0.44, 0.84), (0.26, 0.9), (0.26, 1)),
}


def bottle(
    c: Canvas,
    cx: float,
    base: float,
    w: float,
    h: float,
    inside: str,
    cap: str,
    motif: Motif,
    *,
    shape: str = "tall",
    paper: str = CREAM,
    size: float = 0.075,
) -> None:
    """A bottle of one of four shapes with cap and label."""
    c.shadow(cx, base, w * 0.5)
    profile = [(half * w, up * h) for half, up in _BOTTLES[shape]]
    c.part(lathe(cx, base, profile), inside)
    neck = profile[-1][0]
    c.part(box(cx - neck - 6, base - h - 30, 2 * neck + 12, 44, 6), cap)
    at = 0.6 if shape in ("flask", "straight") else 0.5
    label(c, cx - w / 2 + 1, base - h * at, w - 2, h * 0.36, paper, motif, h * size)
    c.gleam(f"M{cx - w * 0.36},{base - h * (at + 0.02)}v{-h * 0.05}", 7)


def sack(
    c: Canvas,
    cx: float,
    base: float,
    w: float,
    h: float,
    body: str,
    band: str,
    motif: Motif,
    *,
    tie: str = VERM,
    size: float = 0.15,
) -> None:
    """A cloth sack, tied at the neck."""
    c.shadow(cx, base, w * 0.5)
    x, top = cx - w / 2, base - h
    c.part(
        f"M{x + w * 0.2},{top}C{x - 0.04 * w},{base - h * 0.8} {x - 0.06 * w},{base - h * 0.2} {x + 0.05 * w},{base - 8}Q{cx},{base + 14} "
        f"{x + w * 0.95},{base - 8}C{x + w * 1.06},{base - h * 0.2} {x + w * 1.04},{base - h * 0.8} {x + w * 0.8},{top}z",
        body,
    )
    c.part(
        f"M{x - 0.012 * w},{base - h * 0.64}Q{cx},{base - h * 0.58} {x + 1.012 * w},{base - h * 0.64}L{x + w},{base - h * 0.2}"
        f"Q{cx},{base - h * 0.13} {x},{base - h * 0.2}z",
        band,
        line=3.4,
        amount=0.7,
    )
    motif(c, cx, base - h * 0.39, h * size)
    c.part(
        f"M{x + w * 0.2},{top}Q{x + w * 0.05},{top - 56} {x + w * 0.22},{top - 66}Q{cx},{top - 40} {x + w * 0.8},{top - 68}"
        f"Q{x + w * 0.95},{top - 50} {x + w * 0.8},{top}Q{cx},{top + 14} {x + w * 0.2},{top}z",
        body,
    )
    c.part(
        f"M{x + w * 0.19},{top - 10}Q{cx},{top + 8} {x + w * 0.81},{top - 10}v18Q{cx},{top + 28} {x + w * 0.19},{top + 8}z",
        tie,
        line=3,
    )


def woven_sack(c: Canvas, cx: float, base: float, w: float, h: float, body: str, stripe: str, motif: Motif) -> None:
    """A 25 kg sack of woven plastic, sewn shut above."""
    c.shadow(cx, base, w * 0.5)
    x, top = cx - w / 2, base - h
    side = smooth(
        (x + 8, top),
        (x - 6, top + h * 0.3),
        (x - 8, top + h * 0.7),
        (x + 6, base),
        (x + w - 6, base),
        (x + w + 8, top + h * 0.7),
        (x + w + 6, top + h * 0.3),
        (x + w - 8, top),
        tension=0.35,
    )
    c.part(
        side, body, pattern=weave("plain", x - 12, top - 10, w + 24, h + 20, (body, PAPER_WEAVE.get(body, CREAM)), 7)
    )
    for at in (0.1, 0.84):
        c.blob(
            poly(
                (x + w * at, top + 6),
                (x + w * (at + 0.06), top + 6),
                (x + w * (at + 0.06), base - 6),
                (x + w * at, base - 6),
            ),
            stripe,
        )
    c.part(oval(cx, base - h * 0.5, w * 0.31, w * 0.34), CREAM, None, 3.2)
    motif(c, cx, base - h * 0.5, w * 0.2)
    c.part(box(x + 2, top - 16, w - 4, 26, 3), stripe)
    c.line(f"M{x + 10},{top - 3}H{x + w - 10}", 2.6)


PAPER_WEAVE = {CREAM: "#ece0c2", "#f4f1e4": "#e2dcc8"}


def pouch(
    c: Canvas,
    cx: float,
    base: float,
    w: float,
    h: float,
    body: str,
    motif: Motif,
    *,
    paper: str = CREAM,
    window: Piece | None = None,
    behind: str = CREAM,
    n: int = 26,
    zip_: bool = True,
) -> None:
    """A stand-up bag with a label; `window` shows pieces of the content."""
    c.shadow(cx, base, w * 0.5)
    x, top = cx - w / 2, base - h
    c.part(
        f"M{x + 10},{top}H{x + w - 10}L{x + w},{base - h * 0.5}L{x + w - 4},{base - 10}Q{cx},{base + 12} {x + 4},{base - 10}"
        f"L{x},{base - h * 0.5}z",
        body,
    )
    if zip_:
        c.line(f"M{x + 10},{top + 26}H{x + w - 10}M{x + 9},{top + 33}H{x + w - 9}", 2.4)
    label(c, x + w * 0.13, top + h * 0.14, w * 0.74, h * 0.38, paper, motif, h * 0.1)
    if window:
        c.part(oval(cx, base - h * 0.25, w * 0.33, h * 0.16), behind, "round", 3.4)
        pile(c, window, n, cx, base - h * 0.25, w * 0.25, h * 0.11)


def brick(
    c: Canvas,
    cx: float,
    base: float,
    w: float,
    h: float,
    body: str,
    motif: Motif,
    *,
    paper: str = CREAM,
    grain: str | None = None,
) -> None:
    """A vacuum brick: hard edges, folded top, one narrow window of grain."""
    c.shadow(cx, base, w * 0.52)
    x, top = cx - w / 2, base - h
    c.part(
        poly((x + w, top + 8), (x + w + 40, top - 14), (x + w + 40, base - 26), (x + w, base)), body, "left", amount=1
    )
    c.part(poly((x, top + 8), (x + 40, top - 14), (x + w + 40, top - 14), (x + w, top + 8)), body, None)
    c.part(box(x + 22, top - 44, w, 34, 3), body, "below")
    c.part(box(x, top + 8, w, h - 8, 6), body, amount=0.4)
    label(c, x + w * 0.12, top + h * 0.12, w * 0.76, h * 0.44, paper, motif, h * 0.12)
    if grain:
        c.part(box(x + w * 0.12, base - h * 0.36, w * 0.76, h * 0.26, 10), grain, "below", 3.2)
        for px, py, i in scatter(30, cx, base - h * 0.23, w * 0.33, h * 0.1):
            with c.at(px, py, i * 47):
                c.blob(oval(0, 0, 9, 3.4), CREAM if i % 3 == 0 else STRAW)


def clear_bag(
    c: Canvas,
    cx: float,
    base: float,
    w: float,
    h: float,
    piece: Piece,
    header: str,
    motif: Motif,
    *,
    n: int = 24,
    inside: str = MIST,
) -> None:
    """A clear bag under a folded card: the content is all one sees."""
    c.shadow(cx, base, w * 0.5)
    x, top = cx - w / 2, base - h
    c.part(
        smooth(
            (x + 4, top + 40),
            (x - 6, top + h * 0.6),
            (x + 12, base - 4),
            (cx, base + 6),
            (x + w - 12, base - 4),
            (x + w + 6, top + h * 0.6),
            (x + w - 4, top + 40),
            tension=0.4,
        ),
        inside,
        amount=0.4,
    )
    pile(c, piece, n, cx, base - h * 0.38, w * 0.37, h * 0.3)
    c.gleam(f"M{x + 16},{base - h * 0.58}Q{x + 8},{base - h * 0.3} {x + 22},{base - 26}", 6)
    c.part(box(x - 8, top - 10, w + 16, h * 0.24, 3), header, "below")
    motif(c, cx, top + h * 0.1, h * 0.075)
    c.line(f"M{x + w * 0.12},{top + 2}h16M{x + w * 0.88},{top + 2}h-16", 3.4)


def carton(
    c: Canvas,
    x: float,
    base: float,
    w: float,
    h: float,
    front: str,
    top: str,
    motif: Motif,
    *,
    deep: float = 44,
    size: float = 0.3,
) -> None:
    """A closed carton from its front left; `x` is its left edge."""
    up = deep * 0.55
    c.shadow(x + w / 2, base, w * 0.6)
    c.part(
        poly((x + w, base - h), (x + w + deep, base - h - up), (x + w + deep, base - up), (x + w, base)),
        front,
        "left",
        amount=1,
    )
    c.part(poly((x, base - h), (x + deep, base - h - up), (x + w + deep, base - h - up), (x + w, base - h)), top, None)
    c.part(box(x, base - h, w, h), front, amount=0.35)
    c.blob(box(x + 2, base - h * 0.24, w - 4, h * 0.24 - 2), top)
    motif(c, x + w / 2, base - h * 0.6, min(w, h) * size)


def open_box(c: Canvas, cx: float, base: float, w: float, h: float, body: str, inside: str, *, lip: float = 60) -> None:
    """A box open above, seen from the front; put things in with `front` afterwards."""
    x = cx - w / 2
    c.shadow(cx, base, w * 0.52)
    c.part(
        poly((x, base - h), (x + w, base - h), (x + w - 34, base - h - lip), (x + 34, base - h - lip)), inside, "below"
    )
    c.part(box(x, base - h, w, h, 4), body, amount=0.5)


def dot_piece(colours: tuple[str, ...], r: float, flat: float = 1.0, line: float = 2.4) -> Piece:
    """Round pieces in turn of these colours."""
    return partial(_dot, colours, r, flat, line)


def _dot(colours: tuple[str, ...], r: float, flat: float, line: float, c: Canvas, x: float, y: float, i: int) -> None:
    c.part(oval(x, y, r, r * flat), colours[i % len(colours)], "round", line)


def grain_piece(colours: tuple[str, ...], long: float, thick: float) -> Piece:
    """Grains lying in all directions."""

    def draw(c: Canvas, x: float, y: float, i: int) -> None:
        with c.at(x, y, i * 53):
            c.blob(oval(0, 0, long, thick), colours[i % len(colours)])

    return draw


def folded(
    c: Canvas, cx: float, base: float, w: float, cloths: list[tuple[str, Threads, float]], high: float = 66
) -> None:
    """Cloths folded and stacked, the fold to the left; each is (pattern, threads, thread size)."""
    c.shadow(cx, base, w * 0.54)
    for i, (pattern, threads, size) in enumerate(cloths):
        y, x = base - (i + 1) * high, cx - w / 2 + (i % 2) * 10 - 5
        d = f"M{x + high * 0.42},{y}H{x + w - 8}q8,0 8,8V{y + high - 8}q0,8 -8,8H{x + high * 0.42}a{high / 2},{high / 2} 0 0 1 0,{-high}z"
        c.part(d, threads[0], pattern=weave(pattern, x - 10, y, w + 20, high, threads, size), amount=0.62)
        c.line(f"M{x + high * 0.45},{y + high * 0.36}H{x + w - 4}M{x + high * 0.45},{y + high * 0.68}H{x + w - 4}", 2.2)


def fringe(c: Canvas, x: float, y: float, w: float, colour: str, n: int = 20, long: float = 26) -> None:
    """Threads hanging from the end of a cloth."""
    for i in range(n):
        c.stroke(f"M{x + 4 + i * (w - 8) / (n - 1):.1f},{y}v{long + i % 3 * 4}", colour, 3.6)

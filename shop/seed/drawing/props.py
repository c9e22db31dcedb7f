"""Things that lie beside a good and say what it is made of: chillies, leaves, fruit, fish, eggs."""

from __future__ import annotations

from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import blossom, box, leaf, oval, polar, poly, scatter, smooth


def frond(c: Canvas, x: float, y: float, long: float, turn: float, colour: str = ink.GREEN, width: float = 0.5) -> None:
    """One leaf with its rib."""
    with c.at(x, y, turn):
        c.part(leaf(0, 0, long, width), colour, "below", 3.2)
        c.line(f"M6,0H{long * 0.88}", 2.4)


def banana_leaf(c: Canvas, cx: float, cy: float, w: float, h: float, turn: float = 0) -> None:
    """A broad piece of banana leaf to lay things on."""
    with c.at(cx, cy, turn):
        c.part(leaf(-w / 2, 0, w, h / w * 1.25), ink.MOSS, "below", 3.4)
        c.line(f"M{-w / 2 + 10},0H{w / 2 - 16}", 3.2)
        for i in range(9):
            x = -w * 0.36 + i * w * 0.088
            c.line(
                f"M{x},0q{w * 0.03},{-h * 0.16} {w * 0.07},{-h * 0.27}M{x},0q{w * 0.03},{h * 0.16} {w * 0.07},{h * 0.27}",
                1.8,
            )


def long_chilli(
    c: Canvas, x: float, y: float, long: float, turn: float, colour: str = ink.VERM, *, dried: bool = False
) -> None:
    """A long chilli, wrinkled when dried."""
    with c.at(x, y, turn):
        h = long * 0.13
        c.part(
            f"M0,{-h * 0.6}C{long * 0.3},{-h * 1.4} {long * 0.8},{-h} {long},{h}C{long * 0.7},{h * 0.9} {long * 0.3},{h * 1.3} 0,{h * 0.7}z",
            colour,
            "below",
            3,
        )
        c.rope(f"M-2,0q{-long * 0.1},-2 {-long * 0.16},{-long * 0.08}", ink.GREEN, 5, 2.2)
        if dried:
            c.line(
                f"M{long * 0.15},{-h * 0.2}q{long * 0.2},{h * 0.5} {long * 0.4},0M{long * 0.3},{h * 0.5}q{long * 0.2},{-h * 0.5} {long * 0.4},0",
                2,
            )


def garlic_bulb(c: Canvas, x: float, y: float, s: float, turn: float = 0) -> None:
    """A bulb of garlic."""
    with c.at(x, y, turn, s):
        c.part(
            "M0,-78C6,-40 62,-40 62,10C62,52 20,54 0,54C-20,54 -62,52 -62,10C-62,-40 -6,-40 0,-78z",
            ink.CREAM,
            "round",
            4 / max(s, 0.6),
        )
        c.line("M0,-58C-26,-20 -30,20 -14,50M0,-58C26,-20 30,20 14,50", 2.6)
        c.blob("M-30,40Q0,60 30,40Q0,52 -30,40z", ink.PLUM)


def shallot(c: Canvas, x: float, y: float, s: float, turn: float = 0) -> None:
    """A shallot."""
    with c.at(x, y, turn, s):
        c.part(
            "M0,-60C6,-34 42,-30 40,8C38,44 8,46 0,50C-8,46 -38,44 -40,8C-42,-30 -6,-34 0,-60z", "#b0506e", "round", 4
        )
        c.line("M0,-46Q-20,0 -2,46M0,-46Q20,0 2,46", 2.2)


def ginger(
    c: Canvas, x: float, y: float, s: float, colour: str = "#d9b06a", turn: float = 0, inside: str | None = None
) -> None:
    """A rhizome: ginger, turmeric or plai by its colour."""
    with c.at(x, y, turn, s):
        d = smooth(
            (-92, 6),
            (-84, -22),
            (-50, -22),
            (-38, -54),
            (-16, -58),
            (-8, -24),
            (18, -22),
            (38, -46),
            (60, -40),
            (58, -14),
            (92, -8),
            (94, 18),
            (52, 22),
            (40, 54),
            (14, 56),
            (6, 26),
            (-34, 30),
            (-64, 36),
        )
        c.part(d, colour, "below", 4)
        c.line(
            "M-60,-14q8,20 0,38M-28,-46q10,4 16,-2M0,-18q8,20 0,38M44,-34q-8,6 2,12M30,-14q8,16 0,34M66,-4q6,10 0,18",
            2.2,
        )
        if inside:
            c.part(oval(-92, 8, 12, 18), inside, None, 3)


def lemongrass(c: Canvas, x: float, y: float, long: float, turn: float) -> None:
    """A stalk of lemongrass."""
    with c.at(x, y, turn):
        c.part(poly((0, -9), (long * 0.45, -8), (long, -4), (long, 5), (long * 0.45, 8), (0, 9)), ink.LIME, "below", 3)
        c.blob(poly((3, -7), (long * 0.3, -6), (long * 0.3, 6), (3, 7)), ink.PAPER)
        c.line(f"M{long * 0.3},-6L{long * 0.42},7M{long * 0.5},-6L{long * 0.62},6", 2)


def kaffir_lime(c: Canvas, x: float, y: float, r: float) -> None:
    """A warty kaffir lime."""
    c.part(smooth(*(polar(x, y, r * (1 if i % 2 else 0.93), i * 360 / 18) for i in range(18))), "#5f9440", "round", 3.6)
    for px, py, _ in scatter(14, x, y, r * 0.7, r * 0.7):
        c.line(f"M{px:.1f},{py:.1f}q{r * 0.07:.1f},{r * 0.07:.1f} {r * 0.14:.1f},0", 2)
    c.part(oval(x, y - r * 0.98, r * 0.13, r * 0.09), ink.MOSS, None, 2.4)


def whole_fish(
    c: Canvas,
    x: float,
    y: float,
    long: float,
    colour: str,
    turn: float = 0,
    *,
    deep: float = 0.23,
    belly: str | None = None,
    head: bool = True,
) -> None:
    """A fish seen from its left side; `deep` is its height against its length."""
    with c.at(x, y, turn):
        d = deep * long
        c.part(
            f"M{long * 0.34},0L{long * 0.56},{-d * 0.85}Q{long * 0.5},0 {long * 0.56},{d * 0.85}z", colour, "below", 3.2
        )
        c.part(f"M{-long * 0.1},{-d * 0.8}Q{long * 0.1},{-d * 1.45} {long * 0.24},{-d * 0.6}z", colour, "below", 3)
        body = f"M{-long * 0.5},{d * 0.05}C{-long * 0.3},{-d * 1.15} {long * 0.2},{-d} {long * 0.4},-4V5C{long * 0.2},{d} {-long * 0.3},{d * 1.1} {-long * 0.5},{d * 0.05}z"
        c.part(body, colour, "below", 4)
        if belly:
            c.blob(
                f"M{-long * 0.42},{d * 0.18}C{-long * 0.2},{d * 0.42} {long * 0.1},{d * 0.4} {long * 0.34},{d * 0.1}C{long * 0.1},{d * 0.92} {-long * 0.26},{d * 0.95} {-long * 0.42},{d * 0.18}z",
                belly,
            )
        for i in range(5):
            c.line(
                f"M{-long * 0.16 + i * long * 0.1},{-d * 0.45 + i * 2}q{long * 0.045},{d * 0.42} 0,{d * 0.8 - i * 4}", 2
            )
        if head:
            c.line(f"M{-long * 0.3},{-d * 0.6}q{long * 0.09},{d * 0.6} 0,{d * 1.2}", 3)
            c.blob(oval(-long * 0.39, -d * 0.14, long * 0.022), ink.PAPER)
            c.dot(oval(-long * 0.39, -d * 0.14, long * 0.011))
            c.line(f"M{-long * 0.5},{d * 0.06}l{long * 0.05},{d * 0.07}", 2.4)


def prawn(c: Canvas, x: float, y: float, s: float, colour: str, turn: float = 0) -> None:
    """A curled shrimp with whiskers."""
    with c.at(x, y, turn, s):
        c.line("M22,-22q20,-16 34,-8M22,-20q20,-4 34,8", 2.4)
        c.part(
            "M30,-26C-6,-44 -44,-24 -40,8C-38,32 -10,40 14,32L32,42L30,26L40,18L12,16C-2,16 -12,10 -12,0C-12,-10 6,-8 22,-10z",
            colour,
            "below",
            3.2,
        )
        c.line("M-34,-16l18,10M-40,2l24,2M-30,22l16,-8M-14,-30l6,18", 2.2)
        c.dot(oval(20, -20, 3))


def egg(c: Canvas, x: float, y: float, s: float, colour: str, turn: float = 0) -> None:
    """An egg standing on its blunt end."""
    with c.at(x, y, turn, s):
        c.part("M0,-1C.62,-1 .8,.1 .72,.4C.6,.92 -.6,.92 -.72,.4C-.8,.1 -.62,-1 0,-1z", colour, "round", 4 / s)


def mango(c: Canvas, x: float, y: float, s: float, colour: str, turn: float = 0) -> None:
    """A mango hanging from its stalk."""
    with c.at(x, y, turn, s):
        c.part(
            "M-.1,-.95C.7,-1 .85,.2 .35,.8C.1,1.05 -.25,.95 -.45,.7C-.9,.1 -.65,-.9 -.1,-.95z", colour, "round", 4 / s
        )
        c.stroke("M-.12,-.93q-.02,-.16 .08,-.24", ink.BROWN, 0.09)


def rice_ear(c: Canvas, x: float, y: float, long: float, turn: float, colour: str = ink.TURM) -> None:
    """A ripe ear bending under its grains; (x, y) is the cut end."""
    with c.at(x, y, turn, long / 300):
        c.rope("M0,0Q-8,-140 20,-220Q50,-280 110,-270", ink.LEAF, 6, 2.4)
        for i in range(11):
            px, py = 12 + i * 9, -196 - 74 * min(1, i / 6) + max(0, i - 6) * 9
            for side, t in ((-1, -40), (1, 30)):
                with c.at(px + side * 7, py + side * 5, t + i * 9):
                    c.part(oval(0, 0, 8, 16), colour, None, 2.6)


def cloth_scoop(c: Canvas, x: float, y: float, s: float, inside: str, turn: float = 0) -> None:
    """A wooden scoop, full."""
    with c.at(x, y, turn, s):
        c.part(box(60, -13, 120, 26, 12), ink.BROWN, "below")
        c.part("M-80,-34C-20,-44 60,-38 78,0C60,38 -20,44 -80,34z", ink.TAN, "below")
        c.part("M-86,-28C-30,-34 30,-28 46,0C30,28 -30,34 -86,28C-96,10 -96,-10 -86,-28z", inside, None, 3)


def longan(c: Canvas, x: float, y: float, r: float, *, open_: bool = False) -> None:
    """A longan, peeled to its seed when open."""
    c.part(oval(x, y, r), "#c99a55", "round", 3.4)
    if open_:
        c.part(oval(x, y, r * 0.76), ink.PAPER, "round", 2.8)
        c.part(oval(x + r * 0.1, y + r * 0.06, r * 0.3), ink.COCOA, None, 0)
    else:
        for px, py, _ in scatter(6, x, y, r * 0.6, r * 0.6):
            c.dot(oval(px, py, 1.7))


def coffee_bean(c: Canvas, x: float, y: float, s: float, turn: float, colour: str = ink.BROWN) -> None:
    """One coffee bean."""
    with c.at(x, y, turn, s):
        c.part(oval(0, 0, 30, 21), colour, "below", 3.4)
        c.line("M-26,-2q14,-9 26,0t26,2", 3)


def coffee_cherry(c: Canvas, x: float, y: float, n: int = 5, colour: str = ink.VERM) -> None:
    """A twig with leaves and cherries."""
    c.rope(f"M{x - 110},{y + 30}Q{x - 30},{y - 20} {x + 90},{y - 14}", ink.BROWN, 6, 2.6)
    frond(c, x + 40, y - 16, 110, -50)
    frond(c, x - 60, y + 4, 110, -130)
    for i in range(n):
        c.part(oval(x - 50 + i * 27, y + 14 + (i % 2) * 14, 17), colour if i % 3 else ink.HONEY, "round", 3)


def mulberry(c: Canvas, x: float, y: float, s: float, colour: str = ink.PLUM, turn: float = 0) -> None:
    """A mulberry on its stalk."""
    with c.at(x, y, turn, s):
        c.rope("M0,-40V-66", ink.LEAF, 5, 2.4)
        for row, (dy, n) in enumerate(((-32, 2), (-16, 3), (2, 4), (20, 3), (36, 2))):
            for i in range(n):
                c.part(oval((i - (n - 1) / 2) * 17, dy, 11.5), colour if (i + row) % 2 else ink.WINE, "round", 2.2)


def orchid_flower(c: Canvas, x: float, y: float, s: float, colour: str = "#c75b93") -> None:
    """One orchid flower."""
    with c.at(x, y, 0, s):
        for t in (-90, 150, 30):
            with c.at(0, 0, t):
                c.part(leaf(0, 0, 48, 0.6), colour, "below", 3)
        for t in (195, -15):
            with c.at(0, 0, t):
                c.part(oval(28, 0, 25, 20), colour, "round", 3)
        c.part("M-14,2Q0,-10 14,2Q20,26 0,30Q-20,26 -14,2z", ink.PLUM, None, 2.8)
        c.blob(oval(0, 8, 6), ink.LEMON)


def jasmine(c: Canvas, x: float, y: float, r: float, colour: str = ink.PAPER) -> None:
    """A jasmine flower."""
    c.part(blossom(x, y, r, 6, 0.56), colour, "round", 2.6)
    c.blob(oval(x, y, r * 0.22), ink.TURM)


def cut_round(c: Canvas, x: float, y: float, r: float, rind: str, pith: str, flesh: str, parts: int = 9) -> None:
    """Half of a citrus fruit, cut across."""
    c.part(oval(x, y, r), rind, None, 4)
    c.part(oval(x, y, r * 0.91), pith, None, 0)
    for i in range(parts):
        with c.at(x, y, 360 * i / parts):
            c.part(
                f"M{r * 0.1},0C{r * 0.3},{-r * 0.3} {r * 0.72},{-r * 0.26} {r * 0.72},0C{r * 0.72},{r * 0.26} {r * 0.3},{r * 0.3} {r * 0.1},0z",
                flesh,
                "round",
                2.4,
            )

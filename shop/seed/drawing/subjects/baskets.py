"""Basketry and wickerwork."""

from __future__ import annotations

from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import box, oval, poly, scatter, smooth
from shop.seed.drawing.registry import DETAIL, IN_USE, draws
from shop.seed.drawing.weaves import weave

BAMBOO, BAMBOO_DARK = "#e0c078", "#b98d44"


@draws("Phanat Nikhom basketry", "arch", ink.VERM, ink.CREAM)
def _draw_phanat(c: Canvas) -> None:
    c.shadow(240, 540, 150)
    c.part(
        "M90,530C96,380 170,300 240,296C310,300 384,380 390,530Q240,556 90,530z",
        BAMBOO,
        pattern=weave("star", 80, 290, 320, 270, (BAMBOO, ink.CLAY, ink.CREAM), 8),
        amount=0.7,
    )
    c.part(box(82, 520, 316, 24, 12), BAMBOO_DARK, "below")
    c.part(oval(240, 290, 24, 14), BAMBOO_DARK, "below")
    c.part(oval(240, 270, 12, 18), ink.BROWN, "round", 3)
    c.shadow(460, 548, 110)
    c.part(
        poly((370, 420), (550, 420), (536, 548), (384, 548)),
        BAMBOO,
        pattern=weave("check", 360, 410, 200, 150, (BAMBOO, "#d0a85a", ink.BROWN), 6),
        amount=0.7,
    )
    c.part(
        box(360, 396, 200, 40, 6),
        "#d0a85a",
        "below",
        pattern=weave("check", 360, 396, 200, 40, ("#d0a85a", BAMBOO, ink.BROWN), 6),
    )
    c.part(
        poly((372, 398), (548, 398), (500, 344), (420, 344)),
        BAMBOO,
        "below",
        pattern=weave("star", 360, 340, 200, 60, (BAMBOO, ink.CLAY, ink.CREAM), 6),
    )
    c.rope("M436,344q24,-50 48,0", ink.BROWN, 9)


def kratip(c: Canvas, cx: float, base: float, w: float, h: float) -> None:
    """The lidded basket that sticky rice is carried in."""
    c.shadow(cx, base, w * 0.5)
    x = cx - w / 2
    c.rope(
        f"M{x + 6},{base - h * 0.46}C{x - 50},{base - h * 1.04} {cx - 60},{base - h * 1.28} {cx},{base - h * 1.26}S{x + w + 50},{base - h * 1.04} {x + w - 6},{base - h * 0.46}",
        ink.VERM,
        9,
    )
    c.part(
        poly((cx - w * 0.36, base), (cx + w * 0.36, base), (cx + w * 0.25, base - 36), (cx - w * 0.25, base - 36)),
        ink.BROWN,
    )
    c.part(
        f"M{x},{base - h * 0.56}C{x - 6},{base - 20} {x + 20},{base - 22} {cx},{base - 22}S{x + w + 6},{base - 20} {x + w},{base - h * 0.56}z",
        ink.STRAW,
        pattern=weave("khit", x - 6, base - h * 0.6, w + 12, h * 0.62, (ink.STRAW, ink.CLAY, ink.BROWN), 8),
    )
    c.part(
        f"M{x - 8},{base - h * 0.56}C{x - 4},{base - h * 1.02} {x + w + 4},{base - h * 1.02} {x + w + 8},{base - h * 0.56}Q{cx},{base - h * 0.49} {x - 8},{base - h * 0.56}z",
        ink.STRAW,
        pattern=weave("basket", x - 8, base - h, w + 16, h * 0.52, (ink.STRAW, "#d2ab58", ink.CLAY), 9),
    )
    for side in (x + 4, x + w - 4):
        c.part(box(side - 6, base - h * 0.5, 12, 30, 5), ink.BROWN, None, 3)


@draws("Sticky-rice basket", "runner", ink.LEAF, ink.CREAM)
def _draw_sticky_rice_basket(c: Canvas) -> None:
    kratip(c, 270, 540, 290, 350)
    kratip(c, 510, 552, 150, 180)


@draws("Sticky-rice basket", "bare", ink.ROSE, ink.ROSE, view=DETAIL)
def _draw_kratip_close(c: Canvas) -> None:
    for row in range(13):
        for col in range(13):
            x, y = col * 49.3, row * 49.3
            over = (col + row * 2) % 4 < 2
            star_ = abs(col - 6) + abs(row - 6) in (2, 3, 6)
            colour = ink.CLAY if star_ else (ink.STRAW if over else "#d2ab58")
            c.part(
                box(x, y + 6, 49.3, 38, 7) if over else box(x + 6, y, 38, 49.3, 7),
                colour,
                "below" if over else "right",
                2.2,
            )


@draws("Chanthabun reed mat", "table", ink.CREAM, ink.TEAL)
def _draw_reed_mat(c: Canvas) -> None:
    bands = "".join(
        f'<path d="{box(x, 220, w, 330)}" fill="{f}"/>'
        for x, w, f in (
            (130, 40, ink.VERM),
            (180, 14, ink.GREEN),
            (250, 60, ink.PLUM),
            (262, 14, ink.TURM),
            (360, 40, ink.GREEN),
            (410, 14, ink.VERM),
            (470, 46, ink.PLUM),
            (484, 12, ink.TURM),
        )
    )
    d = poly((130, 300), (540, 300), (600, 540), (60, 540))
    c.shadow(330, 540, 280)
    inner = (
        f'<path d="{box(40, 290, 580, 260)}" fill="{ink.STRAW}"/>'
        + f'<g transform="translate(330 300) skewX(0) scale(1.16 1) translate(-330 -300)">{bands}</g>'
    )
    c.part(d, ink.STRAW, "below", pattern=inner, amount=0.45)
    for i in range(19):
        c.line(f"M{126 - i * 3.5:.0f},{312 + i * 12}H{544 + i * 3}", 1.3)
    c.part(
        "M120,226H530a30,50 0 0 1 0,100H120z",
        ink.STRAW,
        "below",
        pattern=f'<path d="{box(80, 220, 500, 110)}" fill="{ink.STRAW}"/>{bands}',
    )
    for i in range(7):
        c.line(f"M124,{240 + i * 13}H552", 1.2)
    c.part(oval(120, 276, 30, 50), ink.STRAW, None)
    for k in (0.74, 0.48, 0.22):
        c.line(oval(120, 276, 30 * k, 50 * k), 2.2)


@draws("Palm-leaf ngop hat", "sun", ink.CREAM, ink.LEAF)
def _draw_ngop(c: Canvas) -> None:
    r, cx, cy = 236, 320, 350
    c.tone(oval(cx + 20, cy + 52, r, 88), 0.6)
    c.part(oval(cx, cy + 24, r, 92), "#cfa95a", "below")
    d = f"M{cx - r},{cy + 18}C{cx - 130},{cy - 18} {cx - 118},{cy - 140} {cx - 52},{cy - 172}Q{cx},{cy - 196} {cx + 52},{cy - 172}C{cx + 118},{cy - 140} {cx + 130},{cy - 18} {cx + r},{cy + 18}Q{cx},{cy + 108} {cx - r},{cy + 18}z"
    c.part(d, ink.STRAW, pattern=weave("leafy", cx - r, cy - r, 2 * r, 1.5 * r, (ink.STRAW, "#d3ab55", ink.CLAY), 10))
    for t in (-0.75, -0.4, 0, 0.4, 0.75):
        c.line(f"M{cx + t * 62},{cy - 176}Q{cx + t * 120},{cy - 70} {cx + t * 248},{cy + 26 + (1 - abs(t)) * 34}", 2.4)
    for k in (0.35, 0.7):
        c.line(
            f"M{cx - r * k - 20},{cy - 130 + k * 130}Q{cx},{cy - 100 + k * 190} {cx + r * k + 20},{cy - 130 + k * 130}",
            2,
        )


@draws("Rattan basket", "top", ink.GREEN, ink.STRAW, scale=1.12)
def _draw_rattan(c: Canvas) -> None:
    c.shadow(320, 545, 170)
    cane, dark = "#c98f4a", "#8a5524"
    c.rope("M180,330C176,110 464,110 460,330", cane, 20)
    for i in range(16):
        t = i / 15
        x, y = 180 + 280 * t, 330 - 4 * 165 * t * (1 - t)
        c.line(f"M{x - 8:.0f},{y - 6:.0f}l16,12", 2.4)
    c.part(
        smooth((150, 330), (490, 330), (462, 470), (420, 540), (320, 552), (220, 540), (178, 470), tension=0.36), cane
    )
    for row in range(6):
        y = 356 + row * 34
        half = 168 - row * 9 - (row > 3) * (row - 3) * 10
        for i in range(9):
            x = 320 - half + i * 2 * half / 8.4
            c.part(
                box(x - 4 + row % 2 * 14, y - 12, half / 4.6, 24, 11), (cane, "#dba763")[(i + row) % 2], "below", 2.4
            )
    for x in (210, 265, 320, 375, 430):
        c.rope(f"M{x},340L{320 + (x - 320) * 0.72},540", dark, 7, 2)
    c.part(box(138, 312, 364, 36, 18), cane, "below")
    for i in range(17):
        c.line(f"M{154 + i * 21},318l12,24", 2.4)


@draws("Sticky-rice basket", "table", ink.INDIGO, ink.LEAF, view=IN_USE, scale=1.1)
def _draw_kratip_meal(c: Canvas) -> None:
    """Open beside papaya salad, the lid leaning."""
    kratip(c, 200, 530, 210, 250)
    c.part(
        smooth((360, 548), (330, 480), (400, 420), (520, 420), (590, 480), (570, 548), (460, 560)), ink.PAPER, "below"
    )
    c.part(oval(462, 486, 110, 46), ink.MIST, "left", 3)
    for px, py, i in scatter(44, 462, 478, 84, 34):
        with c.at(px, py, i * 43):
            c.stroke("M-20,0q20,-7 40,0", (ink.LIME, "#eef0c4", ink.HONEY, ink.VERM)[i % 4], 6)
    for px, py, i in scatter(7, 462, 474, 64, 22):
        c.part(oval(px, py, 11), ink.VERM if i % 2 else ink.LEAF, "round", 2.4)
    for x, y in ((330, 540), (300, 556)):
        c.part(
            smooth((x - 34, y), (x - 10, y - 22), (x + 26, y - 16), (x + 34, y + 4), (x, y + 12)), ink.PAPER, "round", 3
        )

"""Household items."""

from __future__ import annotations

from shop.seed.drawing import dishes, props
from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import blossom, box, oval, poly, scatter, smooth
from shop.seed.drawing.registry import DETAIL, IN_USE, draws
from shop.seed.drawing.weaves import weave

KHIT = ("khit", (ink.INDIGO, ink.TURM, ink.VERM))


@draws("Grass broom", "sun", ink.LEAF, ink.CREAM, scale=1.04)
def _draw_broom(c: Canvas) -> None:
    with c.at(330, 60, 8):
        c.part(box(-10, 0, 20, 270, 9), ink.TAN)
        for i in range(5):
            c.line(f"M-10,{40 + i * 48}h20", 2.4)
        c.part("M-26,240C-64,320 -150,410 -176,480Q0,520 176,480C150,410 64,320 26,240z", ink.STRAW)
        for i in range(-7, 8):
            c.line(f"M{i * 3},282Q{i * 12},390 {i * 24},{490 - abs(i)}", 2.2)
            c.blob(oval(i * 23, 470 - abs(i) * 2, 8, 16), "#cfa860")
        for y, colour in ((250, ink.VERM), (274, ink.GREEN), (298, ink.VERM)):
            half = 26 + (y - 240) * 0.52
            c.part(f"M{-half},{y}Q0,{y + 14} {half},{y}v16Q0,{y + 30} {-half},{y + 16}z", colour, line=2.6)


def _khit_pillow(c: Canvas, x: float, base: float, s: float, threads: ink.Threads, side: str) -> None:
    """The triangular pillow: one end to us."""
    with c.at(x, base, 0, s):
        c.shadow(20, 0, 250)
        c.part(
            poly((-70, -300), (210, -262), (270, -6), (60, 0)),
            threads[0],
            pattern=weave("khit", -80, -310, 360, 320, threads, 9),
            amount=0.8,
        )
        c.part(poly((-70, -300), (-250, 0), (60, 0)), side, "below")
        for k, colour in ((0.76, ink.TURM), (0.52, threads[0]), (0.28, ink.CREAM)):
            cx, cy = -87, -96
            c.part(
                poly(*((cx + (px - cx) * k, cy + (py - cy) * k) for px, py in ((-70, -300), (-250, 0), (60, 0)))),
                colour,
                None,
                3,
            )
        c.line("M60,0L-70,-300M-250,0H60", 3)


@draws("Khit pillow", "table", ink.ROSE, ink.CREAM)
def _draw_khit_pillow(c: Canvas) -> None:
    _khit_pillow(c, 300, 545, 1.12, KHIT[1], ink.VERM)


@draws("Khit pillow", "bare", ink.INDIGO, ink.INDIGO, view=DETAIL)
def _draw_khit_close(c: Canvas) -> None:
    c.part(box(0, 0, 640, 640), ink.INDIGO, None, 0, weave("khit", 0, 0, 640, 640, KHIT[1], 17.8))
    for y in (160, 480):
        c.part(
            box(0, y - 22, 640, 44),
            ink.VERM,
            "below",
            3,
            weave("check", 0, y - 22, 640, 44, (ink.VERM, ink.RUST, ink.TURM), 9),
        )


@draws("Khit pillow", "side", ink.CREAM, ink.TAN, view=IN_USE, scale=0.94)
def _draw_khit_mat(c: Canvas) -> None:
    c.part(
        poly((100, 420), (600, 420), (640, 560), (40, 560)),
        "#c96f4a",
        "below",
        pattern=weave("check", 40, 410, 600, 160, ("#c96f4a", "#a9532f", ink.TURM), 12),
    )
    _khit_pillow(c, 220, 500, 0.56, (ink.GREEN, ink.TURM, ink.CREAM), ink.PLUM)
    _khit_pillow(c, 450, 545, 0.66, KHIT[1], ink.VERM)


@draws("Co-op latex pillow", "corner", ink.INDIGO, ink.SKY)
def _draw_latex_pillow(c: Canvas) -> None:
    c.shadow(320, 540, 240)
    c.part(
        smooth(
            (70, 500),
            (60, 400),
            (120, 330),
            (220, 350),
            (330, 380),
            (440, 340),
            (530, 330),
            (586, 400),
            (576, 500),
            (540, 540),
            (320, 546),
            (110, 540),
            tension=0.42,
        ),
        "#f6efdc",
        "below",
    )
    for row in range(4):
        for i in range(13):
            x, y = 110 + i * 36 + row % 2 * 18, 420 + row * 32
            if x < 560:
                c.part(oval(x, y, 7.5, 7), "#cfc4a6", None, 2.2)
    c.part(
        smooth(
            (330, 380), (440, 340), (530, 330), (586, 400), (576, 500), (540, 540), (400, 545), (350, 470), tension=0.42
        ),
        "#cfe0d0",
        "below",
        pattern=weave("diamond", 320, 320, 280, 240, ("#cfe0d0", ink.PAPER, ink.CELADON), 8),
        amount=0.6,
    )
    for i in range(6):
        c.line(f"M{336 + i * 6},{400 + i * 24}l12,4", 3)
    c.rope("M180,180L250,300", ink.BROWN, 46)
    c.line("M176,216l44,-18M190,240l44,-18M204,264l44,-18", 3)
    c.stroke("M204,282q20,10 44,-8", ink.PAPER, 8)
    c.part(smooth((214, 300), (286, 300), (276, 350), (226, 350), tension=0.3), ink.COCOA, "right", 3.4)
    c.part(oval(250, 302, 36, 10), ink.PAPER, None, 3)


@draws("Hand-woven tablecloth", "top", ink.CREAM, ink.LEAF)
def _draw_tablecloth(c: Canvas) -> None:
    threads = (ink.TEAL, ink.CREAM, ink.TURM)
    for x in (150, 470):
        c.part(box(x, 420, 24, 140, 4), ink.BROWN)
    c.part("M110,300H530L590,380H50z", threads[0], None, pattern=weave("petal", 40, 296, 560, 90, threads, 8))
    c.part(
        "M50,380H590L600,490Q560,520 520,484Q470,530 420,490Q370,530 320,494Q260,530 210,490Q160,524 110,486Q70,516 40,490z",
        threads[0],
        "below",
        pattern=weave("petal", 30, 376, 580, 150, threads, 10)
        + weave("border", 30, 450, 580, 40, (ink.VERM, ink.CREAM, ink.TEAL), 7),
        amount=0.8,
    )
    dishes.bowl(c, 250, 350, 150, 70, ink.PAPER, content="#b9651a")
    c.shadow(420, 352, 40)
    c.part(
        smooth(
            (392, 352), (384, 300), (404, 270), (404, 230), (436, 230), (436, 270), (456, 300), (448, 352), tension=0.4
        ),
        ink.CLAY,
    )
    for x, y in ((400, 180), (440, 170), (420, 140)):
        c.rope(f"M420,236L{x},{y}", ink.MOSS, 4, 2)
        c.part(blossom(x, y, 28, 6), ink.PINK, "round", 2.6)
        c.blob(oval(x, y, 7), ink.TURM)


@draws("Herbal scented candle", "arch", ink.TEAL, ink.PLUM, scale=1.2)
def _draw_candle(c: Canvas) -> None:
    for x, base, w, h, wax, leaf_ in (
        (230, 540, 170, 190, "#efe2b8", ink.GREEN),
        (420, 548, 140, 130, "#e3c3d0", ink.VIOLET),
    ):
        c.part(oval(x, base - h - 70, w * 0.5, 70), "#9a5a7a", None, 0)
        c.shadow(x, base, w * 0.5)
        c.part(box(x - w / 2, base - h, w, h, 16), ink.MIST, amount=0.35)
        c.part(box(x - w / 2 + 8, base - h * 0.84, w - 16, h * 0.84 - 8, 12), wax, line=0)
        c.part(oval(x, base - h * 0.84, w / 2 - 9, 13), ink.PAPER, None, 2.4)
        c.line(box(x - w / 2, base - h, w, h, 16), 4)
        c.rope(f"M{x},{base - h * 0.84}v-34", ink.INK, 4, 1)
        c.part(
            f"M{x},{base - h * 0.84 - 110}C{x + 34},{base - h * 0.84 - 60} {x + 26},{base - h * 0.84 - 24} {x},{base - h * 0.84 - 24}C{x - 26},{base - h * 0.84 - 24} {x - 34},{base - h * 0.84 - 60} {x},{base - h * 0.84 - 110}z",
            ink.TURM,
            None,
            3.4,
        )
        c.blob(oval(x, base - h * 0.84 - 42, 9, 16), ink.PAPER)
        c.part(box(x - w * 0.3, base - h * 0.62, w * 0.6, h * 0.36, 3), ink.CREAM, None, 3)
        with c.at(x - w * 0.2, base - h * 0.4, -24):
            c.blob("M0,0C20,-22 60,-18 78,0C60,18 20,22 0,0z", leaf_)
    props.lemongrass(c, 330, 566, 200, -3)
    for px, py, i in scatter(9, 520, 520, 40, 26):
        c.part(blossom(px, py, 12, 5), ("#a58ac9", ink.PAPER)[i % 2], None, 2)

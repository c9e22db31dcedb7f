"""Fresh fruit and vegetables."""

from __future__ import annotations

from shop.seed.drawing import dishes, packs, props
from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import blossom, box, leaf, oval, polar, poly, scatter, smooth
from shop.seed.drawing.registry import DETAIL, IN_USE, draws

DURIAN = "#8a9a3a"


def _durian(c: Canvas, cx: float, cy: float, rx: float, ry: float) -> None:
    spikes = [
        (cx + (rx if i % 2 else rx * 0.9) * x, cy + (ry if i % 2 else ry * 0.9) * y)
        for i, (x, y) in enumerate(polar(0, 0, 1, i * 360 / 56) for i in range(56))
    ]
    c.part(poly(*spikes), DURIAN, "round")
    for px, py, i in scatter(58, cx, cy, rx * 0.88, ry * 0.88):
        s = 15
        c.part(
            poly((px - s, py + s * 0.6), (px, py - s), (px + s, py + s * 0.6)),
            "#9dab48" if i % 2 else DURIAN,
            "right",
            2,
        )
    c.part(box(cx - 15, cy - ry - 52, 30, 66, 8), ink.BROWN)
    c.part(box(cx - 22, cy - ry - 62, 44, 18, 7), ink.MOSS)


@draws("Monthong durian from Chanthaburi", "sun", ink.VERM, ink.CREAM)
def _draw_durian(c: Canvas) -> None:
    c.shadow(240, 535, 150)
    _durian(c, 240, 350, 165, 190)
    c.shadow(470, 545, 120)
    c.part(
        smooth((350, 470), (400, 380), (480, 366), (560, 410), (590, 490), (540, 544), (440, 552), (370, 530)),
        "#d9cf9a",
        "right",
    )
    c.line(poly(*((352 + i * 16, 480 + (i % 2) * 12 + abs(i - 7) * 2) for i in range(15)), close=False), 2.4)
    for x, y, r in ((430, 470, 0), (505, 470, 14)):
        with c.at(x, y, r):
            c.part(
                smooth((-36, 50), (-40, -10), (-22, -58), (12, -60), (36, -10), (32, 50), (0, 62)),
                ink.LEMON,
                "round",
                3.6,
            )
            c.line("M-8,-40q-14,30 -6,70", 2.6)


@draws("Monthong durian from Chanthaburi", "frame", ink.GREEN, "#e9dfa8", view=DETAIL)
def _draw_durian_flesh(c: Canvas) -> None:
    for x, y, r in ((200, 210, -30), (420, 200, 24), (310, 360, 4), (150, 430, 20), (480, 430, -18)):
        with c.at(x, y, r, 2.0):
            c.part(
                smooth((-40, 46), (-46, -10), (-22, -56), (12, -58), (42, -10), (36, 46), (0, 60)),
                ink.LEMON if r % 4 else "#f3c944",
                "round",
                2.4,
            )
            c.line("M-12,-40q-16,30 -8,72M12,-44q12,30 8,60", 1.6)


@draws("Monthong durian from Chanthaburi", "corner", ink.TEAL, ink.STRAW, view=IN_USE, scale=1.12)
def _draw_durian_dessert(c: Canvas) -> None:
    dishes.plate(c, 320, 440, 230, 130, ink.PAPER, ink.GREEN)
    c.part(
        smooth((170, 440), (210, 380), (300, 360), (350, 400), (350, 460), (260, 500), (190, 480)), ink.PAPER, "round"
    )
    for px, py, i in scatter(40, 260, 430, 74, 46):
        with c.at(px, py, i * 50):
            c.line("M-8,0q8,-3 16,0", 2)
    with c.at(420, 420, 70, 1.5):
        c.part(
            smooth((-36, 50), (-40, -10), (-22, -58), (12, -60), (36, -10), (32, 50), (0, 62)), ink.LEMON, "round", 3
        )
    props.frond(c, 480, 350, 90, -60)


def _mangosteen(c: Canvas, x: float, y: float, r: float) -> None:
    c.part(oval(x, y, r), ink.PLUM, "round")
    c.part(box(x - 7, y - r * 1.12, 14, r * 0.4, 5), ink.BROWN, line=3)
    c.part(blossom(x, y - r * 0.62, r * 0.56, 4, 0.6, -45), ink.LEAF, "below", 3)


@draws("Khao Khiriwong mangosteen", "frame", ink.TURM, ink.GREEN)
def _draw_mangosteen(c: Canvas) -> None:
    for x, y in ((200, 180), (330, 160), (455, 200), (160, 300), (290, 290), (440, 340), (200, 430), (340, 440)):
        _mangosteen(c, x, y, 70)
    c.part(oval(450, 460, 84), ink.PLUM, None)
    c.part(oval(450, 460, 66), "#b84a6a", None, 0)
    for i in range(6):
        with c.at(450, 460, i * 60):
            c.part(oval(30, 0, 25, 19), ink.PAPER, "round", 2.8)


@draws("Khao Khiriwong mangosteen", "sun", ink.PLUM, ink.ROSE, view=DETAIL)
def _draw_mangosteen_open(c: Canvas) -> None:
    c.tone(oval(344, 350, 220, 200), 0.6)
    c.part(oval(320, 320, 220), ink.PLUM, "round")
    c.part(oval(320, 320, 172), "#b84a6a", None, 3)
    for i in range(6):
        with c.at(320, 320, i * 60 + 12):
            c.part(smooth((14, 0), (50, -52), (120, -50), (152, 0), (120, 50), (50, 52)), ink.PAPER, "round", 3.6)
    c.line("M300,316h40M320,296v40", 2.4)


@draws("Khao Khiriwong mangosteen", "side", ink.CREAM, ink.LEAF, view=IN_USE, scale=1.14)
def _draw_mangosteen_crate(c: Canvas) -> None:
    packs.mound(c, lambda q, x, y, i: _mangosteen(q, x, y, 56), 320, 400, 3, 104, 74)
    for i in range(3):
        c.part(box(120, 420 + i * 44, 400, 34, 3), ink.TAN, "right")
    for x in (124, 490):
        c.part(box(x, 410, 26, 140, 3), ink.BROWN)


@draws("Tubtim Siam pomelo", "arch", ink.GREEN, ink.CREAM)
def _draw_pomelo(c: Canvas) -> None:
    c.shadow(250, 540, 150)
    c.part(
        smooth((250, 180), (330, 240), (400, 360), (380, 480), (250, 540), (120, 480), (100, 360), (170, 240)),
        "#a9b84a",
        "round",
    )
    for px, py, _ in scatter(60, 250, 390, 120, 130):
        c.dot(oval(px, py, 2))
    c.rope("M250,188V150", ink.BROWN, 12)
    props.frond(c, 250, 160, 120, -40)
    props.frond(c, 250, 160, 110, -150)
    props.cut_round(c, 450, 440, 118, "#a9b84a", ink.PAPER, "#c8385a", 10)


def _longan_bunch(c: Canvas, n: int = 34) -> None:
    c.rope(
        "M330,90Q320,200 310,320M322,180Q250,230 210,320M322,200Q410,250 440,330M316,260Q270,340 260,420M316,260Q370,350 390,430",
        ink.BROWN,
        7,
        2.6,
    )
    for px, py, i in sorted(scatter(n, 322, 390, 190, 160), key=lambda t: t[1]):
        props.longan(c, px, py, 35, open_=i == 6)


@draws("E-Daw longan", "sun", ink.TURM, ink.GREEN)
def _draw_longan(c: Canvas) -> None:
    props.frond(c, 330, 130, 170, -12)
    props.frond(c, 330, 120, 170, -168)
    props.frond(c, 330, 110, 130, -60)
    _longan_bunch(c)


def draw_pineapple(c: Canvas, x: float, base: float, w: float, h: float) -> None:
    """A small pineapple, standing."""
    for t in (-150, -126, -106, -90, -74, -54, -30):
        with c.at(x, base - h + 14, t):
            c.part(leaf(0, 0, h * 0.75, 0.22), ink.MOSS if t % 4 else ink.GREEN, "below", 3)
    d = smooth(
        (x, base - h),
        (x + w * 0.45, base - h * 0.8),
        (x + w * 0.5, base - h * 0.4),
        (x + w * 0.32, base),
        (x - w * 0.32, base),
        (x - w * 0.5, base - h * 0.4),
        (x - w * 0.45, base - h * 0.8),
    )
    c.shadow(x, base, w * 0.45)
    mesh = "".join(
        f'<path d="M{x - w},{base - h + k * w * 0.27}l{2 * w},{w * 1.1}M{x + w},{base - h + k * w * 0.27}l{-2 * w},{w * 1.1}" stroke="#8d5a16" stroke-width="4" fill="none"/>'
        for k in range(-6, 9)
    )
    c.part(d, ink.HONEY, "round", pattern=mesh)


@draws("Phulae pineapple", "table", ink.ROSE, ink.LEAF, scale=1.12)
def _draw_phulae(c: Canvas) -> None:
    draw_pineapple(c, 200, 540, 150, 190)
    draw_pineapple(c, 340, 548, 150, 180)
    c.rope("M500,560V470", ink.TAN, 10)
    c.part(smooth((452, 400), (470, 330), (530, 330), (548, 400), (536, 470), (464, 470)), ink.LEMON, "round")
    for i in range(4):
        c.line(f"M{462 + i * 4},{352 + i * 28}l{74 - i * 4},26", 3)


@draws("Phulae pineapple", "frame", ink.VERM, ink.LEMON, view=DETAIL)
def _draw_phulae_slices(c: Canvas) -> None:
    for x, y in ((210, 210), (430, 230), (300, 410), (500, 450), (110, 440)):
        c.part(oval(x, y, 104), "#e0a51e", None)
        c.part(oval(x, y, 90), ink.LEMON, "round", 2)
        for i in range(14):
            with c.at(x, y, i * 360 / 14):
                c.line("M30,0H78M84,-6l8,6l-8,6", 2.4)
        c.part(oval(x, y, 24), "#f9e9a0", None, 2.6)


@draws("Phulae pineapple", "side", ink.TEAL, ink.CREAM, view=IN_USE, scale=1.08)
def _draw_phulae_crate(c: Canvas) -> None:
    for x in (180, 320, 460):
        draw_pineapple(c, x, 430, 128, 150)
    for i in range(3):
        c.part(box(100, 420 + i * 44, 440, 34, 3), ink.TAN, "right")
    for x in (104, 508):
        c.part(box(x, 410, 26, 136, 3), ink.BROWN)


@draws("Ban Phaeo aromatic coconut", "corner", ink.INDIGO, ink.SKY)
def _draw_coconut(c: Canvas) -> None:
    c.shadow(210, 540, 140)
    c.part(
        smooth((210, 210), (320, 270), (350, 390), (300, 510), (210, 540), (120, 510), (70, 390), (100, 270)),
        ink.LEAF,
        "round",
    )
    c.line("M210,214Q150,330 150,500M210,214Q270,330 280,500M210,214V530", 2.6)
    c.part(oval(210, 222, 34, 14), ink.BROWN, None)
    c.shadow(440, 552, 120)
    c.part(poly((336, 400), (544, 400), (560, 500), (520, 550), (360, 550), (320, 500)), ink.PAPER, "right")
    c.part(poly((336, 402), (404, 320), (476, 320), (544, 402)), ink.PAPER, "below")
    c.line("M404,322L400,404M476,322L480,404M380,404L366,548M440,404V550M500,404L514,548", 2.4)
    c.part(oval(440, 324, 38, 13), ink.MIST, None, 3)
    c.rope("M444,330L480,200L520,186", ink.VERM, 10)
    props.orchid_flower(c, 400, 318, 0.7)


@draws("Sisaket garlic", "top", ink.LEAF, ink.VERM)
def _draw_garlic(c: Canvas) -> None:
    c.rope("M320,70V230", ink.TAN, 26)
    for i in range(6):
        c.line(f"M{308},{92 + i * 24}q14,16 26,0", 3)
    for x, y, s, t in (
        (240, 260, 0.9, 20),
        (400, 260, 0.9, -20),
        (320, 290, 1, 0),
        (200, 370, 1, 14),
        (440, 370, 1, -14),
        (320, 400, 1.1, 0),
        (240, 480, 1.05, 8),
        (400, 484, 1.05, -8),
        (320, 530, 0.95, 0),
    ):
        props.garlic_bulb(c, x, y, s, t)

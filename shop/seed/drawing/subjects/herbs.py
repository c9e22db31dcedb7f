"""Herbal products and cosmetics."""

from __future__ import annotations

from shop.seed.drawing import motifs, packs, props
from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import box, oval, poly, scatter, smooth
from shop.seed.drawing.registry import DETAIL, IN_USE, draws

SERUM = "#e9c46a"


def _soap(c: Canvas, x: float, y: float, w: float, h: float, colour: str, turn: float, motif: motifs.Motif) -> None:
    with c.at(x, y, turn):
        c.part(box(-w / 2, -h / 2 + 22, w, h, 28), colour, "below")
        c.part(box(-w / 2, -h / 2, w, h, 28), colour, "right", amount=0.45)
        c.line(box(-w / 2 + 18, -h / 2 + 15, w - 36, h - 30, 16), 2.4)
        motif(c, 0, 0, h * 0.27)


@draws("Turmeric soap", "side", ink.TURM, ink.GREEN, scale=1.04)
def _draw_turmeric_soap(c: Canvas) -> None:
    _soap(c, 300, 470, 280, 124, "#e58a1f", 0, lambda q, x, y, s: motifs.rhizome(q, x, y, s, "#b9600e"))
    _soap(c, 330, 356, 270, 120, ink.TURM, -7, lambda q, x, y, s: motifs.leaf_sign(q, x, y, s, "#b9770e"))
    props.ginger(c, 480, 520, 1.05, "#e0922e", -14, inside="#f08a18")
    for x, y, r in ((180, 250, 30), (230, 210, 22), (150, 200, 16), (250, 270, 15)):
        c.part(oval(x, y, r), ink.PAPER, "round", 3)
        c.gleam(f"M{x - r * 0.5},{y - r * 0.2}q{r * 0.2},{-r * 0.3} {r * 0.4},{-r * 0.3}", 4, "#ffffff")


@draws("Plai herbal balm", "table", ink.ROSE, ink.INDIGO, scale=1.08)
def _draw_plai_balm(c: Canvas) -> None:
    packs.jar(
        c,
        210,
        540,
        220,
        190,
        "#c9d27a",
        ink.GREEN,
        lambda q, x, y, s: motifs.rhizome(q, x, y, s * 1.1, ink.HONEY),
        filled=0.9,
    )
    c.shadow(440, 548, 100)
    c.part(box(340, 480, 200, 68, 14), ink.MIST, amount=0.4)
    c.part(oval(440, 482, 100, 34), ink.MIST, None)
    c.part(oval(440, 482, 86, 26), "#c9d27a", "round", 3)
    c.line("M390,480q40,-16 90,4", 2.4)
    with c.at(530, 450, 24):
        c.part(oval(0, 0, 70, 60), ink.GREEN, "below")
        c.line(oval(0, 0, 50, 42), 2.4)
    props.ginger(c, 440, 330, 0.95, "#d9b84a", 6, inside="#eedc6a")


@draws("Cold-pressed coconut oil (cosmetic)", "runner", ink.LIME, ink.CREAM, scale=1.1)
def _draw_coconut_oil(c: Canvas) -> None:
    packs.bottle(
        c, 210, 545, 160, 340, "#f1ecd6", ink.TAN, motifs.coconut, shape="straight", paper=ink.GREEN, size=0.08
    )
    c.part(oval(440, 470, 122), ink.BROWN, "round")
    for i in range(14):
        with c.at(440, 470, i * 26):
            c.line("M104,0h12", 2.4)
    c.part(oval(424, 462, 96, 98), ink.PAPER, None)
    c.part(oval(420, 466, 60, 62), ink.MIST, "round", 3)
    c.part(smooth((300, 560), (340, 500), (390, 556)), ink.PAPER, "below", 3.4)


@draws("Kaffir-lime shampoo", "arch", ink.LEAF, ink.SKY, scale=1.14)
def _draw_shampoo(c: Canvas) -> None:
    c.shadow(230, 540, 90)
    c.rope("M230,260V206H290", ink.PAPER, 16)
    c.part(poly((286, 196), (318, 200), (318, 226), (286, 220)), ink.PAPER, None, 3)
    c.part(box(192, 246, 76, 40, 6), ink.PAPER, "right")
    c.part(
        smooth(
            (140, 540), (130, 420), (136, 330), (180, 284), (280, 284), (324, 330), (330, 420), (320, 540), tension=0.36
        ),
        "#6f9a4a",
        "right",
    )
    packs.label(c, 140, 370, 180, 130, ink.CREAM, lambda q, x, y, s: props.kaffir_lime(q, x, y, s), 36)
    props.kaffir_lime(c, 440, 490, 60)
    props.cut_round(c, 520, 526, 46, "#5f9440", ink.PAPER, "#c9d88a", 9)
    for x, y, t in ((410, 400, -40), (470, 356, -40)):
        props.frond(c, x, y, 76, t, ink.GREEN, 0.56)


@draws("Herbal compress ball", "sun", ink.PLUM, ink.LIME)
def _draw_compress(c: Canvas) -> None:
    _compress(c, 230, 400, 1)
    _compress(c, 440, 440, 0.82)
    props.lemongrass(c, 90, 560, 240, -4)
    props.ginger(c, 540, 540, 0.6, "#e0922e", 8, inside="#f08a18")


def _compress(c: Canvas, x: float, y: float, s: float) -> None:
    with c.at(x, y, 0, s):
        c.shadow(0, 138, 110)
        c.part(
            smooth((-26, -210), (26, -210), (36, -160), (24, -96), (-24, -96), (-36, -160), tension=0.4),
            ink.CREAM,
            "right",
        )
        c.line("M-14,-204V-100M12,-204V-100", 2)
        c.part(
            smooth((0, -100), (90, -70), (136, 20), (100, 116), (0, 142), (-100, 116), (-136, 20), (-90, -70)),
            "#f0e3bd",
            "round",
        )
        c.line("M-10,-96Q-90,-20 -80,110M0,-96Q-30,20 -20,138M10,-96Q50,10 60,128M16,-94Q100,-30 112,70", 2)
        for px, py, i in scatter(22, 10, 30, 84, 80):
            c.blob(oval(px, py, 6, 4), (ink.HONEY, ink.LEAF, "#cbb26a")[i % 3])
        c.part(box(-34, -116, 68, 34, 12), ink.TAN, "below")
        c.line("M-32,-104H32M-32,-94H32", 2.4)


@draws("Herbal compress ball", "frame", ink.LEAF, ink.CREAM, view=DETAIL, scale=1.1)
def _draw_compress_herbs(c: Canvas) -> None:
    props.ginger(c, 210, 180, 1.1, "#e0922e", -12, inside="#f08a18")
    props.ginger(c, 430, 200, 1.0, "#d9b84a", 14, inside="#eedc6a")
    props.kaffir_lime(c, 190, 340, 62)
    props.cut_round(c, 320, 330, 56, "#5f9440", ink.PAPER, "#c9d88a")
    for i in range(3):
        props.lemongrass(c, 360 + i * 8, 380 - i * 34, 210, 34)
    for x, y, t in ((120, 470, -20), (220, 520, 10), (300, 470, -30), (330, 540, 4)):
        props.frond(c, x, y, 120, t, ink.GREEN if x % 20 else ink.LEAF)


@draws("Herbal compress ball", "table", ink.TEAL, ink.ROSE, view=IN_USE, scale=1.1)
def _draw_compress_steam(c: Canvas) -> None:
    c.shadow(310, 548, 190)
    c.part("M110,420H510Q520,540 440,548H180Q100,540 110,420z", ink.SILVER)
    c.rope("M112,450q-50,0 -44,44M508,450q50,0 44,44", ink.STEEL, 12)
    c.part(oval(310, 420, 200, 48), ink.STEEL, None)
    c.part(oval(310, 422, 180, 38), ink.SLATE, "left", 3)
    _compress(c, 230, 372, 0.62)
    _compress(c, 400, 380, 0.56)
    for dx in (-90, 0, 90):
        c.line(f"M{310 + dx},250q-16,-26 0,-52t0,-52", 4)


@draws("Silk-cocoon serum", "corner", ink.CREAM, ink.PINK, scale=1.14)
def _draw_serum(c: Canvas) -> None:
    c.shadow(220, 545, 80)
    c.part(smooth((196, 220), (220, 150), (244, 220), tension=0.3), ink.VERM, "right")
    c.part(box(186, 214, 68, 64, 6), "#e3bd5a", "right")
    for i in range(6):
        c.line(f"M{196 + i * 10},222v48", 2)
    c.part(box(140, 276, 160, 268, 20), SERUM, "right")
    packs.label(c, 142, 356, 156, 130, ink.PAPER, lambda q, x, y, s: motifs.cocoon(q, x, y, s, "#e9c46a"), 42)
    c.gleam("M160,300v36", 8)
    for x, y, t in ((400, 470, -20), (500, 500, 24), (430, 540, 6), (520, 420, -40)):
        with c.at(x, y, t):
            c.part(
                "M-58,0C-58,-42 -20,-40 0,-32C20,-40 58,-42 58,0C58,42 20,40 0,32C-20,40 -58,42 -58,0z",
                ("#f3d98a", "#f7ead0")[x % 20 == 0],
                "round",
            )
            c.line("M-44,-8q40,14 86,-6M-46,8q44,14 92,-2M-30,-22q30,10 60,-2", 1.8)

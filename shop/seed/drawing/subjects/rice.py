"""Rice, grains and peanuts."""

from __future__ import annotations

from shop.seed.drawing import dishes, motifs, packs, props
from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import box, lathe, oval, scatter, smooth
from shop.seed.drawing.registry import DETAIL, IN_USE, draws
from shop.seed.drawing.weaves import weave

PURPLE = "#4a2440"


def _spilled(c: Canvas, x: float, y: float, w: float, h: float, colours: tuple[str, ...], n: int = 46) -> None:
    """Grains lying on the table."""
    grain = packs.grain_piece(colours, 9, 3.6)
    packs.pile(c, grain, n, x, y, w, h)


def _rice_bowl(c: Canvas, cx: float, base: float, w: float, colours: tuple[str, ...], glaze: str) -> None:
    """A bowl of cooked rice with steam."""
    top = base - w * 0.5
    c.part(oval(cx, top, w / 2, w * 0.13), glaze, None)
    c.part(
        smooth(
            (cx - w * 0.44, top),
            (cx - w * 0.3, top - w * 0.2),
            (cx, top - w * 0.3),
            (cx + w * 0.3, top - w * 0.2),
            (cx + w * 0.44, top),
            (cx, top + w * 0.1),
        ),
        colours[0],
        "round",
    )
    for px, py, i in scatter(34, cx, top - w * 0.08, w * 0.36, w * 0.13):
        with c.at(px, py, i * 61):
            c.blob(oval(0, 0, 10, 4), colours[1 + i % (len(colours) - 1)])
    c.shadow(cx, base, w * 0.36)
    c.part(
        f"M{cx - w / 2},{top}Q{cx},{top + w * 0.26} {cx + w / 2},{top}C{cx + w * 0.48},{base - w * 0.2} {cx + w * 0.3},{base - w * 0.06} {cx + w * 0.2},{base}"
        f"H{cx - w * 0.2}C{cx - w * 0.3},{base - w * 0.06} {cx - w * 0.48},{base - w * 0.2} {cx - w / 2},{top}z",
        glaze,
    )
    for dx in (-w * 0.18, 0, w * 0.18):
        c.line(f"M{cx + dx},{top - w * 0.36}q-14,-18 0,-36t0,-36", 3)


@draws("Thung Kula Rong-Hai jasmine rice", "sun", ink.GREEN, ink.TURM)
def _draw_thung_kula(c: Canvas) -> None:
    props.rice_ear(c, 530, 548, 360, 2)
    props.rice_ear(c, 566, 552, 300, 8)
    packs.sack(c, 290, 540, 300, 330, ink.CREAM, ink.GREEN, motifs.ear)
    _spilled(c, 150, 540, 90, 16, (ink.PAPER, ink.CREAM, ink.STRAW))


@draws("Thung Kula Rong-Hai jasmine rice", "frame", ink.TURM, "#efe3c4", view=DETAIL, scale=0.96)
def _draw_thung_kula_grain(c: Canvas) -> None:
    for px, py, i in scatter(190, 320, 320, 268, 268):
        with c.at(px, py, i * 53):
            c.part(
                smooth((-34, 2), (-12, -9), (16, -8), (36, 1), (14, 9), (-12, 9)),
                (ink.PAPER, ink.CREAM, "#fbf3df")[i % 3],
                "below",
                2.2,
                amount=0.6,
            )


@draws("Thung Kula Rong-Hai jasmine rice", "runner", ink.INDIGO, ink.ROSE, view=IN_USE)
def _draw_thung_kula_cooked(c: Canvas) -> None:
    _rice_bowl(c, 320, 540, 330, (ink.PAPER, ink.CREAM, "#ffffff"), ink.TEAL)
    props.jasmine(c, 510, 500, 34)
    props.jasmine(c, 552, 540, 26)
    c.part(box(96, 520, 150, 12, 6), ink.BROWN, "below", 3)
    c.part(box(84, 542, 160, 12, 6), ink.BROWN, "below", 3)


@draws("Surin jasmine rice", "table", ink.SKY, ink.VERM, scale=1.06)
def _draw_surin(c: Canvas) -> None:
    packs.brick(c, 240, 548, 230, 390, ink.PLUM, motifs.elephant, grain="#efe6cd")
    _rice_bowl(c, 500, 550, 170, (ink.PAPER, ink.CREAM, "#ffffff"), ink.INDIGO)


@draws("Sangyod Muang Phatthalung rice", "corner", ink.LEAF, ink.CREAM, scale=1.12)
def _draw_sangyod(c: Canvas) -> None:
    packs.pouch(
        c,
        230,
        540,
        230,
        350,
        ink.RUST,
        lambda q, x, y, s: motifs.ear(q, x, y, s, "#8d2f33"),
        window=packs.grain_piece(("#8d2f33", "#a9484a", "#6f2026"), 11, 4),
        behind="#8d2f33",
        n=44,
    )
    c.shadow(470, 545, 100)
    c.part(lathe(470, 545, [(50, 0), (96, 30), (112, 84), (108, 104)]), ink.COCOA)
    c.part(oval(470, 441, 108, 30), ink.BROWN, None)
    c.part(smooth((372, 440), (420, 396), (470, 380), (522, 398), (568, 440), (470, 464)), "#8d2f33", "round")
    for px, py, i in scatter(60, 470, 424, 84, 32):
        with c.at(px, py, i * 71):
            c.blob(oval(0, 0, 10, 3.6), ("#b9585a", "#d99a8a", "#6f2026")[i % 3])


@draws("Khao Wong Kalasin sticky rice", "top", ink.ROSE, ink.GREEN)
def _draw_khao_wong(c: Canvas) -> None:
    packs.sack(c, 178, 540, 200, 240, ink.PAPER, ink.INDIGO, motifs.ear, size=0.16)
    c.shadow(440, 545, 120)
    c.part(lathe(440, 545, [(70, 0), (112, 34), (112, 80), (62, 132), (78, 168)]), ink.STEEL)
    c.part(
        "M308,190L408,408Q440,422 472,408L572,190z",
        ink.STRAW,
        pattern=weave("basket", 300, 180, 280, 240, (ink.STRAW, "#d2ab58", ink.CLAY), 10),
    )
    c.part(oval(440, 190, 134, 34), ink.TAN, None)
    c.part(smooth((322, 190), (370, 140), (440, 122), (512, 142), (558, 190), (440, 214)), ink.PAPER, "round")
    for px, py, i in scatter(40, 440, 172, 96, 34):
        with c.at(px, py, i * 50):
            c.blob(oval(0, 0, 9, 5), ink.CREAM if i % 2 else "#ffffff")
    for x in (400, 440, 484):
        c.line(f"M{x},108q-12,-16 0,-32", 3)


@draws("Organic riceberry rice", "side", ink.LIME, ink.TURM, scale=1.2)
def _draw_riceberry(c: Canvas) -> None:
    packs.brick(c, 250, 520, 190, 330, PURPLE, motifs.sprig, grain=PURPLE)
    props.cloth_scoop(c, 450, 540, 1.05, PURPLE, -10)
    for px, py, i in scatter(44, 425, 545, 58, 24):
        with c.at(px, py, i * 67):
            c.blob(oval(0, 0, 9, 3.6), ("#6d3b62", "#33172b", "#8a5a80")[i % 3])


@draws("Jek Chuey Sao Hai rice", "frame", ink.INDIGO, ink.LEAF)
def _draw_jek_chuey(c: Canvas) -> None:
    dishes.tray(c, 330, 380, 240, 190)
    for px, py, i in scatter(150, 330, 372, 150, 112):
        with c.at(px, py, i * 37):
            c.part(oval(0, 0, 17, 7), (ink.STRAW, ink.TURM, "#f0d78f")[i % 3], None, 1.8)
    packs.sack(c, 190, 320, 170, 180, ink.CREAM, ink.VERM, motifs.sun)


@draws("Roasted tiger-striped peanuts", "arch", ink.CREAM, ink.HONEY)
def _draw_tiger_peanuts(c: Canvas) -> None:
    packs.pouch(c, 250, 540, 220, 350, ink.GREEN, _tiger_sign, window=_tiger_nut, behind=ink.CREAM, n=16)
    for x, y, t in ((450, 500, -20), (480, 545, 15), (400, 552, 40)):
        with c.at(x, y, t):
            c.part(
                "M-60,0C-60,-34 -20,-34 0,-22C20,-34 60,-34 60,0C60,34 20,34 0,22C-20,34 -60,34 -60,0z",
                ink.STRAW,
                "below",
            )
            c.line("M-46,-10q20,8 34,0t34,0t26,0M-48,8q22,-8 40,0t50,0M-30,-22v44M26,-22v44", 2)
    _tiger_nut(c, 440, 440, 1, 2.4)
    _tiger_nut(c, 500, 450, 3, 2.4)


def _tiger_nut(c: Canvas, x: float, y: float, i: int, s: float = 1) -> None:
    with c.at(x, y, i * 40, s):
        c.part(oval(0, 0, 17, 12), "#f0dcc0", "round", 2.4 / s)
        c.stroke("M-8,-9q-3,9 0,18M0,-11q-4,11 0,22M8,-9q-3,9 0,18", "#7b2b3a", 3)


def _tiger_sign(c: Canvas, x: float, y: float, s: float) -> None:
    _tiger_nut(c, x - s * 0.4, y, 1, s / 18)
    _tiger_nut(c, x + s * 0.6, y + s * 0.3, 4, s / 22)

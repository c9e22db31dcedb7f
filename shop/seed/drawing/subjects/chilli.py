"""Chilli pastes, curry pastes, shrimp paste and fish sauces."""

from __future__ import annotations

from shop.seed.drawing import dishes, motifs, packs, props
from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import box, lathe, oval, scatter, smooth
from shop.seed.drawing.registry import DETAIL, IN_USE, draws

PHAO, TADAENG = "#8f2a1c", "#5e1a14"


def _paste(
    c: Canvas, cx: float, cy: float, rx: float, ry: float, colour: str, specks: tuple[str, ...], n: int = 40
) -> None:
    """A spoonful of paste with what was pounded into it."""
    c.part(
        smooth(
            (cx - rx, cy),
            (cx - rx * 0.6, cy - ry),
            (cx, cy - ry * 1.15),
            (cx + rx * 0.7, cy - ry * 0.8),
            (cx + rx, cy + ry * 0.1),
            (cx, cy + ry),
        ),
        colour,
        "round",
        3.4,
    )
    for px, py, i in scatter(n, cx, cy - ry * 0.1, rx * 0.75, ry * 0.75):
        c.blob(oval(px, py, 3 + i % 3), specks[i % len(specks)])


@draws("Roasted chilli paste with shrimp", "table", ink.TURM, ink.CREAM, scale=1.06)
def _draw_phao(c: Canvas) -> None:
    packs.jar(c, 270, 540, 250, 300, PHAO, ink.VERM, motifs.shrimp, cloth=(ink.VERM, ink.CREAM, ink.TURM))
    props.prawn(c, 480, 440, 1.3, "#e0653a", 10)
    props.long_chilli(c, 430, 520, 130, -8, ink.RUST, dried=True)
    props.long_chilli(c, 440, 546, 120, 10, "#8a1f14", dried=True)


@draws("Roasted chilli paste with shrimp", "frame", ink.GREEN, ink.STRAW, view=DETAIL)
def _draw_phao_close(c: Canvas) -> None:
    dishes.plate(c, 320, 330, 250, 220, ink.PAPER, ink.VERM)
    _paste(c, 320, 330, 180, 150, PHAO, (ink.RUST, ink.HONEY, "#3f120c", ink.VERM), 170)
    props.prawn(c, 270, 270, 1.5, "#ee9266", -20)
    props.prawn(c, 400, 370, 1.4, "#e0653a", 60)


@draws("Roasted chilli paste with shrimp", "corner", ink.SKY, ink.LEAF, view=IN_USE)
def _draw_phao_toast(c: Canvas) -> None:
    dishes.plate(c, 300, 460, 230, 100, ink.PAPER, ink.INDIGO)
    for x, t in ((220, -6), (370, 8)):
        with c.at(x, 420, t):
            c.part(
                smooth((-80, 50), (-84, -30), (-60, -66), (0, -60), (60, -66), (84, -30), (80, 50), (0, 60)),
                "#d9a05a",
                "below",
            )
            _paste(c, 0, -4, 58, 40, PHAO, (ink.HONEY, "#3f120c", ink.VERM), 30)
    packs.jar(c, 500, 400, 140, 150, PHAO, ink.VERM, motifs.shrimp)


@draws("Northern green chilli dip", "runner", ink.CREAM, ink.LEAF, scale=1.12)
def _draw_num(c: Canvas) -> None:
    dishes.bowl(c, 240, 500, 250, 110, ink.CLAY, content="#7f9a3c")
    _paste(c, 240, 390, 100, 24, "#7f9a3c", (ink.LIME, ink.PAPER, ink.MOSS), 46)
    packs.jar(c, 470, 520, 150, 170, "#8fa648", ink.GREEN, lambda q, x, y, s: motifs.chilli(q, x, y, s, ink.MOSS))
    for x, y, t in ((90, 540, -6), (150, 556, 4), (250, 560, -3)):
        props.long_chilli(c, x, y, 170, t, "#86a83e")
    props.garlic_bulb(c, 545, 540, 0.5, 10)


@draws("Red-eye chilli paste", "sun", ink.INDIGO, ink.TURM)
def _draw_tadaeng(c: Canvas) -> None:
    c.rope("M372,300L470,130", ink.STEEL, 40)
    c.part(oval(474, 124, 28, 22), ink.SILVER, "below")
    c.part(oval(270, 330, 146, 42), ink.SLATE, None)
    _paste(c, 270, 330, 122, 34, TADAENG, (ink.RUST, ink.VERM, ink.HONEY), 50)
    c.shadow(270, 540, 110)
    c.part("M124,330Q270,420 416,330C414,430 380,470 340,490L366,540H174L200,490C160,470 126,430 124,330z", ink.SLATE)
    c.line("M176,516H364", 3)
    packs.jar(c, 500, 545, 130, 140, TADAENG, ink.RUST, motifs.chilli)
    props.long_chilli(c, 50, 520, 120, 6, "#8a1f14", dried=True)
    props.long_chilli(c, 60, 546, 120, -6, ink.RUST, dried=True)


@draws("Southern curry paste", "top", ink.VERM, ink.CREAM)
def _draw_southern(c: Canvas) -> None:
    packs.pouch(
        c,
        250,
        540,
        260,
        380,
        ink.TURM,
        motifs.chilli,
        window=packs.dot_piece(("#e08a1e", "#c96d14", "#f0a63a"), 9, line=0),
        behind="#d97a18",
        n=34,
    )
    props.ginger(c, 480, 490, 0.95, "#e0922e", -8, inside="#f08a18")
    for x, y, t in ((410, 545, -4), (470, 556, 8), (440, 420, -50), (520, 420, -30)):
        props.long_chilli(c, x, y, 74, t, ink.VERM if x % 20 else ink.MOSS)


@draws("Hang-lay curry paste", "arch", ink.TURM, ink.INDIGO, scale=1.12)
def _draw_hanglay(c: Canvas) -> None:
    packs.pouch(c, 200, 540, 190, 280, ink.RUST, lambda q, x, y, s: motifs.rhizome(q, x, y, s, ink.HONEY), zip_=True)
    c.shadow(420, 540, 130)
    c.part(lathe(420, 540, [(60, 0), (116, 34), (132, 90), (120, 128)]), ink.CLAY)
    c.part(oval(420, 412, 122, 34), ink.COCOA, None)
    c.part(oval(420, 414, 108, 26), "#6b2c14", "round", 2.6)
    for x, y in ((370, 404), (420, 396), (466, 408), (400, 420), (446, 424)):
        c.part(box(x - 24, y - 14, 46, 26, 7), "#a8602e", "below", 2.6)
    for i in range(5):
        c.line(f"M{360 + i * 26},{380 - i % 2 * 8}l16,-20", 3)
    c.rope("M296,430q-26,0 -26,28M544,430q26,0 26,28", ink.CLAY, 14)
    props.lemongrass(c, 180, 566, 190, -3)


@draws("Khlong Khon shrimp paste", "side", ink.SKY, ink.TURM, scale=1.1)
def _draw_kapi(c: Canvas) -> None:
    packs.tub(c, 230, 530, 220, 230, ink.VIOLET, ink.VERM, lambda q, x, y, s: motifs.shrimp(q, x, y, s, ink.PLUM))
    props.banana_leaf(c, 440, 520, 260, 110, -6)
    _paste(c, 440, 500, 92, 54, "#7a5566", ("#5b3c4c", ink.ROSE, "#93707f"), 60)
    for i, (x, y) in enumerate(((400, 400), (450, 380), (500, 404), (360, 380))):
        with c.at(x, y, i * 40, 0.42):
            props.prawn(c, 0, 0, 1, "#e9a5a0")


def _brown_fish(c: Canvas, x: float, y: float, s: float) -> None:
    motifs.fish_sign(c, x, y, s, ink.BROWN)


@draws("Cooked fermented-fish sauce", "table", ink.LEAF, ink.ROSE, scale=1.08)
def _draw_plara_sauce(c: Canvas) -> None:
    packs.bottle(c, 220, 545, 140, 370, "#6b3a1c", ink.TURM, _brown_fish, shape="round", size=0.06)
    c.shadow(450, 550, 120)
    c.part(lathe(450, 550, [(70, 0), (120, 60), (126, 130), (84, 196), (58, 214), (66, 236)]), ink.CLAY, pattern="")
    c.part(oval(450, 314, 66, 18), ink.COCOA, None)
    props.whole_fish(c, 452, 300, 130, ink.STEEL, -72)
    c.part("M384,316Q450,350 516,316L506,352Q450,378 394,352z", ink.CLAY, line=0)
    c.line("M386,320Q450,352 514,320M336,440Q450,480 566,440", 3)


@draws("Traditional fish sauce", "corner", ink.CREAM, ink.INDIGO)
def _draw_fish_sauce(c: Canvas) -> None:
    packs.bottle(c, 190, 535, 120, 420, "#a34c17", ink.VERM, motifs.fish_sign, size=0.05)
    packs.bottle(c, 330, 548, 120, 420, "#a34c17", ink.TURM, motifs.fish_sign, size=0.05)
    for i, (x, y) in enumerate(((450, 470), (500, 500), (450, 530), (540, 540))):
        props.whole_fish(c, x + 20, y, 120, ink.SILVER, -8 + i * 6, deep=0.13, belly=ink.PAPER)

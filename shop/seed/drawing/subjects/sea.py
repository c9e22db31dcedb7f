"""Fish and seafood, dried, salted and fermented."""

from __future__ import annotations

from shop.seed.drawing import dishes, motifs, packs, props
from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import box, lathe, oval, poly, scatter, smooth
from shop.seed.drawing.registry import draws


def _gourami(c: Canvas, x: float, y: float, long: float, turn: float) -> None:
    """Salid: deep-bodied, headless, scored, drying."""
    with c.at(x, y, turn, long / 300):
        c.part(poly((104, -8), (160, -52), (150, 0), (160, 52), (104, 8)), "#8a7a5a", "below", 3.4)
        c.part("M-110,-66C-40,-104 60,-70 112,-10V10C60,70 -40,104 -110,66Q-92,0 -110,-66z", "#a8966c", "below")
        c.blob("M-104,26C-40,80 50,52 104,8C60,62 -40,92 -106,58z", ink.STRAW)
        for i in range(6):
            c.line(f"M{-84 + i * 30},{-62 + i * 6}l24,{124 - i * 12}", 2.2)
        c.line("M-96,-10Q0,-20 104,0", 2.6)
        c.blob(smooth((-112, -56), (-98, -20), (-98, 20), (-112, 56), (-122, 0)), "#b4574a")


@draws("Bang Bo sun-dried gourami", "frame", ink.GREEN, ink.CREAM)
def _draw_gourami(c: Canvas) -> None:
    dishes.tray(c, 320, 330, 258, 240)
    for x, y, t in ((320, 210, -6), (300, 330, 4), (330, 446, -3)):
        _gourami(c, x, y, 300, t)


@draws("Dried shrimp", "arch", ink.SKY, ink.TURM, scale=1.12)
def _draw_dried_shrimp(c: Canvas) -> None:
    packs.clear_bag(c, 200, 540, 220, 330, _tiny_prawn, ink.INDIGO, motifs.shrimp, n=30)
    dishes.heaped_bowl(c, 440, 545, 230, 90, ink.PAPER, _tiny_prawn, 34)


def _tiny_prawn(c: Canvas, x: float, y: float, i: int) -> None:
    props.prawn(c, x, y, 0.62, ("#e0653a", "#ee9266", "#d9532c")[i % 3], i * 57)


@draws("Tak Bai salted threadfin", "side", ink.ROSE, ink.INDIGO, scale=1.04)
def _draw_kulao(c: Canvas) -> None:
    c.part(box(120, 84, 420, 16, 8), ink.BROWN, "below")
    c.rope("M330,96V160", ink.TAN, 7)
    with c.at(330, 350, -90):
        props.whole_fish(c, 0, 0, 400, "#b9a787", 0, deep=0.24, belly=ink.CREAM, head=False)
    c.part(
        smooth((262, 440), (330, 424), (398, 440), (404, 520), (372, 580), (330, 600), (288, 580), (256, 520)),
        "#f1e3bf",
        "right",
    )
    c.line("M280,470q50,14 100,0M276,520q54,14 108,-2M296,566q34,8 68,-4", 2.2)
    c.rope("M258,446Q330,470 402,446", ink.VERM, 7, 2.6)


def _cracker(c: Canvas, x: float, y: float, i: int) -> None:
    with c.at(x, y, i * 41):
        c.part(
            smooth((-26, 4), (-20, -16), (0, -14), (20, -20), (28, 2), (14, 18), (-10, 14)),
            ("#d9b98a", "#e6cda2", "#c7a06c")[i % 3],
            "round",
            2.6,
        )
        for dx in (-10, 4, 12):
            c.dot(oval(dx, dx / 3, 1.8))


@draws("Fish crackers", "top", ink.INDIGO, ink.TURM)
def _draw_crackers(c: Canvas) -> None:
    packs.clear_bag(
        c, 220, 545, 270, 380, _cracker, ink.VERM, lambda q, x, y, s: motifs.fish_sign(q, x, y, s, ink.CREAM), n=34
    )
    for i in range(4):
        with c.at(430 + i * 34, 470 - i % 2 * 30, 60 + i * 14):
            c.part(box(-74, -22, 148, 44, 22), "#b08a5c", "below")
            c.line("M-50,-8q40,10 100,0", 2)
    for i in range(5):
        c.part(oval(420 + i * 36, 545 - i % 2 * 16, 26, 20), "#a07a4c", "round", 3)


@draws("Isan fermented fish", "corner", ink.TURM, ink.GREEN)
def _draw_fermented(c: Canvas) -> None:
    packs.tub(
        c,
        210,
        540,
        220,
        250,
        ink.PAPER,
        ink.GREEN,
        lambda q, x, y, s: motifs.fish_sign(q, x, y, s, ink.BROWN),
        band=ink.STRAW,
    )
    c.rope("M112,290C120,180 300,180 308,290", ink.GREEN, 8)
    c.shadow(460, 545, 120)
    for x, t in ((430, -100), (470, -84), (500, -64)):
        props.whole_fish(c, x, 330, 190, ("#7c6f62", "#948672")[x % 20 == 10], t + 180, deep=0.2)
    c.part(lathe(460, 545, [(76, 0), (126, 60), (134, 130), (96, 190), (86, 206)]), "#8a5a3a")
    c.part(box(366, 326, 188, 26, 12), "#6e4529", "below")
    c.line("M332,440Q460,480 588,440M334,458Q460,498 586,458", 3)


@draws("Phayao sour fish", "sun", ink.VERM, ink.LIME)
def _draw_sour_fish(c: Canvas) -> None:
    props.banana_leaf(c, 320, 380, 560, 300, -4)
    props.whole_fish(c, 300, 340, 400, "#b7bfae", -4, deep=0.25, belly=ink.ROSE)
    props.whole_fish(c, 340, 450, 360, "#a3ac9c", 3, deep=0.25, belly=ink.ROSE)
    for px, py, i in scatter(60, 320, 400, 200, 90):
        with c.at(px, py, i * 43):
            c.blob(oval(0, 0, 8, 4), ink.PAPER)
    for x, y in ((150, 300), (500, 320), (470, 500), (190, 480)):
        props.garlic_bulb(c, x, y, 0.34, x)
    props.long_chilli(c, 420, 270, 80, 10)

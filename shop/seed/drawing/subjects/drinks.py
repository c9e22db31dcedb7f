"""Coffee, tea and drinks."""

from __future__ import annotations

from shop.seed.drawing import dishes, motifs, packs, props
from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import box, lathe, oval, polar, poly, scatter, smooth
from shop.seed.drawing.registry import DETAIL, IN_USE, draws


def _bean(c: Canvas, x: float, y: float, i: int) -> None:
    props.coffee_bean(c, x, y, 1, i * 47, ("#6b3a1e", "#7a4526", "#5a2f18")[i % 3])


def _valve_bag(
    c: Canvas, cx: float, base: float, w: float, h: float, body: str, motif: motifs.Motif, paper: str
) -> None:
    """A coffee bag with folded sides, a tin tie and a valve."""
    c.shadow(cx, base, w * 0.52)
    x, top = cx - w / 2, base - h
    c.part(poly((x, base), (x + 12, top + 30), (x + w - 12, top + 30), (x + w, base)), body)
    c.line(f"M{x + 34},{top + 40}L{x + 22},{base - 6}M{x + w - 34},{top + 40}L{x + w - 22},{base - 6}", 2.4)
    c.part(box(x + 6, top, w - 12, 44, 5), body, "below")
    c.part(box(x - 8, top + 12, w + 16, 16, 5), ink.TURM, "below", 3)
    c.part(oval(cx + w * 0.22, top + 74, 10), body, None, 2.6)
    packs.label(c, x + w * 0.16, base - h * 0.64, w * 0.68, h * 0.44, paper, motif, h * 0.11)


@draws("Doi Chang roasted coffee", "sun", ink.VERM, ink.CREAM)
def _draw_doi_chang(c: Canvas) -> None:
    _valve_bag(c, 250, 540, 230, 390, ink.GREEN, motifs.mountains, ink.CREAM)
    props.coffee_cherry(c, 480, 400)
    for x, y, t in ((420, 530, 20), (490, 545, -30), (470, 490, 60), (550, 520, 10)):
        props.coffee_bean(c, x, y, 1.15, t)


@draws("Doi Chang roasted coffee", "frame", ink.GREEN, ink.TAN, view=DETAIL, scale=0.94)
def _draw_coffee_beans(c: Canvas) -> None:
    for px, py, i in scatter(74, 320, 320, 268, 268):
        props.coffee_bean(c, px, py, 1.25, i * 47, ("#6b3a1e", "#7a4526", "#5a2f18")[i % 3])


@draws("Doi Chang roasted coffee", "table", ink.INDIGO, ink.ROSE, view=IN_USE, scale=1.2)
def _draw_coffee_cup(c: Canvas) -> None:
    dishes.plate(c, 320, 530, 210, 36, ink.PAPER, ink.VERM)
    c.rope("M424,400q80,-6 66,56q-16,46 -96,34", ink.PAPER, 18)
    dishes.bowl(c, 320, 530, 250, 160, ink.PAPER, content="#4b2a1a")
    for dx in (-44, 0, 44):
        c.line(f"M{320 + dx},330q-18,-26 0,-52t0,-52", 4)
    for x, t in ((130, 10), (180, -30)):
        props.coffee_bean(c, x, 550, 1, t)


@draws("Khao Thalu robusta coffee", "side", ink.TURM, ink.GREEN, scale=0.98)
def _draw_khao_thalu(c: Canvas) -> None:
    _valve_bag(c, 220, 530, 210, 340, ink.TAN, motifs.arch_rock, ink.PAPER)
    c.rope("M352,250H560M540,250q40,0 40,40", ink.STEEL, 10)
    c.part("M376,252H536L486,404Q456,426 426,404z", "#e9d7b0", "right")
    c.line("M400,270L440,400M512,270L474,400M456,262V410", 1.8)
    c.stroke("M426,392Q456,416 486,392L480,410Q456,424 432,410z", "#6b3a1e", 9)
    c.stroke("M456,424V470", "#4b2a1a", 7)
    c.shadow(456, 545, 60)
    c.part(poly((400, 440), (512, 440), (500, 545), (412, 545)), ink.MIST, amount=0.4)
    c.part(poly((405, 480), (507, 480), (499, 540), (413, 540)), "#4b2a1a", line=0)
    c.part(poly((409, 516), (503, 516), (499, 540), (413, 540)), "#f0dfb4", line=0)
    c.line(poly((400, 440), (512, 440), (500, 545), (412, 545)), 3.6)


def _sachet(c: Canvas, x: float, y: float, turn: float, colour: str, motif: motifs.Motif) -> None:
    with c.at(x, y, turn):
        c.part(box(-40, -54, 80, 108, 3), colour, "right", 3)
        c.line("M-40,-42H40M-40,42H40", 1.8)
        motif(c, 0, 0, 20)


@draws("Mulberry leaf tea", "table", ink.CREAM, ink.GREEN, scale=1.06)
def _draw_mulberry_tea(c: Canvas) -> None:
    packs.carton(c, 90, 545, 190, 250, ink.LIME, ink.GREEN, motifs.leaf_sign, size=0.34)
    dishes.bowl(c, 460, 550, 190, 110, ink.PAPER, content="#b9b04a")
    c.line("M500,446q50,-6 66,40", 2.6)
    c.part(box(552, 484, 36, 42, 3), ink.LIME, None, 3)
    for x, y, t in ((430, 330, -100), (430, 330, -50), (430, 330, -150)):
        with c.at(x, y, t):
            c.part(
                smooth(
                    (0, 0),
                    (30, -44),
                    (70, -40),
                    (84, -56),
                    (110, -20),
                    (150, 0),
                    (110, 22),
                    (84, 54),
                    (70, 38),
                    (30, 42),
                ),
                ink.LEAF,
                "below",
                3.4,
            )
            c.line("M6,0H130M50,0l26,-28M50,0l26,28M84,0l20,-20M84,0l20,20", 2.2)


@draws("Doi Mae Salong oolong tea", "arch", ink.TURM, ink.GREEN, scale=1.2)
def _draw_oolong(c: Canvas) -> None:
    c.shadow(220, 540, 90)
    c.part(lathe(220, 540, [(78, 0), (84, 8), (84, 210), (78, 222)], soft=False), ink.VERM)
    c.part(box(150, 290, 140, 40, 8), ink.VERM, "below")
    packs.label(c, 152, 370, 136, 120, ink.CREAM, motifs.mountains, 36)
    c.shadow(420, 545, 110)
    c.rope("M500,440q60,-10 50,50q-14,40 -66,30", "#8c4a30", 14)
    c.part("M340,470L296,430L320,418L360,450z", "#8c4a30", None)
    c.part(lathe(420, 545, [(60, 0), (96, 34), (98, 80), (64, 118)]), "#8c4a30", "round")
    c.part(oval(420, 428, 64, 16), "#8c4a30", "below")
    c.part(oval(420, 410, 14, 12), "#8c4a30", "round", 3)
    for i in range(9):
        x, y = polar(330, 556, 70, i * 40, 0.22)
        c.part(oval(x, y, 11, 9), ink.MOSS, "round", 2.4)


@draws("Mulberry juice", "runner", ink.GREEN, ink.ROSE, scale=1.08)
def _draw_mulberry_juice(c: Canvas) -> None:
    packs.bottle(c, 200, 540, 120, 330, ink.PLUM, ink.TURM, motifs.berry, size=0.07)
    packs.bottle(c, 330, 548, 120, 330, ink.WINE, ink.VERM, motifs.berry, size=0.07)
    for x, y, t in ((460, 440, -14), (520, 500, 12), (450, 530, -30), (560, 420, 24)):
        props.mulberry(c, x, y, 0.95, turn=t)


@draws("Passion-fruit drink", "corner", ink.TEAL, ink.LEMON, scale=1.12)
def _draw_passion(c: Canvas) -> None:
    packs.bottle(
        c,
        210,
        540,
        150,
        350,
        "#e3a51c",
        ink.GREEN,
        lambda q, x, y, s: _passion_half(q, x, y, s),
        shape="straight",
        size=0.085,
    )
    c.part(oval(400, 480, 66), ink.PLUM, "round")
    for px, py, _ in scatter(9, 400, 480, 44, 44):
        c.blob(oval(px, py, 2.4), ink.ROSE)
    _passion_half(c, 500, 500, 70)
    props.frond(c, 410, 400, 110, -40)


def _passion_half(c: Canvas, x: float, y: float, r: float) -> None:
    c.part(oval(x, y, r), ink.PLUM, None, 3)
    c.part(oval(x, y, r * 0.86), ink.PAPER, None, 0)
    c.part(oval(x, y, r * 0.72), "#eab12a", "round", 2)
    for px, py, i in scatter(14, x, y, r * 0.52, r * 0.52):
        with c.at(px, py, i * 60):
            c.blob(oval(0, 0, r * 0.1, r * 0.06), ink.INK)


@draws("Instant ginger drink", "top", ink.LEAF, ink.TURM)
def _draw_ginger_drink(c: Canvas) -> None:
    packs.carton(
        c, 90, 545, 210, 260, ink.TURM, ink.VERM, lambda q, x, y, s: motifs.rhizome(q, x, y, s, "#c98a34"), size=0.36
    )
    _sachet(c, 400, 520, -12, ink.TURM, lambda q, x, y, s: motifs.rhizome(q, x, y, s, ink.BROWN))
    _sachet(c, 440, 530, 10, ink.CREAM, lambda q, x, y, s: motifs.rhizome(q, x, y, s, "#c98a34"))
    props.ginger(c, 470, 400, 1.05, "#d9b06a", -10)
    dishes.bowl(c, 560, 552, 120, 110, ink.PAPER, content="#e3b64a")

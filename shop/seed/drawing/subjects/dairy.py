"""Eggs, processed meat and milk."""

from __future__ import annotations

from shop.seed.drawing import dishes, motifs, packs, props
from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import box, oval, scatter, smooth, spiral
from shop.seed.drawing.registry import DETAIL, IN_USE, draws

SHELL = "#d99a6a"


def _cut_egg(c: Canvas, x: float, y: float, s: float, white: str, yolk: str, turn: float = 0) -> None:
    with c.at(x, y, turn):
        props.egg(c, 0, 0, s, white)
        c.part(oval(0, s * 0.08, s * 0.43), yolk, "round", 3)
        c.gleam(f"M{-s * 0.2},{-s * 0.1}q{s * 0.08},{-s * 0.12} {s * 0.2},{-s * 0.1}", s * 0.07, "#ffd9a0")


@draws("Chaiya salted eggs", "table", ink.CREAM, ink.VERM, scale=1.12)
def _draw_salted_eggs(c: Canvas) -> None:
    packs.open_box(c, 290, 545, 400, 120, ink.GREEN, ink.STRAW, lip=44)
    for i in range(6):
        props.egg(c, 128 + i * 65, 412 + i % 2 * 6, 46, "#dfe8e6" if i % 3 else "#6e5a50")
    c.part(box(90, 425, 400, 120, 4), ink.GREEN, amount=0.5)
    for i in range(3):
        c.part(oval(170 + i * 120, 486, 34, 30), ink.CREAM, None, 3)
        motifs.sun(c, 170 + i * 120, 486, 18)
    _cut_egg(c, 500, 470, 84, ink.PAPER, "#e8691a", 14)


@draws("Chaiya salted eggs", "frame", ink.INDIGO, ink.SKY, view=DETAIL)
def _draw_salted_eggs_cut(c: Canvas) -> None:
    for x, y, t in ((200, 200, -20), (440, 210, 16), (190, 440, 10), (440, 440, -12)):
        _cut_egg(c, x, y, 118, ink.PAPER, "#e8691a" if x < 300 else "#d9551a", t)


@draws("Chaiya salted eggs", "runner", ink.LEAF, ink.CREAM, view=IN_USE)
def _draw_salted_eggs_meal(c: Canvas) -> None:
    dishes.plate(c, 320, 480, 250, 100, ink.PAPER, ink.GREEN)
    c.part(smooth((150, 480), (200, 400), (300, 380), (370, 430), (370, 500), (260, 530)), ink.PAPER, "round")
    for px, py, i in scatter(40, 260, 460, 86, 50):
        with c.at(px, py, i * 50):
            c.line("M-8,0q8,-3 16,0", 2)
    _cut_egg(c, 420, 440, 64, ink.PAPER, "#e8691a", 30)
    _cut_egg(c, 490, 480, 60, ink.PAPER, "#e8691a", -20)
    props.long_chilli(c, 340, 540, 80, -6)


@draws("Co-operative fresh hen eggs", "frame", ink.VERM, ink.SKY)
def _draw_hen_eggs(c: Canvas) -> None:
    c.tone(box(100, 100, 460, 470, 10), 0.6)
    c.part(box(84, 84, 460, 470, 14), "#9aa3a4")
    for row in range(6):
        for col in range(5):
            x, y = 136 + col * 89, 136 + row * 74
            c.part(oval(x, y + 14, 42, 34), "#7c8688", None, 2.2)
            props.egg(c, x, y, 37, (SHELL, "#cf8a58", "#e3aa7c")[(row * 5 + col * 3) % 3])


@draws("Vietnamese-style pork loaf", "arch", ink.CREAM, ink.ROSE, scale=1.12)
def _draw_pork_loaf(c: Canvas) -> None:
    c.shadow(280, 520, 180)
    c.part("M110,330H440a40,84 0 0 1 0,168H110a40,84 0 0 1 0,-168z", ink.MOSS, "below")
    for i in range(6):
        c.line(f"M{130 + i * 56},332q18,84 0,164", 2)
    c.rope("M170,328V500M260,328V500M350,328V500M110,414H440", ink.STRAW, 7)
    c.part(oval(110, 414, 36, 82), ink.GREEN, None)
    for i, x in enumerate((360, 430, 500)):
        c.part(oval(x, 500 + i * 6, 66, 62), ink.MOSS, None)
        c.part(oval(x, 500 + i * 6, 58, 54), "#efe0cf", "round", 2.6)
        for px, py, _ in scatter(12, x, 500 + i * 6, 42, 40):
            c.blob(oval(px, py, 2.4), ink.TAN)
    props.long_chilli(c, 140, 545, 90, 4)


@draws("Northern spiced sausage", "sun", ink.ROSE, ink.GREEN)
def _draw_sai_ua(c: Canvas) -> None:
    points = spiral(320, 330, 26, 200, 3.1, 0.94)
    c.tone(oval(336, 350, 210, 196), 0.55)
    d = smooth(*points, close=False)
    c.rope(d, "#8f3a22", 44, 4)
    c.stroke(smooth(*((x - 6, y - 9) for x, y in points), close=False), "#c2603a", 7)
    for i, (x, y) in enumerate(points[6::2]):
        c.blob(oval(x + c.dice.uniform(-13, 13), y + c.dice.uniform(-13, 13), 3.4), ink.LIME if i % 2 else ink.TURM)
    for i, (x, y) in enumerate(points[4::3]):
        if i % 3 == 0:
            c.tone(oval(x + 6, y + 10, 14, 9), 0.4)
    props.frond(c, 60, 540, 150, -20, ink.LEAF)
    props.frond(c, 590, 540, 150, -160, ink.LEAF)
    props.kaffir_lime(c, 560, 500, 34)


@draws("Phon Yang Kham sun-dried beef", "top", ink.SKY, ink.TURM)
def _draw_beef(c: Canvas) -> None:
    for x in (96, 544):
        c.part(box(x - 9, 130, 18, 400, 8), ink.BROWN)
    c.part(box(70, 160, 500, 16, 8), ink.TAN, "below")
    for i, x in enumerate((120, 194, 268, 342, 416, 490)):
        long = 200 + (i * 37) % 50
        c.part(
            smooth(
                (x, 152),
                (x + 50, 152),
                (x + 56, 152 + long * 0.6),
                (x + 42, 156 + long),
                (x + 8, 152 + long),
                (x - 4, 152 + long * 0.6),
            ),
            ("#7a2f24", "#8d3a2a", "#6a261d")[i % 3],
            "right",
        )
        c.line(f"M{x + 16},190q6,{long * 0.3} -2,{long * 0.7}M{x + 34},200q-4,{long * 0.3} 2,{long * 0.6}", 2.2)
        for px, py, _ in scatter(8, x + 26, 152 + long * 0.55, 18, long * 0.36):
            c.blob(oval(px, py, 3, 4), ink.CREAM)
    props.banana_leaf(c, 320, 530, 300, 90)
    for i in range(3):
        with c.at(240 + i * 80, 520, -10 + i * 12):
            c.part(box(-52, -18, 104, 36, 10), ("#7a2f24", "#5f2119")[i % 2], "below", 3)
            c.line("M-36,-4q30,8 70,0", 2)


def _small_carton(c: Canvas, x: float, base: float, s: float = 1) -> None:
    """A 200 ml brick with its straw."""
    with c.at(x, base, 0, s):
        c.rope("M66,-168V-214l26,-14", ink.VERM, 6, 2.4)
        packs.carton(c, 0, 0, 92, 150, ink.PAPER, ink.INDIGO, motifs.cow, deep=40, size=0.34)


@draws("Dairy co-operative UHT milk", "side", ink.LEAF, ink.CREAM, scale=1.02)
def _draw_milk(c: Canvas) -> None:
    packs.open_box(c, 330, 520, 420, 110, ink.SKY, "#7fa3b5", lip=60)
    for i in range(4):
        _small_carton(c, 136 + i * 96, 440, 0.86)
    c.part(box(120, 410, 420, 120, 4), ink.SKY, amount=0.5)
    c.part(oval(330, 470, 60, 46), ink.PAPER, None, 3)
    motifs.cow(c, 330, 472, 34)
    _small_carton(c, 30, 552, 1)

"""Thai sweets and snacks."""

from __future__ import annotations

from shop.seed.drawing import dishes, motifs, packs
from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import box, oval, polar, poly, scatter, smooth
from shop.seed.drawing.registry import DETAIL, IN_USE, draws


@draws("Phetchaburi egg custard", "runner", ink.GREEN, ink.ROSE)
def _draw_custard(c: Canvas) -> None:
    c.shadow(300, 540, 210)
    c.part(poly((90, 400), (470, 400), (530, 520), (50, 520)), "#a8581c", "below")
    c.part(poly((50, 520), (530, 520), (514, 556), (66, 556)), ink.SILVER)
    c.stroke("M90,400H470L530,520H50z", ink.SILVER, 9)
    c.line("M90,400H470L530,520H50z", 3.4)
    for px, py, i in scatter(46, 290, 456, 170, 40):
        with c.at(px, py, i * 37):
            c.stroke("M-10,0q10,-6 20,0", ("#5e2c0c", "#e0a24a", "#7a3d12")[i % 3], 5)
    with c.at(440, 330):
        c.part(poly((-90, -30), (40, -50), (100, -6), (-34, 24)), "#a8581c", "below")
        c.part(poly((-90, -30), (-34, 24), (-34, 84), (-90, 26)), "#e9b85c", None)
        c.part(poly((-34, 24), (100, -6), (100, 48), (-34, 84)), ink.LEMON, "right")
        for px, py, i in scatter(12, 4, -14, 60, 20):
            c.blob(oval(px, py, 6, 3), ("#5e2c0c", "#e0a24a")[i % 2])


@draws("Ayutthaya cotton-candy roti", "table", ink.SKY, ink.TURM, scale=1.12)
def _draw_roti(c: Canvas) -> None:
    for k, (x, colour, light) in enumerate(
        ((120, "#8fc28a", "#c6e3bd"), (270, "#e58fb0", "#f7c7d8"), (420, "#f3e7c6", ink.PAPER))
    ):
        c.part(smooth((x - 66, 400), (x - 60, 300), (x, 270), (x + 64, 300), (x + 70, 400), (x, 420)), colour, "round")
        for i in range(9):
            c.stroke(
                f"M{x - 52 + i * 13},{296 + abs(i - 4) * 5}q{(-1) ** i * 14},50 0,104", light if i % 2 else colour, 5
            )
            c.line(f"M{x - 46 + i * 12},{300 + abs(i - 4) * 5}q{(-1) ** (i + k) * 12},50 0,96", 1.6)
    dishes.plate(c, 320, 500, 240, 66, ink.PAPER, ink.GREEN)
    for x, y, colour in ((220, 480, "#8fc28a"), (400, 490, "#e58fb0")):
        with c.at(x, y, -8):
            c.part(box(-110, -26, 220, 52, 24), "#dfe6a8" if x == 220 else ink.CREAM, "below")
            for px, py, _ in scatter(9, 0, 0, 90, 16):
                c.blob(oval(px, py, 4), "#b98a4a")
            for i in range(8):
                c.stroke(f"M{104},{-14 + i * 4}q18,{-8 + i * 3} 34,{-12 + i * 4}", colour, 3.6)


def _khao_taen(c: Canvas, x: float, y: float, r: float, i: int) -> None:
    c.part(oval(x, y, r), (ink.STRAW, "#eec76a", "#f0d894")[i % 3], "round")
    for px, py, k in scatter(44, x, y, r * 0.9, r * 0.9):
        with c.at(px, py, k * 71):
            c.blob(oval(0, 0, r * 0.1, r * 0.055), ink.PAPER)
    c.stroke(
        f"M{x - r * 0.6},{y - r * 0.3}q{r * 0.3},{-r * 0.3} {r * 0.6},0t{r * 0.6},0M{x - r * 0.5},{y + r * 0.2}q{r * 0.3},{-r * 0.3} {r * 0.5},0t{r * 0.5},0",
        ink.BROWN,
        r * 0.08,
    )


@draws("Watermelon rice crackers", "frame", ink.PLUM, ink.LIME)
def _draw_khao_taen(c: Canvas) -> None:
    for i, (x, y) in enumerate(((190, 200), (400, 180), (300, 330), (170, 450))):
        _khao_taen(c, x, y, 100, i)
    with c.at(450, 450, -20):
        c.part("M-130,0A130,130 0 0 0 130,0z", ink.GREEN, None)
        c.blob("M-116,2A116,116 0 0 0 116,2z", ink.PAPER)
        c.part("M-102,0A102,102 0 0 0 102,0z", ink.VERM, "below", 3)
        for x, y in ((-50, 26), (0, 40), (50, 24), (-20, 70), (30, 70)):
            c.dot(oval(x, y, 5, 8))


@draws("Watermelon rice crackers", "sun", ink.VERM, ink.TURM, view=DETAIL)
def _draw_khao_taen_close(c: Canvas) -> None:
    c.tone(oval(340, 345, 226, 210), 0.6)
    _khao_taen(c, 320, 320, 226, 1)


@draws("Watermelon rice crackers", "corner", ink.GREEN, ink.CREAM, view=IN_USE)
def _draw_khao_taen_bag(c: Canvas) -> None:
    packs.clear_bag(
        c,
        210,
        545,
        250,
        380,
        lambda q, x, y, i: _khao_taen(q, x, y, 50, i),
        ink.VERM,
        lambda q, x, y, s: motifs.flower_sign(q, x, y, s, ink.TURM),
        n=11,
    )
    dishes.bowl(c, 460, 555, 180, 120, ink.SKY, content="#7a3a14")
    _khao_taen(c, 500, 400, 66, 2)


@draws("Mon caramel sweet", "side", ink.CREAM, ink.PLUM, scale=1.12)
def _draw_kalamae(c: Canvas) -> None:
    packs.open_box(c, 330, 520, 400, 100, ink.BROWN, ink.TAN, lip=90)
    for i in range(4):
        x = 160 + i * 112
        c.part(poly((x - 40, 430), (x - 28, 350), (x + 34, 350), (x + 44, 430)), "#d8bb84", "right")
        c.line(f"M{x - 20},352L{x - 28},428M{x},352V428M{x + 18},352L{x + 24},428", 1.8)
        c.rope(f"M{x - 38},396H{x + 42}", ink.VERM, 6, 2.4)
    c.part(box(130, 420, 400, 104, 4), ink.BROWN, amount=0.5)
    c.part(oval(330, 472, 50, 38), ink.STRAW, None, 3)
    motifs.coconut(c, 330, 472, 32)
    for x, y in ((110, 545), (200, 556), (480, 556)):
        c.part(box(x, y - 40, 70, 44, 8), "#3c1c14", "below")
        c.gleam(f"M{x + 14},{y - 28}h26", 5, "#8a5a44")


def _chip(c: Canvas, x: float, y: float, i: int) -> None:
    with c.at(x, y, i * 47):
        c.part(
            smooth((-40, 2), (-20, -15), (20, -14), (40, 0), (20, 13), (-20, 14)),
            ("#f0c84a", "#e5b136", "#f7d970")[i % 3],
            "below",
            2.6,
        )
        c.line("M-26,0q26,-8 52,0", 1.6)
        for dx in (-14, 0, 14):
            c.dot(oval(dx, 1, 1.8))


@draws("Banana chips", "top", ink.LEAF, ink.ROSE)
def _draw_banana_chips(c: Canvas) -> None:
    packs.pouch(c, 230, 540, 240, 370, ink.VERM, motifs.banana, window=_chip, behind=ink.CREAM, n=12)
    packs.pile(c, _chip, 26, 470, 500, 110, 46)
    with c.at(470, 330, 20):
        c.part("M-70,-50C-50,30 0,70 76,70C80,56 70,48 60,46C10,40 -30,0 -46,-58z", "#8fae3e", "below")
        c.part("M-30,-64C-14,0 30,40 100,46C104,32 94,24 84,22C40,14 8,-20 -8,-72z", "#a3bd4c", "below")
        c.part(box(-60, -90, 44, 40, 8), ink.MOSS)


@draws("Lamphura cake", "arch", ink.ROSE, ink.TEAL, scale=1.14)
def _draw_lamphura(c: Canvas) -> None:
    c.part(box(110, 420, 420, 124, 4), ink.VERM, amount=0.5)
    c.shadow(320, 545, 210)
    c.part(box(94, 408, 452, 26, 4), ink.CREAM, "below")
    d = "M140,330C140,200 500,200 500,330V396Q320,450 140,396z"
    c.part(d, "#d99a3a")
    c.part(oval(320, 310, 180, 74), "#e9b558", "below", 3.4)
    c.part(oval(320, 306, 54, 22), "#8a5216", None, 3.4)
    for i in range(14):
        x, y = polar(320, 310, 176, i * 12.5 + 6, 0.42)
        c.line(f"M{x},{y}v{58 - abs(7 - i) * 2}", 2)
    c.part(poly((320, 320), (430, 366), (430, 436), (320, 404)), "#f7dc9a", None, 3.4)
    for px, py, _ in scatter(16, 380, 384, 38, 34):
        c.dot(oval(px, py, 2))
    motifs.flower_sign(c, 320, 484, 34, ink.CREAM)


@draws("Paet Riu Chinese pastry", "frame", ink.INDIGO, ink.VERM)
def _draw_pia(c: Canvas) -> None:
    c.part(box(90, 90, 460, 460, 12), ink.TURM, "right")
    c.part(box(110, 110, 420, 420, 6), ink.CREAM, "left", 3)
    for i, (x, y) in enumerate(((215, 190), (425, 190), (215, 325), (425, 325), (215, 456), (425, 456))):
        if i == 5:
            c.part("M345,470A80,60 0 0 1 505,470V490A80,16 0 0 1 345,490z", "#e9c27a", "below")
            c.part(oval(425, 474, 78, 40), "#c9a24a", None, 3)
            c.part(oval(425, 474, 62, 30), "#e0c768", None, 0)
            c.part(oval(425, 472, 30, 22), "#e8691a", "round", 3)
            continue
        c.part(oval(x, y, 80, 60), "#e9c27a", "round")
        for k in range(3):
            c.line(f"M{x - 60 + k * 6},{y + 10 + k * 12}q{60 - k * 6},{20 - k * 4} {120 - k * 12},0", 1.8)
        c.blob(oval(x, y - 18, 20, 14), ink.VERM)
        for t in range(4):
            with c.at(x, y - 18, t * 90):
                c.blob(oval(8, 0, 4, 2.4), "#f0d9a0")

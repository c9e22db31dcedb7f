"""Honey and local sugars."""

from __future__ import annotations

from shop.seed.drawing import dishes, motifs, packs, props
from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import box, oval, poly, scatter, smooth, star
from shop.seed.drawing.registry import DETAIL, IN_USE, draws


def _bee(c: Canvas, x: float, y: float, s: float, turn: float = 0) -> None:
    with c.at(x, y, turn, s):
        for t in (-60, -110):
            with c.at(0, -10, t):
                c.part(oval(20, 0, 20, 10), ink.PAPER, None, 2.6)
        c.part(oval(0, 0, 26, 16), ink.TURM, "below", 3)
        c.stroke("M-6,-14v28M6,-14v28", ink.INK, 5)
        c.dot(oval(-22, -2, 5))


def _comb(c: Canvas, x: float, y: float, cols: int, rows: int, r: float, colours: tuple[str, ...]) -> None:
    for row in range(rows):
        for col in range(cols):
            px, py = x + col * r * 1.75 + row % 2 * r * 0.87, y + row * r * 1.52
            c.part(star(px, py, r * 0.98, r * 0.85, 6), colours[(row * 3 + col * 2) % len(colours)], "round", 2.6)


def _dipper(c: Canvas, x: float, y: float, turn: float, s: float = 1) -> None:
    with c.at(x, y, turn, s):
        c.part(box(-7, -190, 14, 150, 6), ink.TAN)
        for i in range(5):
            w = (28, 40, 44, 40, 28)[i]
            c.part(box(-w / 2, -44 + i * 17, w, 13, 6), ink.TAN, "below", 3)


@draws("Longan-flower honey", "side", ink.LEAF, ink.CREAM, scale=1.1)
def _draw_longan_honey(c: Canvas) -> None:
    packs.bottle(c, 250, 530, 200, 390, "#d98a16", ink.GREEN, motifs.comb, shape="flask", size=0.06)
    props.frond(c, 470, 360, 120, -30)
    props.frond(c, 470, 370, 110, -150)
    for px, py, i in scatter(26, 470, 300, 64, 70):
        c.part(oval(px, py, 9), (ink.PAPER, ink.LEMON)[i % 3 == 0], None, 2)
    for x, y in ((430, 520), (500, 536), (470, 470), (536, 486)):
        props.longan(c, x, y, 34)


@draws("Longan-flower honey", "frame", ink.GREEN, ink.HONEY, view=DETAIL)
def _draw_honeycomb(c: Canvas) -> None:
    _comb(c, 90, 96, 6, 7, 48, ("#f0b02a", "#e29a18", "#f6c65c", "#d98a16"))
    _bee(c, 250, 250, 1.6, 20)
    _bee(c, 420, 400, 1.4, -30)


@draws("Longan-flower honey", "table", ink.INDIGO, ink.ROSE, view=IN_USE, scale=1.12)
def _draw_honey_tea(c: Canvas) -> None:
    dishes.bowl(c, 260, 540, 280, 150, ink.PAPER, content="#c9751a")
    c.rope("M398,430q70,-10 60,50q-14,44 -86,36", ink.PAPER, 16)
    _dipper(c, 330, 290, 34)
    c.stroke("M294,330q-8,40 -6,70", ink.HONEY, 12)
    packs.jar(c, 520, 546, 120, 150, "#d98a16", ink.GREEN, motifs.comb)


@draws("Wild honey", "arch", ink.GREEN, ink.CREAM)
def _draw_wild_honey(c: Canvas) -> None:
    c.rope("M86,150Q300,110 560,170", ink.BROWN, 26)
    d = smooth((250, 150), (400, 144), (550, 166), (540, 260), (470, 350), (380, 370), (290, 310), (250, 220))
    c.part(d, "#b9721a", "round")
    for px, py, i in scatter(60, 400, 240, 116, 96):
        c.part(star(px, py, 12, 10.5, 6), ("#d98a16", "#8a4f0e", "#e9a93a")[i % 3], None, 1.8)
    packs.bottle(c, 190, 540, 130, 350, "#7a3d0c", ink.TURM, motifs.comb, shape="tall", size=0.055)
    _bee(c, 470, 430, 1.1, 10)
    _bee(c, 540, 390, 0.9, -20)
    _bee(c, 350, 460, 1, 30)


@draws("Palmyra palm sugar", "sun", ink.VERM, ink.TURM)
def _draw_palmyra(c: Canvas) -> None:
    for t in (-160, -135, -112, -90, -68, -45, -20):
        with c.at(450, 330, t):
            c.part(
                poly((20, -8), (150, -26), (172, 0), (150, 26), (20, 8)), ink.GREEN if t % 2 else ink.MOSS, "below", 3
            )
    for x, y in ((400, 350), (500, 350), (450, 390)):
        c.part(oval(x, y, 54), "#3a2230", "round")
        c.part(smooth((x - 30, y - 44), (x, y - 58), (x + 30, y - 44), (x, y - 30)), ink.LEAF, None, 3)
    packs.jar(c, 210, 540, 230, 270, "#c48a45", ink.BROWN, lambda q, x, y, s: motifs.drop(q, x, y, s, "#b9773a"))
    for i, (x, y) in enumerate(((380, 546), (480, 546), (430, 492))):
        c.part(box(x - 52, y - 48, 104, 52, 22), ("#b9773a", "#cf9250", "#a8652c")[i], "below")
        c.part(oval(x, y - 42, 46, 13), "#dcae70", None, 3)


@draws("Amphawa coconut sugar", "corner", ink.TEAL, ink.CREAM, scale=1.06)
def _draw_coconut_sugar(c: Canvas) -> None:
    packs.clear_bag(c, 200, 540, 240, 350, _lump, ink.GREEN, motifs.coconut, n=12)
    for x, y in ((400, 540), (500, 540), (450, 470)):
        _lump(c, x, y, 1, 1.5)
    c.rope("M560,470Q520,360 540,250", ink.MOSS, 18)
    for i in range(7):
        c.rope(
            f"M{540 - i * 2},{270 + i * 20}q{40 if i % 2 else -50},-10 {58 if i % 2 else -76},-40", ink.STRAW, 8, 2.4
        )


def _lump(c: Canvas, x: float, y: float, i: int, s: float = 1) -> None:
    with c.at(x, y, 0, s):
        c.part(
            "M-36,12C-38,-26 -16,-34 0,-34C16,-34 38,-26 36,12Q0,24 -36,12z",
            ("#d9a86a", "#e3b87e", "#c9965a")[i % 3],
            "round",
            3,
        )
        c.line("M-26,-6q26,12 52,0", 1.8)


@draws("Cane sugar blocks", "table", ink.LIME, ink.VERM)
def _draw_cane_sugar(c: Canvas) -> None:
    for i, x in enumerate((410, 462, 514, 560)):
        c.part(box(x, 110 + i * 14, 36, 440 - i * 14, 8), ("#7a5a7a", "#6b4a52", "#8a9a4a", "#7a5a7a")[i], "right")
        for k in range(5):
            c.line(f"M{x},{190 + k * 76 + i * 14}h36", 4)
        c.part(oval(x + 18, 112 + i * 14, 18, 8), ink.CREAM, None, 3)
    c.part(poly((400, 330), (610, 340), (610, 360), (400, 350)), ink.STRAW, None, 3)
    for x, y in ((70, 548), (210, 548), (140, 486), (280, 486), (210, 424)):
        w, h = 130, 58
        c.part(poly((x + w, y - h), (x + w + 24, y - h - 14), (x + w + 24, y - 16), (x + w, y)), "#7a4a1e", None)
        c.part(poly((x, y - h), (x + 24, y - h - 14), (x + w + 24, y - h - 14), (x + w, y - h)), "#c48a4a", None)
        c.part(box(x, y - h, w, h, 4), ("#a3662c", "#94591f")[x % 20 == 0], "below")

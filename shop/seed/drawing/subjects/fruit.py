"""Processed fruit."""

from __future__ import annotations

from shop.seed.drawing import dishes, motifs, packs, props
from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import box, oval, poly, scatter, smooth
from shop.seed.drawing.registry import DETAIL, IN_USE, draws


def _dried_banana(c: Canvas, x: float, y: float, i: int, s: float = 1) -> None:
    with c.at(x, y, (-6, 5, 0)[i % 3], s):
        c.part(
            smooth((-58, 2), (-46, -20), (0, -24), (46, -18), (58, 0), (46, 20), (0, 24), (-46, 20)),
            ("#b9681f", "#9c5216", "#cf8433")[i % 3],
            "below",
            3.4,
        )
        c.line("M-42,-4q26,-10 60,-4M-36,8q30,6 66,-2", 2)
        c.gleam("M-34,-12q14,-5 30,-5", 4, "#f0c27a")


@draws("Bang Krathum sun-dried banana", "side", ink.LIME, ink.CREAM, scale=0.93)
def _draw_dried_banana(c: Canvas) -> None:
    c.part(poly((90, 430), (560, 430), (590, 550), (60, 550)), ink.STRAW, "below")
    for i in range(7):
        c.line(f"M{78 + i * 2},{446 + i * 16}H{572}", 2)
    for row, n in enumerate((4, 4, 3)):
        for i in range(n):
            _dried_banana(c, 152 + i * 118 + row % 2 * 46, 520 - row * 42, i + row)
    for t in (-34, -10, 14, 38):
        with c.at(330, 150, t):
            c.part("M-16,0C-60,110 -40,190 20,220C50,212 40,190 28,180C0,130 4,60 16,2z", ink.TURM, "right")
    c.part(box(308, 118, 44, 48, 8), ink.GREEN)


@draws("Bang Krathum sun-dried banana", "frame", ink.VERM, ink.STRAW, view=DETAIL)
def _draw_dried_banana_close(c: Canvas) -> None:
    for row in range(5):
        for i in range(3):
            _dried_banana(c, 160 + i * 165 - row % 2 * 20, 120 + row * 100, i + row, 1.32)


@draws("Bang Krathum sun-dried banana", "table", ink.INDIGO, ink.TURM, view=IN_USE, scale=0.98)
def _draw_dried_banana_box(c: Canvas) -> None:
    packs.open_box(c, 300, 545, 380, 130, ink.GREEN, ink.CREAM)
    for i in range(6):
        with c.at(150 + i * 60, 400, 90):
            _dried_banana(c, 0, 0, i)
    c.part(box(110, 415, 380, 130, 4), ink.GREEN, amount=0.5)
    c.part(oval(300, 480, 62, 48), ink.CREAM, None, 3)
    motifs.banana(c, 300, 482, 34)
    dishes.bowl(c, 548, 552, 120, 80, ink.CREAM, content="#9a5b21")


def _durian_chip(c: Canvas, x: float, y: float, i: int) -> None:
    with c.at(x, y, i * 49):
        c.part(
            smooth((-30, 6), (-14, -14), (12, -8), (32, -14), (30, 8), (4, 14)),
            ("#f0d36a", ink.LEMON, "#e2b544")[i % 3],
            "below",
            2.6,
        )


@draws("Crispy durian chips", "arch", ink.INDIGO, ink.LEAF, scale=1.12)
def _draw_durian_chips(c: Canvas) -> None:
    packs.pouch(c, 220, 540, 220, 350, ink.TURM, _durian_sign, window=_durian_chip, behind=ink.CREAM, n=12)
    dishes.heaped_bowl(c, 460, 545, 200, 90, ink.PAPER, _durian_chip, 24)


def _durian_sign(c: Canvas, x: float, y: float, s: float) -> None:
    with c.at(x, y, 0, s):
        c.blob(
            poly(
                *(
                    (1.05 * (1 if i % 2 else 0.82) * px, 1.05 * (1 if i % 2 else 0.82) * py)
                    for i, (px, py) in enumerate(_circle(28))
                )
            ),
            ink.MOSS,
        )
        c.blob(box(-0.1, -1.3, 0.2, 0.4), ink.BROWN)
        for px, py, _ in scatter(9, 0, 0, 0.6, 0.6):
            c.blob(poly((px - 0.12, py + 0.08), (px, py - 0.16), (px + 0.12, py + 0.08)), ink.LIME)


def _circle(n: int) -> list[tuple[float, float]]:
    from shop.seed.drawing.paths import around

    return around(0, 0, 1, n)


def _tamarind_ball(c: Canvas, x: float, y: float, i: int) -> None:
    c.part(oval(x, y, 23), ("#8a4a22", "#9c5a2c", "#733a18")[i % 3], "round", 2.8)
    for px, py, _ in scatter(5, x, y, 15, 15):
        c.blob(oval(px, py, 2.6), ink.PAPER if _ % 3 else ink.VERM)


@draws("Seasoned sweet tamarind", "corner", ink.ROSE, ink.LEAF, scale=1.1)
def _draw_tamarind(c: Canvas) -> None:
    packs.jar(c, 240, 540, 220, 260, "#c9965a", ink.VERM, pieces=_tamarind_ball)
    c.part(box(120, 300, 240, 60, 3), ink.CREAM, "right", 3, amount=0.5)
    motifs.chilli(c, 240, 330, 22)
    for x, y, t in ((400, 460, -24), (420, 530, 8)):
        with c.at(x, y, t):
            d = smooth(
                (-20, 0),
                (10, -26),
                (50, -16),
                (90, -30),
                (130, -18),
                (172, -26),
                (190, -4),
                (166, 18),
                (128, 10),
                (90, 22),
                (50, 14),
                (10, 24),
            )
            c.part(d, "#a8703a", "below")
            c.line("M46,-14q6,14 0,26M90,-28q6,22 0,46M130,-16q6,12 0,24", 2.4)
    _tamarind_ball(c, 520, 430, 0)
    _tamarind_ball(c, 560, 470, 1)


def _dry_longan(c: Canvas, x: float, y: float, i: int) -> None:
    with c.at(x, y, i * 63):
        c.part(
            smooth((-26, 4), (-18, -16), (4, -22), (24, -10), (24, 10), (4, 20), (-14, 18)),
            ("#d99a34", "#c67f1e", "#e8b250")[i % 3],
            "round",
            2.8,
        )
        c.part(oval(2, 0, 9, 7), "#8a5312", None, 1.6)


@draws("Golden dried longan", "table", ink.PLUM, ink.CREAM, scale=1.08)
def _draw_dried_longan(c: Canvas) -> None:
    packs.clear_bag(
        c, 200, 545, 230, 350, _dry_longan, ink.GREEN, lambda q, x, y, s: motifs.flower_sign(q, x, y, s, ink.TURM), n=26
    )
    dishes.heaped_bowl(c, 455, 548, 230, 100, ink.INDIGO, _dry_longan, 26)


def _candy(c: Canvas, x: float, y: float, i: int) -> None:
    with c.at(x, y, (i * 37) % 50 - 25):
        wrap = (ink.VERM, ink.LIME, ink.PINK, ink.PAPER)[i % 4]
        c.part(poly((-26, -4), (-52, -20), (-48, 20), (-26, 4)), wrap, None, 2.6)
        c.part(poly((26, -4), (52, -20), (48, 20), (26, 4)), wrap, None, 2.6)
        c.part(box(-30, -18, 60, 36, 9), ink.HONEY, "below", 3)
        c.gleam("M-18,-8h22", 4, "#f8dc98")


@draws("Pineapple jam sweet", "frame", ink.GREEN, ink.ROSE)
def _draw_pineapple_jam(c: Canvas) -> None:
    c.tone(box(130, 130, 400, 400), 0.6)
    c.part(box(110, 110, 400, 400, 8), ink.TURM)
    c.part(box(130, 130, 360, 360, 4), ink.PAPER, "left", 3)
    for row in range(4):
        for col in range(3):
            _candy(c, 190 + col * 120, 180 + row * 88, row * 3 + col)
    motifs.pineapple(c, 500, 470, 92)


def _cut_mango(c: Canvas, x: float, y: float, i: int) -> None:
    with c.at(x, y, i * 57):
        c.part(
            smooth((-34, 0), (-16, -20), (16, -18), (34, 2), (14, 18), (-14, 18)),
            ("#c9d27a", "#b5c25e", "#dbe09a")[i % 3],
            "round",
            2.8,
        )
        c.blob(smooth((-22, 0), (-8, -10), (10, -9), (22, 1), (8, 9), (-8, 9)), "#eef0c0")


@draws("Candied mango (mamuang bao)", "sun", ink.GREEN, ink.SKY)
def _draw_candied_mango(c: Canvas) -> None:
    packs.clear_bag(
        c,
        210,
        545,
        240,
        350,
        _cut_mango,
        ink.VERM,
        lambda q, x, y, s: motifs.leaf_sign(q, x, y, s, ink.LIME),
        n=22,
        inside="#e8e6b0",
    )
    props.mango(c, 420, 470, 64, "#8fae4a", 20)
    props.mango(c, 520, 480, 60, "#a3bd58", -14)
    dishes.bowl(c, 470, 552, 150, 60, ink.PAPER, content="#c9563a")
    for px, py, i in scatter(10, 470, 494, 44, 10):
        c.blob(oval(px, py, 3.5), ink.PAPER if i % 2 else ink.RUST)

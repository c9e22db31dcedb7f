"""Plants, ornamentals and farm inputs."""

from __future__ import annotations

from shop.seed.drawing import motifs, packs, props
from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import box, leaf, oval, poly, scatter, smooth
from shop.seed.drawing.registry import draws

SOIL = "#4a3226"


@draws("Orchid plant", "arch", ink.LEAF, ink.CREAM)
def _draw_orchid(c: Canvas) -> None:
    c.rope("M310,450C280,330 330,220 470,150", ink.MOSS, 9)
    for t in (-172, -150, -30, -8):
        props.frond(c, 312, 440, 180, t, ink.GREEN if t % 4 else ink.MOSS, 0.32)
    for x, y, s in (
        (470, 160, 0.8),
        (410, 196, 1.05),
        (350, 250, 1.2),
        (470, 260, 1),
        (300, 320, 1.2),
        (390, 330, 1.1),
    ):
        props.orchid_flower(c, x, y, s)
    c.shadow(312, 545, 90)
    c.part(poly((226, 430), (398, 430), (374, 545), (250, 545)), ink.CLAY)
    for i in range(4):
        c.part(box(246 + i * 36, 470, 14, 50, 7), ink.COCOA, None, 2.4)
    c.part(box(214, 412, 196, 30, 6), ink.CLAY, "below")
    c.line("M262,420q-30,50 -40,60M360,430q30,40 44,76", 3)


@draws("Co-op pelleted organic fertiliser", "table", ink.SKY, ink.TAN)
def _draw_fertiliser(c: Canvas) -> None:
    packs.woven_sack(
        c, 220, 548, 270, 380, "#f4f1e4", ink.GREEN, lambda q, x, y, s: motifs.sprig(q, x, y, s, ink.GREEN)
    )
    packs.pile(c, _pellet, 60, 470, 530, 120, 34)
    c.part(oval(480, 440, 74, 20), SOIL, "below")
    c.rope("M480,440V350", ink.LEAF, 8)
    for t in (-150, -30):
        props.frond(c, 480, 380, 84, t, ink.LEAF)
    props.frond(c, 480, 356, 56, -90, ink.LEAF)


def _pellet(c: Canvas, x: float, y: float, i: int) -> None:
    with c.at(x, y, i * 57):
        c.part(box(-15, -7, 30, 14, 6), ("#5a4030", "#6e5140", "#4a3226")[i % 3], "below", 2)


@draws("KDML105 rice seed", "side", ink.TURM, ink.LEAF)
def _draw_rice_seed(c: Canvas) -> None:
    packs.woven_sack(c, 240, 530, 260, 370, ink.CREAM, ink.VERM, motifs.ear)
    c.part(poly((390, 470), (600, 470), (620, 550), (370, 550)), SOIL, "below")
    for row in range(2):
        for i in range(6):
            x, y = 408 + i * 34 - row * 8, 490 + row * 34
            for t in (-104, -90, -76):
                with c.at(x, y, t):
                    c.part(leaf(0, 0, 90 - row * 10, 0.13), ink.LIME if (i + row) % 2 else ink.MOSS, None, 2)
    for px, py, i in scatter(24, 330, 552, 60, 12):
        with c.at(px, py, i * 61):
            c.part(oval(0, 0, 12, 5), ink.HONEY, None, 1.8)


def _oyster(c: Canvas, x: float, y: float, s: float, turn: float) -> None:
    with c.at(x, y, turn, s):
        c.part("M-12,0C-8,-30 -20,-40 -14,-60H18C22,-40 10,-30 14,0z", ink.PAPER, "right", 3.4)
        c.part(
            smooth((-70, -62), (-50, -100), (0, -116), (56, -100), (76, -62), (40, -50), (0, -56), (-40, -50)),
            "#d9cfc0",
            "round",
        )
        c.line("M-44,-54l24,-4M-20,-56l10,-4M10,-58l10,4M40,-54l-16,2", 2)


@draws("Oyster-mushroom spawn bag", "top", ink.ROSE, ink.GREEN, scale=1.1)
def _draw_mushrooms(c: Canvas) -> None:
    for x, base in ((210, 540), (440, 548)):
        c.shadow(x, base, 100)
        c.part(
            smooth(
                (x - 92, base),
                (x - 100, base - 120),
                (x - 84, base - 236),
                (x, base - 250),
                (x + 84, base - 236),
                (x + 100, base - 120),
                (x + 92, base),
                (x, base + 8),
                tension=0.4,
            ),
            "#ead9b8",
            "right",
        )
        for px, py, i in scatter(50, x, base - 120, 80, 110):
            c.blob(oval(px, py, 7, 4), ("#d3b98a", ink.PAPER, "#c4a470")[i % 3])
        c.gleam(f"M{x - 74},{base - 190}Q{x - 82},{base - 100} {x - 72},{base - 40}", 7, ink.PAPER)
        c.part(box(x - 34, base - 300, 68, 60, 8), ink.SKY, "right")
        c.part(box(x - 42, base - 312, 84, 22, 6), ink.PAPER, None, 3)
    for x, y, s, t in (
        (150, 330, 0.8, -20),
        (220, 310, 1, 0),
        (280, 336, 0.8, 18),
        (400, 330, 0.9, -14),
        (470, 316, 1, 6),
        (520, 350, 0.7, 26),
    ):
        _oyster(c, x, y - 30, s, t)

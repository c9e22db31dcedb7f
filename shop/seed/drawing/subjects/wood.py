"""Wood, metal and carved work."""

from __future__ import annotations

from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import blossom, box, lathe, oval, polar, poly, smooth
from shop.seed.drawing.registry import DETAIL, IN_USE, draws
from shop.seed.drawing.subjects.bags import kanok
from shop.seed.drawing.weaves import weave

TEAK, TEAK_DARK = "#a5642e", "#7a441c"


def umbrella(
    c: Canvas,
    cx: float,
    cy: float,
    r: float,
    colours: tuple[str, str],
    *,
    flat: float = 0.8,
    stick: tuple[float, float] = (150, 270),
) -> None:
    """A paper umbrella seen from above, its handle behind."""
    c.rope(f"M{cx},{cy}L{cx + stick[0]},{cy + stick[1]}", ink.BROWN, 13)
    n = 12
    for i in range(n):
        a, b = polar(cx, cy, r, 30 * i, flat), polar(cx, cy, r, 30 * (i + 1), flat)
        c.part(poly((cx, cy), a, b), colours[i % 2], "below" if i < 6 else None, 3, amount=0.7)
    for i in range(n):
        x, y = polar(cx, cy, r * 0.66, 30 * i + 15, flat)
        c.blob(blossom(x, y, r * 0.105, 5), ink.CREAM if i % 2 else ink.VERM)
        c.blob(oval(x, y, r * 0.026), ink.TURM)
    c.line(smooth(*(polar(cx, cy, r * 0.88, 30 * i + 15, flat) for i in range(n))), 2)
    c.part(oval(cx, cy, r * 0.09, r * 0.075), ink.INDIGO)


@draws("Bo Sang umbrella", "sun", ink.INDIGO, ink.ROSE)
def _draw_bo_sang(c: Canvas) -> None:
    umbrella(c, 300, 290, 236, (ink.VERM, ink.TURM))


@draws("Bo Sang umbrella", "bare", ink.GREEN, ink.GREEN, view=DETAIL)
def _draw_bo_sang_ribs(c: Canvas) -> None:
    """From below: the ribs and their coloured threads."""
    umbrella(c, 320, 320, 430, (ink.PINK, ink.LEMON), flat=1, stick=(0, 0))
    for i in range(24):
        x, y = polar(320, 320, 420, 15 * i)
        c.rope(f"M320,320L{x:.0f},{y:.0f}", ink.TAN, 6, 2)
    for k, colour in ((90, ink.VERM), (112, ink.GREEN), (134, ink.INDIGO)):
        c.stroke(oval(320, 320, k), colour, 7)
    c.part(oval(320, 320, 54), ink.BROWN, "round")


@draws("Bo Sang umbrella", "runner", ink.SKY, ink.LEAF, view=IN_USE)
def _draw_bo_sang_row(c: Canvas) -> None:
    umbrella(c, 180, 200, 130, (ink.GREEN, ink.LIME), stick=(60, 130))
    umbrella(c, 440, 180, 140, (ink.INDIGO, ink.SKY), stick=(60, 140))
    umbrella(c, 310, 400, 180, (ink.VERM, ink.ROSE), stick=(110, 180))


@draws("Aranyik knife", "frame", ink.CREAM, ink.TEAL, scale=1.08)
def _draw_aranyik(c: Canvas) -> None:
    for y, t, long in ((210, -14, 1.0), (400, -14, 0.8)):
        with c.at(320, y, t, long):
            c.tone("M-230,30L90,36Q120,40 120,50H-190Q-226,46 -230,30z", 0.6)
            c.part("M-240,14Q-160,-66 -30,-70H110V22H-60Q-180,30 -240,14z", ink.SILVER, "below")
            c.blob("M-236,14Q-170,4 -60,2H110V20H-60Q-180,28 -236,14z", "#eef1ee")
            c.line("M-222,6Q-150,-4 -60,-4H108", 2.2)
            c.line("M-120,-34q14,10 30,0M-60,-40q14,10 30,0M0,-40q14,10 30,0", 2)
            c.part(box(108, -62, 26, 76, 5), "#d3a33a", "below", 3.4)
            c.part("M132,-50H262Q284,-26 262,2H132z", ink.BROWN, "below")
            c.line("M150,-36H256M150,-14H260", 2)
            for x in (158, 204, 248):
                c.part(oval(x, -25, 7), "#e3c26a", None, 2.6)


def _saddle_cloth(c: Canvas) -> None:
    c.raw(weave("key", 300, 196, 130, 26, (TEAK_DARK, "#e0b060", ink.CREAM), 5))
    c.part(
        "M300,196H430L452,330Q366,356 300,330z",
        TEAK_DARK,
        "right",
        pattern=weave("petal", 290, 190, 170, 170, (TEAK_DARK, "#e0b060", TEAK), 6),
        amount=0.6,
    )
    for i in range(8):
        c.part(oval(310 + i * 19, 340, 6), "#e0b060", None, 2)
    c.rope("M496,300q30,40 14,100", TEAK, 9)
    c.line("M226,480h62M424,480h68", 2.4)


@draws("Ban Tawai wood carving", "side", ink.LEAF, ink.CREAM)
def _draw_ban_tawai(c: Canvas) -> None:
    c.part(box(120, 500, 420, 40, 6), TEAK_DARK, "below")
    body = smooth(
        (180, 250),
        (250, 190),
        (360, 180),
        (460, 220),
        (500, 310),
        (496, 400),
        (500, 500),
        (420, 500),
        (416, 410),
        (330, 420),
        (300, 412),
        (296, 500),
        (216, 500),
        (220, 400),
        (176, 360),
        (150, 300),
        tension=0.42,
    )
    c.part(body, TEAK, "round")
    c.part(
        smooth(
            (110, 250), (150, 196), (210, 190), (244, 240), (236, 310), (190, 330), (150, 320), (130, 300), tension=0.45
        ),
        TEAK,
        "round",
    )
    c.part(
        "M150,310C120,360 120,430 96,450C84,462 70,450 78,438C56,470 100,494 122,464C150,420 160,370 190,330z",
        TEAK,
        "right",
        3.6,
    )
    c.part(smooth((214, 200), (280, 190), (300, 250), (280, 320), (230, 300)), "#b87440", "right", 3.6)
    c.line("M236,220q36,24 30,76M250,214q36,26 30,70", 2.2)
    c.dot(oval(160, 240, 7, 5))
    c.part("M140,320q-30,20 -54,10q24,-6 36,-24z", ink.CREAM, None, 3)
    _saddle_cloth(c)


@draws("Ban Bu stone-polished bronze", "table", ink.GREEN, ink.PLUM)
def _draw_ban_bu(c: Canvas) -> None:
    gold, light = "#c9922e", "#f3d888"
    c.shadow(270, 540, 150)
    c.part(lathe(270, 540, [(90, 0), (84, 18), (150, 60), (186, 150), (190, 210)]), gold, "right")
    c.part(oval(270, 330, 190, 48), gold, None)
    c.part(oval(270, 334, 174, 38), "#8a5a16", "left", 3)
    c.gleam("M110,380Q130,460 180,500", 10, light)
    c.gleam("M140,372Q154,420 176,446", 5, light)
    for i in range(9):
        c.line(f"M{124 + i * 34},{430 + (4 - abs(4 - i)) * 5}q16,12 30,0", 2.2)
    c.shadow(510, 550, 80)
    c.part(lathe(510, 550, [(40, 0), (36, 10), (66, 34), (82, 84), (84, 108)]), gold, "right")
    c.part(oval(510, 442, 84, 20), gold, None)
    c.part(oval(510, 444, 74, 14), ink.SKY, "left", 2.4)
    c.part(blossom(510, 440, 22, 6), ink.PAPER, "round", 2.4)
    c.blob(oval(510, 440, 6), ink.TURM)


@draws("Chana dove cage", "arch", ink.TURM, ink.SKY)
def _draw_dove_cage(c: Canvas) -> None:
    c.rope("M320,96V140", ink.STEEL, 6)
    c.rope("M300,92q20,-30 40,0", ink.STEEL, 6)
    c.part(lathe(320, 176, [(34, 0), (20, 14), (26, 26), (0, 46)]), ink.BROWN, "right", 3.4)
    with c.at(320, 400):
        c.part(
            smooth(
                (-80, 10),
                (-50, -40),
                (0, -50),
                (30, -80),
                (66, -84),
                (84, -56),
                (70, -30),
                (60, 20),
                (10, 44),
                (-50, 40),
            ),
            "#a79b92",
            "round",
        )
        c.part(poly((-70, 6), (-150, 40), (-140, 56), (-60, 34)), "#8a7d76", "below", 3)
        c.part(poly((84, -62), (104, -54), (84, -48)), ink.SLATE, None, 2.6)
        c.dot(oval(66, -64, 5))
        c.line("M20,-40q10,8 20,0M24,-28q10,8 20,0M22,-16q10,8 22,0M-40,-10q30,30 70,10", 2.2)
        c.rope("M0,44v26M20,42v28", ink.ROSE, 5, 2)
    c.rope("M130,472H510", ink.BROWN, 12)
    for i in range(15):
        t = i / 14
        x = 130 + 380 * t
        c.rope(f"M{x:.0f},528V340Q{x:.0f},230 {320 + (x - 320) * 0.12:.0f},178", ink.TAN, 4, 1.7)
    for y, half in ((300, 178), (396, 190)):
        c.rope(f"M{320 - half},{y}Q320,{y + 26} {320 + half},{y}", ink.BROWN, 8, 2.4)
    c.part(box(112, 520, 416, 34, 6), TEAK_DARK, "below")
    for i in range(9):
        c.raw(kanok(146 + i * 44, 538, 13, "#e3bd5a", 90))
    c.part(oval(470, 470, 26, 20), ink.CREAM, "below", 3)

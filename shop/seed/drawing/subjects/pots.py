"""Pottery and ceramics."""

from __future__ import annotations

from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import around, blossom, leaf, oval, poly, smooth, spiral
from shop.seed.drawing.paths import lathe as turned
from shop.seed.drawing.registry import DETAIL, IN_USE, draws
from shop.seed.drawing.subjects.bags import kanok_field
from shop.seed.drawing.weaves import weave

IRON, SALT = "#7d3f2c", "#f3e6cf"


def _pot(
    c: Canvas,
    cx: float,
    base: float,
    profile: list[tuple[float, float]],
    clay: str,
    pattern: str = "",
    *,
    mouth: str = ink.INK,
) -> None:
    """A vessel with its open mouth."""
    c.shadow(cx, base, max(half for half, _ in profile) * 0.8)
    c.part(turned(cx, base, profile), clay, "right", pattern=pattern, amount=0.9)
    half, up = profile[-1]
    c.part(oval(cx, base - up, half + 4, half * 0.26), clay, None)
    c.part(oval(cx, base - up, half - 10, half * 0.26 - 7), mouth, None, 2)


def rooster(c: Canvas, x: float, y: float, s: float) -> None:
    """The rooster of Lampang, free-hand, among leaves."""
    with c.at(x, y, 0, s):
        c.blob("M-.6,-.1C-.5,.7 .5,.7 .55,-.05C.5,-.5 .3,-.7 .4,-.9C.1,-.9 .1,-.2 -.1,-.1z", ink.VERM)
        c.blob("M-.5,0C-1.1,-.3 -1,-.9 -.5,-.95C-.8,-.5 -.5,-.4 -.2,-.1z", ink.INK)
        c.blob("M-.62,-.1C-1.3,-.1 -1.3,-.6 -1,-.7C-1,-.4 -.7,-.3 -.3,-.1z", ink.GREEN)
        c.blob(oval(0.3, -0.9, 0.17), ink.VERM)
        c.blob(poly((0.44, -0.97), (0.7, -0.86), (0.44, -0.8)), ink.TURM)
        c.blob("M.16,-1q.03,-.28 .13,-.1q.05,-.22 .14,0q.12,-.1 .06,.14z", ink.RUST)
        c.stroke("M0,.45v.38M.2,.45v.38", ink.INK, 0.07)
        c.stroke("M-.3,.1q.3,.26 .6,0", ink.TURM, 0.1)


def rooster_bowl(c: Canvas, cx: float, base: float, w: float) -> None:
    """An octagonal-lipped bowl with rooster, peony and banana leaf."""
    h = w * 0.52
    c.shadow(cx, base, w * 0.34)
    d = f"M{cx - w / 2},{base - h}C{cx - w * 0.48},{base - h * 0.4} {cx - w * 0.28},{base - h * 0.14} {cx - w * 0.2},{base - h * 0.12}L{cx - w * 0.2},{base}H{cx + w * 0.2}V{base - h * 0.12}C{cx + w * 0.28},{base - h * 0.14} {cx + w * 0.48},{base - h * 0.4} {cx + w / 2},{base - h}z"
    c.part(d, ink.PAPER)
    c.part(oval(cx, base - h, w / 2, w * 0.13), ink.PAPER, None)
    c.part(oval(cx, base - h + 3, w / 2 - 12, w * 0.13 - 8), ink.MIST, "left", 2.6)
    rooster(c, cx - w * 0.04, base - h * 0.47, w * 0.16)
    c.blob(blossom(cx + w * 0.22, base - h * 0.56, w * 0.08, 6), ink.PLUM)
    c.blob(oval(cx + w * 0.22, base - h * 0.56, w * 0.026), ink.ROSE)
    with c.at(cx - w * 0.36, base - h * 0.7, 58):
        c.blob(leaf(0, 0, w * 0.17, 0.5), ink.LEAF)
    for dx in (-0.16, 0, 0.16):
        c.blob(leaf(cx + dx * w, base - h * 0.16, w * 0.07, 0.4), ink.GREEN)


@draws("Lampang rooster bowls", "table", ink.SKY, ink.VERM)
def _draw_lampang(c: Canvas) -> None:
    for x, y, w in ((200, 420, 250), (440, 420, 250), (190, 548, 270), (460, 552, 270)):
        rooster_bowl(c, x, y, w)


@draws("Lampang rooster bowls", "frame", ink.TURM, ink.SKY, view=DETAIL)
def _draw_lampang_close(c: Canvas) -> None:
    c.part(oval(320, 320, 246), ink.PAPER, "round")
    c.line(oval(320, 320, 214), 2.4)
    rooster(c, 290, 330, 130)
    c.blob(blossom(460, 260, 50, 6), ink.PLUM)
    c.blob(oval(460, 260, 15), ink.ROSE)
    for x, y, t in ((150, 400, -40), (180, 450, -20), (430, 460, -120), (470, 430, -70)):
        with c.at(x, y, t):
            c.blob(leaf(0, 0, 90, 0.36), ink.LEAF)


@draws("Lampang rooster bowls", "runner", ink.LEAF, ink.CREAM, view=IN_USE)
def _draw_lampang_noodles(c: Canvas) -> None:
    rooster_bowl(c, 320, 545, 380)
    top = 545 - 380 * 0.52
    c.part(oval(320, top + 2, 176, 40), "#e3b765", "round", 3)
    for i in range(12):
        c.stroke(f"M{190 + i * 22},{top - 6 + i % 3 * 10}q16,-14 34,0t34,2", ink.PAPER, 6)
    for x, colour in ((240, ink.LEAF), (380, ink.LEAF), (310, "#b9683a"), (340, "#b9683a")):
        c.part(oval(x, top - 4, 26, 13), colour, "round", 2.6)
    for x in (452, 476):
        c.rope(f"M{x},{top - 200}L{x - 90},{top - 4}", ink.BROWN, 7)
    for dx in (-70, -10, 50):
        c.line(f"M{300 + dx},{top - 50}q-14,-22 0,-44t0,-44", 3.4)


@draws("Dan Kwian pottery", "runner", ink.TURM, ink.ROSE)
def _draw_dan_kwian(c: Canvas) -> None:
    deco = weave("border", 100, 300, 440, 66, (IRON, "#3f2420", "#b8735a"), 9) + weave(
        "plain", 100, 366, 440, 14, ("#3f2420", "#9a5640"), 5
    )
    _pot(
        c,
        280,
        545,
        [(80, 0), (150, 70), (176, 160), (150, 250), (84, 300), (66, 320), (96, 352)],
        IRON,
        deco,
        mouth="#2a1614",
    )
    c.gleam("M150,420Q146,360 176,320", 8, "#b8836a")
    c.shadow(510, 552, 70)
    c.part(turned(510, 552, [(50, 0), (74, 40), (78, 100), (50, 150), (30, 164)]), "#54322a", "right")
    for row in range(3):
        for i in range(4):
            c.part(oval(462 + i * 32 + row % 2 * 10, 420 + row * 36 + 20, 10, 13), "#1f1210", None, 2)
    c.part(oval(510, 388, 34, 10), "#7d4a3a", None, 3)


@draws("Ban Chiang pottery", "arch", ink.VERM, ink.LEAF, scale=1.1)
def _draw_ban_chiang(c: Canvas) -> None:
    red = "#a8321c"
    swirls = "".join(
        _swirl(x, y, r, red, start)
        for x, y, r, start in (
            (210, 370, 62, 0),
            (330, 360, 62, 180),
            (440, 370, 60, 0),
            (270, 455, 40, 90),
            (380, 455, 40, 270),
        )
    )
    bands = "".join(f'<path d="M100,{y}H540" stroke="{red}" stroke-width="7"/>' for y in (292, 304, 508, 520))
    _pot(
        c,
        320,
        545,
        [(96, 0), (70, 26), (130, 60), (176, 140), (150, 226), (86, 262), (74, 300), (128, 352)],
        SALT,
        swirls + bands,
        mouth="#c99a7a",
    )
    for i in range(7):
        c.line(f"M{262 + i * 19},250v22", 2.4)


def _swirl(x: float, y: float, r: float, colour: str, start: float) -> str:
    path = smooth(*spiral(x, y, 4, r, 2.6, start=start), close=False)
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="8" stroke-linecap="round"/>'


@draws("Ko Kret pottery", "side", ink.SKY, ink.GREEN, scale=1.1)
def _draw_ko_kret(c: Canvas) -> None:
    clay, deep = "#d9774a", "#a34c26"
    carve = (
        kanok_field(130, 330, 400, 86, clay, deep, 26)
        + weave("key", 130, 416, 400, 28, (clay, deep, ink.STRAW), 6)
        + weave("leafy", 130, 300, 400, 30, (clay, deep, ink.STRAW), 5)
    )
    c.shadow(320, 545, 140)
    c.part(
        turned(320, 545, [(120, 0), (108, 16), (86, 40), (150, 90), (168, 160), (140, 226), (100, 250)]),
        clay,
        "right",
        pattern=carve,
        amount=0.7,
    )
    c.line("M164,330H476M156,416H484M160,444H480", 2.4)
    for i in range(8):
        c.part(oval(226 + i * 27, 520, 9, 13), ink.COCOA, None, 2)
    c.part(
        "M212,296C230,240 280,224 320,214C360,224 410,240 428,296Q320,316 212,296z",
        clay,
        "right",
        pattern=kanok_field(200, 220, 240, 90, clay, deep, 20),
        amount=0.7,
    )
    c.part(turned(320, 220, [(26, 0), (14, 16), (24, 34), (12, 56), (16, 70), (0, 104)]), clay, "right", 3.6)


@draws("Ratchaburi dragon jar", "top", ink.LEAF, ink.CREAM)
def _draw_dragon_jar(c: Canvas) -> None:
    glaze, gold = "#8a4f1c", "#e9c46a"
    _pot(
        c,
        320,
        550,
        [(96, 0), (136, 70), (186, 220), (190, 290), (150, 360), (124, 380), (138, 404)],
        glaze,
        mouth="#3a200c",
    )
    with c.at(320, 330):
        body = smooth(
            (-160, 60), (-110, 0), (-60, 30), (-10, 84), (50, 60), (80, 0), (130, -30), (160, 10), close=False
        )
        c.stroke(body, gold, 30)
        for i, (x, y) in enumerate(
            ((-130, 16), (-96, 4), (-62, 28), (-30, 66), (6, 82), (44, 62), (66, 26), (94, -14))
        ):
            with c.at(x, y, i * 30):
                c.line("M-6,-10q8,10 0,20", 2.4)
                c.blob(poly((-4, -24), (10, -16), (-2, -12)), gold)
        c.blob(smooth((92, -66), (140, -84), (176, -56), (178, -20), (140, -8), (112, -20)), gold)
        c.blob(poly((120, -76), (100, -112), (136, -84)), gold)
        c.blob(poly((146, -82), (142, -118), (162, -78)), gold)
        c.dot(oval(140, -54, 6))
        c.line("M178,-36q-22,8 -40,2M112,-24q-20,14 -34,6", 2.6)
        c.stroke("M176,-30q20,4 20,-16M170,-14q22,14 30,0", gold, 5)
        for x, y in ((-84, 44), (20, 104)):
            c.stroke(f"M{x},{y}l-10,34l-20,6M{x - 10},{y + 34}l4,16M{x - 10},{y + 34}l16,10", gold, 8)
        c.part(oval(-20, -40, 20), ink.VERM, "round", 3)
    for y in (214, 472):
        c.stroke(f"M{172 if y < 300 else 168},{y}H{468 if y < 300 else 472}", gold, 6)


@draws("Sukhothai Sangkhalok ware", "sun", ink.ROSE, ink.GREEN)
def _draw_sangkhalok(c: Canvas) -> None:
    glaze, iron = "#c9d3b4", "#4a4a3a"
    c.tone(oval(300, 340, 200, 194), 0.5)
    c.part(oval(280, 326, 200, 194), glaze, "round")
    c.line(oval(280, 326, 168, 163), 3)
    for x, y in around(280, 326, 184, 20, 0.97):
        c.stroke(f"M{x - 7:.0f},{y:.0f}q7,-9 14,0", iron, 4)
    c.stroke("M190,330C230,270 330,270 372,322L410,286V372L372,338C330,386 230,386 190,330z", iron, 7)
    c.stroke("M236,298q16,32 0,64M264,300q14,20 0,52M292,298q14,22 0,56M320,304q12,18 0,44", iron, 5)
    c.blob(oval(216, 320, 7), iron)
    c.stroke("M180,420q60,40 110,20t100,-30M190,236q50,-40 100,-20", iron, 5)
    crackle = kanok_field(440, 330, 200, 220, "#9dbd9c", "#87a886", 20)
    _pot(
        c,
        510,
        550,
        [(46, 0), (66, 40), (80, 110), (60, 160), (24, 190), (22, 220), (40, 244)],
        "#9dbd9c",
        crackle,
        mouth="#4a5a48",
    )

"""Bags, silverware and jewellery."""

from __future__ import annotations

from shop.seed.drawing import palette as ink
from shop.seed.drawing import props
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import around, blossom, box, lathe, leaf, oval, polar, scatter, smooth
from shop.seed.drawing.registry import DETAIL, IN_USE, draws
from shop.seed.drawing.weaves import weave

LIPAO, LIPAO_LIGHT = "#4a2a1c", "#8a5a34"
KRAJOOD = ("basket", (ink.STRAW, ink.GREEN, ink.VERM))


@draws("Yan Lipao vine handbag", "arch", ink.ROSE, ink.CREAM, scale=1.14)
def _draw_yan_lipao(c: Canvas) -> None:
    c.shadow(320, 540, 190)
    c.rope("M190,330C190,150 450,150 450,330", LIPAO, 17)
    d = smooth(
        (150, 330), (320, 312), (490, 330), (520, 440), (490, 530), (320, 546), (150, 530), (120, 440), tension=0.42
    )
    c.part(d, LIPAO, "right", pattern=weave("plain", 110, 300, 420, 260, (LIPAO, LIPAO_LIGHT), 5), amount=0.7)
    c.raw(weave("key", 128, 416, 386, 36, (LIPAO, "#d9a860", ink.CREAM), 5))
    c.line("M122,416H518M124,452H516", 2.6)
    c.part(
        smooth((150, 330), (320, 312), (490, 330), (470, 372), (320, 390), (170, 372), tension=0.42),
        LIPAO_LIGHT,
        "below",
        pattern=weave("diamond", 140, 304, 360, 96, ("#6b3f22", "#d9a860", LIPAO), 5),
    )
    c.part(box(292, 366, 56, 44, 8), "#e3bd5a", "below")
    c.part(blossom(320, 388, 15, 6), "#f3dc92", None, 2.4)
    for x in (190, 450):
        c.part(oval(x, 336, 13), "#e3bd5a", "round", 3)


@draws("Krajood sedge bag", "side", ink.CREAM, ink.VERM)
def _draw_krajood(c: Canvas) -> None:
    c.shadow(330, 540, 180)
    for dx in (-10, 10):
        c.rope(f"M{240 + dx},280C{244 + dx},110 {412 + dx},110 {416 + dx},280", ink.BROWN if dx > 0 else ink.TAN, 14)
    c.part(
        "M160,270H496L516,528Q328,556 140,528z", ink.STRAW, pattern=weave("basket", 130, 260, 400, 300, KRAJOOD[1], 15)
    )
    c.part(
        box(152, 256, 352, 34, 5),
        ink.VERM,
        "below",
        pattern=weave("check", 152, 256, 352, 34, (ink.VERM, ink.RUST, ink.STRAW), 8),
    )


@draws("Krajood sedge bag", "bare", ink.GREEN, ink.GREEN, view=DETAIL)
def _draw_krajood_close(c: Canvas) -> None:
    for row in range(8):
        for col in range(8):
            x, y = col * 80, row * 80
            up = (row + col) % 2
            colour = (ink.STRAW, ink.GREEN)[up] if (row // 2 + col // 2) % 2 else (ink.STRAW, ink.VERM)[up]
            c.part(
                box(x + (7 if up else 0), y + (0 if up else 7), 66 if up else 80, 80 if up else 66, 9),
                colour,
                "right" if up else "below",
                3,
            )
            for k in (22, 40, 58):
                c.line(f"M{x + k},{y + 4}v72" if up else f"M{x + 4},{y + k}h72", 1.6)


@draws("Hill-tribe cloth bag", "top", ink.TURM, ink.TEAL, scale=1.12)
def _draw_hill_bag(c: Canvas) -> None:
    c.shadow(320, 545, 160)
    c.part(
        "M186,300C170,150 250,112 320,112S470,150 454,300H410C420,190 380,160 320,160S220,190 230,300z",
        ink.INDIGO,
        "right",
        pattern=weave("hmong", 170, 100, 300, 210, (ink.INDIGO, ink.VERM, ink.TURM), 8),
    )
    cloth = (
        weave("stripe", 170, 290, 300, 260, (ink.INK, ink.VERM, ink.INDIGO), 8)
        + weave("hmong", 170, 340, 300, 64, (ink.VERM, ink.CREAM, ink.TURM), 8)
        + weave("jok", 170, 420, 300, 70, (ink.INDIGO, ink.PINK, ink.LEMON), 7)
    )
    c.part("M182,296H458V500Q458,520 438,520H202Q182,520 182,500z", ink.INK, "right", pattern=cloth, amount=0.6)
    c.line("M182,340H458M182,404H458M182,420H458M182,490H458", 2.4)
    for i in range(7):
        x = 200 + i * 40
        c.rope(f"M{x},520v24", ink.TURM, 3, 1.6)
        c.part(oval(x, 552, 13), (ink.VERM, ink.PINK, ink.LEMON, ink.LEAF)[i % 4], "round", 2.6)
    for i in range(8):
        c.part(oval(204 + i * 33, 318, 9), ink.SILVER, "round", 2.4)


@draws("Nan silver jewellery", "frame", ink.VERM, ink.NIGHT, scale=1.14)
def _draw_silver(c: Canvas) -> None:
    c.rope("M130,120C150,330 250,400 320,404S490,330 510,120", ink.SILVER, 17)
    for i in range(15):
        a = 168 - i * 11.2
        x, y = 320 + 190 * _cos(a), 120 + 284 * _sin(a)
        c.line(f"M{x - 5:.0f},{y - 5:.0f}l10,10", 2)
    c.part("M320,392L384,470Q320,560 256,470z", ink.SILVER, "right")
    c.part(blossom(320, 470, 34, 8), "#eef2f2", "round", 2.6)
    c.part(oval(320, 470, 9), ink.VERM, None, 2.4)
    for i in range(5):
        c.rope(f"M{280 + i * 20},{506 + (14, 24, 28, 24, 14)[i]}v22", ink.SILVER, 3, 1.6)
        c.part(oval(280 + i * 20, 540 + (14, 24, 28, 24, 14)[i] - 6, 7), ink.SILVER, "round", 2.2)
    for cx in (160, 480):
        c.rope(oval(cx, 470, 52, 50), ink.SILVER, 20, 3.6)
        for px, py in around(cx, 470, 52, 12, 50 / 52):
            c.dot(oval(px, py, 3))
    for cx in (266, 374):
        c.part(blossom(cx, 190, 26, 6), "#eef2f2", "round", 2.8)
        c.part(f"M{cx},214l16,40q-16,18 -32,0z", ink.SILVER, "right", 3)


def _cos(angle: float) -> float:
    return polar(0, 0, 1, angle)[0]


def _sin(angle: float) -> float:
    return polar(0, 0, 1, angle)[1]


def kanok(x: float, y: float, s: float, colour: str, turn: float = 0) -> str:
    """A flame scroll of Thai ornament, as SVG."""
    d = "M0,1C-.55,.5 -.5,-.1 -.1,-.3C.1,-.6 .05,-.8 .2,-1.1C.2,-.7 .6,-.4 .45,.05C.4,.3 .15,.35 .05,.2C.1,.0 -.1,-.05 -.15,.15C-.2,.5 .1,.7 0,1z"
    return f'<path transform="translate({x:.1f} {y:.1f}) rotate({turn:.0f}) scale({s})" d="{d}" fill="{colour}"/>'


def kanok_field(x: float, y: float, w: float, h: float, ground: str, colour: str, s: float = 24) -> str:
    """Scrolls in rows, alternately turned."""
    out = [f'<path d="{box(x, y, w, h)}" fill="{ground}"/>']
    rows, cols = int(h / (s * 1.7)) + 2, int(w / (s * 1.15)) + 2
    for row in range(rows):
        for col in range(cols):
            out.append(
                kanok(x + (col + row % 2 * 0.5) * s * 1.15, y + row * s * 1.7, s, colour, 0 if (row + col) % 2 else 180)
            )
    return "".join(out)


@draws("Nakhon niello ware", "sun", ink.PLUM, ink.TURM)
def _draw_niello(c: Canvas) -> None:
    black, silver_ = "#23232b", "#e4e8e6"
    c.shadow(250, 540, 150)
    c.part(
        lathe(250, 540, [(110, 0), (104, 14), (140, 30), (150, 120), (140, 150)]),
        black,
        "right",
        pattern=kanok_field(90, 380, 330, 170, black, silver_, 22),
    )
    c.line("M104,510H396M102,412H398", 2.6)
    c.part(
        "M106,392C110,290 200,270 250,262C300,270 390,290 394,392Q250,420 106,392z",
        black,
        "right",
        pattern=kanok_field(90, 250, 330, 160, black, silver_, 24),
    )
    c.part(box(100, 384, 300, 18, 8), silver_, "right", 3)
    c.part(lathe(250, 266, [(22, 0), (12, 14), (20, 30), (10, 52), (0, 74)]), silver_, "right", 3.4)
    c.shadow(490, 548, 90)
    c.part(
        lathe(490, 548, [(40, 0), (36, 12), (78, 50), (86, 96)]),
        black,
        "right",
        pattern=kanok_field(390, 440, 200, 120, black, silver_, 18),
    )
    c.part(oval(490, 452, 86, 22), silver_, None)
    c.part(oval(490, 454, 72, 15), "#9aa4a6", "left", 2.4)


@draws("Water-hyacinth bag", "corner", ink.LEAF, ink.CREAM)
def _draw_hyacinth(c: Canvas) -> None:
    tan, dark = "#c79a62", "#9c6f3c"
    c.shadow(300, 545, 180)
    c.rope("M180,330C170,130 430,130 420,330", dark, 22)
    c.line("M182,300l20,-16M186,260l24,-8M200,220l26,2M230,190l20,14M400,260l24,8M396,220l22,-6M370,192l14,-16", 2.6)
    c.part(
        smooth(
            (130, 340), (300, 322), (470, 340), (486, 450), (450, 536), (300, 552), (150, 536), (114, 450), tension=0.4
        ),
        tan,
        "right",
    )
    for row in range(6):
        for col in range(9):
            x, y = 146 + col * 38 - row % 2 * 10, 362 + row * 32
            if 126 < x < 470:
                with c.at(x, y, 26 if row % 2 else -26):
                    c.part(oval(0, 0, 24, 12), (tan, "#d4ab76", dark)[(row + col) % 3], "below", 2.6)
    c.part(box(122, 326, 356, 30, 15), dark, "below")
    for i in range(16):
        c.line(f"M{136 + i * 21},332l10,18", 2.2)
    for t in (-120, -90, -60):
        with c.at(530, 470, t):
            c.part(leaf(0, 0, 100, 0.9), ink.MOSS, "below", 3)
    for px, py, i in scatter(7, 530, 430, 34, 44):
        c.part(blossom(px, py, 17, 5), "#a58ac9", "round", 2.2)
        c.blob(oval(px, py, 4), ink.LEMON if i % 2 else ink.PAPER)


@draws("Krajood sedge bag", "corner", ink.SKY, ink.LEAF, view=IN_USE)
def _draw_krajood_market(c: Canvas) -> None:
    """Full of vegetables, home from the market."""
    for x, y, t in ((210, 300, -120), (250, 280, -100), (300, 270, -84), (420, 290, -60)):
        props.frond(c, x, y, 150, t, ink.LEAF if t % 8 else ink.MOSS, 0.44)
    for x in (340, 366, 390):
        props.lemongrass(c, x, 330, 230, -84 + (x - 340) * 0.3)
    props.mango(c, 430, 300, 56, ink.TURM, 20)
    props.mango(c, 250, 306, 52, ink.LIME, -20)
    props.kaffir_lime(c, 330, 310, 44)
    with c.at(0, 12):
        _draw_krajood(c)
    props.long_chilli(c, 470, 548, 90, -6)

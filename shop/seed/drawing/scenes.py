"""Wider pictures, 960 × 640: the news, the poster of the front page, the four regions, the fair, the fund."""

from __future__ import annotations

from shop.seed.drawing import dishes, motifs, packs, props
from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.faces import bust
from shop.seed.drawing.paths import box, leaf, oval, poly, scatter, smooth
from shop.seed.drawing.portraits import BY_KEY
from shop.seed.drawing.subjects.clothing import batik_print
from shop.seed.drawing.subjects.pots import rooster_bowl
from shop.seed.drawing.subjects.produce import draw_pineapple
from shop.seed.drawing.subjects.wood import umbrella
from shop.seed.drawing.weaves import weave

BAND = 56


def _sheet(name: str, sky: str) -> Canvas:
    c = Canvas(name, 960, 640)
    c.flat(box(0, 0, 960, 640), sky)
    return c


def _band(c: Canvas, pattern: str, threads: ink.Threads, *, top: bool = True) -> None:
    y = 0 if top else 640 - BAND
    c.raw(weave(pattern, 0, y, 960, BAND, threads, 8))
    c.line(f"M0,{BAND if top else y}H960", 3)


def _hills(c: Canvas, y: float, *colours: str) -> None:
    for i, colour in enumerate(colours):
        d = y + i * 46
        c.part(
            f"M-10,{d + 60}Q{120 + i * 60},{d - 70} {300 + i * 30},{d + 20}T{620 - i * 50},{d - 20}T970,{d + 30}V660H-10z",
            colour,
            "below",
            3.4,
            amount=0.5,
        )


def _rice_field(c: Canvas, y: float) -> None:
    c.part(f"M-10,{y}Q300,{y - 40} 970,{y + 10}V660H-10z", ink.TURM, None, 3.4)
    for row in range(8):
        base, n = y + 22 + row * row * 4.3, 30 - row * 2
        for i in range(n):
            x = i * 970 / n + row % 2 * 18
            c.stroke(
                f"M{x:.0f},{base + 40 + row * 3:.0f}q-4,-30 {8 + row},{-44 - row * 4}",
                (ink.LEAF, "#d99a1c", ink.MOSS)[(i + row) % 3],
                4 + row * 0.5,
            )
            c.blob(oval(x + 9 + row, base - 4 - row, 4 + row * 0.5, 9 + row), ink.CREAM if (i + row) % 3 else ink.STRAW)


def _palm(c: Canvas, x: float, y: float, s: float, lean: float) -> None:
    with c.at(x, y, 0, s):
        c.rope(f"M0,0Q{lean * 0.3},-130 {lean},-250", ink.BROWN, 16)
        for turn in (-175, -145, -112, -80, -48, -18, 14):
            with c.at(lean, -250, turn):
                c.part("M0,0Q60,-46 140,10Q66,-6 0,0z", ink.GREEN if turn % 2 else ink.MOSS, "below", 3)
        for dx in (-12, 12):
            c.part(oval(lean + dx, -238, 13), ink.LEAF, "round", 3)


def harvest() -> Canvas:
    """Two farmers in the ripe rice."""
    c = _sheet("scene-harvest", ink.SKY)
    c.flat(oval(720, 180, 130), ink.VERM)
    _hills(c, 250, ink.GREEN)
    _rice_field(c, 330)
    bust(c, BY_KEY["prasert"], 290, 650, 1.2)
    bust(c, BY_KEY["phikun"], 560, 650, 0.9)
    packs.sack(c, 730, 620, 190, 210, ink.CREAM, ink.GREEN, motifs.ear)
    packs.sack(c, 886, 644, 190, 190, ink.CREAM, ink.VERM, motifs.ear, tie=ink.GREEN)
    _band(c, "hook", (ink.VERM, ink.CREAM, ink.TURM))
    return c


def weaver() -> Canvas:
    """A weaver beside her loom."""
    c = _sheet("scene-weave", ink.VERM)
    c.flat(oval(250, 340, 260), ink.TURM)
    bust(c, BY_KEY["somjit"], 250, 660, 1.25)
    for x in (470, 900):
        c.part(box(x, 60, 24, 590), ink.BROWN)
    c.part(box(450, 90, 500, 26), ink.BROWN, "below")
    c.part(
        box(494, 310, 406, 340),
        ink.PLUM,
        None,
        pattern=weave("diamond", 494, 310, 406, 340, (ink.PLUM, ink.TURM, ink.CREAM), 9),
    )
    for i in range(46):
        c.stroke(f"M{498 + i * 8.9:.0f},116V300", ink.CREAM if i % 2 else ink.ROSE, 3)
        c.line(f"M{498 + i * 8.9:.0f},116V300", 0.8)
    c.part(box(486, 288, 424, 32), ink.TAN, "below")
    c.part("M560,268q70,-30 150,0q-70,30 -150,0z", ink.TURM)
    c.part(oval(636, 268, 34, 7), ink.VERM, None, 2.4)
    _band(c, "diamond", (ink.INDIGO, ink.TURM, ink.CREAM))
    return c


def hub() -> Canvas:
    """Packers before the hub of a network."""
    c = _sheet("scene-hub", ink.LEAF)
    c.flat(box(0, 500, 960, 140), ink.CREAM)
    c.part(poly((70, 220), (480, 80), (890, 220)), ink.VERM, "below")
    c.part(box(110, 220, 740, 290), ink.STRAW, None)
    c.part(box(160, 262, 260, 248), ink.INDIGO, "below")
    for i in range(6):
        c.line(f"M160,{292 + i * 32}h260", 2.4)
    c.part(box(168, 400, 200, 110, 4), ink.TEAL, "right")
    bust(c, BY_KEY["thida"], 640, 510, 0.68)
    bust(c, BY_KEY["ismail"], 480, 510, 0.62)
    boxes = (
        (590, 530, 160, 84, ink.STRAW),
        (440, 540, 140, 100, ink.TAN),
        (760, 540, 130, 120, ink.TAN),
        (770, 420, 100, 80, ink.TURM),
        (190, 560, 170, 120, ink.TAN),
        (210, 440, 120, 84, ink.STRAW),
        (380, 600, 140, 90, ink.STRAW),
        (560, 610, 200, 76, ink.TAN),
    )
    for i, (x, y, w, h, colour) in enumerate(boxes):
        c.part(box(x, y - h, w, h, 3), colour)
        c.part(box(x + w * 0.42, y - h, w * 0.16, h), ink.CREAM, None, 2)
        if i % 2:
            (motifs.flower_sign, motifs.leaf_sign, motifs.fish_sign, motifs.ear)[i // 2](
                c, x + w * 0.22, y - h * 0.5, h * 0.16
            )
    _band(c, "naga", (ink.GREEN, ink.TURM, ink.CREAM), top=False)
    return c


_STALLS = (
    ("rattana", ink.VERM, ink.CREAM, "diamond", (ink.VERM, ink.TURM, ink.INDIGO)),
    ("fatimah", ink.GREEN, ink.TURM, "yo", (ink.GREEN, ink.CREAM, ink.TURM)),
    ("sunthon", ink.TURM, ink.INDIGO, "jok", (ink.PLUM, ink.TURM, ink.CREAM)),
)


def fair() -> Canvas:
    """Three stalls at night."""
    c = _sheet("scene-fair", ink.INDIGO)
    c.flat(box(0, 500, 960, 140), ink.ROSE)
    for i in range(22):
        c.blob(oval(30 + i * 42, 92 + abs(i % 8 - 4) * 8, 10), (ink.TURM, ink.VERM, ink.CREAM)[i % 3])
    for k, (who, a, b, pattern, threads) in enumerate(_STALLS):
        x = 20 + 315 * k
        for dx in (14, 264):
            c.part(box(x + dx, 220, 12, 340), ink.BROWN)
        bust(c, BY_KEY[who], x + 145, 500, 0.66)
        for i in range(8):
            c.part(
                f"M{x + i * 36},170H{x + (i + 1) * 36}V250a18,18 0 0 1 -36,0z",
                b if i % 2 else a,
                "below",
                3,
                amount=0.5,
            )
        c.part(box(x, 470, 290, 110, 4), threads[0], pattern=weave(pattern, x, 470, 290, 110, threads, 8))
        c.part(box(x - 6, 454, 302, 26, 4), ink.BROWN, "below")
    for i in range(5):
        props.mango(c, 60 + i * 30, 438 - i % 2 * 8, 24, ink.TURM, i * 20)
    packs.jar(c, 560, 454, 56, 60, "#8f2a1c", ink.VERM)
    packs.folded(
        c,
        880,
        456,
        90,
        [
            ("ikat", (ink.INDIGO, ink.CREAM, ink.SKY), 4),
            ("diamond", (ink.PLUM, ink.TURM, ink.CREAM), 4),
            ("plaid", (ink.CREAM, ink.VERM, ink.GREEN), 4),
        ],
        20,
    )
    _band(c, "khit", (ink.VERM, ink.CREAM, ink.TURM))
    return c


def sea() -> Canvas:
    """A woman of the coast and a painted boat."""
    c = _sheet("scene-sea", ink.TURM)
    c.flat(oval(480, 190, 100), ink.VERM)
    c.part("M0,300H960V650H0z", ink.INDIGO, None)
    for row in range(7):
        for i in range(9):
            c.stroke(f"M{i * 120 + row % 2 * 60 - 40},{330 + row * 44}q30,-20 60,0", ink.SKY, 5)
    c.part(
        "M430,400Q660,480 900,390Q870,520 800,540H540Q460,500 430,400z",
        ink.VERM,
        "below",
        pattern=batik_print(430, 390, 480, 150, ink.VERM, (ink.TURM, ink.CREAM)),
    )
    c.part("M440,412Q660,490 892,402L884,430Q660,512 450,440z", ink.CREAM, None, 3)
    c.part(box(600, 300, 140, 120, 8), ink.GREEN)
    for x in (620, 680):
        c.part(box(x, 320, 40, 44, 4), ink.SKY, None, 3)
    c.rope("M560,430V210", ink.BROWN, 8)
    for i, colour in enumerate((ink.VERM, ink.GREEN, ink.CREAM)):
        c.part(poly((560, 214 + i * 34), (630, 224 + i * 34), (560, 244 + i * 34)), colour, line=3)
    bust(c, BY_KEY["aminah"], 210, 660, 1.1)
    _band(c, "yo", (ink.GREEN, ink.CREAM, ink.TURM))
    return c


def north() -> Canvas:
    """Hills, tea and an umbrella."""
    c = _sheet("region-north", ink.ROSE)
    c.flat(oval(250, 190, 110), ink.TURM)
    _hills(c, 240, ink.VIOLET, ink.TEAL, ink.GREEN)
    for row in range(4):
        y = 430 + row * 44
        for i in range(24):
            c.part(oval(i * 44 + row % 2 * 22 - 10, y, 26, 20), (ink.LEAF, ink.MOSS)[(i + row) % 2], "round", 2.6)
    bust(c, BY_KEY["atae"], 700, 650, 1.1)
    umbrella(c, 230, 430, 150, (ink.VERM, ink.TURM), stick=(90, 150))
    _band(c, "border", (ink.VERM, ink.CREAM, ink.INDIGO))
    return c


def northeast() -> Canvas:
    """Sugar palms and hanging cloths."""
    c = _sheet("region-northeast", ink.TURM)
    c.flat(oval(720, 200, 120), ink.VERM)
    c.part("M0,360Q480,320 960,370V650H0z", ink.LEAF, None, 3.4)
    for x, s in ((110, 0.9), (830, 0.7)):
        with c.at(x, 400, 0, s):
            c.rope("M0,20V-150", ink.COCOA, 14)
            for turn in range(-180, 180, 30):
                with c.at(0, -170, turn):
                    c.part(
                        poly((14, -6), (84, -18), (96, 0), (84, 18), (14, 6)),
                        ink.GREEN if turn % 60 else ink.MOSS,
                        "below",
                        2.8,
                    )
    c.part(box(520, 330, 380, 22, 8), ink.BROWN, "below")
    for x, w, pattern, threads in (
        (540, 100, "diamond", (ink.PLUM, ink.TURM, ink.CREAM)),
        (660, 100, "naga", (ink.INDIGO, ink.CREAM, ink.SKY)),
        (780, 100, "rows", ("#b3202c", ink.TURM, ink.CREAM)),
    ):
        c.part(box(x, 340, w, 250), threads[0], pattern=weave(pattern, x, 340, w, 250, threads, 7))
        packs.fringe(c, x, 590, w, threads[1], 10)
    bust(c, BY_KEY["phikun"], 300, 650, 1.15)
    _band(c, "khit", (ink.INDIGO, ink.CREAM, ink.VERM))
    return c


def central() -> Canvas:
    """A house on the water and a boat of fruit."""
    c = _sheet("region-central", ink.SKY)
    c.part("M120,300H380L420,330H80z", ink.VERM, "below")
    c.part(box(110, 330, 280, 110), ink.TAN)
    for x in (140, 230, 320):
        c.part(box(x, 350, 40, 60, 3), ink.COCOA, None, 3)
    c.part("M60,250L250,170L440,250L420,330H80z", ink.RUST, "below")
    for x in (130, 250, 370):
        c.rope(f"M{x},440V520", ink.BROWN, 12)
    c.part("M0,480H960V650H0z", ink.TEAL, None)
    for row in range(4):
        for i in range(9):
            c.stroke(f"M{i * 120 + row % 2 * 60 - 30},{510 + row * 38}q30,-16 60,0", ink.SKY, 4)
    bust(c, BY_KEY["lamduan"], 640, 590, 0.86)
    for x, y, i in ((500, 540, 0), (540, 528, 1), (790, 536, 2), (750, 526, 3), (830, 546, 4)):
        props.mango(c, x, y, 32, (ink.TURM, ink.LIME)[i % 2], i * 30)
    c.part("M420,550Q650,620 900,540Q880,620 820,630H520Q440,620 420,550z", ink.BROWN, "below")
    draw_pineapple(c, 850, 560, 70, 90)
    _band(c, "plaid", (ink.CREAM, ink.GREEN, ink.TURM))
    return c


def south() -> Canvas:
    """Islands and palms."""
    c = _sheet("region-south", ink.LIME)
    c.flat(oval(200, 200, 100), ink.VERM)
    c.part("M380,330C400,200 450,150 500,170C560,180 580,260 600,330z", ink.GREEN, "right")
    c.part("M600,330C620,250 650,220 690,230C740,240 760,290 770,330z", ink.MOSS, "right")
    c.part("M0,326H960V650H0z", ink.INDIGO, None)
    for row in range(4):
        for i in range(9):
            c.stroke(f"M{i * 120 + row % 2 * 60 - 30},{360 + row * 40}q30,-16 60,0", ink.SKY, 4)
    c.part("M-10,520Q400,470 970,540V660H-10z", ink.STRAW, "below", amount=0.5)
    _palm(c, 110, 560, 1.2, 60)
    _palm(c, 880, 580, 1.35, -70)
    bust(c, BY_KEY["kasem"], 300, 650, 0.9)
    bust(c, BY_KEY["fatimah"], 700, 650, 0.94)
    _band(c, "petal", (ink.VIOLET, ink.PINK, ink.LEMON))
    return c


def poster() -> Canvas:
    """The front page: makers of four regions behind one table of goods."""
    c = _sheet("home-poster", ink.TURM)
    c.flat(oval(480, 330, 330), ink.VERM)
    for who, x, s in (("atae", 130, 0.9), ("somjit", 340, 0.98), ("bunsong", 600, 0.98), ("aminah", 826, 0.9)):
        bust(c, BY_KEY[who], x, 520, s)
    c.part(box(-10, 500, 980, 30), ink.BROWN, "below")
    c.part(
        box(-10, 530, 980, 120),
        ink.INDIGO,
        None,
        pattern=weave("khit", -10, 530, 980, 120, (ink.INDIGO, ink.TURM, ink.CREAM), 9),
    )
    packs.sack(c, 90, 540, 110, 110, ink.CREAM, ink.GREEN, motifs.ear)
    packs.jar(c, 246, 524, 84, 90, "#8f2a1c", ink.VERM, motifs.chilli, cloth=(ink.VERM, ink.CREAM, ink.TURM))
    rooster_bowl(c, 400, 526, 130)
    packs.folded(
        c,
        540,
        524,
        130,
        [
            ("ikat", (ink.INDIGO, ink.CREAM, ink.SKY), 4),
            ("rows", ("#b3202c", ink.TURM, ink.CREAM), 4),
            ("diamond", (ink.GREEN, ink.TURM, ink.CREAM), 4),
        ],
        28,
    )
    packs.bottle(c, 680, 526, 54, 130, "#d98a16", ink.GREEN, motifs.comb, shape="flask")
    draw_pineapple(c, 780, 528, 64, 86)
    dishes.heaped_bowl(c, 886, 530, 120, 54, ink.TEAL, packs.dot_piece((ink.PLUM, ink.WINE), 17), 16)
    for i in range(16):
        c.part(
            poly((i * 62 - 10, 58), (i * 62 + 46, 58), (i * 62 + 18, 104)),
            (ink.GREEN, ink.CREAM, ink.INDIGO, ink.ROSE)[i % 4],
            "below",
            3,
        )
    _band(c, "hook", (ink.VERM, ink.CREAM, ink.TURM))
    return c


def fund() -> Canvas:
    """One baht in a hundred parts, and whose they are."""
    c = _sheet("scene-fund", ink.GREEN)
    c.flat(box(0, 500, 960, 140), ink.CREAM)
    for x, n, colour in ((210, 9, ink.TURM), (400, 4, ink.ROSE), (550, 3, ink.SKY), (700, 2, ink.LIME)):
        for i in range(n):
            c.part(oval(x, 520 - i * 34, 74, 26), colour, "below")
            c.part(oval(x, 510 - i * 34, 74, 26), colour, None)
            c.line(oval(x, 510 - i * 34, 52, 17), 2.4)
    for px, py, i in scatter(5, 840, 500, 60, 26):
        c.part(oval(px, py, 26, 18), ink.TURM if i % 2 else ink.ROSE, "round")
    with c.at(850, 470):
        c.rope("M0,0V-120", ink.LEAF, 9)
        for turn in (-150, -30):
            with c.at(0, -70, turn):
                c.part(leaf(0, 0, 84), ink.LEAF, "below")
        c.part(smooth((0, -200), (26, -150), (0, -110), (-26, -150)), ink.LEAF, "below")
    _band(c, "key", (ink.TURM, ink.VERM, ink.CREAM))
    return c


SCENES = {
    "scene-harvest": harvest,
    "scene-weave": weaver,
    "scene-hub": hub,
    "scene-fair": fair,
    "scene-sea": sea,
    "scene-fund": fund,
    "home-poster": poster,
    "region-north": north,
    "region-northeast": northeast,
    "region-central": central,
    "region-south": south,
}

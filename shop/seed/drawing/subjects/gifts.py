"""Souvenirs and decorations."""

from __future__ import annotations

from shop.seed.drawing import palette as ink
from shop.seed.drawing import props
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import around, blossom, box, lathe, leaf, oval, polar, poly, scatter, smooth
from shop.seed.drawing.registry import draws
from shop.seed.drawing.subjects.bags import kanok
from shop.seed.drawing.weaves import weave

HIDE, CUT = "#a05f2e", "#ffe9a8"
"""Painted hide, and the light that comes through it where it is cut."""


@draws("Sa-paper notebook", "corner", ink.PLUM, ink.STRAW)
def _draw_sa_paper(c: Canvas) -> None:
    for x, y, t, colour in ((400, 300, 14, "#c9d3a0"), (250, 340, -8, "#f1e6cd")):
        with c.at(x, y, t):
            c.tone(box(-116, -150, 250, 330, 4), 0.5)
            c.part(poly((-128, -168), (120, -168), (128, 160), (-120, 164)), "#e9dcc0", "right", 3)
            c.part(
                smooth(
                    (-130, -166),
                    (-40, -172),
                    (60, -164),
                    (122, -170),
                    (118, -60),
                    (124, 60),
                    (118, 158),
                    (20, 152),
                    (-60, 160),
                    (-128, 154),
                    (-124, 40),
                    (-132, -60),
                    tension=0.2,
                ),
                colour,
                "right",
            )
            for px, py, i in scatter(40, 0, -6, 108, 150):
                with c.at(px, py, i * 71):
                    c.line("M-12,0q8,-7 16,0t10,-4", 1.2)
            for px, py, i in ((30, -40, 0), (70, 10, 1), (0, 40, 2)):
                c.blob(blossom(px, py, 34 - i * 5, 5), (ink.VERM, ink.PINK, ink.TURM)[i])
                c.blob(oval(px, py, 7), ink.PAPER)
            with c.at(0, 100, -70):
                c.blob(leaf(0, 0, 100, 0.4), ink.MOSS)
            c.rope("M-96,-168V158", ink.BROWN, 5, 2.4)
            for k in range(6):
                c.line(f"M-128,{-140 + k * 56}h32", 2.4)


@draws("Rubber-leaf flowers", "arch", ink.INDIGO, ink.CREAM)
def _draw_rubber_flowers(c: Canvas) -> None:
    blooms = ((230, 220, 0), (330, 170, 1), (430, 230, 2), (280, 310, 3), (390, 320, 4), (180, 310, 1), (470, 330, 0))
    for x, y, _ in blooms:
        c.rope(f"M{x},{y}Q{(x + 640) / 3},{y + 140} 320,520", ink.MOSS, 5, 2.2)
    for x, y, t in (
        (160, 230, -150),
        (490, 240, -30),
        (250, 150, -110),
        (410, 150, -70),
        (140, 380, 170),
        (500, 390, 10),
    ):
        props.frond(c, x, y, 96, t, ink.LEAF, 0.6)
    tones = (
        ("#e8d3b0", "#c9a06a"),
        ("#e58f7a", "#b5523c"),
        ("#f0c860", "#c78a1e"),
        ("#d98fb4", "#a3487a"),
        ("#b9c98a", "#7a8f44"),
    )
    for x, y, k in blooms:
        light, dark = tones[k]
        for ring, n, r in ((0, 7, 56), (1, 5, 38)):
            for i in range(n):
                with c.at(x, y, 360 * i / n + ring * 30):
                    c.part(leaf(2, 0, r, 0.72), light if ring else dark, "below", 2.6)
                    c.line(f"M8,0H{r * 0.8}M{r * 0.3},0l{r * 0.2},{-r * 0.13}M{r * 0.3},0l{r * 0.2},{r * 0.13}", 1.2)
        c.part(oval(x, y, 11), ink.TURM, "round", 2.6)
    c.part(poly((252, 400), (388, 400), (350, 556), (290, 556)), ink.PAPER, "right")
    c.part(poly((262, 470), (378, 470), (372, 496), (268, 496)), ink.VERM, None, 3)
    c.part(oval(320, 484, 20), ink.VERM, "round", 3)


def _court_doll(c: Canvas, x: float, base: float, s: float, sash: str, skirt: str, *, hand: float) -> None:
    """A lady of clay, seated with folded legs, a sash over one shoulder."""
    with c.at(x, base, 0, s):
        skin = "#e3ac7c"
        c.shadow(0, 0, 76)
        c.part(smooth((-92, -4), (-76, -44), (-10, -58), (70, -50), (98, -8), (60, 4), (-40, 4)), skirt, "right")
        c.raw(f'<path d="M-70,-30Q0,-10 80,-24" stroke="{ink.TURM}" stroke-width="6" fill="none"/>')
        c.part("M-34,-52C-40,-100 -34,-130 -22,-142H22C34,-130 40,-100 34,-52z", skin, "right")
        c.part("M-30,-140L36,-66L34,-52H-34L-36,-90z", sash, "right", 3.4)
        c.rope(f"M-28,-130Q-66,-100 {-50 - hand},{-60 - hand}", skin, 12, 3)
        c.rope(f"M28,-130Q62,-96 {44 + hand * 0.3},-52", skin, 12, 3)
        c.part(oval(0, -172, 34, 38), skin, "round")
        c.part("M-36,-176C-40,-226 40,-226 36,-176C26,-200 -26,-200 -36,-176z", ink.INK, None, 3)
        c.part(oval(0, -214, 15, 13), ink.INK, None, 3)
        c.blob(oval(-20, -208, 7), ink.TURM)
        c.line("M-16,-172q6,-5 12,0M6,-172q6,-5 12,0M-7,-153q7,6 14,0M0,-168v8", 2.4)
        c.rope("M-16,-136Q0,-124 16,-136", ink.TURM, 5, 2)


@draws("Bang Sadet court dolls", "table", ink.TURM, ink.GREEN, scale=1.08)
def _draw_court_dolls(c: Canvas) -> None:
    c.part(box(60, 500, 520, 50, 6), ink.BROWN, "below")
    _court_doll(c, 160, 508, 1.05, ink.VERM, ink.INDIGO, hand=0)
    _court_doll(c, 330, 508, 1.3, ink.PINK, ink.GREEN, hand=34)
    _court_doll(c, 494, 508, 1.05, ink.LEAF, ink.PLUM, hand=10)


def _crown(c: Canvas, skin: str, gold: str) -> None:
    tiers = ((150, 262, 44), (126, 222, 40), (98, 184, 38), (70, 148, 36), (44, 112, 36))
    for i, (half, y, h) in enumerate(tiers):
        c.part(
            f"M{320 - half},{y}Q320,{y + 22} {320 + half},{y}L{320 + half * 0.84},{y - h}Q320,{y - h + 16} {320 - half * 0.84},{y - h}z",
            (gold, skin)[i % 2],
            "right",
            3.4,
        )
        for k in range(-2, 3):
            c.blob(oval(320 + k * half * 0.32, y - h * 0.38 + 8 - abs(k) * 2, 6), ink.VERM if i % 2 == 0 else ink.PAPER)
    c.part(lathe(320, 80, [(30, 0), (16, 16), (12, 34), (0, 66)]), gold, "right", 3.4)


def _giant_face(c: Canvas, skin: str, gold: str) -> None:
    for side in (-1, 1):
        with c.at(320, 330, mirror=side < 0):
            c.part(smooth((22, -6), (60, -36), (110, -22), (116, 4), (70, 20), (30, 14)), ink.PAPER, None, 3.6)
            c.part(oval(66, -6, 21), ink.INK, None, 0)
            c.blob(oval(60, -12, 6), ink.PAPER)
            c.stroke("M14,-38C50,-80 110,-66 132,-34", ink.INK, 13)
            c.stroke("M18,-42C54,-76 104,-64 124,-38", gold, 5)
            c.stroke(
                smooth(*(polar(84, 76, r, a) for r, a in ((34, -60), (28, 20), (20, 110), (12, 200))), close=False),
                gold,
                6,
            )
            c.part(poly((44, 108), (58, 100), (72, 76), (66, 118)), ink.PAPER, None, 3)
    c.part(smooth((292, 350), (320, 330), (348, 350), (356, 386), (320, 396), (284, 386)), skin, "right", 3.4)
    c.part(smooth((240, 428), (320, 414), (400, 428), (372, 466), (320, 474), (268, 466)), ink.VERM, None, 3.6)
    c.part(smooth((262, 432), (320, 424), (378, 432), (320, 448)), ink.PAPER, None, 2.6)
    c.line("M290,428v16M310,426v20M330,426v20M350,428v16", 2)


@draws("Miniature khon mask", "sun", ink.VERM, ink.CREAM)
def _draw_khon(c: Canvas) -> None:
    skin, gold = "#3f8a55", "#e9b93a"
    c.shadow(320, 545, 120)
    c.part(lathe(320, 548, [(110, 0), (96, 20), (54, 40), (50, 64)]), ink.BROWN, "right")
    for side in (-1, 1):
        with c.at(320, 330, mirror=side < 0):
            c.part(smooth((150, -30), (206, -90), (214, -10), (190, 70), (156, 90), (140, 30)), gold, "right")
            c.raw(kanok(180, 20, 40, ink.VERM, 12))
    c.part(
        smooth(
            (180, 330),
            (196, 250),
            (320, 222),
            (444, 250),
            (460, 330),
            (430, 440),
            (370, 494),
            (320, 502),
            (270, 494),
            (210, 440),
        ),
        skin,
        "round",
    )
    _crown(c, skin, gold)
    _giant_face(c, skin, gold)


@draws("Shadow puppet", "top", ink.TURM, ink.CREAM, scale=1.06)
def _draw_shadow_puppet(c: Canvas) -> None:
    """The clown of the shadow play on the lit screen: painted hide, cut through, with a checked cloth and jointed arms."""
    c.part(oval(320, 310, 226), "#fbe6ac", None, 0)
    c.part(oval(320, 310, 150), "#fff4cf", None, 0)
    c.rope("M318,560V430", ink.TAN, 9)
    c.rope("M520,540L474,300", ink.TAN, 6)
    c.rope("M150,540L170,400", ink.TAN, 6)
    with c.at(316, 330):
        _puppet_legs(c)
        belly = smooth((-46, -70), (30, -78), (74, -20), (88, 50), (40, 104), (-40, 104), (-72, 50), (-66, -10))
        c.part(belly, HIDE, "right", 3.6)
        for r in (14, 30, 46):
            for px, py in around(16, 22, r, r // 3):
                c.blob(oval(px, py, 3.4), CUT)
        cloth = (ink.VERM, ink.CREAM, ink.INDIGO)
        c.part(
            poly((-72, 76), (90, 76), (100, 168), (-82, 168)),
            cloth[0],
            None,
            3.4,
            weave("plaid", -90, 70, 200, 104, cloth, 6),
        )
        c.part(box(-78, 66, 172, 22, 8), ink.TURM, "below", 3)
        _puppet_head(c)
        c.rope("M-52,-50Q-110,-20 -128,30", HIDE, 22, 3.4)
        c.rope("M-128,30Q-150,60 -146,78", HIDE, 17, 3.4)
        c.rope("M50,-56Q110,-60 126,-30", HIDE, 22, 3.4)
        c.rope("M126,-30Q150,-40 158,-24", HIDE, 17, 3.4)
        for x, y in ((-128, 30), (126, -30), (-52, -50), (50, -56)):
            c.part(oval(x, y, 9), ink.TURM, "round", 2.6)
        c.part(poly((160, -34), (176, -128), (196, -124), (176, -28)), ink.SILVER, "right", 3)


def _puppet_legs(c: Canvas) -> None:
    for x in (-40, 46):
        c.part(poly((x - 22, 160), (x + 22, 160), (x + 14, 212), (x - 12, 212)), HIDE, "right", 3.4)
        c.part(smooth((x - 14, 206), (x + 20, 204), (x + 60, 218), (x + 54, 228), (x - 14, 226)), HIDE, None, 3.4)


def _puppet_head(c: Canvas) -> None:
    """In profile: a brow, a long nose, thick lips, a tuft of hair."""
    profile = smooth(
        *(
            (-52, -100),
            (-66, -160),
            (-40, -210),
            (16, -220),
            (46, -196),
            (50, -178),
            (96, -172),
            (118, -160),
            (92, -148),
        ),
        *((64, -140), (104, -128), (106, -116), (70, -116), (92, -104), (84, -92), (44, -84), (20, -66), (-30, -70)),
        tension=0.36,
    )
    c.part(profile, HIDE, "right", 3.6)
    c.part(smooth((-66, -150), (-70, -200), (-30, -236), (10, -226), (-20, -204), (-44, -180)), ink.INK, None, 3)
    for i in range(5):
        c.rope(f"M{-52 + i * 14},{-206 - i * 5}q-10,-22 2,-34", ink.INK, 5, 1.6)
    c.part(oval(30, -170, 17, 11), CUT, None, 2.6)
    c.dot(oval(35, -169, 5))
    c.line("M70,-117Q54,-120 40,-112", 2.6)
    c.stroke("M8,-188q22,-12 44,-2", CUT, 4)
    c.part(oval(-40, -140, 12, 17), CUT, None, 2.6)
    c.part(oval(-40, -112, 9), ink.TURM, "round", 2.4)
    c.rope("M-34,-74Q10,-52 44,-82", ink.TURM, 6, 2.2)


@draws("Coconut-shell key ring", "frame", ink.GREEN, ink.ROSE, scale=1.1)
def _draw_key_ring(c: Canvas) -> None:
    shell, light = "#5a351e", "#8a5a34"
    for x, y, t, kind in ((190, 250, -10, 0), (440, 230, 12, 1), (320, 430, 0, 2)):
        with c.at(x, y, t):
            c.rope(oval(0, -148, 34), ink.STEEL, 8, 3)
            c.rope("M0,-114V-74", ink.STEEL, 7, 2.6)
            if kind == 0:
                c.part(
                    smooth((-64, 10), (-40, -50), (20, -60), (64, -20), (66, 30), (20, 66), (-40, 56)), shell, "round"
                )
                for i in range(3):
                    c.line(oval(0, 0, 44 - i * 13, 40 - i * 12), 2.4)
                c.dot(oval(-6, -20, 5))
            elif kind == 1:
                c.part(
                    smooth((0, -74), (70, -30), (80, 30), (40, 70), (-40, 70), (-80, 30), (-70, -30)), light, "round"
                )
                for dx in (-30, 30):
                    c.part(oval(dx, -20, 24), ink.CREAM, None, 3)
                    c.dot(oval(dx, -20, 10))
                c.part(poly((-10, -2), (10, -2), (0, 22)), ink.TURM, None, 3)
                c.line("M-40,30q10,12 20,0t20,0t20,0t20,0M-30,48q10,10 20,0t20,0t20,0", 2.4)
            else:
                c.part("M-90,10C-60,-60 30,-60 66,0L104,-34V40L66,16C30,60 -60,60 -90,10z", shell, "round")
                c.part(oval(-50, -6, 9), ink.CREAM, None, 2.6)
                c.line("M-26,-34q24,38 0,72M0,-20q14,20 0,44M26,-16q12,18 0,38", 2.4)

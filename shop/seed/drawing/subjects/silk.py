"""Silk."""

from __future__ import annotations

from dataclasses import replace

from shop.seed.drawing import dishes, motifs, packs
from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.faces import bust
from shop.seed.drawing.paths import box, oval, smooth
from shop.seed.drawing.portraits import BY_KEY
from shop.seed.drawing.registry import DETAIL, IN_USE, draws
from shop.seed.drawing.subjects import cloth as cloths
from shop.seed.drawing.weaves import weave

CHONNABOT = ("diamond", (ink.PLUM, ink.TURM, ink.CREAM), 7)
PRAEWA = ("rows", ("#b3202c", ink.TURM, ink.CREAM), 7)
LAMPHUN = ("petal", ("#c2447c", "#f3d06a", ink.CREAM), 7)


@draws("Chonnabot mudmee silk", "side", ink.CREAM, ink.TURM)
def _draw_chonnabot(c: Canvas) -> None:
    cloths.hanging(c, CHONNABOT, 140, 360, 390, end=("naga", (ink.VERM, ink.TURM, ink.PLUM), 7))


@draws("Chonnabot mudmee silk", "bare", ink.TURM, ink.TURM, view=DETAIL)
def _draw_chonnabot_close(c: Canvas) -> None:
    cloths.swatch(c, ("diamond", (ink.PLUM, ink.TURM, ink.CREAM), 15), turned="#a04a68")


@draws("Chaiyaphum mudmee silk", "frame", ink.ROSE, ink.CREAM)
def _draw_chaiyaphum(c: Canvas) -> None:
    navy, gold = ink.NIGHT, "#e9b84a"
    packs.folded(
        c,
        320,
        540,
        400,
        [
            ("ikat", (navy, gold, ink.ROSE), 6),
            ("hook", (ink.GREEN, gold, ink.CREAM), 6),
            ("ikat", (ink.WINE, ink.ROSE, gold), 6),
            ("naga", (navy, ink.SKY, gold), 6),
            ("ikat", (ink.RUST, gold, ink.CREAM), 6),
        ],
        78,
    )
    motifs.cocoon(c, 520, 130, 40)
    motifs.cocoon(c, 450, 116, 36, ink.LEMON)


@draws("Kalasin Phrae Wa silk", "sun", ink.GREEN, ink.CREAM)
def _draw_praewa(c: Canvas) -> None:
    c.part(box(70, 96, 500, 20, 10), ink.BROWN, "below")
    d = smooth(
        (180, 100),
        (260, 160),
        (340, 210),
        (430, 330),
        (470, 540),
        (350, 552),
        (300, 420),
        (220, 330),
        (150, 260),
        (130, 160),
    )
    c.part(
        "M130,104H300L310,520H140z",
        PRAEWA[1][0],
        "right",
        pattern=weave("rows", 120, 100, 200, 430, PRAEWA[1], 7),
        amount=0.6,
    )
    packs.fringe(c, 140, 520, 170, ink.TURM, 16)
    c.part(
        d,
        PRAEWA[1][0],
        "right",
        pattern=weave("rows", 120, 90, 360, 470, ("#8f1826", "#f3c04a", ink.CREAM), 8),
        amount=0.7,
    )
    packs.fringe(c, 352, 548, 116, ink.TURM, 12)
    c.line("M200,150Q320,240 380,360T410,540M170,200Q280,290 330,390T372,545", 2.4)


@draws("Kalasin Phrae Wa silk", "bare", ink.CREAM, ink.CREAM, view=DETAIL)
def _draw_praewa_close(c: Canvas) -> None:
    cloths.swatch(c, ("rows", ("#b3202c", ink.TURM, ink.CREAM), 13), turned="#d2545a")


@draws("Lamphun brocade silk", "arch", ink.CREAM, ink.TEAL)
def _draw_lamphun(c: Canvas) -> None:
    cloths.roll(c, LAMPHUN, 130, 330, 330, 74)
    c.part(
        "M150,396H470Q500,396 500,420V540H130V430Q130,396 150,396z",
        LAMPHUN[1][0],
        "below",
        pattern=weave("petal", 120, 390, 400, 160, LAMPHUN[1], 9),
        amount=0.5,
    )
    c.raw(weave("border", 130, 506, 370, 34, (LAMPHUN[1][0], "#f3d06a", ink.CREAM), 5))
    c.line("M130,506H500", 2.6)
    for i in range(4):
        c.part(oval(210 + i * 72, 226, 20, 28), ("#f3d06a", "#c2447c")[i % 2], "round", 3)
        c.part(box(190 + i * 72, 190, 40, 12, 5), ink.TAN, None, 3)
        c.part(box(190 + i * 72, 250, 40, 12, 5), ink.TAN, None, 3)


@draws("Pak Thong Chai silk", "table", ink.LIME, ink.PLUM)
def _draw_pak_thong_chai(c: Canvas) -> None:
    colours = (
        ("#c9265c", "#e05a86"),
        ("#e0a21e", "#f3c75a"),
        ("#2f7f86", "#59a8ae"),
        ("#5a3f8c", "#8268b4"),
        ("#b84a1e", "#dc7444"),
    )
    for i, (dark, light) in enumerate(colours):
        x, top = 84 + i * 98, 190 + i % 2 * 36
        c.part(
            box(x, top, 84, 540 - top, 12),
            dark,
            "right",
            pattern=weave("plain", x, top, 84, 540 - top, (dark, light), 4),
        )
        c.part(oval(x + 42, top + 4, 42, 15), light, None)
        c.line(oval(x + 42, top + 4, 26, 9), 2.2)
        c.part(oval(x + 42, top + 4, 10, 4), ink.TAN, None, 2.6)
        c.line(f"M{x + 66},{top + 12}V536", 2.4)


@draws("Naturally dyed silk scarf", "top", ink.INDIGO, ink.CREAM, scale=1.06)
def _draw_scarf(c: Canvas) -> None:
    c.part(box(96, 126, 450, 18, 9), ink.BROWN, "below")
    for x, w, threads, drop in (
        (130, 104, (ink.ROSE, "#c9565a", ink.CREAM), 330),
        (270, 104, ("#e9c65a", ink.HONEY, ink.CREAM), 370),
        (410, 104, (ink.SKY, ink.KRAM, ink.CREAM), 320),
    ):
        c.part(
            f"M{x},122H{x + w}L{x + w + 6},{122 + drop}H{x - 6}z",
            threads[0],
            pattern=weave("stripe", x - 10, 122, w + 20, drop, threads, 8),
            amount=0.7,
        )
        c.tone(f"M{x + w * 0.4},124q10,{drop / 2} -4,{drop - 6}h22q14,{-drop / 2} 0,{6 - drop}z", 0.4)
        packs.fringe(c, x - 6, 122 + drop, w + 12, threads[1], 11)
    dishes.bowl(c, 130, 560, 110, 56, ink.CLAY, content="#8f1f2e")
    dishes.bowl(c, 500, 560, 110, 56, ink.CLAY, content=ink.KRAM)


@draws("Chonnabot mudmee silk", "arch", ink.GREEN, ink.LIME, view=IN_USE)
def _draw_chonnabot_worn(c: Canvas) -> None:
    cloth = replace(
        BY_KEY["ubon"],
        eyes="smile",
        mouth="smile",
        top="sabai",
        colour=ink.CREAM,
        weave=CHONNABOT[0],
        threads=CHONNABOT[1],
    )
    bust(c, cloth, 320, 556, 1.12)


@draws("Kalasin Phrae Wa silk", "sun", ink.INDIGO, ink.SKY, view=IN_USE)
def _draw_praewa_worn(c: Canvas) -> None:
    cloth = replace(
        BY_KEY["phikun"], top="sabai", colour=ink.INK, weave="rows", threads=PRAEWA[1], hair="bun", head="flower"
    )
    bust(c, cloth, 320, 564, 1.16)

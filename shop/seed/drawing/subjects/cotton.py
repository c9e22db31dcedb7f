"""Cotton and local hand-woven cloth."""

from __future__ import annotations

from dataclasses import replace

from shop.seed.drawing import dishes, packs, props
from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.faces import bust
from shop.seed.drawing.paths import box, oval, poly, smooth
from shop.seed.drawing.portraits import BY_KEY
from shop.seed.drawing.registry import DETAIL, IN_USE, draws
from shop.seed.drawing.subjects import cloth as cloths
from shop.seed.drawing.weaves import weave

MUD, MUD_LIGHT = "#7d5a48", "#b08a74"


@draws("Sakon Nakhon indigo cloth", "runner", ink.TURM, ink.CREAM)
def _draw_kram(c: Canvas) -> None:
    packs.folded(
        c,
        270,
        540,
        350,
        [
            ("naga", (ink.NIGHT, ink.SKY, ink.CREAM), 6),
            ("ikat", (ink.INDIGO, ink.CREAM, ink.SKY), 6),
            ("stripe", (ink.KRAM, ink.CREAM, ink.NIGHT), 7),
            ("diamond", (ink.INDIGO, ink.SKY, ink.CREAM), 6),
        ],
        78,
    )
    c.shadow(530, 552, 66)
    dishes.bowl(c, 530, 552, 150, 120, ink.CLAY, content=ink.NIGHT)
    cloths.bundle(c, 504, 330, (ink.KRAM, ink.SKY), 0.9)


@draws("Sakon Nakhon indigo cloth", "bare", ink.SKY, ink.SKY, view=DETAIL)
def _draw_kram_close(c: Canvas) -> None:
    cloths.swatch(c, ("naga", (ink.NIGHT, ink.CREAM, ink.SKY), 14), turned=ink.KRAM)


@draws("Mae Chaem tin-chok tube skirt", "top", ink.CREAM, ink.GREEN)
def _draw_tin_chok(c: Canvas) -> None:
    c.part(box(150, 96, 340, 16, 8), ink.BROWN, "below")
    across = (
        f'<g transform="rotate(90 320 300)">{weave("stripe", 60, 100, 520, 440, (ink.INK, "#7b2b4a", ink.TURM), 9)}</g>'
    )
    foot = weave("jok", 130, 380, 380, 110, (ink.VERM, ink.TURM, ink.CREAM), 7) + weave(
        "border", 130, 490, 380, 44, (ink.VERM, ink.TURM, ink.INK), 6
    )
    head = f'<path d="{box(130, 90, 380, 60)}" fill="{ink.CREAM}"/>'
    c.part(
        poly((176, 104), (464, 104), (490, 540), (150, 540)), ink.INK, "right", pattern=across + head + foot, amount=0.6
    )
    c.line("M172,150H468M158,380H482M154,490H486", 2.6)
    c.line("M250,156Q240,260 238,376M392,156Q402,260 404,376", 2)


@draws("Phrae mo-hom cloth", "side", ink.ROSE, ink.CREAM)
def _draw_mo_hom(c: Canvas) -> None:
    deep = ("plain", ("#22306e", "#2c3c84"), 5)
    cloths.laid_out(c, deep, 190, 330, 300, 210, slant=50)
    cloths.roll(c, deep, 150, 310, 380, 66)
    c.line("M196,360L150,530M484,360L530,530", 2)
    c.part(box(110, 500, 470, 30, 3), ink.STRAW, "below")
    for i in range(24):
        c.line(f"M{124 + i * 19},500v{16 if i % 4 == 0 else 9}", 2)
    with c.at(470, 430, 28):
        c.part(poly((-110, -4), (10, -16), (10, 4)), ink.SILVER, None, 3)
        c.part(poly((-110, 6), (10, -2), (10, 16)), ink.SILVER, "below", 3)
        c.rope(oval(40, -22, 30, 20), ink.VERM, 9)
        c.rope(oval(40, 22, 30, 20), ink.VERM, 9)


@draws("Naturally dyed pha khao ma", "table", ink.GREEN, ink.ROSE)
def _draw_phakhaoma(c: Canvas) -> None:
    packs.folded(
        c,
        240,
        548,
        320,
        [
            ("plaid", (ink.CREAM, "#a85a3a", ink.MOSS), 8),
            ("plaid", ("#e3c88a", "#7a5a2a", ink.CREAM), 8),
            ("plaid", (ink.CREAM, ink.PLUM, "#c99a55"), 8),
        ],
        86,
    )
    with c.at(470, 360, 6):
        c.part(
            smooth((-50, -170), (50, -176), (66, -60), (56, 60), (74, 180), (-66, 186), (-54, 60), (-66, -60)),
            ink.CREAM,
            "right",
            pattern=weave("plaid", -90, -190, 180, 390, (ink.CREAM, "#a85a3a", ink.MOSS), 9),
        )
        c.line("M-20,-170Q-30,0 -24,180M22,-172Q30,0 26,180", 2)
        c.part(
            box(-64, -30, 128, 50, 22),
            "#a85a3a",
            "below",
            pattern=weave("plaid", -64, -40, 128, 70, (ink.CREAM, "#a85a3a", ink.MOSS), 7),
        )
        packs.fringe(c, -66, 184, 138, "#a85a3a", 12)


@draws("Ko Yo woven cloth", "arch", ink.TURM, ink.CREAM)
def _draw_ko_yo(c: Canvas) -> None:
    for x in (110, 512):
        c.part(box(x, 180, 20, 366, 4), ink.BROWN)
    for i in range(40):
        c.stroke(f"M{142 + i * 9.2:.1f},214V330", ink.CREAM if i % 3 else "#c9b184", 3)
        c.line(f"M{142 + i * 9.2:.1f},214V330", 0.9)
    c.part(box(96, 196, 450, 24, 10), ink.TAN, "below")
    c.part(box(120, 318, 402, 26, 4), ink.BROWN, "below")
    c.part(
        box(136, 344, 370, 140),
        ink.TEAL,
        None,
        pattern=weave("yo", 136, 344, 370, 140, (ink.TEAL, ink.CREAM, ink.TURM), 9),
    )
    c.part(
        box(96, 470, 450, 60, 28),
        ink.TEAL,
        "below",
        pattern=weave("yo", 96, 470, 450, 60, (ink.TEAL, ink.CREAM, ink.TURM), 8),
    )
    c.part(smooth((220, 300), (320, 284), (420, 300), (320, 318)), ink.HONEY, "below", 3.4)
    c.part(oval(320, 301, 46, 7), ink.VERM, None, 2)


@draws("Bueng Kan mud-fermented cloth", "corner", ink.SKY, ink.LEAF)
def _draw_mud(c: Canvas) -> None:
    c.rope("M40,130Q320,160 600,126", ink.TAN, 7)
    for x, w, drop, threads in (
        (90, 190, 330, (MUD, MUD_LIGHT, ink.CREAM)),
        (310, 170, 290, ("#9a7560", MUD, "#dcc3a8")),
    ):
        c.part(
            f"M{x},140H{x + w}L{x + w + 8},{140 + drop}H{x - 8}z",
            threads[0],
            pattern=weave("naga", x - 10, 136, w + 20, drop + 10, threads, 8),
            amount=0.6,
        )
        c.tone(f"M{x + w * 0.5},150q14,{drop / 2} 0,{drop - 14}h26q12,{-drop / 2} 0,{14 - drop}z", 0.4)
        packs.fringe(c, x - 6, 140 + drop, w + 12, MUD_LIGHT, 15)
    for x in (100, 262, 322, 462):
        c.part(box(x, 124, 12, 36, 4), ink.STRAW, None, 3)
    dishes.bowl(c, 460, 560, 200, 90, ink.CLAY, content="#5a4034")
    props.frond(c, 560, 560, 70, -30)


@draws("Sakon Nakhon indigo cloth", "side", ink.CREAM, ink.SKY, view=IN_USE)
def _draw_kram_worn(c: Canvas) -> None:
    scarf = (ink.NIGHT, ink.CREAM, ink.SKY)
    bust(
        c,
        replace(
            BY_KEY["wanna"], top="blouse", colour=ink.CREAM, weave="", threads=(ink.CREAM, ink.KRAM), mouth="smile"
        ),
        320,
        550,
        1.14,
    )
    for side in (-1, 1):
        with c.at(320, 550, 0, 1.14, mirror=side < 0):
            c.part(
                "M40,-182C110,-170 140,-120 130,0H52C60,-70 50,-130 10,-150z",
                scarf[0],
                "right",
                3.6,
                weave("naga", 0, -190, 150, 200, scarf, 6),
            )
    packs.fringe(c, 232, 546, 46, ink.SKY, 5)

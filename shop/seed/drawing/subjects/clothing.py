"""Ready-made clothing."""

from __future__ import annotations

from dataclasses import replace

from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.faces import bust
from shop.seed.drawing.paths import blossom, box, leaf, oval, poly, scatter
from shop.seed.drawing.portraits import BY_KEY
from shop.seed.drawing.registry import DETAIL, IN_USE, draws
from shop.seed.drawing.weaves import weave

HOM = "#26356f"


def hanger(c: Canvas, cx: float, y: float, w: float) -> None:
    """A wooden hanger."""
    c.rope(f"M{cx},{y - 6}V{y - 26}q0,-10 12,-12q18,-4 14,-22q-6,-18 -24,-10", ink.STEEL, 5, 2.4)
    c.rope(f"M{cx - w / 2},{y + 44}L{cx},{y - 6}L{cx + w / 2},{y + 44}", ink.TAN, 13)


def shirt(
    c: Canvas,
    cx: float,
    y: float,
    s: float,
    cloth: str,
    pattern: str = "",
    *,
    collar: str | None = None,
    sleeve: float = 1,
    long: float = 1.5,
) -> None:
    """A shirt laid flat: `sleeve` and `long` are lengths against the usual ones."""
    out, low = 0.5 + 0.4 * sleeve, 0.28 + 0.26 * sleeve
    d = (
        f"M-.3,0L-.62,.12L{-out},{low}L{-out + 0.2},{low + 0.36}L-.5,.62L-.54,{long}H.54L.5,.62L{out - 0.2},{low + 0.36}L{out},{low}L.62,.12L.3,0"
        "Q0,.2 -.3,0z"
    )
    with c.at(cx, y, 0, s):
        c.part(d, cloth, "right", 4 / s, pattern)
        c.line(
            f"M-.5,.62L-.47,.3M.5,.62L.47,.3M{-out + 0.05},{low + 0.04}l.2,.34M{out - 0.05},{low + 0.04}l-.2,.34", 3 / s
        )
        if collar:
            c.part("M-.3,0Q0,.2 .3,0L.25,-.06Q0,.1 -.25,-.06z", collar, None, 3 / s)


def batik_print(x: float, y: float, w: float, h: float, ground: str, colours: tuple[str, ...]) -> str:
    """Wax-drawn flowers and leaves, as SVG."""
    out = [f'<path d="{box(x, y, w, h)}" fill="{ground}"/>']
    for px, py, i in scatter(30, x + w / 2, y + h / 2, w * 0.56, h * 0.56):
        petals = blossom(0, 0, 44, 6 if i % 2 else 5, 0.58)
        one = f'<path d="{petals}" fill="{colours[i % len(colours)]}" stroke="#fff6e0" stroke-width="3.4"/><path d="{oval(0, 0, 11)}" fill="{ink.LEMON}"/>'
        stem = f'<path d="{leaf(34, 0, 46, 0.5)}{leaf(34, 14, 34, 0.4)}" fill="{ink.TEAL}" stroke="#fff6e0" stroke-width="2.6"/>'
        out.append(f'<g transform="translate({px:.0f} {py:.0f}) rotate({i * 67}) scale(.85)">{stem}{one}</g>')
    return "".join(out)


@draws("Men's mo-hom shirt", "sun", ink.TURM, ink.CREAM)
def _draw_mo_hom_shirt(c: Canvas) -> None:
    hanger(c, 320, 120, 190)
    shirt(c, 320, 128, 270, HOM, sleeve=0.9)
    for i in range(4):
        y = 196 + i * 84
        c.stroke(f"M288,{y}H352", ink.CREAM, 7)
        c.part(oval(320, y, 7), ink.CREAM, None, 2.6)
    c.line("M320,166V532", 3)
    for x in (212, 356):
        c.part(box(x, 410, 76, 84, 3), HOM, "right", 3)
    c.part(box(226, 262, 62, 66, 3), HOM, "right", 3)


@draws("Women's indigo cotton blouse", "side", ink.CREAM, ink.ROSE, scale=0.98)
def _draw_kram_blouse(c: Canvas) -> None:
    hanger(c, 320, 120, 180)
    cloth = (
        '<g transform="scale(.0037)">' + weave("ikat", -300, -30, 600, 480, (ink.KRAM, ink.SKY, ink.CREAM), 12) + "</g>"
    )
    shirt(c, 320, 128, 270, ink.KRAM, cloth, collar=ink.CREAM, sleeve=1.25, long=1.28)
    c.raw(weave("naga", 176, 430, 288, 44, (ink.NIGHT, ink.CREAM, ink.SKY), 6))
    c.line("M176,430H464M320,156V428", 3)
    for i in range(5):
        c.part(oval(320, 186 + i * 52, 9), ink.TAN, "round", 2.6)


@draws("Batik shirt", "frame", ink.LEMON, ink.SKY, scale=1.06)
def _draw_batik_shirt(c: Canvas) -> None:
    hanger(c, 320, 118, 190)
    cloth = f'<g transform="scale(.0037)">{batik_print(-300, -20, 600, 440, ink.VIOLET, (ink.PINK, ink.VERM, ink.TURM))}</g>'
    shirt(c, 320, 126, 270, ink.VIOLET, cloth, collar=ink.PLUM)
    c.line("M320,160V528", 3)
    for i in range(5):
        c.part(oval(320, 200 + i * 70, 8), ink.PAPER, None, 2.6)


@draws("Batik shirt", "bare", ink.TEAL, ink.TEAL, view=DETAIL)
def _draw_batik_close(c: Canvas) -> None:
    print_ = batik_print(-190, -190, 380, 380, ink.VIOLET, (ink.PINK, ink.VERM, ink.TURM))
    c.part(box(0, 0, 640, 640), ink.VIOLET, None, 0, f'<g transform="translate(320 320) scale(1.75)">{print_}</g>')


@draws("Hmong embroidered outfit", "top", ink.SKY, ink.LEAF, scale=1.1)
def _draw_hmong(c: Canvas) -> None:
    hanger(c, 320, 130, 170)
    shirt(c, 320, 138, 170, ink.INK, sleeve=1.7, long=1.06)
    for turn, x in ((20, 300), (-20, 340)):
        with c.at(x, 150, turn):
            c.raw(weave("hmong", -14, 0, 28, 170, (ink.VERM, ink.TURM, ink.SKY), 6))
            c.line(box(-14, 0, 28, 170), 2.4)
    for x in (116, 452):
        c.raw(weave("hmong", x, 236, 72, 34, (ink.PINK, ink.LEMON, ink.TEAL), 6))
    skirt = (
        weave("stripe", 140, 320, 360, 90, (ink.INDIGO, ink.SKY, ink.CREAM), 6)
        + weave("hmong", 140, 400, 360, 70, (ink.VERM, ink.TURM, ink.CREAM), 7)
        + weave("key", 140, 466, 360, 84, (ink.PINK, ink.LEMON, ink.GREEN), 7)
    )
    c.part(poly((236, 322), (404, 322), (490, 544), (150, 544)), ink.INDIGO, "right", pattern=skirt, amount=0.5)
    for i in range(11):
        c.line(f"M{244 + i * 15},326L{164 + i * 31},540", 2)
    c.part(
        poly((280, 318), (360, 318), (372, 500), (268, 500)),
        ink.INK,
        "right",
        pattern=weave("hmong", 262, 330, 120, 160, (ink.INK, ink.PINK, ink.TURM), 8),
    )
    c.part(box(228, 304, 184, 28, 4), ink.VERM, "below")
    for i in range(9):
        c.part(oval(246 + i * 18, 338, 8), ink.SILVER, "round", 2.2)


@draws("Patae sarong", "arch", ink.CREAM, ink.GREEN, scale=1.12)
def _draw_patae(c: Canvas) -> None:
    c.shadow(310, 545, 210)
    prints = ((ink.ROSE, (ink.VERM, ink.PLUM)), (ink.TEAL, (ink.TURM, ink.CREAM)), (ink.LEMON, (ink.PINK, ink.GREEN)))
    for i, (ground, colours) in enumerate(prints):
        y = 545 - (i + 1) * 84
        d = f"M160,{y}H500q8,0 8,8V{y + 76}q0,8 -8,8H160a42,42 0 0 1 0,-84z"
        c.part(d, ground, pattern=batik_print(110, y, 400, 84, ground, colours), amount=0.6)
        c.line(f"M160,{y + 30}H504M160,{y + 58}H504", 2.2)
    c.part(
        "M200,200H430L440,292H190z",
        ink.VIOLET,
        "below",
        pattern=batik_print(180, 190, 270, 110, ink.VIOLET, (ink.PINK, ink.LEMON)),
    )
    c.raw(weave("border", 192, 264, 246, 26, (ink.PLUM, ink.LEMON, ink.CREAM), 5))
    c.line("M192,264H438", 2.4)


@draws("Batik shirt", "arch", ink.TURM, ink.LEAF, view=IN_USE)
def _draw_batik_worn(c: Canvas) -> None:
    bust(
        c,
        replace(BY_KEY["kasem"], colour=ink.VIOLET, threads=(ink.VIOLET, ink.PINK, ink.LEMON), beard=""),
        320,
        556,
        1.12,
    )
    with c.at(320, 556, 0, 1.12):
        for x, y in ((-130, -60), (-70, -40), (90, -50), (140, -70), (60, -20), (-110, -14), (130, -16)):
            c.blob(blossom(x, y, 24, 5), (ink.PINK, ink.TURM)[x % 20 == 0])
            c.blob(oval(x, y, 6), ink.LEMON)

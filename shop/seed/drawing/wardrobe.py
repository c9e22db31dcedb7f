"""What the makers wear, by region and work. A body reaches from the neck (-190) to the lower edge (0)."""

from __future__ import annotations

from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import box, oval, poly
from shop.seed.drawing.weaves import weave

_BODY = "M-196,0C-196,-112 -124,-146 -58,-164Q0,-138 58,-164C124,-146 196,-112 196,0z"


def body(c: Canvas, top: str, colour: str, pattern: str, threads: ink.Threads, skin: str, *, covered: bool) -> None:
    """Shoulders, neck and clothes."""
    woven = weave(pattern, -200, -170, 400, 174, threads, 8) if pattern else ""
    c.part(_BODY, colour, "right", 4, woven if top in ("blouse", "kurung", "batik", "check") else "")
    if not covered:
        c.part("M-40,-224V-158Q0,-112 40,-158V-224z", skin, None, 3.4)
        c.tone("M-38,-200V-168Q0,-136 38,-168V-200z", 0.6)
    draw = _TOPS.get(top)
    if draw:
        draw(c, colour, pattern, threads)


def _collar(c: Canvas, colour: str, _pattern: str, threads: ink.Threads) -> None:
    light = threads[1] if threads and threads[1] != colour else ink.CREAM
    for side in (-1, 1):
        with c.at(0, 0, mirror=side < 0):
            c.part("M60,-168Q34,-124 0,-98L14,-62Q68,-108 86,-156z", light, None, 3.2)
    c.line("M0,-96V0", 3)
    for y in (-66, -30):
        c.part(oval(8, y, 5), light, None, 2.2)


def _round_neck(c: Canvas, colour: str, _pattern: str, threads: ink.Threads) -> None:
    c.stroke("M-60,-164Q0,-92 60,-164", threads[1] if threads else ink.CREAM, 13)
    c.line("M-64,-170Q0,-84 64,-170M-54,-160Q0,-100 54,-160", 2.8)


def _mo_hom(c: Canvas, _colour: str, _pattern: str, threads: ink.Threads) -> None:
    """The farmer's indigo shirt with cotton ties, a checked cloth about the shoulders when there are threads."""
    c.line("M-58,-166Q0,-92 58,-166M0,-112V0", 3.2)
    for y in (-84, -44):
        c.stroke(f"M-30,{y}H30", ink.CREAM, 6)
        c.part(oval(0, y, 6), ink.CREAM, None, 2.2)
    if len(threads) > 2:
        for side in (-1, 1):
            with c.at(0, 0, mirror=side < 0):
                c.part(
                    "M62,-170C130,-150 164,-96 160,0H84C92,-70 84,-120 44,-150z",
                    threads[0],
                    "right",
                    3.4,
                    weave("plaid", 30, -180, 150, 190, threads, 6),
                )


def _sabai(c: Canvas, colour: str, pattern: str, threads: ink.Threads) -> None:
    """A woven shawl over one shoulder."""
    _round_neck(c, colour, pattern, (colour, ink.CREAM))
    c.part(
        "M66,-166C130,-150 176,-110 190,-40L40,0H-150C-60,-30 20,-90 66,-166z",
        threads[0],
        "right",
        3.6,
        weave(pattern, -150, -170, 350, 180, threads, 7),
    )
    c.line("M84,-150C70,-90 0,-30 -70,0M110,-140C100,-80 50,-30 0,0", 2.2)


def _apron(c: Canvas, colour: str, pattern: str, threads: ink.Threads) -> None:
    _collar(c, colour, pattern, (colour, ink.CREAM))
    c.part(
        poly((-78, -104), (78, -104), (96, 0), (-96, 0)),
        threads[0],
        "right",
        3.6,
        weave(pattern, -100, -110, 200, 112, threads, 8),
    )
    c.rope("M-70,-104L-56,-158M70,-104L56,-158", threads[1], 9, 2.6)


def _hill(c: Canvas, _colour: str, _pattern: str, threads: ink.Threads) -> None:
    """A black jacket with embroidered fronts and a silver collar."""
    for side in (-1, 1):
        with c.at(0, 0, mirror=side < 0):
            c.part(
                "M58,-166L24,-96L30,0H74L70,-90L92,-152z",
                threads[0],
                None,
                3,
                weave("hmong", 16, -170, 90, 176, threads, 7),
            )
            c.raw(weave("hmong", 116, -40, 70, 28, threads, 6))
    for r in (70, 86):
        c.rope(f"M{-r * 0.86},-160Q0,{-160 + r * 1.15} {r * 0.86},-160", ink.SILVER, 8, 2.6)
    c.part(oval(0, -66, 13), ink.SILVER, "round", 2.6)


def _polo(c: Canvas, colour: str, _pattern: str, threads: ink.Threads) -> None:
    trim = threads[1] if threads else ink.CREAM
    for side in (-1, 1):
        with c.at(0, 0, mirror=side < 0):
            c.part("M56,-170Q30,-132 2,-112L24,-84Q66,-118 80,-158z", trim, None, 3.2)
    c.part(box(-14, -108, 28, 72, 3), colour, None, 3)
    for y in (-88, -62):
        c.part(oval(0, y, 4.6), trim, None, 2)


def _mandarin(c: Canvas, colour: str, _pattern: str, threads: ink.Threads) -> None:
    """A stand-up collar with knotted buttons."""
    c.part("M-56,-172Q0,-118 56,-172L60,-150Q0,-92 -60,-150z", colour, "below", 3.4)
    c.line("M0,-120V0", 3)
    for y in (-92, -52, -14):
        c.rope(f"M-22,{y}H22", threads[1] if threads else ink.TURM, 6, 2.2)


_TOPS = {
    "blouse": _round_neck,
    "check": _collar,
    "batik": _collar,
    "shirt": _collar,
    "mo_hom": _mo_hom,
    "sabai": _sabai,
    "apron": _apron,
    "hill": _hill,
    "polo": _polo,
    "kurung": _round_neck,
    "mandarin": _mandarin,
}

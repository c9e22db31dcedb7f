"""Hair, hats and headcloths."""

from __future__ import annotations

from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import blossom, oval, smooth
from shop.seed.drawing.weaves import weave

_OPEN = "M-78,-296C-76,-236 -50,-186 0,-184C50,-186 76,-236 78,-296C78,-352 50,-368 0,-368C-50,-368 -78,-352 -78,-296z"


def behind(c: Canvas, head: str, style: str, colour: str, cloth: str) -> None:
    """What lies behind head and shoulders."""
    if head.startswith("hijab"):
        c.part("M-100,-300C-120,-200 -186,-96 -150,-36H150C186,-96 120,-200 100,-300z", cloth, "right")
    elif style == "long":
        c.part("M-110,-300C-134,-190 -130,-120 -104,-96H104C130,-120 134,-190 110,-300z", colour, None)
    elif style == "wavy":
        c.part(
            smooth(
                (-96, -350),
                (-122, -290),
                (-108, -240),
                (-134, -190),
                (-104, -130),
                (104, -130),
                (134, -190),
                (108, -240),
                (122, -290),
                (96, -350),
            ),
            colour,
            None,
        )
    elif style == "ponytail":
        c.part(smooth((60, -350), (130, -340), (150, -270), (124, -200), (112, -260)), colour, "right")
    elif style == "braids":
        for side in (-1, 1):
            for i in range(5):
                c.part(oval(side * (108 + i * 2), -250 + i * 34, 20, 22), colour, "round", 3)
            c.part(oval(side * 116, -86, 15, 10), ink.VERM, None, 3)
    elif style == "bob":
        c.part("M-106,-320C-120,-240 -116,-210 -100,-196H100C116,-210 120,-240 106,-320z", colour, None)


def hair(c: Canvas, style: str, colour: str, temple: float) -> None:
    """The hair in front, fitted to the width of the head."""
    draw = _HAIR.get(style)
    if draw:
        draw(c, colour, temple + 8)


def _bun(c: Canvas, colour: str, w: float) -> None:
    c.part(oval(0, -414, 42, 34), colour, "round")
    c.part(
        f"M{-w},-284C{-w - 18},-446 {w + 18},-446 {w},-284C{w - 12},-334 50,-354 0,-354C-50,-354 {12 - w},-334 {-w},-284z",
        colour,
        "right",
    )
    c.line("M-40,-384q40,-18 80,0M-20,-426q20,-10 40,0", 2)


def _low_bun(c: Canvas, colour: str, w: float) -> None:
    c.part(
        f"M{-w},-268C{-w - 22},-456 {w + 22},-456 {w},-268C{w - 8},-330 60,-362 0,-366C-60,-362 {8 - w},-330 {-w},-268z",
        colour,
        "right",
    )
    c.line("M0,-404V-368M-26,-400Q-60,-376 -84,-330M26,-400Q60,-376 84,-330", 2)


def _short(c: Canvas, colour: str, w: float) -> None:
    c.part(
        f"M{-w},-288C{-w - 22},-424 -30,-434 20,-416C{w},-414 {w + 14},-330 {w},-288Q{w - 6},-338 58,-348Q-20,-332 -70,-354Q{-w + 6},-332 {-w},-288z",
        colour,
        "right",
    )


def _crop(c: Canvas, colour: str, w: float) -> None:
    c.part(
        f"M{-w + 2},-300C{-w - 4},-440 {w + 4},-440 {w - 2},-300C{w - 10},-346 50,-366 0,-366C-50,-366 {10 - w},-346 {2 - w},-300z",
        colour,
        "right",
        3.4,
    )
    for i in range(12):
        c.line(f"M{-66 + i * 12},{-378 - (5 - abs(5.5 - i)) * 3:.0f}v8", 1.8)


def _parted(c: Canvas, colour: str, w: float) -> None:
    c.part(
        f"M{-w},-290C{-w - 16},-410 -50,-418 -34,-402C30,-428 {w + 22},-390 {w},-286C{w - 2},-330 {w - 20},-352 40,-362Q0,-366 -30,-390Q-60,-360 {8 - w},-336z",
        colour,
        "right",
    )


def _curly(c: Canvas, colour: str, w: float) -> None:
    for x, y, r in (
        (-w + 4, -310, 28),
        (-w + 10, -350, 30),
        (-62, -384, 32),
        (-24, -402, 34),
        (22, -404, 34),
        (62, -386, 32),
        (w - 10, -352, 30),
        (w - 4, -312, 28),
        (0, -378, 34),
        (-40, -366, 24),
        (40, -366, 24),
    ):
        c.part(oval(x, y, r), colour, "round", 3)


def _long(c: Canvas, colour: str, w: float) -> None:
    c.part(
        f"M{-w - 6},-240C{-w - 30},-462 {w + 30},-462 {w + 6},-240C{w},-320 60,-352 18,-362Q-70,-342 {-w - 6},-240z",
        colour,
        "right",
    )


def _bob(c: Canvas, colour: str, w: float) -> None:
    c.part(
        f"M{-w - 8},-216C{-w - 34},-474 {w + 34},-474 {w + 8},-216L{w - 14},-228C{w - 2},-300 70,-334 46,-338Q0,-332 -62,-338C{-w + 8},-310 {-w + 6},-268 {14 - w},-226z",
        colour,
        "right",
    )
    c.line("M-40,-400Q-60,-370 -66,-342M0,-408V-340M40,-400Q56,-370 54,-342", 2)


def _bald(c: Canvas, colour: str, w: float) -> None:
    for side in (-1, 1):
        with c.at(0, 0, mirror=side < 0):
            c.part(
                f"M{w - 12},-336C{w + 14},-330 {w + 14},-282 {w - 2},-262C{w - 4},-290 {w - 10},-310 {w - 12},-336z",
                colour,
                "right",
                3,
            )
    c.gleam("M-40,-366q16,-12 34,-12", 6, "#f3d9bc")


def _receding(c: Canvas, colour: str, w: float) -> None:
    c.part(
        f"M{-w},-286C{-w - 14},-410 -44,-416 0,-408C44,-416 {w + 14},-410 {w},-286C{w - 8},-330 72,-352 50,-376Q20,-366 0,-384Q-20,-366 -50,-376C-72,-352 {8 - w},-330 {-w},-286z",
        colour,
        "right",
    )


def _topknot(c: Canvas, colour: str, w: float) -> None:
    _low_bun(c, colour, w)
    c.part(oval(40, -414, 32, 27), colour, "round")
    c.line("M24,-424q16,-8 32,2", 2)


_HAIR = {
    "bun": _bun,
    "low_bun": _low_bun,
    "short": _short,
    "crop": _crop,
    "parted": _parted,
    "curly": _curly,
    "long": _long,
    "wavy": _long,
    "ponytail": _low_bun,
    "braids": _low_bun,
    "bob": _bob,
    "bald": _bald,
    "receding": _receding,
    "topknot": _topknot,
}


def on_top(c: Canvas, head: str, cloth: str, threads: ink.Threads) -> None:
    """What is worn on the head."""
    draw = _HATS.get(head)
    if draw:
        draw(c, cloth, threads)


def _ngop(c: Canvas, _cloth: str, _threads: ink.Threads) -> None:
    d = "M-192,-322C-112,-354 -92,-446 0,-454C92,-446 112,-354 192,-322Q0,-288 -192,-322z"
    c.part(d, ink.STRAW, "right", 4, weave("leafy", -192, -456, 384, 170, (ink.STRAW, "#d3ab55"), 9))
    c.line("M0,-452V-306M-40,-440Q-70,-372 -112,-312M40,-440Q70,-372 112,-312", 2.4)


def _straw(c: Canvas, cloth: str, _threads: ink.Threads) -> None:
    c.part(oval(0, -346, 172, 38), "#ddb768", "below")
    c.part(
        "M-88,-350C-88,-440 88,-440 88,-350Q0,-326 -88,-350z",
        ink.STRAW,
        "right",
        4,
        weave("basket", -90, -440, 180, 110, (ink.STRAW, "#d2ab58"), 9),
    )
    c.part("M-90,-368Q0,-340 90,-368V-346Q0,-318 -90,-346z", cloth, "right", 3.2)


def _cap(c: Canvas, cloth: str, threads: ink.Threads) -> None:
    c.part("M-102,-326C-104,-456 104,-456 102,-326Q0,-356 -102,-326z", threads[0], "right")
    c.part("M-102,-328Q0,-358 102,-326Q152,-322 164,-300Q40,-334 -102,-328z", threads[1], "below")
    c.part(oval(0, -424, 9, 6), threads[1], None, 2.6)


def _turban(c: Canvas, _cloth: str, threads: ink.Threads) -> None:
    c.part(
        "M-104,-310C-120,-462 120,-462 104,-310Q0,-354 -102,-310z",
        threads[0],
        "right",
        4,
        weave("plaid", -124, -456, 248, 150, threads, 6),
    )
    c.part(
        "M86,-340q64,-14 76,48q-40,-4 -80,-28z", threads[0], "right", 3.6, weave("plaid", 80, -360, 90, 90, threads, 6)
    )
    c.line("M-98,-330Q0,-380 100,-340M-90,-360Q0,-404 94,-366", 2.4)


def _hijab(c: Canvas, cloth: str, threads: ink.Threads, *, band: str | None = None) -> None:
    outline = "M-114,-290C-120,-432 120,-432 114,-290C120,-200 104,-130 0,-118C-104,-130 -120,-200 -114,-290z"
    ring = f"{outline}{_OPEN}"
    c.raw(f'<path d="{ring}" fill-rule="evenodd" fill="{cloth}"/>')
    c.shades.append(
        c.placed(
            f'<path d="{ring}" fill-rule="evenodd" fill="#000"/><path d="{ring}" fill-rule="evenodd" fill="url(#right)" fill-opacity=".8"/>'
        )
    )
    if band:
        c.part("M-76,-318C-66,-372 66,-372 76,-318C60,-352 -60,-352 -76,-318z", band, None, 2.8)
    c.line(outline, 4)
    c.line(_OPEN, 3.4)
    c.part(
        "M-104,-176C-152,-122 -132,-64 -44,-52C24,-70 96,-104 108,-172C62,-128 -54,-124 -104,-176z", cloth, "right", 3.4
    )
    c.line("M-84,-150Q-20,-96 70,-128M-96,-120Q-40,-76 40,-92", 2.2)
    for i in range(7):
        c.blob(blossom(-92 + i * 29, -98 - (i % 2) * 26 - abs(i - 3) * 3, 11, 5), threads[1])


def _hijab_band(c: Canvas, cloth: str, threads: ink.Threads) -> None:
    _hijab(c, cloth, threads, band=threads[1])


def _songkok(c: Canvas, _cloth: str, threads: ink.Threads) -> None:
    c.part("M-96,-338L-84,-430Q0,-446 84,-430L96,-338Q0,-366 -96,-338z", threads[0], "right")
    c.line("M-84,-428Q0,-408 84,-428", 2.4)


def _skullcap(c: Canvas, _cloth: str, threads: ink.Threads) -> None:
    c.part(
        "M-99,-328C-102,-458 102,-458 99,-328Q0,-362 -97,-332z",
        ink.PAPER,
        "right",
        4,
        weave("star", -104, -450, 208, 124, (ink.PAPER, threads[1]), 7),
    )


def _hill(c: Canvas, _cloth: str, threads: ink.Threads) -> None:
    """A wrapped headdress with silver coins and tassels."""
    c.part(
        "M-108,-318C-128,-450 128,-450 108,-318Q0,-360 -108,-318z",
        ink.INK,
        "right",
        4,
        weave("hmong", -126, -452, 252, 140, (ink.INK, *threads[1:]), 8),
    )
    for i in range(11):
        x = -90 + i * 18
        c.part(oval(x, -334 - (1 - (x / 100) ** 2) * 16, 8), ink.SILVER, "round", 2.2)
    for side in (-1, 1):
        c.rope(f"M{side * 108},-326v60", threads[1], 4, 1.8)
        c.part(oval(side * 108, -258, 12), ink.PINK, "round", 2.8)


def _karen(c: Canvas, _cloth: str, threads: ink.Threads) -> None:
    c.part(
        "M-104,-310C-114,-462 114,-462 104,-310Q0,-362 -100,-316z",
        threads[0],
        "right",
        4,
        weave("stripe", -116, -456, 232, 150, threads, 6),
    )
    c.part(
        "M80,-350C120,-340 130,-270 118,-210L96,-214C104,-270 96,-310 72,-330z",
        threads[0],
        "right",
        3.4,
        weave("stripe", 60, -356, 80, 160, threads, 6),
    )


def _cook(c: Canvas, _cloth: str, threads: ink.Threads) -> None:
    c.part("M-100,-326C-124,-456 124,-456 100,-326Q0,-356 -100,-326z", ink.PAPER, "right")
    c.part("M-101,-330Q0,-362 101,-330V-308Q0,-342 -101,-308z", threads[0], None, 3.2)
    c.line("M-40,-404Q-52,-376 -50,-352M0,-410V-358M40,-404Q52,-376 50,-352", 2)


def _band(c: Canvas, _cloth: str, threads: ink.Threads) -> None:
    c.part(
        "M-104,-322Q0,-394 104,-322L102,-350Q0,-416 -102,-350z",
        threads[0],
        "right",
        3.2,
        weave("plaid", -106, -410, 212, 96, threads, 6),
    )


def _flower(c: Canvas, _cloth: str, threads: ink.Threads) -> None:
    for x, y, r, colour in ((86, -344, 30, threads[1]), (104, -312, 20, ink.PAPER), (66, -372, 18, ink.PAPER)):
        c.part(blossom(x, y, r, 6), colour, "round", 2.8)
        c.blob(oval(x, y, r * 0.24), ink.TURM)


_HATS = {
    "ngop": _ngop,
    "straw": _straw,
    "cap": _cap,
    "turban": _turban,
    "hijab": _hijab,
    "hijab_band": _hijab_band,
    "songkok": _songkok,
    "skullcap": _skullcap,
    "hill": _hill,
    "karen": _karen,
    "cook": _cook,
    "band": _band,
    "flower": _flower,
}


def neck(c: Canvas, head: str, threads: ink.Threads) -> None:
    """The string of a straw hat."""
    if head in ("ngop", "straw"):
        c.line("M-90,-304Q-70,-190 -10,-150M90,-304Q74,-190 10,-150", 3)

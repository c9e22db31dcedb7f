"""Ways to show a cloth: hanging, rolled, draped, as a swatch."""

from __future__ import annotations

from collections.abc import Sequence

from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.packs import fringe
from shop.seed.drawing.paths import box, oval
from shop.seed.drawing.weaves import weave

Cloth = tuple[str, ink.Threads, float]
"""Pattern, threads, size of one crossing."""


def hanging(
    c: Canvas,
    cloth: Cloth,
    x: float,
    w: float,
    drop: float,
    *,
    top: float = 110,
    end: Cloth | None = None,
    rod: str = ink.BROWN,
) -> None:
    """A cloth over a rod, in folds, with a fringe; `end` is the woven border at its foot."""
    pattern, threads, size = cloth
    c.part(box(x - 50, top - 16, w + 100, 22, 11), rod, "below")
    inner = weave(pattern, x, top, w, drop, threads, size)
    if end:
        inner += weave(end[0], x, top + drop - 100, w, 78, end[1], end[2])
    c.part(box(x, top, w, drop), threads[0], None, pattern=inner)
    for u in (0.17, 0.42, 0.66, 0.9):
        c.tone(
            f"M{x + w * u - w * 0.07},{top + 6}q{w * 0.05},{drop * 0.5} 0,{drop - 8}h{w * 0.09}q{w * 0.04},{-drop * 0.5} 0,{8 - drop}z",
            0.4,
        )
    fringe(c, x, top + drop, w, threads[min(2, len(threads) - 1)], max(6, int(w / 12)))
    c.part(
        f"M{x - 4},{top - 4}q0,-26 20,-26H{x + w - 16}q20,0 20,26v26H{x - 4}z",
        threads[0],
        "below",
        pattern=weave(pattern, x - 4, top - 34, w + 10, 64, threads, size),
    )


def roll(c: Canvas, cloth: Cloth, x: float, y: float, w: float, r: float, *, core: str = ink.TAN) -> None:
    """A bolt lying on its side; its round end shows to the left."""
    pattern, threads, size = cloth
    d = f"M{x},{y - r}H{x + w}a{r * 0.5},{r} 0 0 1 0,{2 * r}H{x}z"
    c.part(d, threads[0], "below", pattern=weave(pattern, x - r, y - r, w + 2 * r, 2 * r, threads, size), amount=0.9)
    c.part(oval(x, y, r * 0.5, r), threads[0], None)
    for k in (0.72, 0.46):
        c.line(oval(x, y, r * 0.5 * k, r * k), 2.4)
    c.part(oval(x, y, r * 0.13, r * 0.24), core, None, 2.8)


def laid_out(
    c: Canvas, cloth: Cloth, x: float, y: float, w: float, h: float, *, slant: float = 60, end: Cloth | None = None
) -> None:
    """A cloth lying towards us, its near end wider."""
    pattern, threads, size = cloth
    inner = weave(pattern, x - slant, y, w + 2 * slant, h, threads, size)
    if end:
        inner += weave(end[0], x - slant, y + h - 74, w + 2 * slant, 58, end[1], end[2])
    c.part(f"M{x},{y}H{x + w}L{x + w + slant},{y + h}H{x - slant}z", threads[0], "below", pattern=inner, amount=0.5)


def swatch(c: Canvas, cloth: Cloth, *, turned: str = ink.CREAM) -> None:
    """The whole sheet woven, one corner turned over, a needle of thread across."""
    pattern, threads, size = cloth
    c.part(box(0, 0, 640, 640), threads[0], None, 0, weave(pattern, 0, 0, 640, 640, threads, size))
    c.tone("M380,640L640,370V640z", 0.5)
    c.part("M640,640H396Q450,520 462,450Q560,450 640,400z", turned, "below")
    c.line("M410,620Q466,510 476,462", 2)


def bundle(c: Canvas, x: float, y: float, colours: Sequence[str], s: float = 1) -> None:
    """Twisted hanks of dyed thread."""
    for i, colour in enumerate(colours):
        with c.at(x + i * 54 * s, y, -12 + i * 8, s):
            c.part("M-22,-70C-40,-20 -34,40 -20,70H20C34,40 40,-20 22,-70z", colour, "round", 3.4)
            c.line("M-14,-66Q-24,0 -10,66M0,-68V68M14,-66Q24,0 10,66", 1.8)
            c.part(box(-26, -12, 52, 18, 6), ink.CREAM, None, 3)

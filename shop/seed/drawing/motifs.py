"""Small signs for labels: what is inside, never a letter and never a mark of any authority."""

from __future__ import annotations

from collections.abc import Callable

from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.palette import (
    BROWN,
    CREAM,
    GREEN,
    INDIGO,
    INK,
    LEAF,
    MIST,
    PLUM,
    ROSE,
    STEEL,
    TURM,
    VERM,
)
from shop.seed.drawing.paths import blossom, leaf, oval, poly, scatter, star

Motif = Callable[[Canvas, float, float, float], None]
"""Draws a sign of about 2 × size at (x, y)."""


def chilli(c: Canvas, x: float, y: float, s: float, colour: str = VERM) -> None:
    """A chilli with its stalk."""
    with c.at(x, y, 0, s):
        c.blob("M-.6,-.4C-.1,-.75 .8,-.25 .7,.7C.3,.15 0,.2 -.6,-.4z", colour)
        c.stroke("M-.5,-.4q-.2,-.1 -.2,-.36", GREEN, 0.16)


def ear(c: Canvas, x: float, y: float, s: float, colour: str = TURM) -> None:
    """An ear of rice."""
    with c.at(x, y, 8, s):
        c.stroke("M-.2,.95Q-.1,.1 .15,-.8", colour, 0.09)
        for i in range(5):
            for side in (-1, 1):
                with c.at(-0.02 + 0.03 * i + side * 0.17, 0.25 - 0.24 * i, side * 26):
                    c.blob(oval(0, 0, 0.12, 0.23), colour)
        c.blob(oval(0.17, -0.95, 0.11, 0.22), colour)


def sprig(c: Canvas, x: float, y: float, s: float, colour: str = GREEN) -> None:
    """A sprig of three leaves."""
    with c.at(x, y, 0, s):
        c.stroke("M0,.9V-.3", colour, 0.1)
        for turn in (-150, -90, -30):
            with c.at(0, -0.1 if turn == -90 else 0.3, turn):
                c.blob(leaf(0, 0, 0.85, 0.55), colour)


def leaf_sign(c: Canvas, x: float, y: float, s: float, colour: str = GREEN) -> None:
    """One leaf with its veins."""
    with c.at(x, y, -38, s):
        c.blob(leaf(-0.9, 0, 1.8, 0.62), colour)
        c.stroke("M-.8,0H.6M-.3,0l.35,-.28M-.3,0l.35,.28M.1,0l.3,-.22M.1,0l.3,.22", CREAM, 0.06)


def fish_sign(c: Canvas, x: float, y: float, s: float, colour: str = INDIGO) -> None:
    """A fish."""
    with c.at(x, y, 0, s):
        c.blob("M-.95,0C-.5,-.55 .3,-.45 .55,-.04L.98,-.4V.4L.55,.04C.3,.45 -.5,.55 -.95,0z", colour)
        c.blob(oval(-0.55, -0.08, 0.07), CREAM)


def shrimp(c: Canvas, x: float, y: float, s: float, colour: str = VERM) -> None:
    """A curled shrimp."""
    with c.at(x, y, 0, s):
        c.stroke("M.5,-.5C-.7,-.75 -.7,.5 .25,.55", colour, 0.32)
        c.stroke("M-.5,-.25l.34,.05M-.55,.05l.36,-.02M-.4,.4l.25,-.2", CREAM, 0.06)
        c.stroke("M.55,-.55q.3,-.1 .4,-.42M.55,-.45q.4,.1 .5,-.1", colour, 0.07)
        c.blob(poly((0.2, 0.4), (0.62, 0.35), (0.55, 0.6), (0.66, 0.82), (0.2, 0.7)), colour)


def comb(c: Canvas, x: float, y: float, s: float, colour: str = TURM) -> None:
    """Seven cells of honeycomb."""
    for dx, dy in ((0, 0), (0.75, 0.43), (0.75, -0.43), (-0.75, 0.43), (-0.75, -0.43), (0, 0.86), (0, -0.86)):
        c.blob(star(x + dx * s * 0.72, y + dy * s * 0.72, 0.33 * s, 0.33 * s * 0.88, 6), colour)


def flower_sign(c: Canvas, x: float, y: float, s: float, colour: str = VERM) -> None:
    """A flower of six petals."""
    c.blob(blossom(x, y, s, 6), colour)
    c.blob(oval(x, y, 0.24 * s), TURM)


def bean(c: Canvas, x: float, y: float, s: float, colour: str = BROWN) -> None:
    """Two coffee beans."""
    for turn, dx in ((-24, -0.38), (24, 0.38)):
        with c.at(x + dx * s, y, turn, s):
            c.blob(oval(0, 0, 0.36, 0.6), colour)
            c.stroke("M0,-.5q.16,.5 0,1", CREAM, 0.08)


def coconut(c: Canvas, x: float, y: float, s: float) -> None:
    """A coconut cut open."""
    for r, colour in ((0.75, BROWN), (0.56, CREAM), (0.26, MIST)):
        c.blob(oval(x, y, r * s), colour)


def banana(c: Canvas, x: float, y: float, s: float, colour: str = TURM) -> None:
    """A hand of three bananas."""
    for turn in (-26, 0, 26):
        with c.at(x, y - 0.7 * s, turn, s):
            c.blob("M-.1,-.1C-.35,.6 -.1,1.2 .3,1.5C.34,1.2 .1,.7 .12,-.1z", colour)
    c.blob(oval(x, y - 0.75 * s, 0.16 * s, 0.12 * s), BROWN)


def berry(c: Canvas, x: float, y: float, s: float, colour: str = PLUM) -> None:
    """A mulberry."""
    for dx, dy in (
        (0, -0.5),
        (-0.25, -0.3),
        (0.25, -0.3),
        (-0.32, 0),
        (0, -0.1),
        (0.32, 0),
        (-0.2, 0.28),
        (0.2, 0.28),
        (0, 0.5),
    ):
        c.blob(oval(x + dx * s, y + dy * s, 0.23 * s), colour)
    c.stroke(f"M{x},{y - 0.65 * s}v{-0.3 * s}", GREEN, 0.12 * s)


def mountains(c: Canvas, x: float, y: float, s: float, colour: str = GREEN) -> None:
    """Mountains with the rising sun."""
    with c.at(x, y, 0, s):
        c.blob(oval(0.35, -0.45, 0.28), VERM)
        c.blob("M-1,.6L-.45,-.35L-.1,.1L.25,-.5L1,.6z", colour)
        c.blob("M-.62,-.05L-.45,-.35L-.28,-.12L-.44,.02z", CREAM)


def arch_rock(c: Canvas, x: float, y: float, s: float, colour: str = GREEN) -> None:
    """A hill with a hole through it."""
    with c.at(x, y, 0, s):
        c.blob("M-1,.6C-.8,-.3 -.4,-.7 0,-.7C.5,-.7 .8,-.1 1,.6z", colour)
        c.blob(oval(0, -0.05, 0.26, 0.32), CREAM)


def elephant(c: Canvas, x: float, y: float, s: float, colour: str = STEEL) -> None:
    """An elephant from its left side."""
    with c.at(x, y, 0, s):
        c.blob(
            "M-.3,-.4C.3,-.75 .95,-.5 .95,.1V.7H.65V.25Q.3,.4 .05,.25V.7H-.25V.2C-.5,.25 -.6,.1 -.62,.0L-.7,.5"
            "Q-.75,.8 -.98,.66Q-.85,.6 -.88,.4L-.9,-.1C-.9,-.5 -.6,-.65 -.3,-.4z",
            colour,
        )
        c.blob(oval(-0.32, -0.1, 0.2, 0.28), ROSE)
        c.blob(oval(-0.68, -0.2, 0.05), INK)


def cow(c: Canvas, x: float, y: float, s: float) -> None:
    """A cow's face."""
    with c.at(x, y, 0, s):
        c.blob("M-.5,-.5L-.95,-.55Q-.9,-.2 -.55,-.2zM.5,-.5L.95,-.55Q.9,-.2 .55,-.2z", INK)
        c.blob("M-.5,-.6Q0,-.75 .5,-.6C.55,0 .4,.35 .35,.6Q0,.85 -.35,.6C-.4,.35 -.55,0 -.5,-.6z", CREAM)
        c.blob("M-.5,-.6Q-.2,-.7 -.08,-.64Q-.1,0 -.44,-.02z", INK)
        c.blob(oval(0, 0.5, 0.34, 0.24), ROSE)
        c.blob(oval(-0.12, 0.5, 0.05, 0.07), INK)
        c.blob(oval(0.12, 0.5, 0.05, 0.07), INK)
        c.blob(oval(0.22, -0.12, 0.06, 0.09), INK)


def pineapple(c: Canvas, x: float, y: float, s: float, colour: str = TURM) -> None:
    """A pineapple."""
    with c.at(x, y, 0, s):
        for turn in (-130, -110, -90, -70, -50):
            with c.at(0, -0.3, turn):
                c.blob(leaf(0, 0, 0.75, 0.3), GREEN)
        c.blob(oval(0, 0.3, 0.45, 0.6), colour)
        c.stroke("M-.35,0L.25,.75M-.1,-.2L.42,.45M.35,0L-.25,.75M.1,-.2L-.42,.45", BROWN, 0.05)


def drop(c: Canvas, x: float, y: float, s: float, colour: str = TURM) -> None:
    """A drop."""
    with c.at(x, y, 0, s):
        c.blob("M0,-.9C.5,-.2 .6,.1 .6,.35A.6,.55 0 0 1 -.6,.35C-.6,.1 -.5,-.2 0,-.9z", colour)


def cocoon(c: Canvas, x: float, y: float, s: float, colour: str = TURM) -> None:
    """A silk cocoon."""
    with c.at(x, y, -25, s):
        c.blob("M-.8,0C-.8,-.5 -.3,-.5 0,-.38C.3,-.5 .8,-.5 .8,0C.8,.5 .3,.5 0,.38C-.3,.5 -.8,.5 -.8,0z", colour)
        c.stroke("M-.5,-.2q.5,.2 1,-.05M-.55,.1q.5,.2 1.1,0", CREAM, 0.06)


def rhizome(c: Canvas, x: float, y: float, s: float, colour: str = TURM) -> None:
    """A rhizome: ginger, turmeric or plai by its colour."""
    with c.at(x, y, 0, s):
        c.blob(
            "M-.9,.1C-.9,-.25 -.5,-.3 -.35,-.1C-.4,-.6 0,-.8 .05,-.3L.1,-.15C.4,-.4 .9,-.3 .85,.05"
            "C.8,.35 .4,.35 .2,.25C.2,.7 -.15,.75 -.2,.35C-.5,.5 -.9,.4 -.9,.1z",
            colour,
        )
        c.stroke("M-.5,-.05q.06,.15 0,.3M.4,-.15q.06,.15 0,.3M-.1,-.3q.1,.06 .2,0", BROWN, 0.06)


def sun(c: Canvas, x: float, y: float, s: float, colour: str = TURM) -> None:
    """A sun."""
    c.blob(star(x, y, s, s * 0.55, 12), colour)
    c.blob(oval(x, y, s * 0.5), VERM)


def dots(c: Canvas, x: float, y: float, s: float, colour: str = LEAF) -> None:
    """Scattered dots."""
    for px, py, _ in scatter(14, x, y, s, s * 0.8):
        c.blob(oval(px, py, s * 0.13), colour)

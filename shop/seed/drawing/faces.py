"""People: a head has a shape, an age, eyes, brows, a nose, a mouth and hair of its own; then comes what it wears.

A bust stands with the middle of its lower edge at (0, 0); the eyes lie at about -288, the chin at about -176.
"""

from __future__ import annotations

from dataclasses import dataclass

from shop.seed.drawing import headwear, wardrobe
from shop.seed.drawing import palette as ink
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import oval, smooth


@dataclass(frozen=True)
class Face:
    """One person. `regions` are where she or he may live; `muslim` people live in the South and wear it."""

    key: str
    sex: str
    shape: str
    skin: str
    age: int
    eyes: str
    brows: str
    nose: str
    mouth: str
    hair: str
    hair_colour: str
    top: str
    colour: str
    weave: str
    threads: ink.Threads
    head: str = ""
    glasses: str = ""
    beard: str = ""
    regions: str = "NECS"
    muslim: bool = False
    turn: int = 1
    marks: str = ""


_SHAPES = {
    "oval": (90, 86, 58, -176, -392),
    "round": (98, 102, 76, -182, -386),
    "long": (80, 78, 54, -154, -396),
    "square": (91, 94, 82, -176, -388),
    "heart": (95, 84, 44, -170, -392),
    "gaunt": (84, 72, 50, -164, -392),
    "pear": (84, 98, 86, -176, -384),
    "diamond": (78, 96, 50, -168, -390),
}
"""Half widths of temple, cheek and jaw; height of the chin and of the crown."""


def bust(c: Canvas, face: Face, x: float, y: float, scale: float = 1.0) -> None:
    """Draws the person from the shoulders up."""
    with c.at(x, y, 0, scale):
        headwear.behind(c, face.head, face.hair, face.hair_colour, face.colour)
        wardrobe.body(
            c, face.top, face.colour, face.weave, face.threads, face.skin, covered=face.head.startswith("hijab")
        )
        with c.at(0, 0, 2.2 * face.turn):
            _head(c, face)
            _features(c, face)
            headwear.hair(c, face.hair, face.hair_colour, _SHAPES[face.shape][0])
            _glasses(c, face.glasses)
            headwear.on_top(c, face.head, face.colour, face.threads)
        headwear.neck(c, face.head, face.threads)


def _head(c: Canvas, face: Face) -> None:
    temple, cheek, jaw, chin, crown = _SHAPES[face.shape]
    if not face.head.startswith("hijab"):
        for side in (-1, 1):
            c.part(oval(side * (cheek + 4), -278, 14, 23), face.skin, "right" if side > 0 else None, 3.6)
            if face.sex == "f" and "earring" in face.marks:
                c.part(oval(side * (cheek + 6), -246, 8, 10), ink.TURM, "round", 2.6)
    right = [
        (temple * 0.72, crown + 26),
        (temple, -318),
        (cheek, -262),
        ((cheek + 2 * jaw) / 3, chin - 46),
        (jaw * 0.56, chin - 9),
    ]
    left = [(-x, y) for x, y in reversed(right)]
    c.part(smooth((0, crown), *right, (0, chin), *left), face.skin, "right", 4, amount=0.7)
    _age(c, face, cheek)
    _marks(c, face)


def _age(c: Canvas, face: Face, cheek: float) -> None:
    if face.age < 2:
        for side in (-1, 1):
            c.blob(oval(side * cheek * 0.56, -248, 19, 12), "#d9735a" if face.age == 0 else "#cf7a5e")
    else:
        c.line(
            f"M{-cheek * 0.62},-238q-8,16 4,30M{cheek * 0.62},-238q8,16 -4,30M-30,-352q30,-8 60,0M-24,-338q24,-6 48,0",
            2.4,
        )
    if face.age == 1:
        c.line(f"M{-cheek * 0.46},-236q-6,10 0,20M{cheek * 0.46},-236q6,10 0,20", 2.2)
    if face.shape == "gaunt":
        c.tone("M-70,-258q6,40 30,60q-22,-8 -36,-40zM70,-258q-6,40 -30,60q22,-8 36,-40z", 0.45)


def _marks(c: Canvas, face: Face) -> None:
    if "mole" in face.marks:
        c.dot(oval(34 * face.turn, -222, 3.4))
    if "freckles" in face.marks:
        for x, y in ((-54, -256), (-44, -248), (-36, -258), (40, -256), (50, -248), (58, -258)):
            c.dot(oval(x, y, 1.8))
    if "dimple" in face.marks:
        c.line("M-46,-226q-6,6 0,12M46,-226q6,6 0,12", 2.4)


def _features(c: Canvas, face: Face) -> None:
    shift = 5 * face.turn
    gap = 33 if face.shape in ("long", "gaunt", "heart") else 39 if face.shape in ("round", "pear") else 36
    for side in (-1, 1):
        with c.at(side * gap + shift, -288, mirror=side < 0):
            _eye(c, face)
            _brow(c, face)
    with c.at(shift, -250, mirror=face.turn < 0):
        _nose(c, face.nose)
    with c.at(shift, 0):
        _mouth(c, face)
        _beard(c, face)


def _eye(c: Canvas, face: Face) -> None:
    """The right eye at (0, 0); the left one is its mirror."""
    if face.eyes == "smile":
        c.line("M-15,3q15,-16 30,0", 4.8)
    elif face.eyes == "dot":
        c.dot(oval(0, 0, 6.6, 8.4))
    elif face.eyes == "almond":
        c.part("M-18,2Q0,-15 20,-3Q2,11 -18,2z", ink.PAPER, None, 2.6)
        c.dot(oval(1, -2, 6.4))
        c.line("M-18,1Q0,-16 23,-6", 3.6)
    elif face.eyes == "wide":
        c.part(oval(0, -1, 14, 11), ink.PAPER, None, 2.8)
        c.dot(oval(1, 0, 8.6))
    elif face.eyes == "hooded":
        c.line("M-18,-4q18,-7 36,3", 4.4)
        c.dot(oval(0, 3, 6, 5))
    elif face.eyes == "narrow":
        c.line("M-16,1h32", 4.6)
        c.dot(oval(0, 3, 5, 4))
    if face.sex == "f" and face.age == 0 and face.eyes in ("almond", "wide", "dot"):
        c.line("M13,-8l8,-6M8,-11l5,-7", 2.4)
    if face.age == 2:
        c.line("M20,4l12,6M20,10l10,8M-12,13q12,6 24,0", 2)
    elif face.age == 1:
        c.line("M20,5l9,5", 2)


def _brow(c: Canvas, face: Face) -> None:
    shapes = {
        "thin": ("M-17,-26q17,-10 36,0", 3.2),
        "thick": ("M-18,-27q18,-9 38,2", 8.5),
        "arched": ("M-18,-24Q2,-44 24,-22", 4.4),
        "flat": ("M-18,-27H20", 5.6),
        "slant": ("M-18,-22L20,-32", 5.6),
        "worried": ("M-18,-34Q4,-34 20,-23", 4.6),
    }
    if face.brows == "bushy":
        c.rope("M-18,-26q18,-10 38,2", "#d5d2cc", 9, 2.4)
        return
    d, width = shapes[face.brows]
    c.line(d, width)


def _nose(c: Canvas, kind: str) -> None:
    lines = {
        "small": "M4,-10q8,14 -4,18q-6,2 -10,-2",
        "button": "M-11,4q0,-10 11,-10t11,10q-4,6 -11,6t-11,-6",
        "broad": "M-3,-26q6,20 -14,24q-8,6 0,11q6,-6 17,-1q11,-5 17,1q8,-5 0,-11",
        "long": "M2,-38Q16,-2 10,12q-6,8 -18,3",
        "hook": "M0,-36q18,12 18,30q-2,16 -14,10q-8,6 -16,0",
        "flat": "M-14,8q-4,-10 6,-10q8,6 16,0q10,0 6,10",
    }
    c.line(lines[kind], 3.4)


def _mouth(c: Canvas, face: Face) -> None:
    y = -218 if face.shape in ("round", "pear", "square", "oval") else -208
    kind = face.mouth
    if kind == "grin":
        c.part(
            f"M-31,{y - 2}Q0,{y + 8} 31,{y - 2}Q22,{y + 27} 0,{y + 27}Q-22,{y + 27} -31,{y - 2}z", ink.PAPER, None, 3.8
        )
        c.line(f"M-10,{y + 4}v18M10,{y + 4}v18", 1.6)
    elif kind == "laugh":
        c.part(
            f"M-34,{y - 4}Q0,{y - 2} 34,{y - 4}Q30,{y + 32} 0,{y + 33}Q-30,{y + 32} -34,{y - 4}z", "#7a2430", None, 3.8
        )
        c.blob(f"M-28,{y - 1}Q0,{y + 2} 28,{y - 1}L25,{y + 9}Q0,{y + 12} -25,{y + 9}z", ink.PAPER)
        c.blob(oval(0, y + 26, 15, 6), "#d9735a")
    elif kind == "lips":
        c.part(f"M-22,{y + 4}Q-8,{y - 6} 0,{y}Q8,{y - 6} 22,{y + 4}Q0,{y + 20} -22,{y + 4}z", "#b8433c", None, 2.8)
        c.line(f"M-22,{y + 4}Q0,{y + 10} 22,{y + 4}", 2)
    elif kind == "lopsided":
        c.line(f"M-22,{y + 4}q26,14 46,-8", 4.4)
    elif kind == "calm":
        c.line(f"M-20,{y + 4}q20,8 40,0M-8,{y + 16}q8,3 16,0", 3.8)
    else:
        c.line(f"M-27,{y}q27,23 54,0", 4.6)


def _beard(c: Canvas, face: Face) -> None:
    grey = face.hair_colour
    y = -218 if face.shape in ("round", "pear", "square", "oval") else -208
    if face.beard == "moustache":
        c.part(
            f"M-36,{y - 8}Q-16,{y - 26} 0,{y - 17}Q16,{y - 26} 36,{y - 8}Q16,{y - 8} 0,{y - 11}Q-16,{y - 8} -36,{y - 8}z",
            grey,
            None,
            2.2,
        )
    elif face.beard == "goatee":
        c.part(
            f"M-18,{y + 26}Q0,{y + 18} 18,{y + 26}Q14,{y + 62} 0,{y + 66}Q-14,{y + 62} -18,{y + 26}z",
            grey,
            "right",
            2.6,
        )
    elif face.beard == "full":
        c.part(
            f"M-84,-262C-84,-200 -60,-150 0,-142C60,-150 84,-200 84,-262C70,-226 40,{y - 22} 0,{y - 20}C-40,{y - 22} -70,-226 -84,-262zM-26,{y + 2}Q0,{y - 8} 26,{y + 2}Q0,{y + 24} -26,{y + 2}z",
            grey,
            "right",
            2.6,
        )
        c.line(f"M-22,{y + 4}q22,14 44,0", 4)
    elif face.beard == "stubble":
        for i in range(26):
            c.dot(oval(-44 + (i * 37) % 88, y + 16 + (i * 23) % 28, 1.5))


def _glasses(c: Canvas, kind: str) -> None:
    if not kind:
        return
    for x in (-38, 38):
        shape = oval(x, -288, 29) if kind == "round" else f"M{x - 30},-308h60v30q-2,12 -14,12h-32q-12,0 -14,-12z"
        c.stroke(shape, ink.BROWN if kind == "round" else ink.INK, 5)
        c.line(shape, 2.6)
    c.line("M-9,-290q9,-7 18,0M-67,-292l-24,-6M67,-292l24,-6", 3.4)

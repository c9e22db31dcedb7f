"""The list of all pictures: which there are, what each is called, and how it is drawn."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path

from shop.seed.drawing import grounds, portraits, scenes, stalls, subjects
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.registry import MAIN, SUBJECTS, Subject
from shop.seed.drawing.weaves import weave_of

_DATA = Path(__file__).resolve().parent.parent / "data" / "products.csv"
Make = Callable[[], Canvas]


def key_of(good_en: str, view: str = MAIN) -> str:
    """The name of a good's picture: its English title in lower case with hyphens, and the view."""
    words = "".join(letter if letter.isalnum() else " " for letter in good_en.lower()).split()
    return "-".join(words) + ("" if view == MAIN else f"--{view}")


@lru_cache(maxsize=1)
def _rows() -> dict[str, dict[str, str]]:
    with _DATA.open(encoding="utf-8", newline="") as lines:
        return {row["product_en"]: row for row in csv.DictReader(lines)}


def draw_good(subject: Subject, province_th: str) -> Canvas:
    """Ground and thing on one sheet."""
    c = Canvas(key_of(subject.good, subject.view))
    place = grounds.lay(c, subject.layout, subject.back, subject.front, weave_of(province_th))
    foot = 320 if subject.layout == "frame" else 540
    with c.at(320 + place.x, foot + place.y, 0, place.scale * subject.scale), c.at(-320, -foot):
        subject.draw(c)
    return c


def draw(name: str) -> Canvas:
    """The picture of this name; KeyError when there is none."""
    return makers()[name]()


@lru_cache(maxsize=1)
def makers() -> dict[str, Make]:
    """Every picture's name with the function that draws it, in a fixed order."""
    assert subjects.__all__
    out: dict[str, Make] = {}
    for (good, view), subject in SUBJECTS.items():
        out[key_of(good, view)] = partial(draw_good, subject, _rows()[good]["province_th"])
    for face in portraits.FACES:
        out[portraits.portrait_name(face.key)] = partial(portraits.draw_portrait, face)
    for category in stalls.STALLS:
        out[stalls.stall_name(category)] = partial(stalls.draw_stall, category)
    for name, scene in scenes.SCENES.items():
        out[name] = scene
    return out

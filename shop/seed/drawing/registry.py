"""Which function draws which good. A good is named by its English title in the data; it may have three views."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shop.seed.drawing.canvas import Canvas

Draw = Callable[[Canvas], None]
MAIN, DETAIL, IN_USE = "main", "detail", "in-use"
VIEWS = (MAIN, DETAIL, IN_USE)


@dataclass(frozen=True)
class Subject:
    """A drawing of a good and the ground that it is drawn for; the weave on the ground is the province's."""

    good: str
    view: str
    layout: str
    back: str
    front: str
    draw: Draw
    scale: float = 1


SUBJECTS: dict[tuple[str, str], Subject] = {}
"""(English title, view) → its drawing."""


def draws(
    good: str, layout: str, back: str, front: str, *, view: str = MAIN, scale: float = 1
) -> Callable[[Draw], Draw]:
    """Registers the drawing of a good; a second one for the same view is a mistake."""

    def register(draw: Draw) -> Draw:
        if (good, view) in SUBJECTS:
            raise ValueError(f"{good} ({view}) is drawn twice")
        SUBJECTS[good, view] = Subject(good, view, layout, back, front, draw, scale)
        return draw

    return register

"""How the sheet is laid before a thing is drawn on it: field colours, and one band of the province's weave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.paths import box, oval, poly
from shop.seed.drawing.weaves import Weave, weave


@dataclass(frozen=True)
class Place:
    """Where a drawing made for the middle of a 640 sheet stands on a ground."""

    x: float = 0
    y: float = 0
    scale: float = 1


def _woven(c: Canvas, cloth: Weave, x: float, y: float, w: float, h: float, size: float = 8) -> None:
    pattern, threads = cloth
    c.raw(weave(pattern, x, y, w, h, threads, size))


def _table(c: Canvas, back: str, front: str, cloth: Weave) -> Place:
    c.flat(box(0, 430, 640, 210), front)
    _woven(c, cloth, 0, 560, 640, 80)
    c.line("M0,430H640M0,560H640", 3)
    return Place(0, -8)


def _sun(c: Canvas, back: str, front: str, cloth: Weave) -> Place:
    c.flat(oval(320, 310, 244), front)
    _woven(c, cloth, 0, 564, 640, 76)
    c.line("M0,564H640", 3)
    return Place(0, 0)


def _side(c: Canvas, back: str, front: str, cloth: Weave) -> Place:
    c.flat(box(0, 470, 640, 170), front)
    _woven(c, cloth, 0, 0, 88, 640)
    c.line("M88,0V640M88,470H640", 3)
    return Place(44, 10, 0.96)


def _frame(c: Canvas, back: str, front: str, cloth: Weave) -> Place:
    _woven(c, cloth, 0, 0, 640, 640)
    c.flat(box(48, 48, 544, 544), front)
    c.line(box(48, 48, 544, 544), 3)
    return Place(0, 4, 0.94)


def _runner(c: Canvas, back: str, front: str, cloth: Weave) -> Place:
    c.flat(box(0, 400, 640, 240), front)
    shape = poly((120, 400), (520, 400), (600, 640), (40, 640))
    pattern, threads = cloth
    c.part(shape, threads[0], None, 3, weave(pattern, 40, 400, 560, 240, threads, 9))
    c.line("M0,400H120M520,400H640", 3)
    return Place(0, 14)


def _top(c: Canvas, back: str, front: str, cloth: Weave) -> Place:
    c.flat(box(0, 470, 640, 170), front)
    _woven(c, cloth, 0, 0, 640, 72)
    c.line("M0,72H640M0,470H640", 3)
    return Place(0, 26, 0.97)


def _arch(c: Canvas, back: str, front: str, cloth: Weave) -> Place:
    """A niche in a woven wall."""
    _woven(c, cloth, 0, 0, 640, 640)
    niche = "M76,640V300A244,244 0 0 1 564,300V640z"
    c.flat(niche, front)
    c.flat(box(0, 562, 640, 78), back)
    c.line("M76,562V300A244,244 0 0 1 564,300V562M0,562H640", 3)
    return Place(0, 10, 0.94)


def _corner(c: Canvas, back: str, front: str, cloth: Weave) -> Place:
    """A cloth laid over one corner of the table."""
    c.flat(box(0, 380, 640, 260), front)
    pattern, threads = cloth
    c.part(
        poly((640, 250), (640, 640), (180, 640)), threads[0], None, 3, weave(pattern, 180, 250, 460, 390, threads, 9)
    )
    c.line("M0,380H486", 3)
    return Place(-10, 6)


def _bare(c: Canvas, back: str, front: str, cloth: Weave) -> Place:
    """Nothing but the field: the drawing covers the sheet."""
    return Place(0, 0)


LAYOUTS: dict[str, Callable[[Canvas, str, str, Weave], Place]] = {
    "table": _table,
    "sun": _sun,
    "side": _side,
    "frame": _frame,
    "runner": _runner,
    "top": _top,
    "arch": _arch,
    "corner": _corner,
    "bare": _bare,
}


def lay(c: Canvas, layout: str, back: str, front: str, cloth: Weave) -> Place:
    """Lays the ground and says where the thing stands."""
    c.flat(box(0, 0, c.width, c.height), back)
    return LAYOUTS[layout](c, back, front, cloth)

"""What food is served on: trays, bowls, plates."""

from __future__ import annotations

from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.packs import Piece, pile
from shop.seed.drawing.palette import CREAM, MIST, STRAW, TAN
from shop.seed.drawing.paths import lathe, oval
from shop.seed.drawing.weaves import weave


def tray(c: Canvas, cx: float, cy: float, rx: float, ry: float, rim: str = "#b9562f", inside: str = STRAW) -> None:
    """A flat round bamboo tray seen from above."""
    c.tone(oval(cx + 12, cy + 18, rx, ry), 0.6)
    c.part(oval(cx, cy, rx, ry), rim, "below")
    c.part(
        oval(cx, cy - 4, rx - 20, ry - 18),
        inside,
        None,
        3,
        weave("basket", cx - rx, cy - ry, rx * 2, ry * 2, (inside, "#d9b765", inside), 10),
    )


def bowl(
    c: Canvas,
    cx: float,
    base: float,
    w: float,
    h: float,
    glaze: str = CREAM,
    inside: str = MIST,
    *,
    content: str | None = None,
) -> None:
    """A round bowl; `content` fills it to the rim."""
    c.shadow(cx, base, w * 0.34)
    c.part(
        lathe(cx, base, [(w * 0.2, 0), (w * 0.19, h * 0.12), (w * 0.36, h * 0.4), (w * 0.48, h * 0.8), (w * 0.5, h)]),
        glaze,
    )
    c.part(oval(cx, base - h, w / 2, w * 0.13), glaze, None)
    c.part(oval(cx, base - h + 3, w / 2 - 13, w * 0.13 - 8), content or inside, "round" if content else "left", 2.6)


def heaped_bowl(
    c: Canvas, cx: float, base: float, w: float, h: float, glaze: str, piece: Piece, n: int, *, up: float = 0.2
) -> None:
    """A bowl with a heap of pieces above the rim."""
    c.shadow(cx, base, w * 0.34)
    c.part(oval(cx, base - h, w / 2, w * 0.13), glaze, None)
    pile(c, piece, n, cx, base - h - w * up * 0.45, w * 0.38, w * up)
    c.part(
        f"M{cx - w / 2},{base - h}Q{cx},{base - h + w * 0.24} {cx + w / 2},{base - h}C{cx + w * 0.47},{base - h * 0.5} {cx + w * 0.3},{base - h * 0.16} "
        f"{cx + w * 0.2},{base}H{cx - w * 0.2}C{cx - w * 0.3},{base - h * 0.16} {cx - w * 0.47},{base - h * 0.5} {cx - w / 2},{base - h}z",
        glaze,
    )


def plate(c: Canvas, cx: float, cy: float, rx: float, ry: float, glaze: str = CREAM, rim: str = TAN) -> None:
    """A plate seen from a little above."""
    c.tone(oval(cx + 10, cy + 14, rx, ry), 0.6)
    c.part(oval(cx, cy, rx, ry), glaze, "below", amount=0.5)
    c.stroke(oval(cx, cy - 1, rx - 8, ry - 6), rim, 5)
    c.line(oval(cx, cy - 2, rx * 0.72, ry * 0.7), 2.2)

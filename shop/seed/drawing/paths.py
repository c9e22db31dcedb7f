"""Outlines as SVG path data. Lengths are units of the sheet (640 wide), angles are degrees, clockwise."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

Point = tuple[float, float]


def _n(value: float) -> str:
    """A number, short: two decimals are a fiftieth of a printed pixel."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def join(*parts: str) -> str:
    """Several outlines as one."""
    return "".join(parts)


def oval(cx: float, cy: float, rx: float, ry: float | None = None) -> str:
    """An ellipse; a circle without `ry`."""
    high = rx if ry is None else ry
    return (
        f"M{_n(cx - rx)},{_n(cy)}a{_n(rx)},{_n(high)} 0 1 0 {_n(2 * rx)},0a{_n(rx)},{_n(high)} 0 1 0 {_n(-2 * rx)},0z"
    )


def box(x: float, y: float, w: float, h: float, r: float = 0) -> str:
    """A rectangle with round corners."""
    r = max(0.0, min(r, w / 2, h / 2))
    if not r:
        return f"M{_n(x)},{_n(y)}h{_n(w)}v{_n(h)}h{_n(-w)}z"
    arc = f"a{_n(r)},{_n(r)} 0 0 1 "
    return (
        f"M{_n(x + r)},{_n(y)}h{_n(w - 2 * r)}{arc}{_n(r)},{_n(r)}v{_n(h - 2 * r)}{arc}{_n(-r)},{_n(r)}"
        f"h{_n(2 * r - w)}{arc}{_n(-r)},{_n(-r)}v{_n(2 * r - h)}{arc}{_n(r)},{_n(-r)}z"
    )


def poly(*points: Point, close: bool = True) -> str:
    """Straight lines from point to point."""
    return "M" + "L".join(f"{_n(x)},{_n(y)}" for x, y in points) + ("z" if close else "")


def smooth(*points: Point, close: bool = True, tension: float = 0.5) -> str:
    """A soft line through all points (Catmull-Rom as Bézier curves)."""
    n = len(points)
    out = [f"M{_n(points[0][0])},{_n(points[0][1])}"]
    for i in range(n if close else n - 1):
        before, here, after, beyond = (_pick(points, i + k, close) for k in (-1, 0, 1, 2))
        k = tension / 3 * 2
        a = (here[0] + (after[0] - before[0]) * k / 2, here[1] + (after[1] - before[1]) * k / 2)
        b = (after[0] - (beyond[0] - here[0]) * k / 2, after[1] - (beyond[1] - here[1]) * k / 2)
        out.append(f"C{_n(a[0])},{_n(a[1])} {_n(b[0])},{_n(b[1])} {_n(after[0])},{_n(after[1])}")
    return "".join(out) + ("z" if close else "")


def _pick(points: Sequence[Point], i: int, close: bool) -> Point:
    return points[i % len(points)] if close else points[max(0, min(i, len(points) - 1))]


def star(cx: float, cy: float, outer: float, inner: float, rays: int, turn: float = 0) -> str:
    """A star; a polygon when both radii are equal."""
    return poly(*(polar(cx, cy, inner if i % 2 else outer, 180 * i / rays + turn - 90) for i in range(2 * rays)))


def blossom(cx: float, cy: float, r: float, petals: int = 5, reach: float = 0.55, turn: float = -90) -> str:
    """Round petals about a middle."""
    return join(*(oval(*polar(cx, cy, r * reach, 360 * i / petals + turn), r * 0.45) for i in range(petals)))


def polar(cx: float, cy: float, r: float, angle: float, flat: float = 1.0) -> Point:
    """The point at an angle (0 = right, 90 = below); `flat` squeezes the circle."""
    a = math.radians(angle)
    return cx + r * math.cos(a), cy + r * flat * math.sin(a)


def lathe(cx: float, base: float, profile: Sequence[Point], *, soft: bool = True) -> str:
    """A turned vessel from its profile: (half width, height above the base) from the foot to the rim."""
    right = [(cx + half, base - up) for half, up in profile]
    left = [(cx - half, base - up) for half, up in reversed(profile)]
    if not soft:
        return poly(*right, *left)
    up, down = smooth(*right, close=False), smooth(*left, close=False)
    return up + "L" + down[1:] + "z"


def leaf(x: float, y: float, length: float, width: float = 0.5) -> str:
    """A leaf lying to the right of its stalk."""
    w = width * length
    return (
        f"M{_n(x)},{_n(y)}C{_n(x + length * 0.3)},{_n(y - w * 0.75)} {_n(x + length * 0.75)},{_n(y - w * 0.55)} "
        f"{_n(x + length)},{_n(y)}C{_n(x + length * 0.75)},{_n(y + w * 0.55)} {_n(x + length * 0.3)},{_n(y + w * 0.75)} "
        f"{_n(x)},{_n(y)}z"
    )


def spiral(
    cx: float, cy: float, r0: float, r1: float, turns: float, flat: float = 1.0, start: float = 0
) -> list[Point]:
    """Points on a spiral from the inner to the outer radius."""
    steps = max(12, int(turns * 22))
    return [polar(cx, cy, r0 + (r1 - r0) * i / steps, start + 360 * turns * i / steps, flat) for i in range(steps + 1)]


def around(cx: float, cy: float, r: float, n: int, flat: float = 1.0, start: float = 0) -> list[Point]:
    """n points on a circle."""
    return [polar(cx, cy, r, start + 360 * i / n, flat) for i in range(n)]


def scatter(n: int, cx: float, cy: float, rx: float, ry: float) -> Iterable[tuple[float, float, int]]:
    """n points spread evenly over an ellipse (sunflower order), with their numbers."""
    for i in range(n):
        r = math.sqrt((i + 0.5) / n)
        a = i * 2.399963
        yield cx + rx * r * math.cos(a), cy + ry * r * math.sin(a), i

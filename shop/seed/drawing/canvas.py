"""A sheet with its three plates: what is filled (colour), where light is missing (shade), where ink runs (line)."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from contextlib import contextmanager

from shop.seed.drawing.palette import CREAM

_LIGHTS = {"right": (0, 0, 1, 0.25), "below": (0, 0, 0.2, 1), "left": (1, 0, 0, 0.2), "above": (0, 1, 0, 0)}
"""Where the shade falls; the light comes from the upper left unless a drawing says otherwise."""


class Canvas:
    """Collects the plates of one picture. Coordinates are units of the sheet, 640 wide (a scene is 960 × 640)."""

    def __init__(self, name: str, width: int = 640, height: int = 640) -> None:
        self.name, self.width, self.height = name, width, height
        self.number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
        self.dice = random.Random(self.number)
        self.colours: list[str] = []
        self.shades: list[str] = []
        self.lines: list[str] = []
        self._clips: list[str] = []
        self._places: list[str] = []

    @contextmanager
    def at(
        self, x: float = 0, y: float = 0, turn: float = 0, scale: float = 1, *, mirror: bool = False
    ) -> Iterator[None]:
        """Everything drawn inside is moved to (x, y), turned and scaled about it."""
        across = -scale if mirror else scale
        self._places.append(f"translate({x:.2f} {y:.2f}) rotate({turn:.2f}) scale({across:.4f} {scale:.4f})")
        yield
        self._places.pop()

    def placed(self, svg: str) -> str:
        """SVG moved to where the drawing stands now."""
        return f'<g transform="{" ".join(self._places)}">{svg}</g>' if self._places else svg

    def part(
        self, d: str, fill: str, shade: str | None = "right", line: float = 4, pattern: str = "", amount: float = 0.8
    ) -> None:
        """A solid piece: hides what is behind it on all plates, is shaded and outlined; `pattern` fills it."""
        body = f'<path d="{d}" fill="{fill}"/>'
        if pattern:
            self._clips.append(f'<clipPath id="c{len(self._clips)}"><path d="{d}"/></clipPath>')
            body += f'<g clip-path="url(#c{len(self._clips) - 1})">{pattern}</g>'
        self.colours.append(self.placed(body))
        dark = f'<path d="{d}" fill="url(#{shade})" fill-opacity="{amount}"/>' if shade else ""
        self.shades.append(self.placed(f'<path d="{d}" fill="#000"/>{dark}'))
        edge = f' stroke="#fff" stroke-width="{line}" stroke-linejoin="round"' if line else ""
        self.lines.append(self.placed(f'<path d="{d}" fill="#000"{edge}/>'))

    def flat(self, d: str, fill: str) -> None:
        """A piece without shade and outline."""
        self.part(d, fill, None, 0)

    def blob(self, d: str, fill: str) -> None:
        """Colour only, on top of what is there; shade and lines of what is below stay."""
        self.colours.append(self.placed(f'<path d="{d}" fill="{fill}"/>'))

    def raw(self, svg: str) -> None:
        """Any SVG on the colour plate, for weaves."""
        self.colours.append(self.placed(svg))

    def stroke(self, d: str, colour: str, width: float = 6) -> None:
        """A coloured stroke without outline."""
        self.colours.append(self.placed(_stroked(d, colour, width)))

    def rope(self, d: str, colour: str, width: float = 10, line: float = 3.4) -> None:
        """A coloured stroke with an outline: handles, stalks, strings."""
        self.lines.append(self.placed(_stroked(d, "#fff", width + 2 * line) + _stroked(d, "#000", width)))
        self.colours.append(self.placed(_stroked(d, colour, width + line)))
        self.shades.append(self.placed(_stroked(d, "#000", width + line)))

    def line(self, d: str, width: float = 3.4) -> None:
        """Ink."""
        self.lines.append(self.placed(_stroked(d, "#fff", width)))

    def dot(self, d: str) -> None:
        """An inked spot."""
        self.lines.append(self.placed(f'<path d="{d}" fill="#fff"/>'))

    def tone(self, d: str, amount: float = 0.55) -> None:
        """Shade on what is there."""
        self.shades.append(self.placed(f'<path d="{d}" fill="#fff" fill-opacity="{amount}"/>'))

    def shadow(self, cx: float, y: float, rx: float) -> None:
        """The shadow of a standing thing: to the right, on its ground."""
        from shop.seed.drawing.paths import oval

        self.tone(oval(cx + rx * 0.12 + 8, y, rx, 15), 0.62)

    def gleam(self, d: str, width: float = 7, colour: str = CREAM) -> None:
        """A highlight on glass and glaze."""
        self.stroke(d, colour, width)

    def plate(self, layer: list[str], paper: str, scale: float) -> str:
        """One plate as SVG."""
        size = f'width="{round(self.width * scale)}" height="{round(self.height * scale)}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {self.width} {self.height}">'
            f"<defs>{_GRADIENTS}{''.join(self._clips)}</defs>"
            f'<rect width="{self.width}" height="{self.height}" fill="{paper}"/>{"".join(layer)}</svg>'
        )

    def plates(self, scale: float) -> tuple[str, str, str]:
        """Colour, shade and line plate as SVG."""
        return (
            self.plate(self.colours, "#fff", scale),
            self.plate(self.shades, "#000", scale),
            self.plate(self.lines, "#000", scale),
        )


def _stroked(d: str, colour: str, width: float) -> str:
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:.1f}" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
    )


def _gradients() -> str:
    out = "".join(
        f'<linearGradient id="{name}" x1="{a}" y1="{b}" x2="{c}" y2="{d}">'
        '<stop offset=".35" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#fff" stop-opacity=".85"/>'
        "</linearGradient>"
        for name, (a, b, c, d) in _LIGHTS.items()
    )
    return out + (
        '<radialGradient id="round" cx=".36" cy=".3" r=".8"><stop offset=".35" stop-color="#fff" stop-opacity="0"/>'
        '<stop offset="1" stop-color="#fff" stop-opacity=".95"/></radialGradient>'
    )


_GRADIENTS = _gradients()

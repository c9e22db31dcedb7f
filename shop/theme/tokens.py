"""The tokens of css/tokens.css as Python reads them: for the style guide, and for the test that measures contrast."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).resolve().parent / "static" / "theme" / "css" / "tokens.css"
SCHEMES = ("light", "dark")
TEXT, LARGE = 4.5, 3.0
"""Least contrast: of text, and of large signs, edges and drawings (WCAG 2.2, 1.4.3 and 1.4.11)."""
GROUNDS = ("paper", "sheet", "sunk")
PARTNERS: tuple[tuple[str, str, float], ...] = (
    *((text, ground, TEXT) for text in ("ink", "ink-2", "link", "price", "ok", "warn", "ledger") for ground in GROUNDS),
    *((f"on-{field}", field, TEXT) for field in ("leaf", "verm", "turm", "indigo", "rose", "night", "action", "well")),
    ("well-hint", "well", TEXT),
    *((line, ground, LARGE) for line in ("rule", "focus", "action") for ground in GROUNDS),
    *((f"p-{part}", "sheet", LARGE) for part in ("group", "coop", "hub", "fund", "plat")),
    ("edge", "turm", LARGE),
    ("turm", "night", LARGE),
    ("turm", "leaf", LARGE),
    ("turm", "indigo", LARGE),
)
"""(text or line, ground, least contrast): what may stand on what. A pair that is not here is not used."""
_RULE = re.compile(r"(@media\(prefers-color-scheme:dark\)\s*\{\s*)?:root\s*\{(.*?)\}", re.S)
_TOKEN = re.compile(r"--([\w-]+):\s*([^;}]+?)\s*(?=;|$)", re.S)
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours of a scheme and how far they stand apart."""

    text: str
    ground: str
    least: float
    ratio: float

    @property
    def holds(self) -> bool:
        """Whether it is enough."""
        return self.ratio >= self.least


def read_tokens(css: str) -> dict[str, dict[str, str]]:
    """Every token of each scheme. Dark is light with what dark changes."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    light: dict[str, str] = {}
    changed: dict[str, str] = {}
    for dark, body in _RULE.findall(css):
        (changed if dark else light).update(dict(_TOKEN.findall(body)))
    return {"light": light, "dark": {**light, **changed}}


@lru_cache(maxsize=1)
def tokens() -> dict[str, dict[str, str]]:
    """Those of our own file."""
    return read_tokens(FILE.read_text(encoding="utf-8"))


def colours(scheme: str) -> dict[str, str]:
    """The full colours of a scheme by role."""
    return {name: value for name, value in tokens()[scheme].items() if _COLOUR.fullmatch(value)}


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def measured(known: dict[str, str]) -> list[Pair]:
    """All partners with their contrast among these colours."""
    return [Pair(text, ground, least, contrast(known[text], known[ground])) for text, ground, least in PARTNERS]


def scheme_styles() -> str:
    """A stylesheet with the classes `scheme-light` and `scheme-dark`, so that a page can show both side by side."""
    rules = []
    for scheme in SCHEMES:
        values = [f"--{name}: {value}" for name, value in tokens()[scheme].items() if "#" in value]
        words = ["background: var(--paper)", "color: var(--ink)", f"color-scheme: {scheme}"]
        rules.append(f".scheme-{scheme} {{\n  " + ";\n  ".join([*values, *words]) + "\n}\n")
    return "@layer base {\n" + "".join(rules) + "}\n"

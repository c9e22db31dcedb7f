"""The colours of tokens.css: every text on every ground it may stand on is told apart, in light and in dark."""

from __future__ import annotations

import re

import pytest

from shop.theme import tokens

CSS = tokens.FILE.parent
SHEETS = sorted(CSS.rglob("*.css"))
_RAW = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(|:\s*(?:white|black|red|grey|gray)\b", re.I
)


@pytest.mark.parametrize("scheme", tokens.SCHEMES)
def test_partners_stand_apart(scheme: str) -> None:
    weak = [pair for pair in tokens.measured(tokens.colours(scheme)) if not pair.holds]
    assert weak == []


def test_contrast_is_that_of_wcag() -> None:
    assert tokens.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert tokens.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert tokens.contrast("#c4391f", "#c4391f") == pytest.approx(1)


def test_a_pale_text_is_found() -> None:
    """The negative control: one shade paler and the pair does not hold."""
    pale = {**tokens.colours("light"), "ink-2": "#8a8897"}
    assert {(pair.text, pair.ground) for pair in tokens.measured(pale) if not pair.holds} == {
        ("ink-2", "paper"),
        ("ink-2", "sheet"),
        ("ink-2", "sunk"),
    }


def test_dark_is_light_with_changes() -> None:
    light, dark = tokens.tokens()["light"], tokens.tokens()["dark"]
    assert set(light) == set(dark)
    assert (light["paper"], dark["paper"]) == ("#fbf5e6", "#13152b")
    assert light["night"] == dark["night"] == "#1c1c38"


def test_every_colour_has_a_partner() -> None:
    """A colour nobody measures is a colour nobody may rely on. `hair` only divides, it carries no meaning."""
    measured = {name for text, ground, _least in tokens.PARTNERS for name in (text, ground)}
    assert set(tokens.colours("light")) - measured == {"hair"}


def test_only_the_tokens_name_colours() -> None:
    named = [
        f"{sheet.relative_to(CSS)}: {match[0]}"
        for sheet in SHEETS
        if sheet != tokens.FILE
        for match in _RAW.finditer(re.sub(r"/\*.*?\*/|url\([^)]*\)", "", sheet.read_text(encoding="utf-8"), flags=re.S))
    ]
    assert named == []
    assert _RAW.search("color: #FFF")
    assert _RAW.search("color:rgba(0,0,0,.5)")
    assert _RAW.search("background: white")


def test_every_token_used_is_one() -> None:
    known = set(tokens.tokens()["light"])
    for sheet in SHEETS:
        known |= set(re.findall(r"--([\w-]+)\s*:", sheet.read_text(encoding="utf-8")))
    used = {
        (sheet.name, name)
        for sheet in SHEETS
        for name in re.findall(r"var\(--([\w-]+)", sheet.read_text(encoding="utf-8"))
    }
    assert {entry for entry in used if entry[1] not in known} == set()


def test_scheme_styles_are_the_tokens() -> None:
    styles = tokens.scheme_styles()
    light, dark = styles.split(".scheme-dark")
    assert "--paper: #fbf5e6;" in light
    assert "--paper: #13152b;" not in light
    assert "--paper: #13152b;" in dark
    assert "color-scheme: dark" in dark

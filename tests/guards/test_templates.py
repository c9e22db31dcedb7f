"""Every component that a template calls is there: one that is not is a page that fails, and only when it is reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guards.rooms import ROOT

_CALL = re.compile(r"<c-([^\s/>]*)")
_BUILT_IN = {"vars", "slot", "component"}


def templates() -> Iterator[Path]:
    for room in ("shop", "catalogue", "vendors", "cms", "media", "search"):
        yield from (path for path in (ROOT / room).rglob("*.html") if "templates" in path.parts)


def unknown(text: str, known: set[str]) -> list[str]:
    """Names of components in a text that are none: `{%` right after a name becomes part of it."""
    return [name for name in _CALL.findall(text) if name not in known | _BUILT_IN]


def components() -> set[str]:
    folders = [path.parent for path in templates() if path.parent.name == "cotton"]
    return {path.stem.replace("_", "-") for folder in folders for path in folder.glob("*.html")}


def test_every_component_that_is_called_is_there() -> None:
    known = components()
    assert len(known) > 10
    wrong = {str(path.relative_to(ROOT)): found for path in templates() if (found := unknown(path.read_text(), known))}
    assert not wrong


@pytest.mark.parametrize("text", ['<c-button{% if a %} kind="two"{% endif %}>', "<c-buton>", "<c-{{ name }}>"])
def test_the_guard_sees_a_name_that_is_none(text: str) -> None:
    assert unknown(text, {"button"})

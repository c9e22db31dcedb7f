"""The stylesheets hold what templates use, and each thing once."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from shop.theme import tokens
from tests.strings import ROOMS, ROOT

CSS = tokens.FILE.parent
JOINED = CSS / "market.css"
"""Names the common stylesheets, and holds none itself."""
SHEETS = sorted(set(CSS.rglob("*.css")) - {JOINED})
COMMON_MOST = 7
"""Stylesheets of every page: more of them is more to look through."""
MADE_BY_NAME = re.compile(r"(fp|for|sh-to|st|state|band|f|sw|sw-on|ev|t|reg|r|m|key|htmx)-[\w-]+")
"""Classes that a template puts together: `state-{{ state }}`, that a drawing is made of, or that htmx sets."""


def _bare(sheet: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)


def _selectors(css: str) -> list[str]:
    return re.findall(r"([^{};]+)\{", re.sub(r"@[\w-]+[^{;]*[{;]", "", css))


def classes(css: str) -> set[str]:
    """Every class a stylesheet knows."""
    return {name for selector in _selectors(css) for name in re.findall(r"\.([a-zA-Z][\w-]*)", selector)}


def words_of_pages() -> set[str]:
    """Every word in our templates, scripts and Python: a class that is none of them is on no page."""
    files = [
        path
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.suffix in (".html", ".js", ".py") and "migrations" not in path.parts
    ]
    return {word for path in files for word in re.findall(r"[\w-]+", path.read_text(encoding="utf-8"))}


def unused(css: str, words: set[str]) -> set[str]:
    """Classes in the stylesheet that stand on no page."""
    return {name for name in classes(css) if name not in words and not MADE_BY_NAME.fullmatch(name)}


def test_every_class_stands_on_a_page() -> None:
    words = words_of_pages()
    found = {f"{sheet.name}: .{name}" for sheet in SHEETS for name in unused(_bare(sheet), words)}
    assert found == set()


def test_an_unused_class_is_found() -> None:
    """The negative control."""
    assert unused(".btn { color: red } @media(x) { .nobody-wears-this { top: 0 } }", {"btn"}) == {"nobody-wears-this"}


def test_no_selector_stands_twice_in_one_place() -> None:
    twice = []
    for sheet in SHEETS:
        counted = Counter(_placed(_bare(sheet)))
        twice += [f"{sheet.name}: {selector}" for (_place, selector), number in counted.items() if number > 1]
    assert twice == []


def _placed(css: str) -> list[tuple[str, str]]:
    """(the @-rules around it, selector) of every rule."""
    placed, around = [], [""]
    for head, mark in re.findall(r"([^{};]*)([{};])", css):
        head = " ".join(head.split())
        if mark == "{":
            if head.startswith("@"):
                around.append(f"{around[-1]} {head}")
            else:
                placed.append((around[-1], head))
                around.append(around[-1] + " rule")
        elif mark == "}":
            around.pop()
    return [(place, selector) for place, selector in placed if "keyframes" not in place and "rule" not in place]


def test_the_common_stylesheets_are_few() -> None:
    named = re.findall(r'@import url\("([\w./-]+)\.css"\)', JOINED.read_text(encoding="utf-8"))
    assert len(named) <= COMMON_MOST
    assert sorted(named) == sorted(sheet.stem for sheet in CSS.glob("*.css") if sheet != JOINED)


def test_a_page_sheet_is_linked_by_a_page() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.html"))
    assert [sheet.name for sheet in CSS.glob("pages/*.css") if f"theme/css/pages/{sheet.name}" not in pages] == []


def test_every_rule_stands_in_a_layer_of_its_kind() -> None:
    order = re.search(r"@layer ([\w, ]+);", tokens.FILE.read_text(encoding="utf-8"))
    assert order is not None
    assert order[1].split(", ") == "tokens base layout frame forms parts pages".split()
    for sheet in SHEETS:
        layers = set(re.findall(r"@layer ([\w-]+) \{", sheet.read_text(encoding="utf-8")))
        expected = {"pages"} if sheet.parent.name == "pages" else {sheet.stem}
        assert layers == expected, sheet.name

"""Finds every translatable string in our templates and Python files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from shop.common.translations import NUMBERS

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("shop", "catalogue", "vendors", "cms", "media", "search")
_TRANS = re.compile(
    r"""\{%\s*(?:trans|translate|escaped_words)\s+(?P<q>["'])(?P<text>.*?)(?P=q)(?:\s+context\s+(?P<cq>["'])(?P<context>.*?)(?P=cq))?[^%]*%\}"""
)
_BLOCK = re.compile(
    r"\{%\s*blocktrans(?:late)?\b(?P<head>[^%]*)%\}(?P<text>.*?)\{%\s*endblocktrans(?:late)?\s*%\}", re.S
)
_PLURAL = re.compile(r"\{%\s*plural\s*%\}")
_CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
_CONTEXT_CALLS = {"pgettext", "pgettext_lazy"}
Found = tuple[str | None, str, str]


def template_strings(path: Path) -> Iterator[Found]:
    """(context, string, file) of one template; `{{ name }}` in a block becomes %(name)s, one and many are told together."""
    text = path.read_text(encoding="utf-8")
    for match in _TRANS.finditer(text):
        yield match["context"], match["text"], str(path)
    for match in _BLOCK.finditer(text):
        words = match["text"]
        if "trimmed" in match["head"]:
            words = " ".join(line.strip() for line in words.strip().splitlines())
        words = _PLURAL.sub(NUMBERS, words)
        words = words.replace("%", "%%") if "%" in words else words
        yield None, re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", words), str(path)


def python_strings(path: Path) -> Iterator[Found]:
    """(context, string, file) of one Python file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        values = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if node.func.id in _CALLS and values:
            yield None, values[0], str(path)
        elif node.func.id in _CONTEXT_CALLS and len(values) > 1:
            yield values[0], values[1], str(path)


def all_strings() -> Iterator[Found]:
    """Every string of every room."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            if "migrations" in path.parts or not path.is_file():
                continue
            if path.suffix == ".py":
                yield from python_strings(path)
            elif path.suffix in (".html", ".txt") and "templates" in path.parts:
                yield from template_strings(path)

"""Imports point down (design §10): the contracts name every room, and what import-linter cannot see obeys them too."""

from __future__ import annotations

import ast
import functools
import importlib.util
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guards.rooms import (
    FACES,
    LAYERS,
    ROOT,
    calls,
    existing_rooms,
    may_import,
    module_of,
    parsed,
    python_files,
    room_of,
    room_of_label,
)

_DOTTED = re.compile(r"^[a-z_]+(\.\w+)+$")
_MODEL = re.compile(r"^([a-z_]+)\.[A-Z]\w*$")
_BY_LABEL = {"get_class", "get_classes", "get_model", "get_app_config", "get_app_label"}


def _contracts() -> dict[str, dict]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["type"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def test_every_room_has_its_place() -> None:
    placed = {room for layer in LAYERS for room in layer} | set(FACES)
    assert existing_rooms() - placed == set(), "give the new room a layer (design §10, tests/guards/rooms.py)"


def test_contract_has_the_layers_of_the_design() -> None:
    existing = existing_rooms()
    wanted = [" | ".join(room for room in layer if room in existing) for layer in LAYERS]
    assert _contracts()["layers"]["layers"] == [layer for layer in wanted if layer]


def test_contract_protects_every_face() -> None:
    contract = _contracts()["protected"]
    webs = {module_of(path) for path in ROOT.glob("**/web/__init__.py") if "site-packages" not in path.parts}
    named = set(contract["protected_modules"])
    for web in webs:
        depth = "*." * web.count(".")
        assert f"{depth}web" in named, web
    assert set(FACES) <= named
    assert set(contract["allowed_importers"]) == {*named, "shop.urls", "shop.launch"}


def _texts(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@functools.cache
def _module_in(text: str) -> str | None:
    """The longest existing module that a dotted text begins with: "shop.partner.strategy.Selector" → its module."""
    parts = text.split(".")
    for length in range(len(parts), 1, -1):
        name = ".".join(parts[:length])
        try:
            if importlib.util.find_spec(name) is not None:
                return name
        except ModuleNotFoundError:
            continue
    return None


def unseen_imports(path: Path) -> Iterator[tuple[str, str]]:
    """(what is written, module it leads to) for every string of a file that names something of a room."""
    for text in _texts(path):
        if (match := _MODEL.match(text)) and match[1] in room_of_label():
            yield text, room_of_label()[match[1]]
        elif _DOTTED.match(text) and room_of(text) and (module := _module_in(text)):
            yield text, module
    for name, call in calls(path):
        first = call.args[0] if call.args else None
        if name in _BY_LABEL and isinstance(first, ast.Constant) and isinstance(first.value, str):
            label = first.value.split(".")[0]
            if label in room_of_label():
                yield f"{name}({first.value!r})", room_of_label()[label]


def test_what_the_linter_cannot_see_points_down() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {written}"
        for path in python_files()
        for written, target in unseen_imports(path)
        if not may_import(module_of(path), target)
    ]
    assert wrong == []


def test_the_reader_sees_each_way_of_naming(tmp_path: Path) -> None:
    """Its control: what it must find, it finds; what only looks alike, it leaves."""
    file = tmp_path / "seen.py"
    file.write_text(
        'a = get_model("order", "Order")\n'
        'b = get_class("partner.strategy", "Selector")\n'
        'c = ForeignKey("vendors.Organisation")\n'
        'd = "shop.partner.middleware.StrategyMiddleware"\n'
        'e = apps.get_app_config("search")\n'
        'f = "catalogue.refused"\n'
        'g = "order.placed"\n'
    )
    assert {target for _written, target in unseen_imports(file)} == {
        "shop.order",
        "shop.partner",
        "vendors",
        "shop.partner.middleware",
        "search",
    }


@pytest.mark.parametrize(
    ("source", "target", "allowed"),
    [
        ("shop.checkout.services", "shop.order.models", True),
        ("shop.order.models", "shop.checkout.services", False),
        ("vendors.models", "catalogue.models", False),
        ("media.models", "shop.people", False),
        ("catalogue.services", "catalogue.web.views", True),
        ("shop.checkout.services", "catalogue.web.views", False),
        ("catalogue.web.views", "search.web.listing", True),
        ("vendors.services", "shop.office.selectors", False),
        ("shop.settings.base", "shop.partner.middleware", True),
        ("shop.seed.market", "vendors.services", True),
        ("vendors.services", "shop.settings", False),
    ],
)
def test_rule_of_directions(source: str, target: str, allowed: bool) -> None:
    assert may_import(source, target) is allowed


def test_only_typed_readers_look_at_the_environment() -> None:
    allowed = {"shop.common.env", "shop.launch", "shop.settings.test", "shop.wsgi"}
    wrong = [
        module_of(path)
        for path in python_files()
        if module_of(path) not in allowed
        and any(
            isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv") for node in ast.walk(parsed(path))
        )
    ]
    assert wrong == [], "read settings by shop.common.env in shop/settings"

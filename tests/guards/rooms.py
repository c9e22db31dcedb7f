"""The rooms of design §10 and their layers, and how a file, a module or an app label is found to belong to one."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent.parent
TOP_ROOMS = ("catalogue", "cms", "media", "search", "vendors")
LAYERS: tuple[tuple[str, ...], ...] = (
    ("search",),
    ("cms",),
    ("shop.checkout",),
    ("shop.vouchers",),
    ("shop.payouts", "shop.fund", "shop.documents"),
    ("shop.fulfilment",),
    ("shop.payment",),
    ("shop.order",),
    ("shop.basket", "shop.shipping"),
    ("shop.partner", "shop.favourites"),
    ("catalogue",),
    ("vendors",),
    ("media", "shop.people", "shop.gateways", "shop.ledger"),
    ("shop.common", "shop.theme"),
)
"""Top to bottom. A room may import what stands in a lower layer; neighbours of one layer do not know each other."""
FACES = ("shop.office", "shop.seed")
"""Whole rooms that are faces, like the `web` of every room: only addresses and other faces import them."""
ABOVE_ALL = ("shop.settings", "shop.urls", "shop.access_rules", "shop.launch", "shop.server", "shop.wsgi")


def existing_rooms() -> set[str]:
    """Every package of ours that is a room: the top ones and those directly below shop."""
    below = {f"shop.{path.parent.name}" for path in (ROOT / "shop").glob("*/__init__.py")}
    return {name for name in TOP_ROOMS if (ROOT / name).is_dir()} | below - {"shop.settings"}


def python_files(*, migrations: bool = False) -> list[Path]:
    """Every Python file of the rooms and of the project."""
    found = [path for room in ("shop", *TOP_ROOMS) for path in sorted((ROOT / room).rglob("*.py"))]
    return [path for path in found if migrations or "migrations" not in path.parts]


def module_of(path: Path) -> str:
    """The dotted name of a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str | None:
    """The room that a dotted name lies in; None for what is not ours."""
    parts = module.split(".")
    if parts[0] in TOP_ROOMS:
        return parts[0]
    return ".".join(parts[:2]) if parts[0] == "shop" and len(parts) > 1 else None


def is_face(module: str) -> bool:
    """True for the web package of a room and for rooms that are faces as a whole."""
    return "web" in module.split(".") or room_of(module) in FACES


def level(room: str) -> int:
    """The number of a room's layer, from the top."""
    return next(number for number, layer in enumerate(LAYERS) if room in layer)


def may_import(source: str, target: str) -> bool:
    """May the module `source` know the module `target`, by design §10?"""
    here, there = room_of(source), room_of(target)
    if there is None or here == there or here in ABOVE_ALL:
        return True
    if is_face(source):
        return there not in ABOVE_ALL
    if here is None or is_face(target) or there in ABOVE_ALL:
        return False
    return level(there) > level(here)


@functools.cache
def room_of_label() -> dict[str, str]:
    """The rooms by Django app label."""
    found = {config.label: room_of(config.name) for config in apps.get_app_configs()}
    return {label: room for label, room in found.items() if room is not None}


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a file with the last part of the called name."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node

"""The repository looks as design §10 says: known names at the top, the same file names in every room, small pieces."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.guards.names import NAMED
from tests.guards.rooms import ROOT, TOP_ROOMS, existing_rooms, module_of, parsed, python_files, room_of

PROMISED = {
    *TOP_ROOMS,
    "shop",
    "tests",
    "docs",
    "manage.py",
    "requirements.txt",
    "requirements.in",
    "requirements-dev.txt",
    "docker-compose.yml",
    "Dockerfile",
    "README.md",
    "LICENSE",
    "Makefile",
    "pyproject.toml",
}
MADE = {"var"}
"""What running the market makes; never in git."""
USUAL = {
    *("__init__", "models", "services", "selectors", "policies", "states", "events", "subscribers", "errors"),
    *("admin", "checks", "apps", "jobs", "middleware"),
}
USUAL_OF_WEB = {"__init__", "urls", "views", "forms"}
USUAL_FOLDERS = {
    *("models", "services", "web", "workspace", "migrations", "management", "commands", "templatetags"),
    *("templates", "static", "data", "locale", "pictures", "office", "hub", "papers", "sheets", "standin", "blocks"),
}
FREE = {"shop.seed", "shop.settings"}
"""The seed is told in chapters and the settings in parts: their names are their own."""
LONGEST_FILE, LONGEST_FUNCTION = 400, 45
_UNFINISHED = re.compile(r"\b(TODO|FIXME|HACK)\b|\bXXX\b(?!X)")


def test_top_level_holds_what_was_promised_and_nothing_else() -> None:
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - MADE
    assert visible - PROMISED == set(), "design §10 knows no such name at the top"
    assert {*TOP_ROOMS, "shop", "tests", "docs", "manage.py", "requirements.txt", "Makefile"} <= visible


def _modules() -> Iterator[tuple[str, str]]:
    """(package, name) of every module that is not inside a fully usual folder such as services/ or commands/."""
    for path in python_files():
        package = module_of(path.parent / "__init__.py")
        if path.parent.name in ("services", "models", "commands", "management", "templatetags"):
            continue
        yield package, path.stem


def test_modules_have_usual_or_justified_names() -> None:
    found: dict[str, set[str]] = {}
    for package, name in _modules():
        usual = USUAL_OF_WEB if "web" in package.split(".") else USUAL
        if name not in usual and room_of(package) not in FREE:
            found.setdefault(package, set()).add(name)
    found.setdefault("shop.people", set()).add("address")
    named = {package: set(names) for package, names in NAMED.items()}
    assert found == named, "give a new module a usual name, or name it in NAMED with its reason; take vanished ones out"


def test_folders_have_usual_names() -> None:
    packages = {path.parent for path in python_files()}
    nested = [path for path in packages if room_of(module_of(path / "__init__.py")) not in (None, *FREE)]
    odd = []
    for path in nested:
        inside = path.relative_to(ROOT).parts[2 if path.relative_to(ROOT).parts[0] == "shop" else 1 :]
        odd += [str(path) for part in inside if part not in USUAL_FOLDERS and part != "address"]
    assert odd == []


def test_every_room_has_an_app() -> None:
    without = {room for room in existing_rooms() if not (ROOT / room.replace(".", "/") / "apps.py").is_file()}
    assert without == set()


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _all_python() -> list[Path]:
    return [*python_files(), *sorted((ROOT / "tests").rglob("*.py"))]


def test_files_and_functions_are_small() -> None:
    long = []
    for path in _all_python():
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > LONGEST_FILE:
            long.append(f"{path.relative_to(ROOT)}: {lines} lines")
        for node in _functions(parsed(path)):
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                long.append(f"{path.relative_to(ROOT)}: {node.name} has {length} lines")
    assert long == [], "split it by act (place, cancel, refund)"


def _undocumented(path: Path) -> Iterator[str]:
    """Public modules, functions and classes without a docstring.

    An error class is told by its message, a management command by its help, an app config by nothing but its name.
    """
    tree = parsed(path)
    if tree.body and path.name != "apps.py" and not ast.get_docstring(tree):
        yield f"{path.relative_to(ROOT)}"
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        told = path.name == "apps.py" or node.name == "Command" or (path.name == "errors.py" and _has_message(node))
        if not told and not ast.get_docstring(node):
            yield f"{path.relative_to(ROOT)}: {node.name}"


def _has_message(node: ast.stmt) -> bool:
    names = [target for entry in getattr(node, "body", []) for target in getattr(entry, "targets", [])]
    return any(getattr(target, "id", "") == "message" for target in names)


def test_everything_public_says_what_it_is() -> None:
    assert [entry for path in python_files() for entry in _undocumented(path)] == []


def test_nothing_is_marked_as_unfinished() -> None:
    kinds = {".py", ".html", ".txt", ".css", ".js", ".md", ".toml", ".csv", ".sh", ".yml"}
    places = [ROOT / name for name in sorted(PROMISED) if (ROOT / name).exists()]
    files = [file for place in places for file in ([place] if place.is_file() else place.rglob("*"))]
    marked = [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in files
        if file.is_file() and file.suffix in kinds and file != Path(__file__)
        for match in [_UNFINISHED.search(file.read_text(encoding="utf-8"))]
        if match
    ]
    assert marked == []


def test_tests_without_a_package_have_names_of_their_own() -> None:
    """pytest imports a file of a folder without `__init__.py` by its bare name; two of one name end the whole run."""
    loose = [path for path in (ROOT / "tests").rglob("test_*.py") if not (path.parent / "__init__.py").exists()]
    names = [path.name for path in loose]
    assert sorted({name for name in names if names.count(name) > 1}) == []
    assert loose

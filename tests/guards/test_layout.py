"""The repository looks as design §10 says: known names at the top, the same file names in every room, small pieces."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

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
    *("templates", "static", "data", "locale", "pictures", "office", "sheets"),
    *("models", "services", "web", "workspace", "office", "migrations", "management", "commands", "templatetags"),
    *("templates", "static", "data", "locale", "pictures"),
}
NAMED = {
    "catalogue": {
        "certification": "the one rule of when a product may be sold",
        "cover": "what hangs on a certificate",
        "letters": "letters about certificates and the goods that hang on them",
        "export": "is a group ready for buyers abroad?",
        "posters": "what stands on the pictures of shared links",
        "freshness": "how long a page about goods may be kept",
        "gates": "what the law asks of a category, in words",
        "pending": "changes in words, two versions beside each other",
        "product_page": "the product page's single query",
        "restricted": "goods that the law keeps out",
        "shelves": "small reference data read once per version",
        "tasks": "what the worker does",
        "trail": "the way of a lot",
    },
    "catalogue.web.workspace": {
        "begin": "a new product",
        "goods_forms": "its form",
        "lots": "a group's lots",
        "part_forms": "a form for each part of a product",
        "parts": "its parts, changed one by one",
        "photos": "photos on their way in",
        "pictures": "the pictures of one product",
        "product": "one product and what may be done with it",
        "today": "what the goods need today",
        "variants": "its variants and the prices of the past",
    },
    "catalogue.web": {
        "trace": "the public trail of a lot",
        "product": "the buying part of a product's page",
        "schema": "a product's page for machines",
        "told": "the kept part of a product's page",
    },
    "cms": {
        "blocks": "what a story may hold",
        "mails": "letters about shop pages",
        "posters": "what stands on the pictures of shared links",
        "shop_page": "what a shop page holds, as plain values",
        "texts": "first words of the plain pages",
        "wagtail_hooks": "Wagtail asks for it by this name",
    },
    "cms.web": {"group_page": "the shop page of a group"},
    "cms.web.workspace": {"today": "what the shop page needs today"},
    "media": {
        "encoding": "pixels into files, without the database, so that other processes can do it",
        "pdf": "is an uploaded PDF a plain one?",
        "posters": "the pictures of shared links: addresses and bounds",
        "printing": "draws them",
        "tasks": "what the worker does",
    },
    "media.web": {"private": "how a private file is handed over"},
    "search": {
        "facets": "exact counts of a listing",
        "filters": "a query's filters as conditions",
        "query": "what a visitor asks for",
    },
    "search.web": {
        "listing": "a listing as a page, used by every face that lists",
        "sitemap_urls": "addresses for machines stand outside the languages",
        "sitemaps": "what search engines may read",
    },
    "shop": {
        "access_rules": "who may enter foreign sets of addresses",
        "launch": "make run",
        "server": "how gunicorn serves",
        "urls": "every address",
        "wsgi": "the door for servers",
    },
    "shop.basket": {"again": "goods of an earlier order"},
    "shop.basket.web": {
        "context": "what the pages of the basket show besides it",
        "fragment_urls": "the private fragment has an address of its own",
    },
    "shop.checkout.web": {"area_picker": "picking a sub-district without JavaScript"},
    "shop.common": {
        "letters": "how a letter is made of its text and its look",
        "access": "who may use which address",
        "clock": "the one clock",
        "codes": "public references with a check character",
        "embedded": "the embedded PostgreSQL",
        "env": "typed readers of the environment",
        "forms": "form fields of every room",
        "health": "is a part of the market well?",
        "hooks": "what upper rooms do in the same transaction",
        "money": "satang and baht",
        "outbox": "news",
        "pdf": "papers as PDF",
        "public": "the mark of a page that is the same for everybody",
        "slugs": "ASCII slugs",
        "thai": "Thai text and dates",
        "translations": "where Thai words live",
        "versions": "counters that cached pages are keyed by",
    },
    "shop.common.sheets": {
        "reading": "rows of a file that strangers made",
        "unpacking": "what is looked at before a workbook is opened",
        "writing": "rows for people, safe in Excel",
    },
    "shop.common.web": {
        "cache": "kept public pages",
        "compression": "public pages go packed, others do not",
        "csrf": "form tokens",
        "limits": "how often something may be done",
        "nul": "no NUL comes in",
        "policy": "what foreign pages may load",
    },
    "shop.fulfilment": {"mails": "letters about a purchase"},
    "shop.fulfilment.web": {"timeline": "the way of a vendor order in a buyer's words"},
    "shop.fulfilment.web.workspace": {
        "packing": "ticks, shortages and the slip",
        "today": "orders that wait today",
    },
    "shop.office.web": {"registry": "what rooms add to the office"},
    "shop.order": {"links": "the secret link of a guest's order", "locks": "how an order is locked"},
    "shop.partner": {
        "listing": "a group lists goods",
        "offers": "what may be bought now",
        "strategy": "Oscar asks for it by this name",
    },
    "shop.people": {
        "address": "fork of Oscar's app of this name",
        "addresses": "Thai addresses",
        "consents": "what a person agreed to",
        "copying": "a copy of everything kept about a person",
        "leaving": "deleting an account",
    },
    "shop.people.web": {
        "address_book": "the address book",
        "next_steps": "what to do next",
        "privacy": "a person's rights over their data",
        "sign_up": "allauth's form, safe against a double click",
    },
    "shop.theme": {
        "context": "what every page knows",
        "formats": "money and dates in words",
        "meta": "what machines read in a page's head",
        "kept": "the frame of a page, rendered once",
        "qr": "QR codes, drawn by the server",
        "slots": "filled from above",
        "storage": "static files as production serves them",
        "tokens": "colours and contrast, as Python reads them from tokens.css",
    },
    "shop.theme.web": {"errors": "error pages"},
    "vendors": {
        "checklist": "what a group needs before it may be approved",
        "history": "who did what in an organisation's name",
        "likeness": "whether two groups' names are the same",
        "notices": "what is told about applications and decisions",
        "onboarding": "reading applications and the officers' queue",
        "mails": "letters to the people of organisations",
        "members": "reading people, invitations, grants and deeds",
        "certificates": "how a certificate stands on a day",
        "tilemap": "the map of 77 provinces",
    },
    "vendors.sheets": {
        "certificates": "rows about certificates",
        "columns": "columns, and rows read by them",
        "fields": "the columns of each sheet",
        "kinds": "the kinds of sheets",
        "members": "rows about people",
        "network": "which organisations rows may name",
        "organisations": "rows about cooperatives and groups",
        "plans": "what a file would do",
        "problems": "what can be wrong, and what to do about it",
        "progress": "how far a long transaction has come",
        "tasks": "what the worker does",
        "template": "files to fill in, and exports",
        "values": "from cells to values",
    },
    "vendors.web.office": {
        "certificate_urls": "addresses of the officers' queue of certificates",
        "certificates": "that queue and the decisions",
        "group_urls": "addresses of the officer's queue",
        "group_views": "the officer's queue and decisions",
        "import_forms": "sending a sheet in",
        "import_urls": "addresses of imports",
        "import_views": "pages of imports",
        "people": "who serves which office",
        "regions": "which province lies in which region",
    },
    "vendors.web": {
        "atlas": "the map of provinces as pages show it",
        "register": "the public register of certificates",
    },
    "vendors.web.workspace": {
        "apply": "a group applies, step by step",
        "apply_urls": "they stand before the addresses of a workspace",
        "certificate_form": "the form of a certificate",
        "certificate_urls": "addresses of a group's certificates",
        "certificates": "a group's certificates",
        "grants": "who may act for whom",
        "invitation": "what the letter of an invitation leads to",
        "invite_forms": "asking people by e-mail",
        "past": "the history of an organisation",
        "people": "who serves an organisation as what",
        "profile": "a group's record as pages and paper show it",
        "record": "the record's pages",
        "record_forms": "the record's forms",
        "record_urls": "the record's addresses",
        "registry": "what rooms add to a workspace",
        "today": "certificates and invitations that wait today",
        "shell": "the frame of every workspace page",
        "summary": "an application and a record in words",
        "tags": "brings it into the template",
    },
}
"""Modules beside the usual ones, each with its reason. Prefer a usual name; a new one is justified here."""
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

"""Every address × every kind of visitor × GET and POST: exactly as declared, and docs/rights.md says the same."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.http import urlencode

from shop.common.access import EVERYBODY, Kind, prefixes
from tests.strings import ROOT
from tests.unit.rights.registry import ENTRIES, Entry, Filled
from tests.unit.rights.walk import Address, addresses, own_addresses
from tests.unit.rights.world import World

DOCUMENT = ROOT / "docs" / "rights.md"
METHODS = ("GET", "POST")
_INTRO = """# Who may do what

Written by `WRITE_DOCS=1 make unit` from what the market answers, and compared with it by
`tests/unit/rights/test_table.py`: a changed right shows as a line of a diff.

**yes** opens · **own** opens what is the person's own, everything else is 404 · **login** leads to the login ·
**–** is 404. Members and those who were granted `act_for` own the orders of a group; a guest's order is opened by its
secret link. Removing a membership or a grant counts on the next request.
"""


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Thousands of refusals are the point here; their log lines are not."""
    caplog.set_level(logging.CRITICAL, "django.request")


def test_every_address_is_declared() -> None:
    assert [address.route for address in addresses() if address.rule is None] == []


def test_the_walk_is_the_same_in_every_language() -> None:
    """The last page that another test asked for may have been an English one."""
    thai = addresses()
    with translation.override("en"):
        assert addresses() == thai


def test_every_address_of_ours_has_an_entry() -> None:
    names = [address.name for address in own_addresses()]
    assert sorted(set(names) - set(ENTRIES)) == [], "say in tests/unit/rights/registry.py whose objects it shows"
    assert sorted(set(ENTRIES) - set(names)) == []
    assert len(names) == len(set(names)), "two addresses of one name cannot both be asked"


def test_made_up_paths_lead_to_their_addresses() -> None:
    """The control of the walk over foreign sets: its paths resolve inside the set they stand for."""
    for address in addresses():
        if address.prefix:
            assert resolve(f"/{address.example}").route.startswith(address.prefix), address.route


@dataclass
class Findings:
    """What the walk found: cells of the table, and everything that is not as declared."""

    cells: dict[str, dict[Kind, str]] = field(default_factory=dict)
    methods: dict[str, set[str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def _ask(client: Client, method: str, path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
    """Status and target of one request whose effects are taken back."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = client.generic(
            method,
            path,
            urlencode(data or {}),
            content_type="application/x-www-form-urlencoded",
            headers={"sec-fetch-site": "same-origin"},
        )
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer.status_code, answer.headers.get("Location", "")


def _path(name: str, filled: Filled, entry: Entry, language: str = "th") -> str:
    with translation.override(language):
        path = reverse(name, kwargs=filled) if isinstance(filled, dict) else reverse(name, args=list(filled))
    return f"{path}?{entry.query}" if entry.query else path


def _is_login(status: int, target: str) -> bool:
    return status == 302 and target.startswith(f"{reverse(settings.LOGIN_URL)}?next=")


def _refused(kind: Kind, status: int, target: str, path: str) -> bool:
    """Exactly the login, leading back afterwards, for the anonymous visitor; a 404 for everybody else."""
    if kind is Kind.ANONYMOUS:
        return (status, target) == (302, f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': path})}")
    return status == 404


def _someones(entry: Entry, world: World, kind: Kind) -> list[Filled]:
    others = [*entry.foreign(world, kind), *entry.hidden(world, kind)]
    owned = [own for own in [entry.own(world, other) for other in Kind] if own is not None]
    return others or owned[:1]


def _walk_refused(found: Findings, world: World, address: Address, kind: Kind) -> None:
    """A kind that the declaration keeps out, with ids that exist."""
    entry = ENTRIES[address.name]
    own = entry.own(world, kind)
    for filled in [own] if own is not None else _someones(entry, world, kind):
        for language in ("th", "en"):
            path = _path(address.name, filled, entry, language)
            for method in METHODS:
                status, target = _ask(world.clients[kind], method, path, entry.data)
                if not _refused(kind, status, target, path):
                    found.wrong.append(f"{kind} {method} {path}: {status} {target}, should be kept out")
    found.cells[address.name][kind] = "login" if kind is Kind.ANONYMOUS else "–"


def _walk_allowed(found: Findings, world: World, address: Address, kind: Kind) -> None:
    entry, client = ENTRIES[address.name], world.clients[kind]
    own = entry.own(world, kind)
    for filled in [own] if own is not None else []:
        path = _path(address.name, filled, entry)
        for method in METHODS:
            status, target = _ask(client, method, path, entry.data)
            if (
                status in (403, 404)
                or status >= 500
                or (_is_login(status, target) and address.name != "wagtailcore_login")
            ):
                found.wrong.append(f"{kind} {method} {path}: {status} {target}, should be let in")
            if status != 405:
                found.methods[address.name].add(method)
    foreign = entry.foreign(world, kind)
    for filled in [*foreign, *entry.hidden(world, kind)]:
        path = _path(address.name, filled, entry)
        for method in METHODS:
            status, target = _ask(client, method, path, entry.data)
            fine = status in (404, 405) or (bool(entry.aside) and status in (302, 422) and filled in foreign)
            if not fine:
                found.wrong.append(f"{kind} {method} {path}: {status} {target}, is not theirs")
    found.cells[address.name][kind] = "–" if own is None else "own" if foreign and not entry.aside else "yes"


def _walk_own_addresses(world: World) -> Findings:
    found = Findings()
    for address in own_addresses():
        found.cells[address.name], found.methods[address.name] = {}, set()
        for kind in Kind:
            assert address.rule is not None
            walk = _walk_allowed if kind in address.rule.kinds else _walk_refused
            walk(found, world, address, kind)
    return found


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _document(found: Findings) -> str:
    kinds = [kind.value.replace("_", " ") for kind in Kind]
    head = ["address", "methods", "declared", *kinds]
    lines = [_INTRO, "## Our addresses", "", _row(head), _row(["---"] * len(head))]
    for address in own_addresses():
        assert address.rule is not None
        methods = " ".join(method for method in METHODS if method in found.methods[address.name])
        cells = [found.cells[address.name][kind] for kind in Kind]
        route = address.route.replace("|", "\\|")
        lines.append(_row([f"`/{route}`", methods, address.rule.name, *cells]))
    head = ["addresses below", "declared", *kinds]
    lines += ["", "## Sets of addresses that are not ours", "", _row(head), _row(["---"] * len(head))]
    for prefix, rule in sorted(prefixes()):
        cells = ["yes" if kind in rule.kinds else "login" if kind is Kind.ANONYMOUS else "–" for kind in Kind]
        lines.append(_row([f"`/{prefix}`", rule.name, *cells]))
    return "\n".join(lines) + "\n"


def test_every_address_for_every_kind_of_visitor(world: World) -> None:
    found = _walk_own_addresses(world)
    assert found.wrong == []
    told = _document(found)
    if os.environ.get("WRITE_DOCS"):
        DOCUMENT.write_text(told, encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == told, "run WRITE_DOCS=1 make unit and look at the difference"


def _foreign(kind: Kind) -> Iterator[tuple[Address, str]]:
    for address in addresses():
        if address.prefix and address.rule is not None:
            shut = kind not in address.rule.kinds
            for method in METHODS if shut or address.rule.kinds == EVERYBODY else ():
                yield address, method


@pytest.mark.parametrize("kind", list(Kind))
def test_foreign_sets_are_shut_by_their_prefix(world: World, kind: Kind) -> None:
    """Every single address of Wagtail's admin and Oscar's dashboard; those of the login fail nobody."""
    wrong: list[Any] = []
    for address, method in _foreign(kind):
        path = f"/{address.example}"
        status, target = _ask(world.clients[kind], method, path)
        if address.rule is not None and kind in address.rule.kinds:
            fine = status < 500 and status != 403
        else:
            fine = _refused(kind, status, target, path)
        if not fine:
            wrong.append((method, path, status, target))
    assert wrong == []


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (Kind.EDITOR, "/cms/"),
        (Kind.EDITOR, "/cms/pages/"),
        (Kind.ADMINISTRATOR, "/cms/"),
        (Kind.ADMINISTRATOR, "/cms/users/"),
        (Kind.ADMINISTRATOR, "/office/shop/"),
        (Kind.ADMINISTRATOR, "/office/shop/orders/"),
        (Kind.ADMINISTRATOR, "/office/shop/catalogue/"),
    ],
)
def test_foreign_sets_open_for_those_who_work_there(world: World, kind: Kind, path: str) -> None:
    assert _ask(world.clients[kind], "GET", path)[0] == 200

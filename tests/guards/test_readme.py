"""What the README and the help say is there: files, commands, variables, addresses, accounts."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest
from django.core.management import get_commands
from django.test import Client

from shop import server  # noqa: F401  (asks for HOST, PORT and WEB_WORKERS)
from shop.common import env
from shop.seed.accounts import ACCOUNTS, PASSWORD
from tests.processes import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.M).group(1).split())  # type: ignore[union-attr]


def test_help_explains_every_target() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    lines = dict(re.findall(r"^  make (\S+) +(\S.*)$", shown, re.M))
    assert set(lines) == TARGETS
    assert all(len(words) > 10 for words in lines.values()), lines
    assert set(re.findall(r"^([a-z-]+):", MAKEFILE, re.M)) == TARGETS


def test_make_alone_helps() -> None:
    alone = ["make", "--no-print-directory"]  # the tests themselves run inside a make
    shown = subprocess.run(alone, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert shown.startswith("  make help")


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert "docs/operations.md" in links
    missing = [link for link in links if not link.startswith("http") and not (ROOT / link).exists()]
    assert not missing


def test_every_file_it_names_exists() -> None:
    named = set(re.findall(r"`((?:docs|shop|tests)/[\w./-]+|[\w.-]+\.(?:toml|yml|py|md|txt))`", README))
    assert {"shop/locale/src", "tests/guards", "pyproject.toml", "docker-compose.yml"} <= named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_command_exists() -> None:
    assert set(re.findall(r"\bmake ([a-z-]+)(?=[ `\n])", README)) <= TARGETS
    managed = set(re.findall(r"manage\.py ([a-z_]+)", README))
    assert {"check", "createsuperuser"} <= managed <= set(get_commands())
    services = set(re.findall(r"^  (\w+):$", (ROOT / "docker-compose.yml").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"docker compose (?:exec|run --rm) (\w+)", README)) <= services


def test_every_variable_of_the_compose_file_is_explained() -> None:
    section = README[README.index("## In production") : README.index("## How to help")]
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{([A-Z0-9_]+)", compose)) | set(re.findall(r"^    ([A-Z0-9_]+): ", compose, re.M))
    asked -= {name for name in asked if name.startswith(("POSTGRES_", "ES_"))}  # those of other programs
    explained = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", section))
    assert asked - explained - {"DEMO"} == set()
    assert explained - set(env.names()) == {"BIND", "INFO"}


def test_every_account_is_in_the_tour_and_no_other() -> None:
    named = set(re.findall(r"`([\w.]+@example\.test)`", README))
    assert named == {entry.email for entry in ACCOUNTS}
    assert f"`{PASSWORD}`" in README


@pytest.mark.django_db
def test_every_address_of_the_tour_answers(client: Client, admin_user: Any) -> None:
    tour = README[README.index("## A tour") : README.index("## In production")]
    addresses = set(re.findall(r"`(/[\w/]*)`", tour))
    assert {"/", "/en/", "/workspace/", "/office/", "/cms/"} <= addresses
    client.force_login(admin_user)
    answers = {address: client.get(address, follow=True).status_code for address in sorted(addresses)}
    assert {address: status for address, status in answers.items() if status != 200} == {}

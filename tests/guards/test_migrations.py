"""Migrations are named by what they do, numbered once, and none is missing."""

from __future__ import annotations

import re
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from tests.guards.rooms import ROOT, python_files

_NAME = re.compile(r"^\d{4}_(?!auto_|alter_\w+_and_more)[a-z][a-z0-9_]*$")


def _ours() -> list[tuple[str, str]]:
    return [
        (str(path.parent.relative_to(ROOT)), path.stem)
        for path in python_files(migrations=True)
        if path.parent.name == "migrations" and path.stem != "__init__"
    ]


def test_names_say_what_they_do() -> None:
    assert [name for _folder, name in _ours() if not _NAME.match(name)] == []


def test_numbers_are_used_once() -> None:
    numbers = Counter((folder, name[:4]) for folder, name in _ours())
    assert [entry for entry, times in numbers.items() if times > 1] == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out, stderr=out)
    except SystemExit:
        pytest.fail(out.getvalue())

"""manage.py build_locale: the rooms' Thai strings (shop/locale/src/*.json) become Django's catalogue, and libraries' .po files theirs."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shop.common.translations import NUMBERS, sources


class Command(BaseCommand):
    help = "Builds shop/locale/th/LC_MESSAGES/django.po and .mo from shop/locale/src/*.json."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.LOCALE_PATHS[0])
        catalogue = Catalog(locale="th", project="Talat Ruam", charset="utf-8")
        seen: dict[tuple[str | None, str], str] = {}
        for context, english, thai, room in sources(folder / "src"):
            known = seen.setdefault((context, english), thai)
            if known != thai:
                raise CommandError(f"{room}: {english!r} has two Thai forms: {known!r} and {thai!r}")
            flags = ("python-format",) if "%(" in english else ()
            numbers = tuple(english.split(NUMBERS))
            if len(numbers) > 1:
                catalogue.add(numbers, (thai,), context=context, flags=flags)
            else:
                catalogue.add(english, thai, context=context, flags=flags)
        _write(catalogue, folder / "th" / "LC_MESSAGES")
        _write(_english(seen), folder / "en" / "LC_MESSAGES")
        compiled = sum(_compile(path) for other in settings.LOCALE_PATHS[1:] for path in Path(other).rglob("*.po"))
        self.stdout.write(f"{len(seen)} Thai strings, {compiled} of libraries")


def _compile(source: Path) -> int:
    """A library's Thai, kept in the form its authors take; returns how many strings."""
    with source.open("rb") as file:
        catalogue = read_po(file)
    binary = io.BytesIO()
    write_mo(binary, catalogue)
    source.with_suffix(".mo").write_bytes(binary.getvalue())
    return len(catalogue)


def _english(seen: dict[tuple[str | None, str], str]) -> Catalog:
    """English as itself: without it, a library's English words for the same string would win over ours."""
    catalogue = Catalog(locale="en", project="Talat Ruam", charset="utf-8")
    for context, english in seen:
        if NUMBERS in english:
            continue
        words = "ไทย" if context == "other language" and english == "English" else english
        catalogue.add(english, "th" if context == "other language" and english == "en" else words, context=context)
    return catalogue


def _write(catalogue: Catalog, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalogue, sort_output=True, omit_header=False, width=0)
    write_mo(mo, catalogue)
    text = "\n".join(line for line in po.getvalue().decode().splitlines() if "-Date:" not in line)
    (target / "django.po").write_text(text + "\n", encoding="utf-8")
    (target / "django.mo").write_bytes(mo.getvalue())

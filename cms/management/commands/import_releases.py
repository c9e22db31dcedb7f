"""manage.py import_releases FOLDER: old press releases (text, .docx) become drafts of the news; nothing is published.

Run again it adds only what is new. What the program was unsure of is told for each file, and stands in the report.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.old_files import FileRefused
from cms.recognised import Release
from cms.services.old_releases import read_release, take_release
from shop.theme import formats

_KINDS = (".txt", ".text", ".docx", ".doc")
_MOST = 2_000


class Command(BaseCommand):
    help = "Takes a folder of old press releases (text or .docx) over as drafts of the news. Publishes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--look", action="store_true", help="only say what would be recognised")
        parser.add_argument("--by", metavar="E-MAIL", help="the editor whose drafts they become")
        parser.add_argument("--report", type=Path, metavar="FILE", help="also write the report as CSV")

    def handle(self, *args: Any, folder: Path, look: bool, by: str, report: Path | None, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        editor = self._editor(by)
        rows = []
        for path in _files(folder):
            row = _looked_at(path) if look else _taken(path, editor)
            self._tell(row)
            rows.append(row)
        if report is not None:
            _write(report, rows)
        counts = {outcome: sum(row["outcome"] == outcome for row in rows) for outcome in _outcomes()}
        self.stdout.write(
            " · ".join(f"{name}: {number}" for name, number in counts.items() if number) or _("No files.")
        )

    def _editor(self, email: str | None) -> Any:
        if not email:
            return None
        found = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
        if found is None:
            raise CommandError(f"There is nobody with the address {email}.")
        return found

    def _tell(self, row: dict[str, str]) -> None:
        self.stdout.write(" — ".join(filter(None, (f"{row['file']}: {row['outcome']}", row["title"]))))
        for name in ("page", "doubts"):
            for line in filter(None, row[name].split("\n")):
                self.stdout.write(f"    {line}")


def _outcomes() -> list[str]:
    return [_("draft made"), _("came in before"), _("recognised"), _("refused")]


def _files(folder: Path) -> Iterator[Path]:
    """Releases in this folder, by name; links that lead elsewhere and other kinds of files are left alone."""
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() in _KINDS)
    if len(found) > _MOST:
        raise CommandError(f"There are more than {_MOST} files. Take them over in parts.")
    yield from (path for path in found if path.is_file() and not path.is_symlink())


def _taken(path: Path, editor: Any) -> dict[str, str]:
    made, before, _seen, refused = _outcomes()
    try:
        taken = take_release(path=path, by=editor)
    except (FileRefused, OSError) as error:
        return _row(path, refused, doubts=_why(error))
    address = reverse("wagtailadmin_pages:edit", args=[taken.page.pk]) if taken.page else ""
    if not taken.is_new:
        return _row(
            path, before, taken.release, page=address, doubts="" if address else _("Its draft was thrown away.")
        )
    return _row(path, made, taken.release, page=address, doubts="\n".join(taken.release.doubts))


def _looked_at(path: Path) -> dict[str, str]:
    _made, _before, seen, refused = _outcomes()
    try:
        release, _words = read_release(path)
    except (FileRefused, OSError) as error:
        return _row(path, refused, doubts=_why(error))
    return _row(path, seen, release, doubts="\n".join(release.doubts))


def _why(error: Exception) -> str:
    return error.text if isinstance(error, FileRefused) else _("The file cannot be read.")


def _row(
    path: Path, outcome: str, release: Release | None = None, *, page: str = "", doubts: str = ""
) -> dict[str, str]:
    fields = ("title", "office", "phone", "fax", "email", "web")
    known = {name: getattr(release, name) if release else "" for name in fields}
    day = formats.date(release.day) if release else ""
    return {"file": path.name, "outcome": outcome, **known, "day": day, "page": page, "doubts": doubts}


def _write(report: Path, rows: list[dict[str, str]]) -> None:
    """For Excel: UTF-8 with its mark. What begins like a formula is text."""
    with report.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "outcome", "title", "office", "phone", "fax", "email", "web", "day", "page", "doubts"])
        writer.writerows([_plain(value) for value in row.values()] for row in rows)


def _plain(value: str) -> str:
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t")) else value

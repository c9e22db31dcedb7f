"""Papers of a training: the list with lines to sign on, and the certificate of attendance. Always in Thai."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cms.models import Course, Registration
from cms.training_data import place_of, when_of
from cms.training_selectors import people_of
from shop.common import clock, codes, pdf
from shop.common.sheets.writing import Row
from shop.theme import formats, qr
from shop.theme.meta import absolute

_FOLDER = Path(__file__).resolve().parent / "templates" / "papers"
State = Registration.State
_SPARE_LINES = 5


def _listed(course: Course) -> list[Registration]:
    return [row for row in people_of(course) if row.state in Registration.SEATED]


def _facts(course: Course) -> dict[str, Any]:
    return {
        "name": course.name_th,
        "office": course.office.name_th,
        "when": when_of(course, "th"),
        "where": place_of(course, "th") or "อบรมออนไลน์",
        "printed": formats.date_time(clock.now().astimezone(clock.BANGKOK)),
    }


def list_pdf(course: Course) -> bytes:
    """A4, sorted by group and name, one line to sign on for each day at most five; empty lines for who comes besides."""
    rows = _listed(course)
    rows.sort(key=lambda row: (row.group.sort_name if row.group else "~", row.registered_at))
    days = min((course.last_day - course.first_day).days + 1, 5)
    people = [
        {
            "number": str(number),
            "name": row.name,
            "group": row.group.name_th if row.group else "",
            "phone": formats.phone(row.phone),
            "code": codes.grouped(row.code, 3),
        }
        for number, row in enumerate(rows, start=1)
    ]
    blank = {"name": "", "group": "", "phone": "", "code": ""}
    people += [{"number": str(len(rows) + extra), **blank} for extra in range(1, _SPARE_LINES + 1)]
    heads = ["ลายมือชื่อ"] if days == 1 else [f"วันที่ {number}" for number in range(1, days + 1)]
    return pdf.render(_FOLDER / "training_list.typ", {**_facts(course), "people": people, "days": heads})


def certificate_pdf(row: Registration) -> bytes:
    """A4 across, with the code and the square that lead to the public check. The moment is the training's end."""
    course, code = row.course, row.certificate or ""
    with translation.override("th"):
        address = absolute(reverse("trainings:certificate", args=[code]))
    data = {
        **_facts(course),
        "person": row.name,
        "group": row.group.name_th if row.group else "",
        "province": row.group.province.name_th if row.group and row.group.province else "",
        "date": formats.date(course.last_day),
        "days": str((course.last_day - course.first_day).days + 1),
        "code": codes.grouped(code, 5),
        "address": address,
        "square": qr.as_file(address).decode(),
    }
    return pdf.render(_FOLDER / "training_certificate.typ", data, moment=course.ends_at)


def sheet_rows(course: Course, language: str) -> Iterator[Row]:
    """A heading and a row for everybody who did not cancel."""
    yield (_("No."), _("Name"), _("Phone"), _("Group"), _("Province"), _("State"), _("Code"))
    rows = [row for row in people_of(course) if row.state != State.CANCELLED]
    for number, row in enumerate(rows, start=1):
        group = row.group
        yield (
            number,
            row.name,
            row.phone,
            formats.local(group, "name_th", language) if group else "",
            formats.local(group.province, "name_th", language) if group and group.province else "",
            str(row.get_state_display()),
            codes.grouped(row.code, 3),
        )

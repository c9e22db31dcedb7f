"""What can be wrong with a cell or a row, in words that say what to do. Kept as a code with facts, told in the page's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Wrong(Exception):
    """One thing is wrong with a value: a code of TEXTS and the facts for its sentence."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.code, self.facts = code, facts
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Problem:
    """Where it is wrong: the row as Excel numbers it, the column's letter and key ("" for the whole row)."""

    row: int
    code: str
    column: str = ""
    letter: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For the run's record."""
        return {
            "row": self.row,
            "code": self.code,
            "column": self.column,
            "letter": self.letter,
            "facts": {key: str(value)[:200] for key, value in self.facts.items()},
        }


TEXTS: dict[str, str | Promise] = {
    # the headings
    "heading_missing": _("The column “%(heading)s” is missing. Copy the headings from the template."),
    "heading_twice": _("The column “%(heading)s” is there twice. Delete one of them."),
    "heading_unknown": _("“%(heading)s” is no column of this sheet. Correct the heading or delete the column."),
    "heading_formula": _("A heading is a formula. Type the heading as text."),
    # one cell
    "required": _("This must be filled in."),
    "formula": _("This is a formula. Copy the cell and paste it as a value."),
    "broken": _("This cell shows an error (%(value)s). Type the value itself."),
    "not_text": _("Type this as text, not as a date or a time."),
    "too_long": _("This is longer than %(most)s characters. Shorten it."),
    "date": _("“%(value)s” is no date. Write day/month/year, for example 23/11/2569 or 23/11/2026."),
    "date_far": _("The year %(value)s is too far from today. Check whether it is Buddhist Era or Gregorian."),
    "date_future": _("“%(value)s” lies in the future. Check the day and the year."),
    "phone": _("“%(value)s” is no Thai phone number: 10 digits for a mobile, 9 for a landline."),
    "email": _("“%(value)s” is no e-mail address."),
    "tax_id": _("“%(value)s” is no tax number: 13 digits, and the last one must fit the others."),
    "count": _("“%(value)s” is no whole number from 0 to 1,000,000."),
    "choice": _("“%(value)s” is not known here. Write one of these: %(allowed)s."),
    "cannot_clear": _("This may not be empty, so “-” is not possible here."),
    # what a row refers to
    "province": _("“%(value)s” is no province. Write the name in full, for example เชียงใหม่."),
    "province_not_yours": _("%(value)s is not in your care. Leave this row to the office of that province."),
    "code_unknown": _("There is no “%(value)s” in your care with this code. Leave the cell empty for a new one."),
    "code_elsewhere": _("The code %(value)s belongs to something of another kind. Check the kind of sheet."),
    "parent_unknown": _(
        "There is no cooperative or farmer group “%(value)s” in your care. Check the name, or import it first."
    ),
    "parent_several": _("There are several called “%(value)s”. Fill in the province, or use the code."),
    "parent_moves": _("This group stands under %(value)s. An import moves no group to another cooperative."),
    "province_moves": _("This one lies in %(value)s. An import moves nothing to another province."),
    "kind_moves": _("This one is registered as “%(value)s”. An import does not change that."),
    "name_taken": _("“%(value)s” is the name of another one there already. Its code is %(known)s."),
    "closed": _("%(value)s is closed. An import does not open it again."),
    "tax_id_taken": _("This tax number is that of %(value)s already."),
    "twice": _("Row %(other)s says the same already. Delete one of them."),
    "organisation_unknown": _(
        "There is no group, cooperative or farmer group “%(value)s” in your care. Check the name, or import it first."
    ),
    "group_unknown": _("There is no group “%(value)s” in your care. Check the name, or import the groups first."),
    "not_yourself": _("An import gives no role to yourself. Ask a colleague, or the administrator."),
    "number": _("“%(value)s” does not look like a number of %(scheme)s, for example %(example)s."),
    "dates_swapped": _("The last day in force lies before the day of issue. Check both years."),
    "verified_stays": _(
        "This certificate was verified with other facts. What is verified is not changed by an import: hand in its renewal."
    ),
    "nothing_yours": _("You may not import any more. Ask the administrator."),
}


def words_of(entry: Mapping[str, Any]) -> str:
    """The sentence of a kept problem, in the page's language."""
    text = TEXTS.get(str(entry["code"]))
    return str(text) % entry["facts"] if text is not None and entry["facts"] else str(text or "")

"""The kinds of sheets by name."""

from __future__ import annotations

from vendors.models import ImportRun
from vendors.sheets import certificates, members, organisations
from vendors.sheets.plans import Sheet

OFFICE: dict[str, Sheet] = {
    ImportRun.Kind.COOPERATIVES: organisations.COOPERATIVE_SHEET,
    ImportRun.Kind.GROUPS: organisations.GROUP_SHEET,
    ImportRun.Kind.MEMBERS: members.SHEET,
    ImportRun.Kind.CERTIFICATES: certificates.SHEET,
}
"""What officers bring in."""
SHEETS: dict[str, Sheet] = dict(OFFICE)
"""All kinds; rooms above add theirs."""


def add_sheet(kind: str, sheet: Sheet) -> None:
    """A room above says how its kind of sheet is read and saved."""
    SHEETS[kind] = sheet


def office_choices() -> list[tuple[str, str]]:
    """The kinds that officers choose from."""
    return [(value, str(label)) for value, label in ImportRun.Kind.choices if value in OFFICE]

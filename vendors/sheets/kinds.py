"""The kinds of sheets by name."""

from __future__ import annotations

from vendors.models import ImportRun
from vendors.sheets import certificates, members, organisations
from vendors.sheets.plans import Sheet

SHEETS: dict[str, Sheet] = {
    ImportRun.Kind.COOPERATIVES: organisations.COOPERATIVE_SHEET,
    ImportRun.Kind.GROUPS: organisations.GROUP_SHEET,
    ImportRun.Kind.MEMBERS: members.SHEET,
    ImportRun.Kind.CERTIFICATES: certificates.SHEET,
}

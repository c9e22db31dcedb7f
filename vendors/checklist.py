"""What a group needs before it may be approved: one computed list, the same for the applicant and for the officer.

Three kinds: *computed* from what was typed, *attested* by a person who accepted the rules, *verified* by an officer who
looked. Each point says what is missing and in which step of the application it is put right.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vendors.models import Attestation, Bank, GroupApplication, GroupRecord, OfficerCheck, Organisation, Place, Whose

Step = GroupApplication.Step
RULES_OF = dt.date(2026, 11, 27)
"""The day of the wording of terms and rules; who accepted an older wording is asked again."""


class Kind(enum.StrEnum):
    """Where a point's answer comes from."""

    COMPUTED = "computed"
    ATTESTED = "attested"
    VERIFIED = "verified"


@dataclass(frozen=True)
class Point:
    """One line of the list."""

    key: str
    kind: Kind
    title: str | Promise
    is_done: bool
    missing: str | Promise = ""
    step: str = ""
    by: Any = None
    at: dt.datetime | None = None
    note: str = ""


@dataclass
class Stated:
    """What is known about a group, from its application or from what the market keeps of it."""

    name_th: str = ""
    has_parent: bool = False
    contact_name: str = ""
    line1: str = ""
    area_code: str = ""
    phone: str = ""
    main_goods: str = ""
    members_count: int | None = None
    bank: str = ""
    account_number: str = ""
    account_name: str = ""
    tax_of: str = Whose.PARENT
    tax_id: str = ""
    is_vat_registered: bool | None = None
    attestations: dict[str, Attestation] = field(default_factory=dict)
    checks: dict[str, OfficerCheck] = field(default_factory=dict)


def of_application(application: GroupApplication) -> list[Point]:
    """The applicant's list; an officer's checks are of the group once it was handed in."""
    checks: Iterable[OfficerCheck] = ()
    if application.organisation_id:
        checks = OfficerCheck.objects.filter(organisation_id=application.organisation_id).select_related("by")
    stated = Stated(
        **{name: getattr(application, name) for name in _SHARED},
        name_th=application.name_th,
        has_parent=application.parent_id is not None,
        line1=application.line1,
        area_code=application.area_code,
        attestations=_by_what(application.attestations.select_related("by")),
        checks=_by_what(checks),
    )
    return points(stated)


def of_group(group: Organisation, record: GroupRecord | None, workshop: Place | None) -> list[Point]:
    """The officer's list, of what was handed in and is kept now."""
    kept = record or GroupRecord()
    facts = {name: getattr(group if name in _OF_GROUP else kept, name) for name in _SHARED}
    stated = Stated(
        **facts,
        name_th=group.name_th,
        has_parent=True,
        line1=workshop.address_th if workshop else "",
        area_code=workshop.subdistrict_code if workshop else "",
        attestations=_by_what(group.attestations.select_related("by")),
        checks=_by_what(group.officer_checks.select_related("by")),
    )
    return points(stated)


_OF_GROUP = ("contact_name", "phone", "members_count", "tax_id")
_SHARED = (
    *_OF_GROUP,
    *("main_goods", "bank", "account_number", "account_name", "tax_of", "is_vat_registered"),
)


def _by_what(rows: Iterable[Any]) -> dict[str, Any]:
    return {row.what: row for row in rows}


def points(stated: Stated) -> list[Point]:
    """The list itself; no query."""
    return [*_computed(stated), *_attested(stated), *_verified(stated)]


def _computed(said: Stated) -> list[Point]:
    own_tax = said.tax_of == Whose.OWN
    taxed = said.is_vat_registered is not None and (bool(said.tax_id) or not own_tax)
    rows = (
        ("name", _("Name and cooperative"), Step.WHO, bool(said.name_th) and said.has_parent),
        ("address", _("Address of the workshop"), Step.WHERE, bool(said.line1 and said.area_code)),
        ("contact", _("Contact person and phone"), Step.WHERE, bool(said.contact_name and said.phone)),
        ("goods", _("Main goods"), Step.WHAT, bool(said.main_goods)),
        ("members", _("Number of members"), Step.WHAT, bool(said.members_count)),
        ("account", _("Bank account"), Step.MONEY, said.bank in Bank.values and bool(said.account_number)),
        ("tax", _("Tax standing"), Step.MONEY, taxed),
    )
    return [Point(key, Kind.COMPUTED, title, done, _MISSING[key], step) for key, title, step, done in rows]


_MISSING: dict[str, str | Promise] = {
    "name": _("Choose the cooperative and write the group's name."),
    "address": _("Write the house number and choose the sub-district."),
    "contact": _("Write who answers for the group and at which number."),
    "goods": _("Write what the group makes."),
    "members": _("Write how many members the group has."),
    "account": _("Write the account to which sales are paid out."),
    "tax": _("Say who is the taxpayer and whether it is registered for VAT."),
}


def _attested(said: Stated) -> list[Point]:
    found = []
    for what in Attestation.What:
        row = said.attestations.get(what)
        done = row is not None and row.wording >= RULES_OF
        missing = _("Read the rules and accept them.")
        found.append(
            Point(
                what,
                Kind.ATTESTED,
                what.label,
                done,
                missing,
                Step.MONEY,
                row.by if row and done else None,
                row.at if row and done else None,
            )
        )
    return found


def _verified(said: Stated) -> list[Point]:
    found = []
    for what in OfficerCheck.What:
        row = said.checks.get(what)
        missing = _("An officer looks at this after the application was handed in.")
        found.append(
            Point(
                what,
                Kind.VERIFIED,
                what.label,
                row is not None,
                missing,
                "",
                row.by if row else None,
                row.at if row else None,
                row.note if row else "",
            )
        )
    return found


def may_be_handed_in(rows: Iterable[Point]) -> bool:
    """Everything that the applicant can do is done."""
    return all(row.is_done for row in rows if row.kind is not Kind.VERIFIED)


def may_be_approved(rows: Iterable[Point]) -> bool:
    """Everything is done."""
    return all(row.is_done for row in rows)


def open_in(rows: Iterable[Point], step: str) -> list[Point]:
    """What is still missing in one step."""
    return [row for row in rows if row.step == step and not row.is_done]

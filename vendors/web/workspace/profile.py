"""A group's record as pages and paper show it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Sum, Window
from django.utils import translation
from django.utils.translation import gettext as _

from catalogue.export import readiness
from catalogue.selectors import on_sale
from shop.common import clock
from shop.common.thai import BUDDHIST_OFFSET
from shop.theme.templatetags.market import baht, be_date, be_date_short
from vendors.models import GroupRecord, Membership, Organisation, Support
from vendors.onboarding import file_of, record_of
from vendors.selectors import certificates_of, parent_of, workshop_of
from vendors.web.workspace import summary

_LATEST = 5
_MOST_ON_PAPER = 200


def context_of(group: Organisation, *, shows_money: bool, names_people: bool) -> dict[str, Any]:
    """What the record's page and the officer's page show; a fixed number of queries."""
    kept = file_of(group)
    record = kept.record
    ready = readiness(group, record)
    members = list(group.memberships.select_related("user").order_by("role", "pk")[:_MOST_ON_PAPER])
    supports = list(group.supports.annotate(capital=Window(Sum("amount_satang")))[:_LATEST])
    return {
        "parent": kept.parent,
        "application": kept.application,
        "facts": summary.facts(group, record, workshop_of(group), with_money=shows_money),
        "department": department_rows(record),
        "people": _people(members) if names_people else [],
        "roles": _roles(members),
        "supports": supports,
        "capital": supports[0].capital if supports else None,
        "trainings": group.trainings.all()[:_LATEST],
        "ready": ready,
        "ready_number": sum(need.is_done for need in ready),
    }


def department_rows(record: GroupRecord | None) -> summary.Rows:
    """Programme, adviser, year joined, packaging."""
    kept = record or GroupRecord()
    return [
        (_("Programme"), kept.programme),
        (_("Adviser"), kept.adviser),
        (_("Year joined"), kept.joined_year + BUDDHIST_OFFSET if kept.joined_year else ""),
        (_("Packaging for long journeys"), kept.packaging),
    ]


def _people(members: list[Membership]) -> list[tuple[str, str]]:
    return [(row.user.get_full_name() or row.user.email, str(row.get_role_display())) for row in members]


def _roles(members: list[Membership]) -> list[tuple[str, int]]:
    return list(Counter(str(row.get_role_display()) for row in members).items())


def data_of(group: Organisation) -> dict[str, Any]:
    """The profile's data in Thai: plain strings, for the paper. No account, no tax number."""
    with translation.override("th"):
        record, parent = record_of(group), parent_of(group)
        ready = readiness(group, record)
        members = list(group.memberships.select_related("user").order_by("role", "pk")[:_MOST_ON_PAPER])
        sections = [
            *summary.facts(group, record, workshop_of(group), with_money=False),
            (_("For the department"), department_rows(record)),
        ]
        return {
            "name": group.name_th,
            "name_en": group.name_en,
            "code": group.code,
            "state": str(group.get_state_display()),
            "parent": parent.name_th if parent else "",
            "province": group.province.name_th if group.province else "",
            "summary": group.summary_th,
            "printed": be_date(clock.today()),
            "sections": [
                {"title": str(title), "rows": [[str(label), str(words) or "–"] for label, words in rows]}
                for title, rows in sections
            ],
            "tables": _tables(group, members),
            "ready": [{"title": str(need.title), "done": need.is_done, "missing": str(need.missing)} for need in ready],
        }


def _tables(group: Organisation, members: list[Membership]) -> list[dict[str, Any]]:
    certificates = certificates_of(group.pk, clock.today())[:_MOST_ON_PAPER]
    goods = on_sale().filter(group=group).exclude(structure="child").order_by("sort_title", "pk")[:_MOST_ON_PAPER]
    supports: Any = group.supports.all()[:_MOST_ON_PAPER]
    trainings: Any = group.trainings.all()[:_MOST_ON_PAPER]
    return [
        _table(_("Members and roles"), [_("Name"), _("Role")], _people(members), (2, 1)),
        _table(
            _("Certificates in force"),
            [_("Standard"), _("Number"), _("Until")],
            [(row.scheme.short_th, row.number, be_date_short(row.expires_on) or "–") for row in certificates],
            (1, 2, 1),
        ),
        _table(_("Goods on sale"), [_("Product"), _("Unit")], [(row.title, row.unit_th) for row in goods], (2, 1)),
        _table(
            _("Capital and knowledge received"),
            [_("Date"), _("Kind"), _("What was received"), _("Amount"), _("From whom")],
            [_support_row(row) for row in supports],
            (0, 0, 4, 0, 3),
        ),
        _table(
            _("Trainings"),
            [_("Date"), _("Subject of the training"), _("Organiser"), _("People who attended")],
            [(be_date_short(row.on), row.title, row.organiser, row.people or "–") for row in trainings],
            (0, 4, 3, 0),
        ),
    ]


def _support_row(row: Support) -> tuple[Any, ...]:
    amount = baht(row.amount_satang) if row.amount_satang else "–"
    return be_date_short(row.on), row.get_kind_display(), row.what, amount, row.giver


def _table(title: str, head: list[str], rows: Any, widths: tuple[int, ...]) -> dict[str, Any]:
    """A table for the paper; a width of 0 is as wide as its words."""
    return {"title": title, "head": head, "widths": widths, "rows": [[str(cell) for cell in row] for row in rows]}

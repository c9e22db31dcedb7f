"""An application in words: its steps with what is missing, its answers, and what another window saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from catalogue import shelves
from shop.people import addresses
from shop.theme.templatetags.market import be_date, phone_th
from vendors.checklist import Point, open_in
from vendors.models import GroupApplication, GroupRecord, Organisation, Place, Whose
from vendors.services.applications import FIELDS
from vendors.web.workspace.forms import TAXPAYERS

Step = GroupApplication.Step


@dataclass(frozen=True)
class StepLink:
    """One step in the row above a form."""

    key: str
    title: str | Promise
    state: str
    url: str
    has_remark: bool = False


@dataclass
class Part:
    """The answers of one step."""

    key: str
    title: str | Promise
    url: str
    remark: str = ""
    rows: list[tuple[Any, Any]] = field(default_factory=list)


def _begun(application: GroupApplication, step: str) -> bool:
    return int(application.revisions.get(step, 0)) > 0 or application.handed_in_at is not None


def steps(application: GroupApplication, points: Iterable[Point], *, now: str) -> list[StepLink]:
    """The five steps; a step is done when it was saved and nothing of it is missing."""
    points = list(points)
    found = []
    for step in Step:
        done = _begun(application, step) and not open_in(points, step)
        state = "now" if step == now else "done" if done else ""
        url = reverse("apply:step", args=[application.code, step])
        found.append(StepLink(step, step.label, state, url, bool(application.remarks.get(step))))
    check = reverse("apply:check", args=[application.code])
    found.append(StepLink("check", gettext_lazy("Check and hand in"), "now" if now == "check" else "", check))
    return found


def shown(application: GroupApplication, name: str, value: Any) -> str:
    """One answer in words."""
    if value in (None, "", []):
        return ""
    language = get_language() or "th"
    if name == "parent":
        return str(value.name_en if language != "th" and value.name_en else value.name_th)
    if name == "area_code":
        area = addresses.area(value)
        return area.label(language) if area else str(value)
    if name == "categories":
        return category_names(value)
    if name == "founded_on":
        return be_date(value)
    if name == "phone":
        return phone_th(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int):
        return f"{value:,}"
    if name == "tax_of":
        return str(dict(TAXPAYERS)[Whose(value)])
    display = getattr(application, f"get_{name}_display", None)
    return str(display()) if display is not None and getattr(application, name) == value else str(value)


def _label(name: str) -> Any:
    own = {
        "capacity_unit": _("Unit of the capacity"),
        "parent": _("Cooperative"),
        "area_code": _("Sub-district"),
        "name_th": _("Name of the group"),
    }
    if name in own:
        return own[name]
    return GroupApplication._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def parts(application: GroupApplication) -> list[Part]:
    """All answers, step by step, empty ones as a dash."""
    found = []
    for step in Step:
        part = Part(step, step.label, reverse("apply:step", args=[application.code, step]))
        part.remark = application.remarks.get(step, "")
        for name in FIELDS[step]:
            if name == "is_surely_new" or (name == "tax_id" and application.tax_of == "parent"):
                continue
            part.rows.append((_label(name), shown(application, name, getattr(application, name))))
        found.append(part)
    return found


def differing(current: GroupApplication, step: str, typed: dict[str, Any]) -> list[tuple[Any, str]]:
    """What another window saved, where it differs from what was typed here: (field, saved words)."""
    names = [name for name in FIELDS[step] if name in typed and typed[name] != getattr(current, name)]
    return [(_label(name), shown(current, name, getattr(current, name)) or "–") for name in names]


Rows = list[tuple[Any, Any]]


def facts(
    group: Organisation, record: GroupRecord | None, workshop: Place | None, *, with_money: bool
) -> list[tuple[Any, Rows]]:
    """What is kept about a group, in the order of the application: (title, rows). Money only for those who may see it."""
    kept = record or GroupRecord()
    parts: list[tuple[Any, Rows]] = [
        (_("The group"), _group_rows(group)),
        (_("Address and contact"), _contact_rows(group, workshop)),
        (_("What you make"), _goods_rows(kept)),
    ]
    return [*parts, (_("Account and tax"), _money_rows(group, kept))] if with_money else parts


def _group_rows(group: Organisation) -> Rows:
    return [
        (_("Name of the group"), group.name_th),
        (_("English name"), group.name_en),
        (_("Founded on"), be_date(group.founded_on)),
        (_("Members"), group.members_count or ""),
    ]


def _contact_rows(group: Organisation, workshop: Place | None) -> Rows:
    address = ""
    if workshop is not None:
        address = addresses.one_line(
            line1=workshop.address_th,
            line2="",
            area=addresses.area(workshop.subdistrict_code),
            postcode=workshop.postcode,
            language=get_language() or "th",
        )
    return [
        (_("Address"), address),
        (_("Contact person"), group.contact_name),
        (_("Phone"), phone_th(group.phone)),
        (_("E-mail"), group.email),
        ("LINE", group.line_id),
    ]


def category_names(slugs: Iterable[str]) -> str:
    """Categories in the page's language; one that is gone is left out."""
    language = get_language() or "th"
    return ", ".join(shelf.name(language) for slug in slugs if (shelf := shelves.shelves().get(slug)))


def _goods_rows(kept: GroupRecord) -> Rows:
    return [
        (_("Main goods"), kept.main_goods),
        (_("Categories"), category_names(kept.categories)),
        (_("Capacity a month"), f"{kept.capacity_amount:,} {kept.capacity_unit}" if kept.capacity_amount else ""),
        (_("OTOP producer number"), kept.otop_id),
    ]


def _money_rows(group: Organisation, kept: GroupRecord) -> Rows:
    vat = {True: _("Yes"), False: _("No"), None: ""}[kept.is_vat_registered]
    return [
        (_("Whose account"), kept.get_account_of_display() if kept.bank else ""),
        (_("Bank"), kept.get_bank_display() if kept.bank else ""),
        (_("Account number"), kept.account_number),
        (_("Name of the account"), kept.account_name),
        (_("Who is the taxpayer"), str(dict(TAXPAYERS)[Whose(kept.tax_of)]) if vat else ""),
        (_("Tax number"), group.tax_id),
        (_("Registered for VAT"), vat),
    ]

"""Is a group ready for buyers abroad? A computed checklist (the rule and its reasons: docs/decisions, readiness for export).

It promises nothing and forbids nothing: it says what a foreign buyer or a customs agent asks for first and is not there yet.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.selectors import on_sale
from shop.common import clock
from vendors.models import GroupRecord, Organisation
from vendors.selectors import certificates_of

STANDARDS = frozenset(
    {
        *("GHP", "HACCP", "HALAL", "GI", "ORGANIC_TH", "Q_MARK", "GAP", "TIS"),
        *("PEACOCK_GOLD", "PEACOCK_SILVER", "PEACOCK_BLUE", "PEACOCK_GREEN"),
        *("FAIRTRADE_WFTO", "FAIRTRADE_FLO"),
    }
)
"""Marks that are known or asked for abroad. มผช. and OTOP stars are for the home market; อย. is a Thai licence."""


@dataclass(frozen=True)
class Need:
    """One point: what it is, whether it is there, and what to do about it."""

    key: str
    title: str | Promise
    is_done: bool
    missing: str | Promise


def readiness(group: Organisation, record: GroupRecord | None, day: dt.date | None = None) -> list[Need]:
    """The list for a group; two queries."""
    kept = record or GroupRecord()
    schemes = {row.scheme_id for row in certificates_of(group.pk, day or clock.today())}
    goods = _goods(group)
    named = goods["all"] > 0 and goods["english"] == goods["all"]
    weighed = goods["all"] > 0 and goods["weighed"] == goods["all"]
    rows = (
        ("name", _("English name and introduction"), bool(group.name_en and group.summary_en)),
        ("certificate", _("A certificate in force"), bool(schemes)),
        ("standard", _("A standard that is known abroad"), bool(schemes & STANDARDS)),
        ("capacity", _("Capacity with its unit"), bool(kept.capacity_amount and kept.capacity_unit)),
        ("goods", _("English name and description of all goods on sale"), named),
        ("weight", _("Weight of all goods on sale"), weighed),
        ("packaging", _("Packaging for long journeys"), bool(kept.packaging)),
        ("email", _("An e-mail address that is answered"), bool(group.email)),
    )
    return [Need(key, title, done, _MISSING[key]) for key, title, done in rows]


_MISSING: dict[str, str | Promise] = {
    "name": _("Write the English name and two sentences about the group."),
    "certificate": _("Hand in a certificate and have it verified."),
    "standard": _(
        "Ask the office which standard fits: GHP or HACCP for food, the royal peacock for silk, organic, GI, halal."
    ),
    "capacity": _("Write how much the group can make in a month."),
    "goods": _("Write the English texts of the goods that are on sale."),
    "weight": _("Write the weight with packing of the goods that are on sale."),
    "packaging": _("Write how the goods are packed for weeks on the way: carton, pieces in it, protection."),
    "email": _("Write an e-mail address: buyers abroad do not call."),
}


def _goods(group: Organisation) -> dict[str, int]:
    whole = on_sale().filter(group=group).exclude(structure="child")
    found: dict[str, int] = whole.aggregate(
        all=Count("pk"),
        english=Count("pk", filter=~Q(title_en="") & ~Q(description_en="")),
        weighed=Count("pk", filter=Q(weight_g__gt=0) | Q(structure="parent")),
    )
    return found

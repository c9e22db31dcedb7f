"""Approval of a group makes its partner in the same transaction; the sheet of goods is made known."""

from __future__ import annotations

from collections.abc import Sequence

from shop.partner.services import make_partner, make_partners
from shop.partner.sheets import kind  # noqa: F401  (the sheet of goods among the kinds of sheets)
from vendors import events
from vendors.models import Organisation


@events.group_approved.register
def partner_for_group(group: Organisation) -> None:
    """An unapproved group has no partner, so by structure it cannot sell."""
    if group.kind == Organisation.Kind.GROUP:
        make_partner(group)


@events.group_approved.register_many(partner_for_group)
def partners_for_groups(groups: Sequence[Organisation]) -> None:
    """The same for groups that come in by a file."""
    make_partners([group for group in groups if group.kind == Organisation.Kind.GROUP])

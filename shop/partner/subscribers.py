"""Approval of a group makes its partner in the same transaction."""

from __future__ import annotations

from shop.partner.services import make_partner
from vendors import events
from vendors.models import Organisation


@events.group_approved.register
def partner_for_group(group: Organisation) -> None:
    """An unapproved group has no partner, so by structure it cannot sell."""
    if group.kind == Organisation.Kind.GROUP:
        make_partner(group)

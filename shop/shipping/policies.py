"""Who sets prices, times and calendars: administrators and the department itself; a hub's days also its network's managers."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from vendors import errors
from vendors.models import Membership, Organisation, Place
from vendors.policies import Right, forget_standing, may, standing_of, workspace_or_404

NETWORKS = frozenset({Organisation.Kind.NATIONAL, Organisation.Kind.REGIONAL, Organisation.Kind.PROVINCIAL})
"""They run hubs."""
_ROLES = frozenset({Membership.Role.MANAGER, Membership.Role.OFFICER})


def sets_delivery(user: Any) -> bool:
    """May this person change what delivery costs in the whole country? No query of its own."""
    standing = standing_of(user)
    return standing.is_administrator or any(
        post.is_office and post.province_id is None and post.role in _ROLES for post in standing.posts
    )


def sets_hub(user: Any, place: Place) -> bool:
    """May this person change the calendar of this hub?"""
    return sets_delivery(user) or may(user, Right.MANAGE, place.organisation)


def require_delivery(user: Any, place: Place | None = None) -> None:
    """For services: reads the posts anew inside the transaction. Raises NotYours."""
    forget_standing(user)
    if not (sets_delivery(user) if place is None else sets_hub(user, place)):
        raise errors.NotYours


def delivery_or_404(user: Any) -> None:
    """The door to the office's pages of delivery: not yours looks like not there."""
    if not sets_delivery(user):
        raise Http404("no such page")


def hub_calendar_or_404(user: Any, workspace: str, code: str) -> tuple[Organisation, Place]:
    """The door to the calendar of a hub, for who manages the network that runs it."""
    network = workspace_or_404(user, workspace)
    place = Place.objects.filter(organisation=network, kind=Place.Kind.HUB, code=code).first()
    if place is None or not may(user, Right.MANAGE, network):
        raise Http404("no such hub")
    place.organisation = network
    return network, place


def hubs_or_404(user: Any, workspace: str) -> tuple[Organisation, list[Place]]:
    """The hubs of a network, for who manages it."""
    network = workspace_or_404(user, workspace)
    if network.kind not in NETWORKS or not may(user, Right.MANAGE, network):
        raise Http404("no hubs to manage")
    return network, list(Place.objects.filter(organisation=network, kind=Place.Kind.HUB).order_by("name_th", "code"))

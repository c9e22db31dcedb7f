"""Whose fairs: an officer runs those of the own office, the department's own people all; a group applies for itself."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from cms.models import BoothApplication, Fair
from vendors.models import Organisation
from vendors.policies import Right, may, organisation_or_404, reach, require

OFFICE, GROUP = Organisation.Kind.OFFICE, Organisation.Kind.GROUP
_STATES = (Organisation.State.APPROVED, Organisation.State.SUSPENDED)


def offices_of(user: Any) -> QuerySet[Organisation]:
    """The offices in whose name the person may hold a fair, the department itself first."""
    rows = reach(user, Right.REVIEW).filter(kind=OFFICE).select_related("province")
    return rows.order_by("depth", "sort_name", "pk")


def fairs_run_by(user: Any) -> QuerySet[Fair]:
    """The fairs that the person runs."""
    rows = Fair.objects.filter(office__in=reach(user, Right.REVIEW).filter(kind=OFFICE))
    return rows.select_related("office", "province")


def fair_or_404(user: Any, slug: str) -> Fair:
    """The one door to a fair in the office; another office's looks like not there."""
    fair = Fair.objects.select_related("office", "province", "place").filter(slug=slug).first()
    if fair is None or not may(user, Right.REVIEW, fair.office):
        raise Http404("no such fair")
    return fair


def application_or_404(fair: Fair, code: str) -> BoothApplication:
    """An application to this fair; the fair's own door was passed before."""
    rows = BoothApplication.objects.select_related("group__province", "kind", "booth", "fair")
    application = rows.filter(fair=fair, code=code).first()
    if application is None:
        raise Http404("no such application")
    return application


def require_fair(user: Any, fair: Fair) -> None:
    """For services: reads the posts anew. Raises NotYours; nobody (None) is the seed or the clock."""
    if user is not None:
        require(user, Right.REVIEW, fair.office)


def group_or_404(user: Any, workspace: str) -> Organisation:
    """The one door to a group's fairs: those who list its goods, a cooperative with its grant too."""
    group = organisation_or_404(user, Right.LIST, workspace)
    if group.kind != GROUP or group.state not in _STATES:
        raise Http404("not a group that goes to fairs")
    return group


def invited(fair: Fair, group: Organisation) -> bool:
    """Is the group of a region that the fair invites? None named invites all."""
    regions = {region.pk for region in fair.regions.all()}
    return not regions or group.region_id in regions

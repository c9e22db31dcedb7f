"""Fairs for those who hold them and for groups that come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from catalogue.models import SHOWN, Product
from cms.fair_policies import fairs_run_by
from cms.models import Booth, BoothApplication, BoothEvent, BoothKind, Fair, FairPage
from shop.common import clock
from shop.common.thai import clean_text
from vendors.models import Organisation, Place, Region
from vendors.selectors import named_like

State = BoothApplication.State


def fairs_of_office(user: Any) -> QuerySet[Fair]:
    """The fairs that the person runs, with how many applications wait and how many booths are given."""
    waiting = Count("applications", filter=Q(applications__state=State.SUBMITTED))
    given = Count("applications", filter=Q(applications__state=State.ACCEPTED))
    shown = FairPage.objects.filter(fair=OuterRef("pk"), live=True)
    return (
        fairs_run_by(user).annotate(waiting=waiting, given=given, is_shown=Exists(shown)).order_by("-starts_at", "-pk")
    )


def waiting_for(user: Any) -> QuerySet[BoothApplication]:
    """The applications that wait for an answer of this person."""
    open_ = fairs_run_by(user).filter(cancelled_at=None, ends_at__gt=clock.now())
    return BoothApplication.objects.filter(fair__in=open_, state=State.SUBMITTED)


def kinds_of(fair: Fair) -> QuerySet[BoothKind]:
    """The kinds with how many of their booths are given."""
    taken = Count("booths__applications", distinct=True)
    return BoothKind.objects.filter(fair=fair).annotate(taken=taken).order_by("letter", "pk")


def free_booths(fair: Fair) -> QuerySet[Booth]:
    """Booths in which no group stands."""
    taken = BoothApplication.objects.filter(booth=OuterRef("pk"))
    return Booth.objects.filter(~Exists(taken), fair=fair).select_related("kind").order_by("kind__letter", "position")


def applications_of(fair: Fair, *, state: str = "", kind: int = 0, text: str = "") -> QuerySet[BoothApplication]:
    """The applications to a fair, the longest waiting first."""
    rows = BoothApplication.objects.filter(fair=fair).select_related("group__province", "kind", "booth")
    if state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind_id=kind)
    words = clean_text(text)[:80]
    if words:
        rows = rows.filter(Q(group__in=named_like(Organisation.objects.all(), words)) | Q(booth__code__iexact=words))
    return rows.order_by("submitted_at", "pk")


def counts_by_state(fair: Fair) -> dict[str, int]:
    """How many applications are in each state; 0 for none."""
    rows = BoothApplication.objects.filter(fair=fair).order_by().values_list("state").annotate(number=Count("pk"))
    found = dict(rows)
    return {state: found.get(state, 0) for state in State.values}


def steps_of(application: BoothApplication) -> QuerySet[BoothEvent]:
    """Who did what with it, in order."""
    return BoothEvent.objects.filter(application=application).select_related("by").order_by("at", "pk")


def exhibitor_rows(fair: Fair) -> QuerySet[BoothApplication]:
    """The accepted ones by booth, with all that a list of exhibitors names."""
    rows = BoothApplication.objects.filter(fair=fair, state=State.ACCEPTED)
    rows = rows.select_related("group__province", "kind", "booth__kind").prefetch_related("products")
    return rows.order_by("booth__kind__letter", "booth__position")


@dataclass(frozen=True)
class Row:
    """A fair as a group sees it: with its own application, if it has one."""

    fair: Fair
    application: BoothApplication | None

    @property
    def may_apply(self) -> bool:
        """Open today, and nothing of the group's lies there."""
        return self.fair.takes_applications and (self.application is None or not self.application.is_open)


def fairs_for_group(group: Organisation) -> list[Row]:
    """What invites the group and is shown to everybody, and what it has applied to; the next first, over last."""
    own = BoothApplication.objects.filter(group=group).select_related("booth", "kind").order_by("pk")
    regions = Region.objects.order_by("position")
    shown = FairPage.objects.filter(fair=OuterRef("pk"), live=True)
    mine = BoothApplication.objects.filter(fair=OuterRef("pk"), group=group)
    rows = Fair.objects.annotate(is_shown=Exists(shown), is_mine=Exists(mine))
    rows = rows.filter(Q(is_mine=True) | Q(is_shown=True, ends_at__gt=clock.now(), cancelled_at=None))
    rows = rows.select_related("province").prefetch_related(
        Prefetch("applications", own, to_attr="own"), Prefetch("regions", regions)
    )
    found = []
    for fair in rows.order_by("starts_at", "pk"):
        last = _last(getattr(fair, "own", []))
        called = {region.pk for region in fair.regions.all()}
        if last is not None or not called or group.region_id in called:
            found.append(Row(fair, last))
    return sorted(found, key=lambda row: row.fair.ends_at <= clock.now())


def open_to(group: Organisation) -> list[Fair]:
    """The fairs that a group can apply to today, those that close first before the others: one query."""
    shown = FairPage.objects.filter(fair=OuterRef("pk"), live=True)
    mine = BoothApplication.objects.filter(fair=OuterRef("pk"), group=group, state__in=BoothApplication.OPEN)
    today = clock.today()
    rows = Fair.objects.filter(
        Exists(shown),
        ~Exists(mine),
        Q(regions=None) | Q(regions=group.region_id),
        cancelled_at=None,
        starts_at__gt=clock.now(),
        apply_from__lte=today,
        apply_until__gte=today,
    )
    return list(rows.order_by("apply_until", "pk").distinct())


def _last(rows: list[BoothApplication]) -> BoothApplication | None:
    """The open one, else the last."""
    return next((row for row in rows if row.is_open), rows[-1] if rows else None)


def row_for_group(group: Organisation, slug: str) -> Row | None:
    """One fair as the group sees it; None for what does not invite it."""
    return next((row for row in fairs_for_group(group) if row.fair.slug == slug), None)


def goods_to_bring(group: Organisation) -> QuerySet[Product]:
    """What a group may name: its goods that have a page."""
    return Product.objects.filter(SHOWN, group=group).order_by("sort_title", "pk")


def counters_in_reach() -> QuerySet[Place]:
    """Counters where buyers can collect their orders, by province."""
    rows = Place.objects.filter(kind=Place.Kind.HUB, has_pickup_counter=True, is_open=True)
    return rows.select_related("province").order_by("province_id", "name_th", "pk")

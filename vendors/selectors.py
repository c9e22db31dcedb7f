"""Reading groups, networks, hubs and the certificate register."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, CharField, Count, F, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Left, Length
from django.utils.translation import get_language

from shop.common import codes
from shop.common.thai import clean_text, sort_key
from vendors.certificates import in_force, stands_as
from vendors.mails import offices_of
from vendors.models import Certificate, Organisation, Place, Province, Region
from vendors.policies import Right, reach
from vendors.services.certificates import normalise_number

Kind, State = Organisation.Kind, Organisation.State


def selling_groups(*, region: str = "", province: str = "", text: str = "") -> QuerySet[Organisation]:
    """Approved groups in Thai order; `region` is a code, `province` a slug, `text` part of a name, theirs or that of the
    cooperative above them."""
    rows = Organisation.objects.filter(kind=Kind.GROUP, state=State.APPROVED)
    if region:
        rows = rows.filter(province__region_id=region)
    if province:
        rows = rows.filter(province__slug=province)
    words = clean_text(text)[:80]
    if words:
        named = Q(name_th__icontains=words) | Q(name_en__icontains=words)
        above = Organisation.objects.filter(named, kind__in=Organisation.PARENTS).order_by()
        rows = rows.alias(above=Left("path", Length("path") - Organisation.steplen))
        rows = rows.filter(named | Q(province__name_th=words) | Q(above__in=above.values("path")))
    return rows.select_related("province", "picture").order_by("sort_name", "pk")


def parent_of(organisation: Organisation) -> Organisation | None:
    """The organisation right above, by its path; one query."""
    path = organisation.path[: -Organisation.steplen]
    return Organisation.objects.filter(path=path).first() if path else None


def ancestors_of(organisation: Organisation) -> dict[str, Organisation]:
    """What stands above an organisation, by kind (cooperative, provincial …); one query."""
    step = Organisation.steplen
    paths = [organisation.path[:length] for length in range(step, len(organisation.path), step)]
    return {row.kind: row for row in Organisation.objects.filter(path__in=paths)}


def provincial_networks() -> list[Organisation]:
    """The networks of all provinces with their provinces, in Thai order; one query."""
    rows = Organisation.objects.filter(kind=Kind.PROVINCIAL, province__isnull=False)
    return list(rows.select_related("province").order_by("sort_name", "pk"))


def network_of(province_id: str) -> Organisation | None:
    """The network of a province, with the province; its address need not be the province's slug. One query."""
    rows = Organisation.objects.filter(kind=Kind.PROVINCIAL, province_id=province_id)
    return rows.select_related("province").first()


def groups_by_province() -> dict[str, int]:
    """How many selling groups each province has; provinces without one are left out. One query."""
    rows = Organisation.objects.filter(kind=Kind.GROUP, state=State.APPROVED, province__isnull=False)
    return dict(rows.order_by().values_list("province_id").annotate(number=Count("pk")))


def workshop_of(group: Organisation) -> Place | None:
    """Where a group works."""
    rows = Place.objects.filter(organisation=group, kind=Place.Kind.WORKSHOP, is_open=True)
    return rows.select_related("province").order_by("pk").first()


def certificates_of(holder_id: int, day: dt.date) -> QuerySet[Certificate]:
    """A group's certificates in force on `day`."""
    rows = Certificate.objects.filter(in_force(day), holder_id=holder_id)
    return rows.select_related("scheme").order_by("scheme__position", "pk")


def register(
    *,
    text: str = "",
    scheme: str = "",
    province: str = "",
    state: str = "",
    day: dt.date | None = None,
    also: QuerySet[Certificate] | None = None,
) -> QuerySet[Certificate]:
    """The public register: what was verified once (revoked ones too), of groups that were ever approved.

    `text`: number (Thai digits, blanks, dashes and dots forgiven), code, or part of a group's name; `also` adds what an
    upper room finds by the same words (goods). `province` is a slug; `state` a `Standing` as of `day`.
    """
    rows = Certificate.objects.filter(state__in=[Certificate.State.VERIFIED, Certificate.State.REVOKED])
    rows = rows.exclude(holder__state__in=[State.APPLIED, State.IN_REVIEW, State.SENT_BACK])
    if scheme:
        rows = rows.filter(scheme_id=scheme)
    if province:
        rows = rows.filter(holder__province__slug=province)
    if state and day is not None:
        rows = rows.filter(stands_as(state, day))
    words = clean_text(text)[:80]
    if words:
        rows = rows.filter(pk__in=_named(words, also))
    return rows.select_related("scheme", "holder", "holder__province").order_by("-issued_on", "-pk")


def _named(words: str, also: QuerySet[Certificate] | None) -> QuerySet[Any]:
    """Keys of the certificates that the words may mean; each way is a query of its own, so that each has its index."""
    every = Certificate.objects.order_by()
    holders = Organisation.objects.filter(Q(name_th__contains=words) | Q(name_en__icontains=words), kind=Kind.GROUP)
    ways = [
        every.filter(code=codes.normalise(words)),
        every.filter(holder__in=holders.order_by().values("pk")),
        every.filter(holder__province__name_th=words),
    ]
    if any(char.isdigit() for char in words):
        ways.append(every.annotate(bare=_bare(F("number_normalised"))).filter(bare__contains=bare_number(words)))
    if also is not None:
        ways.append(also.order_by())
    found: QuerySet[Any] = ways[0].values("pk").union(*(way.values("pk") for way in ways[1:]))
    return found


_PARTING = "-. "


def bare_number(number: str) -> str:
    """A number as it is compared: without what people leave out or add (dashes, dots, blanks)."""
    return normalise_number(number).translate({ord(char): None for char in _PARTING})


def _bare(number: Any) -> Func:
    return Func(number, Value(_PARTING), Value(""), function="TRANSLATE", output_field=CharField())


@dataclass
class ProvinceRow:
    """A province in the list of networks."""

    province: Province
    network: Organisation | None
    groups: int = 0
    hubs: list[Place] = field(default_factory=list)


@dataclass
class RegionRow:
    """A region with its network, hubs and provinces."""

    region: Region
    network: Organisation | None
    hubs: list[Place] = field(default_factory=list)
    provinces: list[ProvinceRow] = field(default_factory=list)

    @property
    def groups(self) -> int:
        return sum(row.groups for row in self.provinces)


def provinces_in_order(language: str) -> list[Province]:
    """All provinces as a dictionary of the language has them: เชียงใหม่ stands at ช, as Thai readers look for it."""
    if language.startswith("en"):
        return sorted(Province.objects.all(), key=lambda province: province.name_en)
    return sorted(Province.objects.all(), key=lambda province: sort_key(province.name_th))


def network_overview() -> list[RegionRow]:
    """Four regions with every province; five queries."""
    networks = Organisation.objects.filter(kind__in=[Kind.REGIONAL, Kind.PROVINCIAL]).select_related("province")
    regional: dict[Any, Organisation] = {}
    provincial: dict[Any, Organisation] = {}
    for row in networks:
        (regional if row.kind == Kind.REGIONAL else provincial)[
            row.region_id if row.kind == Kind.REGIONAL else row.province_id
        ] = row
    groups = groups_by_province()
    hubs: dict[int, list[Place]] = {}
    for place in Place.objects.filter(kind=Place.Kind.HUB, is_open=True):
        hubs.setdefault(place.organisation_id, []).append(place)
    rows = {region.pk: RegionRow(region, regional.get(region.pk)) for region in Region.objects.all()}
    for entry in rows.values():
        entry.hubs = hubs.get(entry.network.pk, []) if entry.network else []
    for province in provinces_in_order(get_language() or "th"):
        network = provincial.get(province.pk)
        rows[province.region_id].provinces.append(
            ProvinceRow(province, network, groups.get(province.pk, 0), hubs.get(network.pk, []) if network else [])
        )
    return list(rows.values())


def hubs_of(network: Organisation) -> tuple[list[Place], list[Place]]:
    """The open hubs of a network with those below it, and those of the region above that serve it as well; one query.

    A region's own hubs stand before those of its provinces, provinces are in Thai order.
    """
    own = Q(organisation__path__startswith=network.path)
    above = Q(organisation__path=network.path[: -Organisation.steplen], organisation__kind=Kind.REGIONAL)
    rows = Place.objects.filter(own | above, kind=Place.Kind.HUB, is_open=True)
    places = sorted(rows.select_related("province", "organisation"), key=_place_in_order)
    mine = [place for place in places if place.organisation.path.startswith(network.path)]
    return mine, [place for place in places if place not in mine]


def _place_in_order(place: Place) -> tuple[int, tuple[str, str], int]:
    return place.organisation.depth, sort_key(place.province.name_th), place.pk


def groups_below(organisation: Organisation) -> QuerySet[Organisation]:
    """Approved groups below an organisation: one prefix of the path."""
    return selling_groups().filter(path__startswith=organisation.path)


def named_like(rows: QuerySet[Organisation], text: str) -> QuerySet[Organisation]:
    """Those with `text` in a name, or of the province or public code that it says; all of them without a text."""
    words = clean_text(text)[:80]
    if not words:
        return rows
    inside = Q(name_th__icontains=words) | Q(name_en__icontains=words)
    return rows.filter(inside | Q(province__name_th=words) | Q(code=words.upper()))


def kinds_below(organisation: Organisation) -> list[str]:
    """The kinds that may stand below an organisation of this kind."""
    order = [Kind.NATIONAL, Kind.REGIONAL, Kind.PROVINCIAL, Kind.COOPERATIVE, Kind.FARMER_GROUP, Kind.GROUP]
    if organisation.kind in Organisation.PARENTS:
        return [Kind.GROUP]
    return [str(kind) for kind in order[order.index(Kind(organisation.kind)) + 1 :]]


def organisations_below(
    seen: QuerySet[Organisation], organisation: Organisation, *, text: str = "", kind: str = ""
) -> QuerySet[Organisation]:
    """What the person sees (`seen`) below an organisation, in Thai order: one prefix of the path."""
    rows = seen.filter(path__startswith=organisation.path).exclude(pk=organisation.pk)
    if kind in kinds_below(organisation):
        rows = rows.filter(kind=kind)
    return named_like(rows, text).select_related("province").order_by("sort_name", "pk")


def children_of(organisation: Organisation) -> QuerySet[Organisation]:
    """What stands right below, in Thai order."""
    rows = Organisation.objects.filter(path__startswith=organisation.path, depth=organisation.depth + 1)
    return rows.order_by("sort_name", "pk")


def line_between(upper: Organisation, lower: Organisation) -> list[Organisation]:
    """The organisations between the two, from above; one query."""
    step = Organisation.steplen
    paths = [lower.path[:length] for length in range(len(upper.path) + step, len(lower.path), step)]
    return list(Organisation.objects.filter(path__in=paths).order_by("path"))


def all_certificates_of(holder: Organisation) -> QuerySet[Certificate]:
    """Everything that a group ever handed in, the newest first."""
    unseen = [Certificate.State.DRAFT, Certificate.State.WITHDRAWN]
    rows = Certificate.objects.filter(holder=holder).exclude(state__in=unseen)
    return rows.select_related("scheme").order_by("-issued_on", "-pk")


def certificates_in_force_below(organisation: Organisation, day: dt.date) -> int:
    """How many certificates of an organisation and of those below it are in force on `day`."""
    return Certificate.objects.filter(in_force(day), holder__path__startswith=organisation.path).count()


def papers_of(holder: Organisation, day: dt.date, *, dropped: bool = False) -> QuerySet[Certificate]:
    """All certificates of a group, what the group has to do first, then those in force by their last day."""
    states = Certificate.State
    order = Case(
        When(state=states.SENT_BACK, then=Value(0)),
        When(state=states.DRAFT, then=Value(1)),
        When(state=states.SUBMITTED, then=Value(2)),
        When(in_force(day), then=Value(3)),
        When(state=states.VERIFIED, issued_on__gt=day, then=Value(4)),
        When(state=states.VERIFIED, then=Value(5)),
        default=Value(6),
        output_field=IntegerField(),
    )
    rows = Certificate.objects.filter(holder=holder)
    rows = rows.filter(state=states.WITHDRAWN) if dropped else rows.exclude(state=states.WITHDRAWN)
    ends = F("expires_on")
    return rows.select_related("scheme", "renews").order_by(order, ends.asc(nulls_last=True), "-issued_on", "-pk")


def review_queue(user: Any, *, show: str = "", text: str = "") -> QuerySet[Certificate]:
    """Certificates that the officer answers for: those that wait, the longest first, or all of one state."""
    states = Certificate.State
    rows = Certificate.objects.filter(holder__in=reach(user, Right.REVIEW))
    shown = show if show in (states.VERIFIED, states.SENT_BACK, states.REVOKED) else states.SUBMITTED
    rows = rows.filter(state=shown)
    words = clean_text(text)[:80]
    if words:
        number = normalise_number(words)
        rows = rows.filter(Q(number_normalised__contains=number) | Q(holder__name_th__icontains=words) | Q(code=number))
    rows = rows.select_related("scheme", "holder__province")
    if shown == states.SUBMITTED:
        return rows.order_by("handed_in_at", "pk")
    return rows.order_by("-updated_at", "-pk")


def waiting_at(office: Organisation) -> QuerySet[Certificate]:
    """What waits for one office: its province, or, nationally, every province in which no officer works."""
    rows = Certificate.objects.filter(state=Certificate.State.SUBMITTED).order_by("handed_in_at", "pk")
    if office.province_id:
        return rows.filter(holder__province_id=office.province_id)
    manned = Organisation.objects.filter(kind=Kind.OFFICE, province__isnull=False, memberships__role="officer")
    return rows.exclude(holder__province__in=manned.values("province"))


def offices_with_waiting() -> list[Organisation]:
    """Every office for which a certificate waits."""
    rows = Certificate.objects.filter(state=Certificate.State.SUBMITTED)
    holders = Organisation.objects.filter(pk__in=rows.values("holder"))
    one_each = {holder.province_id: holder for holder in holders.order_by("pk")}
    found = {office.pk: office for holder in one_each.values() for office in offices_of(holder)}
    return [found[pk] for pk in sorted(found)]


def same_number(certificate: Certificate) -> list[Certificate]:
    """Certificates of other groups with the same scheme and number: usual for standards, odd for licences."""
    rows = Certificate.objects.filter(scheme=certificate.scheme, number_normalised=certificate.number_normalised)
    rows = rows.exclude(holder=certificate.holder).exclude(state__in=["draft", "withdrawn"])
    return list(rows.select_related("holder__province").order_by("pk")[:5])


def provinces_by_region() -> list[tuple[Region, list[Province]]]:
    """The regions with their provinces in the order of the page's language; two queries."""
    provinces = provinces_in_order(get_language() or "th")
    return [(region, [row for row in provinces if row.region_id == region.pk]) for region in Region.objects.all()]


def kinds_in_province(province: Province) -> list[tuple[str, int]]:
    """How many organisations of each kind a province has, networks first; one query."""
    rows = Organisation.objects.filter(province=province).order_by().values_list("kind").annotate(Count("pk"))
    found = dict(rows)
    return [(str(label), found[kind]) for kind, label in Kind.choices if kind in found]

"""Who stands where at a fair: the groups by booth, and the drawing of the hall.

Who comes, and where booths are, changes when somebody decides it, and each such change bumps the market's version: it is
read once for each version, the drawing made with it. Goods and prices are read for each page (`cms.fair_pages`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from catalogue.shelves import per_version
from cms.models import Booth, BoothApplication, Fair
from cms.public import provinces
from shop.theme import formats
from vendors.models import Organisation

_UNIT, _GAP, _MIDDLE, _BASE = 100, 6, 47, 58
_TONES = ("rose", "turm", "leaf", "indigo")
_OF_GROUPS = ("slug", "name_th", "name_en", "province_id")
_ON_THE_PLAN = ("code", "x", "y", "w", "h", *(f"kind__{name}" for name in ("letter", "name_th", "name_en")))


@dataclass
class Exhibitor:
    """A group at its booth; its words escaped, ready for a page. `goods` it brings, `named` all their names."""

    booth_id: int
    code: str
    name: str
    href: str
    place: str = ""
    tone: str = ""
    searched: str = ""
    goods: list[dict[str, Any]] = field(default_factory=list)
    named: list[str] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Where the plan leads to."""
        return f"booth-{self.booth_id}"


@dataclass(frozen=True)
class Plan:
    """The drawing, and what its colours and letters mean: (tone, letter, name)."""

    drawing: SafeString
    legend: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Standing:
    """Who comes, by booth; the keys of what each brings, by booth; the plan, if there are booths."""

    exhibitors: list[Exhibitor]
    brought: Mapping[int, tuple[int, ...]]
    plan: Plan | None


def standing_at(fair: Fair, language: str) -> Standing:
    """The same until somebody changes it. Whoever fills the exhibitors takes copies."""
    return per_version(f"fair-{fair.pk}-{language}", lambda: _read(fair, language))


def _read(fair: Fair, language: str) -> Standing:
    rows = (
        BoothApplication.objects.filter(
            fair=fair, state=BoothApplication.State.ACCEPTED, group__state=Organisation.State.APPROVED
        )
        .order_by("booth__kind__letter", "booth__position")
        .values("pk", "booth_id", "booth__code", *(f"group__{name}" for name in _OF_GROUPS))
    )
    accepted = {row["pk"]: row for row in rows}
    through = BoothApplication.products.through.objects.filter(boothapplication__in=list(accepted)).order_by("pk")
    brought: dict[int, tuple[int, ...]] = {}
    for key, product in through.values_list("boothapplication_id", "product_id"):
        booth = accepted[key]["booth_id"]
        brought[booth] = (*brought.get(booth, ()), product)
    exhibitors = [_exhibitor(row, language) for row in accepted.values()]
    booths = Booth.objects.filter(fair=fair).select_related("kind").only(*_ON_THE_PLAN)
    plan = plan_of(booths, {one.booth_id: (f"#{one.anchor}", one) for one in exhibitors}, language)
    return Standing(exhibitors, brought, plan)


def _exhibitor(row: dict[str, Any], language: str) -> Exhibitor:
    names = row["group__name_th"], row["group__name_en"]
    province = provinces().get(row["group__province_id"] or "")
    where = (province.name_th, province.name_en) if province else ("", "")
    return Exhibitor(
        booth_id=row["booth_id"],
        code=formats.in_html(row["booth__code"]),
        name=formats.in_html(formats.pick(*names, language)),
        href=formats.in_html(reverse("vendors:group", args=[row["group__slug"]])),
        place=formats.in_html(formats.pick(*where, language)),
        searched=" ".join([*names, row["booth__code"], *where]),
    )


def plan_of(booths: QuerySet[Booth], taken: Mapping[int, tuple[str, Exhibitor]], language: str) -> Plan | None:
    """The drawing of the hall, and the tone of each exhibitor set; None without booths. `taken`: address and who, by booth.

    It is written here, not in a template: forty booths of eight values each cost a template half of the page.
    """
    cells, kinds = sorted(booths, key=lambda one: (one.y, one.x)), dict[int, Any]()
    if not cells:
        return None
    for booth in cells:
        kinds.setdefault(booth.kind_id, booth.kind)
    tones = {key: _TONES[number % len(_TONES)] for number, key in enumerate(kinds)}
    free = gettext("free")
    drawn = []
    for booth in cells:
        href, one = taken.get(booth.pk, ("", None))
        if one is not None:
            one.tone = tones[booth.kind_id]
        drawn.append(_drawn(booth, href, one, free))
    wide, high = _size(cells)
    drawing = (
        f'<svg viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="group"'
        f' aria-label="{formats.in_html(gettext("Plan of the booths"))}">{"".join(drawn)}</svg>'
    )
    legend = [(tones[key], kind.letter, formats.local(kind, "name_th", language)) for key, kind in kinds.items()]
    return Plan(SafeString(drawing), legend)


def _size(cells: Iterable[Booth]) -> tuple[int, int]:
    return max(one.x + one.w for one in cells) * _UNIT, max(one.y + one.h for one in cells) * _UNIT


def _drawn(booth: Booth, href: str, one: Exhibitor | None, free: str) -> str:
    """One booth: a link to who stands in it, or a free one."""
    code = formats.in_html(booth.code)
    label = f"{code} {one.name if one else formats.in_html(free)}"
    x, y = booth.x * _UNIT + _GAP // 2, booth.y * _UNIT + _GAP // 2
    shape = (
        f"<title>{label}</title>"
        f'<rect x="{x}" y="{y}" width="{booth.w * _UNIT - _GAP}" height="{booth.h * _UNIT - _GAP}"/>'
        f'<text x="{x}" y="{y}" dx="{_MIDDLE}" dy="{_BASE}" text-anchor="middle">{code}</text>'
    )
    if one is None:
        return f'<g class="fp-free" role="img" aria-label="{label}">{shape}</g>'
    return f'<a href="{formats.in_html(href)}" aria-label="{label}" class="fp-{one.tone}">{shape}</a>'

"""A crowd for measuring: thousands of cooperatives and groups below all provinces, written at once."""

from __future__ import annotations

from collections import Counter

from django.db.models import F

from shop.common import clock, codes
from vendors.models import Grant, Organisation

Kind = Organisation.Kind
PER_COOPERATIVE = 5
_FIRST_STEP = 20_000
"""Steps of the paths: far beyond those of organisations that tests make one by one."""


def grow_tree(number: int, *, provinces: list[str] | None = None) -> list[Organisation]:
    """`number` more organisations: cooperatives below the provincial networks, five groups below each. Returns the groups."""
    networks = Organisation.objects.filter(kind=Kind.PROVINCIAL).order_by("path")
    chosen = list(networks.filter(province_id__in=provinces) if provinces else networks)
    already = Organisation.objects.filter(slug__startswith="crowd-").count()
    cooperatives = [
        _one(Kind.COOPERATIVE, chosen[position % len(chosen)], _FIRST_STEP + already + position, already + position)
        for position in range(max(1, number // (PER_COOPERATIVE + 1)))
    ]
    groups = [
        _one(
            Kind.GROUP,
            cooperatives[position % len(cooperatives)],
            position // len(cooperatives) + 1,
            already + position,
        )
        for position in range(number - len(cooperatives))
    ]
    Organisation.objects.bulk_create([*cooperatives, *groups], batch_size=2000)
    below = Counter(row.path[: -Organisation.steplen] for row in [*cooperatives, *groups])
    for path, children in below.items():
        Organisation.objects.filter(path=path).update(numchild=F("numchild") + children)
    return groups


def _one(kind: Kind, parent: Organisation, step: int, number: int) -> Organisation:
    name = f"{'กลุ่ม' if kind == Kind.GROUP else 'สหกรณ์'} {number:05d}"
    return Organisation(
        kind=kind,
        path=Organisation._get_path(parent.path, parent.depth + 1, step),
        depth=parent.depth + 1,
        numchild=0,
        code=codes.new_code(),
        slug=f"crowd-{kind}-{number}",
        name_th=name,
        sort_name=name,
        province_id=parent.province_id,
        region_id=parent.region_id,
        state_changed_at=clock.now(),
    )


def grant_all(groups: list[Organisation], taker: Organisation) -> None:
    """Every group lets `taker` act for it."""
    Grant.objects.bulk_create([Grant(giver=group, taker=taker, right=Grant.Right.ACT_FOR) for group in groups])

"""Many organisations at once, in the same order, with the same paths and the same hooks as one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.db.models.functions import Left

from shop.common import clock, codes, versions
from shop.common.slugs import ascii_slug
from shop.common.thai import clean_text, sort_column
from vendors import errors
from vendors.events import group_approved
from vendors.models import Organisation
from vendors.services.organisations import PARENT_OF

Kind, State = Organisation.Kind, Organisation.State
Progress = Callable[[int], None]
_BATCH = 500
_HOOKED, _STEP = 50, 20
"""So many rows at once, and so many parents, between two signs of progress."""


@dataclass(frozen=True)
class NewOrganisation:
    """A cooperative, farmer group or group to be: where it stands, and its facts by field."""

    kind: str
    parent_id: int
    name_th: str
    state: str = State.APPROVED
    details: Mapping[str, Any] = field(default_factory=dict)


def _silent(_done: int) -> None:
    """For callers who show no progress."""


@transaction.atomic
def create_organisations(*, wanted: Sequence[NewOrganisation], progress: Progress = _silent) -> list[Organisation]:
    """Puts all of `wanted` into the tree, as `create_organisation` would one after the other. Raises WrongParent.

    All parents are locked in one order: a single new child beside an import waits, and neither gets the other's path.
    """
    keys = sorted({entry.parent_id for entry in wanted})
    parents = {row.pk: row for row in Organisation.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    for entry in wanted:
        if entry.parent_id not in parents or parents[entry.parent_id].kind not in PARENT_OF[entry.kind]:
            raise errors.WrongParent
    steps, slugs = _last_steps(parents.values()), _Slugs()
    made = []
    for entry in wanted:
        parent = parents[entry.parent_id]
        steps[parent.pk] += 1
        made.append(_row(entry, parent, steps[parent.pk], slugs))
    for start in range(0, len(made), _BATCH):
        Organisation.objects.bulk_create(made[start : start + _BATCH])
    for number, count in enumerate(Counter(entry.parent_id for entry in wanted).items(), start=1):
        Organisation.objects.filter(pk=count[0]).update(numchild=F("numchild") + count[1])
        if number % _STEP == 0:
            progress(0)
    for start in range(0, len(made), _HOOKED):
        approved = [row for row in made[start : start + _HOOKED] if row.is_selling]
        if approved:
            group_approved.run_many(approved)
        progress(min(start + _HOOKED, len(made)))
    versions.bump()
    return made


def _last_steps(parents: Iterable[Organisation]) -> dict[int, int]:
    """The number of each parent's last child; one query for each depth at which parents stand."""
    steps = {parent.pk: 0 for parent in parents}
    by_path = {parent.path: parent.pk for parent in parents}
    for length in {len(path) for path in by_path}:
        rows = Organisation.objects.filter(depth=length // Organisation.steplen + 1).order_by()
        rows = rows.annotate(above=Left("path", length)).filter(
            above__in=[path for path in by_path if len(path) == length]
        )
        for above, last in rows.values_list("above").annotate(last=Max("path")):
            steps[by_path[above]] = Organisation._str2int(last[-Organisation.steplen :])
    return steps


def _row(entry: NewOrganisation, parent: Organisation, step: int, slugs: _Slugs) -> Organisation:
    details = dict(entry.details)
    name_th, name_en = clean_text(entry.name_th), clean_text(details.pop("name_en", ""))
    code = codes.new_code()
    return Organisation(
        path=Organisation._get_path(parent.path, parent.depth + 1, step),
        depth=parent.depth + 1,
        numchild=0,
        kind=entry.kind,
        state=entry.state,
        state_changed_at=clock.now(),
        code=code,
        slug=slugs.take(ascii_slug(name_en, fallback=code.lower())),
        name_th=name_th,
        name_en=name_en,
        sort_name=sort_column(name_th),
        province_id=parent.province_id,
        region_id=parent.region_id,
        **details,
    )


class _Slugs:
    """Those in use, so that each new one is free; read once."""

    def __init__(self) -> None:
        self.taken = set(Organisation.objects.values_list("slug", flat=True))
        self.next: dict[str, int] = {}

    def take(self, slug: str) -> str:
        number, free = self.next.get(slug, 2), slug
        while free in self.taken:
            free, number = f"{slug}-{number}", number + 1
        self.next[slug] = number
        self.taken.add(free)
        return free


@transaction.atomic
def update_organisation(*, key: int, changes: Mapping[str, Any]) -> Organisation:
    """Changes plain facts (names, contact, founding day, tax number) of one organisation; its address stays."""
    locked: Organisation = Organisation.objects.select_for_update().get(pk=key)
    for name, value in changes.items():
        setattr(locked, name, value)
    fields = [*changes, "updated_at"]
    if "name_th" in changes:
        locked.sort_name = sort_column(locked.name_th)
        fields.append("sort_name")
    locked.save(update_fields=fields)
    versions.bump()
    return locked

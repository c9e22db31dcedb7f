"""Organisations come into the tree, are approved, suspended, closed; provinces move."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from media.models import Picture
from shop.common import clock, codes, versions
from shop.common.slugs import ascii_slug, unique_slug
from shop.common.thai import clean_text, sort_column
from vendors import errors, history
from vendors.events import group_approved, group_state_changed, province_moved
from vendors.models import Organisation, Province, Region
from vendors.policies import require_administrator
from vendors.states import GROUP_NEXT

Kind, State = Organisation.Kind, Organisation.State
RESERVED = {"apply", "invitation"}
"""Words that stand in the place of an organisation's slug in addresses of the workspace."""
PARENT_OF: dict[str, tuple[str | None, ...]] = {
    Kind.NATIONAL: (None,),
    Kind.REGIONAL: (Kind.NATIONAL,),
    Kind.PROVINCIAL: (Kind.REGIONAL,),
    Kind.COOPERATIVE: (Kind.PROVINCIAL,),
    Kind.FARMER_GROUP: (Kind.PROVINCIAL,),
    Kind.GROUP: (Kind.COOPERATIVE, Kind.FARMER_GROUP),
    Kind.OFFICE: (None, Kind.OFFICE),
}


@transaction.atomic
def create_organisation(
    *,
    kind: str,
    parent: Organisation | None,
    name_th: str,
    name_en: str = "",
    province: Province | None = None,
    region: Region | None = None,
    state: str | None = None,
    **details: Any,
) -> Organisation:
    """Puts an organisation into the tree. A group starts as `applied` unless told otherwise.

    The parent's row is locked, since two new children at once would be given one path. Raises WrongParent.
    """
    if (parent.kind if parent else None) not in PARENT_OF[kind]:
        raise errors.WrongParent
    code = codes.new_code()
    name_th, name_en = clean_text(name_th), clean_text(name_en)
    slug = ascii_slug(details.pop("slug", ""), name_en, fallback=code.lower())
    slug = f"{slug}-{code.lower()}" if slug in RESERVED else slug
    values = {
        "kind": kind,
        "state": state or (State.APPLIED if kind == Kind.GROUP else State.APPROVED),
        "state_changed_at": clock.now(),
        "code": code,
        "slug": unique_slug(Organisation.objects.all(), slug),
        "name_th": name_th,
        "name_en": name_en,
        "sort_name": sort_column(name_th),
        "province": province or (parent.province if parent else None),
        "region": region or (province.region if province else parent.region if parent else None),
        **details,
    }
    if parent is None:
        made: Organisation = Organisation.add_root(**values)
    else:
        locked = Organisation.objects.select_for_update().get(pk=parent.pk)
        made = locked.add_child(**values)
    if made.is_selling:
        group_approved.run(made)
    return made


def _move(group: Organisation, state: str, *, reason: str = "", needs_reason: bool = False) -> Organisation:
    locked = Organisation.objects.select_for_update().get(pk=group.pk)
    if locked.kind != Kind.GROUP or state not in GROUP_NEXT[locked.state]:
        raise errors.WrongState
    if needs_reason and not clean_text(reason):
        raise errors.ReasonMissing
    locked.state, locked.state_reason, locked.state_changed_at = state, clean_text(reason), clock.now()
    locked.save(update_fields=["state", "state_reason", "state_changed_at", "updated_at"])
    group.state = state
    versions.bump()
    return locked


@transaction.atomic
def approve_group(*, group: Organisation, by: Any) -> Organisation:
    """The officer approves: its Oscar partner and shop page come into being in the same transaction."""
    moved = _move(group, State.APPROVED)
    group_approved.run(moved)
    group_state_changed.run(moved)
    return moved


@transaction.atomic
def send_back_group(*, group: Organisation, by: Any, reason: str) -> Organisation:
    """The officer asks for more, with a reason."""
    return _move(group, State.SENT_BACK, reason=reason, needs_reason=True)


@transaction.atomic
def suspend_group(*, group: Organisation, by: Any, reason: str) -> Organisation:
    """Takes the group's goods off sale at once, open baskets included."""
    moved = _move(group, State.SUSPENDED, reason=reason, needs_reason=True)
    group_state_changed.run(moved)
    return moved


@transaction.atomic
def lift_suspension(*, group: Organisation, by: Any) -> Organisation:
    """Puts the goods of a suspended group back on sale."""
    if group.state != State.SUSPENDED:
        raise errors.WrongState
    moved = _move(group, State.APPROVED)
    group_state_changed.run(moved)
    return moved


@transaction.atomic
def close_group(*, group: Organisation, by: Any, reason: str = "") -> Organisation:
    """Ends a group; what it sold stays in the books."""
    moved = _move(group, State.CLOSED, reason=reason)
    group_state_changed.run(moved)
    return moved


@transaction.atomic
def set_picture(*, organisation: Organisation, picture: Picture) -> None:
    """Gives an organisation its public picture: a group its maker's face, a network its landscape."""
    Organisation.objects.filter(pk=organisation.pk).update(picture=picture)
    organisation.picture = picture
    versions.bump()


@transaction.atomic
def move_province(*, province: Province, region: Region, by: Any = None) -> int:
    """Puts a province, with its network and everything below, into another region; again changes nothing.

    Paths of all that lies below change at once, so nothing may come into the tree meanwhile: the table is locked against
    writers for the moment that takes (two statements, however many organisations). Returns how many lie there.
    Raises NotYours.
    """
    if by is not None:
        require_administrator(by)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {connection.ops.quote_name(Organisation._meta.db_table)} IN EXCLUSIVE MODE")
    locked = Province.objects.select_for_update().get(pk=province.pk)
    below = Organisation.objects.filter(province=locked)
    if locked.region_id == region.pk:
        return int(below.count())
    before = Organisation.objects.filter(kind=Kind.REGIONAL, region_id=locked.region_id).first()
    network = Organisation.objects.filter(kind=Kind.PROVINCIAL, province=locked).first()
    target = Organisation.objects.filter(kind=Kind.REGIONAL, region=region).first()
    locked.region = province.region = region
    locked.save(update_fields=["region"])
    moved = int(below.update(region=region))
    if network is not None and target is not None:
        network.move(target, pos="last-child")
    for organisation in filter(None, (network, before, target)):
        history.record(organisation=organisation, act="province.moved", by=by, what=locked.name_th, region=region.pk)
    province_moved.run(locked)
    versions.bump()
    return moved

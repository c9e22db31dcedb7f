"""Changes by members of a group: seen by each other, and decided by an officer where a certificate stands on them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from catalogue.errors import ChangedMeanwhile, EditDecided, ProductChangedSince, ReasonNeeded, TextMissing
from catalogue.models import PendingEdit, Product, ProductCertificate, ProductEvent
from catalogue.restricted import forbid, to_look_at
from catalogue.services.review import lock_product, note_event
from catalogue.services.sections import (
    CERTIFIED,
    SECTIONS,
    Values,
    stamp,
    values_of,
    waiting_edit,
    wanted_values,
    write_values,
)
from shop.common import clock, outbox, versions
from shop.common.thai import clean_text
from vendors import history
from vendors.models import Certificate
from vendors.policies import Right
from vendors.states import CHANGEABLE

Act, State = ProductEvent.Act, PendingEdit.State
_NAMES, _TEXTS = ("title", "title_en", "unit_en"), ("description", "description_en")


def asks_officer(product: Product, field: str) -> bool:
    """True when a change of this field waits: an officer's word stands on it, or would by it."""
    if field == "certificates" or field not in CERTIFIED:
        return field == "certificates"
    return product.on_sale_since is not None or Product.objects.filter(pk=product.pk).filter(on_paper()).exists()


def on_paper() -> Q:
    """Goods that a certificate names which an officer has, or has verified: it was read with what is written of them."""
    states = (Certificate.State.SUBMITTED, Certificate.State.VERIFIED)
    links = ProductCertificate.objects.filter(product=OuterRef("pk"), certificate__state__in=states)
    return Q(Exists(links))


@transaction.atomic
def edit_product(*, product: Product, section: str, values: Values, seen: str, by: Any) -> PendingEdit | None:
    """Saves one part of a product; returns the change when it waits for an officer.

    `seen` is the stamp of what the form showed. Raises ChangedMeanwhile, TextMissing, GoodsForbidden or NotYours.
    """
    locked = lock_product(product, by, Right.LIST)
    waiting = waiting_edit(locked)
    wanted = wanted_values(locked, SECTIONS[section], waiting)
    if stamp(wanted) != seen:
        raise ChangedMeanwhile
    changes = {field: value for field, value in values.items() if value != wanted[field]}
    if not changes:
        return waiting
    if not changes.get("title", locked.title):
        raise TextMissing
    forbid(*(str(changes[field]) for field in ("title", "title_en", "unit_th", "unit_en") if field in changes))
    if "certificates" in changes:
        return _ask_cover(locked, waiting, changes["certificates"], by)
    asked = {field: value for field, value in changes.items() if _waits(locked, waiting, field)}
    at_once = {field: value for field, value in changes.items() if field not in asked}
    if at_once:
        write_values(locked, at_once)
        _record(locked, Act.CHANGED, by, section)
    return _ask(locked, waiting, asked, by) if asked else waiting


def _waits(locked: Product, waiting: PendingEdit | None, field: str) -> bool:
    return asks_officer(locked, field) or (waiting is not None and field in waiting.changes)


def _ask_cover(locked: Product, waiting: PendingEdit | None, wanted: list[int], by: Any) -> PendingEdit | None:
    """A paper that the group may still change itself is linked at once; what an officer verified, an officer widens."""
    own = Certificate.objects.filter(holder_id=locked.group_id)
    free = set(own.filter(state__in=CHANGEABLE).values_list("pk", flat=True))
    now: list[int] = values_of(locked, ["certificates"])["certificates"]
    known = set(own.filter(pk__in=wanted).values_list("pk", flat=True))
    at_once = sorted((set(now) - free) | (known & free))
    if at_once != now:
        write_values(locked, {"certificates": at_once})
        _record(locked, Act.CHANGED, by, "certificates")
    if sorted(known) != at_once or (waiting is not None and "certificates" in waiting.changes):
        return _ask(locked, waiting, {"certificates": sorted(known)}, by)
    return waiting


def _ask(locked: Product, waiting: PendingEdit | None, changes: Values, by: Any) -> PendingEdit | None:
    """One open change for each product: what is sent later is added to it, what became equal again is dropped."""
    edit = waiting or PendingEdit(product=locked, version=0)
    merged = {**edit.changes, **changes}
    now = values_of(locked, merged)
    edit.changes = {field: value for field, value in merged.items() if value != now[field]}
    edit.before = {field: now[field] for field in edit.changes}
    edit.version += 1
    edit.asked_by, edit.asked_at = by, clock.now()
    if not edit.changes:
        if edit.pk:
            _drop(edit, locked, by)
        return None
    edit.save()
    _record(locked, Act.EDIT_ASKED, by, ", ".join(sorted(edit.changes)))
    outbox.announce("goods.waiting", {"product": locked.pk})
    return edit


def _drop(edit: PendingEdit, locked: Product, by: Any) -> None:
    edit.state, edit.decided_at = State.DROPPED, clock.now()
    edit.save()
    _record(locked, Act.EDIT_DROPPED, by, "")


@transaction.atomic
def drop_edit(*, product: Product, by: Any) -> None:
    """The group takes its waiting change back; what is on sale stays as it is. Raises EditDecided or NotYours."""
    locked = lock_product(product, by, Right.LIST)
    edit = waiting_edit(locked)
    if edit is None:
        raise EditDecided
    _drop(edit, locked, by)


@transaction.atomic
def approve_edit(*, edit: PendingEdit, version: int, by: Any = None) -> PendingEdit:
    """The officer lets the change count; what is on sale becomes it in the same moment.

    `version` is that of the change which the officer saw. Raises EditDecided, ProductChangedSince, OwnGoods or NotYours.
    """
    locked, edit = _open(edit, version, by)
    if values_of(locked, edit.before) != edit.before:
        raise ProductChangedSince
    wanted = {field: str(edit.changes.get(field, "")) for field in (*_NAMES, *_TEXTS)}
    names = [wanted[field] for field in _NAMES]
    forbid(*names)
    found = to_look_at(names=names, descriptions=[wanted[field] for field in _TEXTS])
    marks = sorted({*locked.reviewed_words, *(entry.mark for entry in found)})
    Product.objects.filter(pk=locked.pk).update(reviewed_words=marks)
    write_values(locked, edit.changes)
    return _decide(edit, locked, State.APPROVED, Act.EDIT_APPROVED, by, "")


@transaction.atomic
def refuse_edit(*, edit: PendingEdit, version: int, reason: str, by: Any = None) -> PendingEdit:
    """The officer leaves what is on sale as it is; the reason goes to the group. Raises as `approve_edit`, or ReasonNeeded."""
    locked, edit = _open(edit, version, by)
    words = clean_text(reason)
    if not words:
        raise ReasonNeeded
    return _decide(edit, locked, State.REFUSED, Act.EDIT_REFUSED, by, words)


def _open(edit: PendingEdit, version: int, by: Any) -> tuple[Product, PendingEdit]:
    locked = lock_product(edit.product, by, Right.REVIEW)
    current = PendingEdit.objects.select_for_update().get(pk=edit.pk)
    if current.state != State.WAITING or current.version != version:
        raise EditDecided
    return locked, current


def _decide(edit: PendingEdit, locked: Product, state: str, act: str, by: Any, reason: str) -> PendingEdit:
    edit.state, edit.reason, edit.decided_by, edit.decided_at = state, reason, by, clock.now()
    edit.save()
    _record(locked, act, by, reason)
    outbox.announce("goods.decided", {"product": locked.pk, "act": str(act), "reason": reason})
    return edit


def _record(product: Product, act: str, by: Any, note: str) -> None:
    note_event(product.pk, act, by, note)
    if product.group is not None:
        history.record(organisation=product.group, act=f"goods.{act}", by=by, what=product.title, note=note)
    versions.bump()

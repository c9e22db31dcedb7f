"""The officer's word on what the market looks at first: delicate words, and exemptions from a category's licence."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from catalogue.errors import AlreadyAsked, DayPassed, NoGateHere, NotOpen, OwnGoods, ReasonNeeded, ReviewNotWaiting
from catalogue.gates import applies
from catalogue.models import GateExemption, Product, ProductEvent
from catalogue.restricted import forbid, to_look_at
from catalogue.services.refresh import refresh_sale
from shop.common import clock, outbox, versions
from shop.common.thai import clean_text
from vendors import history
from vendors.policies import Right, may, require

Act, Review, State = ProductEvent.Act, Product.Review, GateExemption.State


@transaction.atomic
def hold_product(*, product: Product) -> None:
    """A saved text made it wait for an officer: it leaves sale at once, and the officers of its province hear of it."""
    owner = product.parent_id or product.pk
    Product.objects.filter(pk=owner).update(review=Review.WAITING)
    note_event(owner, Act.HELD, None, ", ".join(sorted({entry.word for entry in product.to_look_at()})))
    refresh_sale([owner])
    outbox.announce("goods.waiting", {"product": owner})


@transaction.atomic
def approve_product(*, product: Product, by: Any = None, reason: str = "") -> Product:
    """The officer found the words in order; the same words need no second look. Raises ReviewNotWaiting, GoodsForbidden."""
    locked = lock_product(product, by, Right.REVIEW)
    if locked.review != Review.WAITING:
        raise ReviewNotWaiting
    forbid(*locked.names)
    variants = list(locked.children.all())
    names = [name for one in (locked, *variants) for name in one.names]
    seen = to_look_at(names=names, descriptions=(locked.description or "", locked.description_en))
    marks = sorted({*locked.reviewed_words, *(entry.mark for entry in seen)})
    Product.objects.filter(pk__in=[locked.pk, *(one.pk for one in variants)]).update(reviewed_words=marks)
    return _decided(locked, Review.APPROVED, Act.APPROVED, by, reason)


@transaction.atomic
def refuse_product(*, product: Product, by: Any = None, reason: str) -> Product:
    """The officer refuses it, with a reason for the group; it stays off sale until its text changes and is looked at."""
    locked = lock_product(product, by, Right.REVIEW)
    if locked.review != Review.WAITING:
        raise ReviewNotWaiting
    return _decided(locked, Review.REFUSED, Act.REFUSED, by, _reason(reason))


def _decided(locked: Product, verdict: str, act: str, by: Any, reason: str) -> Product:
    Product.objects.filter(pk=locked.pk).update(review=verdict)
    _tell(locked, act, by, clean_text(reason))
    locked.refresh_from_db()
    return locked


@transaction.atomic
def request_exemption(*, product: Product, reason: str, by: Any = None) -> GateExemption:
    """The group asks an officer to exempt the product from its category's licence.

    Raises ReasonNeeded, NoGateHere or AlreadyAsked.
    """
    locked = lock_product(product, by, Right.LIST)
    if locked.main_category is None or not applies(locked, locked.main_category):
        raise NoGateHere
    if GateExemption.objects.filter(product=locked, state=State.ASKED).exists():
        raise AlreadyAsked
    exemption = GateExemption.objects.create(
        product=locked, category=locked.main_category, reason=_reason(reason), asked_by=by, asked_at=clock.now()
    )
    _tell(locked, Act.EXEMPTION_ASKED, by, exemption.reason)
    outbox.announce("goods.waiting", {"product": locked.pk})
    return exemption


@transaction.atomic
def grant_exemption(
    *, exemption: GateExemption, reason: str, by: Any = None, last_day: dt.date | None = None
) -> GateExemption:
    """The officer frees the product from the licence from today, until `last_day` if given. Raises NotOpen, DayPassed."""
    today = clock.today()
    if last_day is not None and last_day < today:
        raise DayPassed
    return _settle(exemption, State.ASKED, State.GRANTED, Act.EXEMPTION_GRANTED, by, reason, (today, last_day))


@transaction.atomic
def refuse_exemption(*, exemption: GateExemption, reason: str, by: Any = None) -> GateExemption:
    """The officer does not free it; the reason goes to the group. Raises NotOpen."""
    return _settle(exemption, State.ASKED, State.REFUSED, Act.EXEMPTION_REFUSED, by, reason)


@transaction.atomic
def revoke_exemption(*, exemption: GateExemption, reason: str, by: Any = None) -> GateExemption:
    """Takes back what was granted: without the licence the product leaves sale in the same transaction. Raises NotOpen."""
    return _settle(exemption, State.GRANTED, State.REVOKED, Act.EXEMPTION_REVOKED, by, reason)


def _settle(
    exemption: GateExemption,
    before: str,
    after: str,
    act: str,
    by: Any,
    reason: str,
    days: tuple[dt.date, dt.date | None] | None = None,
) -> GateExemption:
    locked = lock_product(exemption.product, by, Right.REVIEW)
    current = GateExemption.objects.select_for_update().get(pk=exemption.pk)
    if current.state != before:
        raise NotOpen
    current.state, current.decision = after, _reason(reason)
    current.decided_by, current.decided_at = by, clock.now()
    if days is not None:
        current.first_day, current.last_day = days
    current.save()
    _tell(locked, act, by, current.decision)
    return current


def lock_product(product: Product, by: Any, right: Right) -> Product:
    """The product's row, and the right of the person read anew; `by` None is the market itself (seed, import).

    Raises NotYours, or OwnGoods: nobody decides about what they could have listed.
    """
    owner = product.parent_id or product.pk
    rows = Product.objects.select_for_update(of=("self",)).select_related("group", "main_category")
    locked: Product = rows.get(pk=owner)
    if by is not None and locked.group is not None:
        require(by, right, locked.group)
        if right is Right.REVIEW and may(by, Right.LIST, locked.group):
            raise OwnGoods
    return locked


def _reason(text: str) -> str:
    words = clean_text(text)
    if not words:
        raise ReasonNeeded
    return words


def _tell(product: Product, act: str, by: Any, reason: str) -> None:
    note_event(product.pk, act, by, reason)
    if product.group is not None:
        history.record(organisation=product.group, act=f"goods.{act}", by=by, what=product.title, reason=reason)
    if act != Act.EXEMPTION_ASKED:
        outbox.announce("goods.decided", {"product": product.pk, "act": str(act), "reason": reason})
    refresh_sale([product.pk])
    versions.bump()


def note_event(product_id: int, act: str, by: Any, note: str) -> None:
    """Into the product's own history."""
    ProductEvent.objects.create(product_id=product_id, act=act, at=clock.now(), by=by, note=note)

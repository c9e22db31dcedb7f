"""Payouts in batches: put together by one, approved by another, sent once, answered item by item (docs/algorithms/payouts.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from shop.common import clock, codes
from shop.ledger.services import lock_account
from shop.payouts import books, errors
from shop.payouts.models import PayoutBatch, PayoutItem
from shop.payouts.policies import require_money
from shop.payouts.selectors import cash_now, payable_now, ready_to_pay
from shop.shipping.services.changing import keeper
from shop.theme.formats import baht
from vendors import history

State, Item = PayoutBatch.State, PayoutItem.State
_LOCK = 1_107_012
"""The key of the advisory lock under which batches are made and moved: two at once come one after the other."""


@transaction.atomic
def make_batch(*, by: Any) -> PayoutBatch:
    """Everything that is ready, goes to an account in force and is in no other open batch. Raises NotYours, NothingToPay."""
    require_money(by)
    _lock()
    ready = ready_to_pay()
    if not ready:
        raise errors.NothingToPay
    moment, code = clock.now(), codes.new_code(9)
    items = [
        PayoutItem(
            position=position,
            owner=one.owner,
            account=account,
            bank=account.bank,
            number=account.number,
            name=account.name,
            ready_satang=one.ready_satang,
            cash_satang=one.cash_satang,
            amount_satang=one.net_satang,
            changed_at=moment,
        )
        for position, one in enumerate(ready, start=1)
        if (account := one.account) is not None
    ]
    batch = PayoutBatch.objects.create(
        code=code,
        count=len(items),
        total_satang=sum(item.amount_satang for item in items),
        digest=digest(items),
        made_at=moment,
        made_by=by,
    )
    for item in items:
        item.batch = batch
    PayoutItem.objects.bulk_create(items)
    _note("payouts.batch_made", batch, by)
    return batch


@transaction.atomic
def approve_batch(*, batch: PayoutBatch, by: Any) -> PayoutBatch:
    """A second person says yes. Raises NotYours, SamePerson, NotWaiting, Altered, LessMeanwhile."""
    current = _locked(batch, by, State.MADE)
    if current.made_by_id == by.pk:
        raise errors.SamePerson
    _check(current)
    current.state, current.approved_at, current.approved_by = State.APPROVED, clock.now(), by
    current.save(update_fields=["state", "approved_at", "approved_by"])
    _note("payouts.batch_approved", current, by)
    return current


@transaction.atomic
def mark_sent(*, batch: PayoutBatch, by: Any) -> PayoutBatch:
    """The file is at the bank: every item is booked as on its way, once. Raises NotYours, NotWaiting, Altered, LessMeanwhile."""
    current = _locked(batch, by, State.APPROVED)
    items = _check(current)
    current.state, current.sent_at, current.sent_by = State.SENT, clock.now(), by
    current.save(update_fields=["state", "sent_at", "sent_by"])
    PayoutItem.objects.filter(batch=current).update(state=Item.SENT, changed_at=clock.now())
    for item in items:
        books.post_sent(item)
    _note("payouts.batch_sent", current, by)
    return current


@transaction.atomic
def withdraw_batch(*, batch: PayoutBatch, by: Any) -> PayoutBatch:
    """One that was not sent yet is not sent; what it held is ready again. Raises NotYours, NotWaiting."""
    current = _locked(batch, by, State.MADE, State.APPROVED)
    current.state = State.WITHDRAWN
    current.save(update_fields=["state"])
    PayoutItem.objects.filter(batch=current).update(state=Item.WITHDRAWN, changed_at=clock.now())
    _note("payouts.batch_withdrawn", current, by)
    return current


@transaction.atomic
def confirm_item(*, item: PayoutItem, by: Any, answer: str = "") -> PayoutItem:
    """The bank says that it arrived. Again is nothing. Raises NotYours, NotWaiting."""
    return _answered(item, Item.CONFIRMED, by, answer)


@transaction.atomic
def bounce_item(*, item: PayoutItem, by: Any, answer: str) -> PayoutItem:
    """The bank sent it back: it is ready again, for a later batch. Again is nothing. Raises NotYours, NotWaiting."""
    return _answered(item, Item.BOUNCED, by, answer)


def digest(items: Iterable[PayoutItem]) -> str:
    """SHA-256 of who is paid how much to which account, in the order of the items."""
    lines = (f"{one.position}|{one.owner_id}|{one.bank}|{one.number}|{one.name}|{one.amount_satang}" for one in items)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _answered(item: PayoutItem, state: str, by: Any, answer: str) -> PayoutItem:
    require_money(by)
    _lock()
    current = PayoutItem.objects.select_for_update(of=("self",)).select_related("batch", "owner").get(pk=item.pk)
    if current.state == state:
        return current
    if current.state != Item.SENT:
        raise errors.NotWaiting
    current.state, current.answer, current.changed_at = state, answer.strip()[:120], clock.now()
    current.save(update_fields=["state", "answer", "changed_at"])
    (books.post_confirmed if state == Item.CONFIRMED else books.post_bounced)(current)
    if not PayoutItem.objects.filter(batch=current.batch_id, state=Item.SENT).exists():
        PayoutBatch.objects.filter(pk=current.batch_id).update(state=State.CLOSED)
    return current


def _locked(batch: PayoutBatch, by: Any, *states: str) -> PayoutBatch:
    require_money(by)
    _lock()
    current = PayoutBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if current.state not in states:
        raise errors.NotWaiting
    return current


def _check(batch: PayoutBatch) -> list[PayoutItem]:
    """Is it what was put together, and does everybody still have that much? Raises Altered, LessMeanwhile, CashMeanwhile."""
    items = list(PayoutItem.objects.filter(batch=batch).select_related("batch", "owner").order_by("position"))
    total = sum(item.amount_satang for item in items)
    if (len(items), total, digest(items)) != (batch.count, batch.total_satang, batch.digest):
        raise errors.Altered
    for item in items:
        if item.cash_satang:
            lock_account(books.owner(item.owner.code), "cash_held")
    codes_ = [item.owner.code for item in items]
    ready, cash = payable_now(codes_), cash_now(codes_)
    for item in items:
        if ready.get(item.owner.code, 0) < item.ready_satang:
            raise errors.LessMeanwhile(name=item.owner.name_th)
        if cash.get(item.owner.code, 0) < item.cash_satang:
            raise errors.CashMeanwhile(name=item.owner.name_th)
    return items


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _note(act: str, batch: PayoutBatch, by: Any) -> None:
    owner = keeper()
    if owner is not None:
        history.record(organisation=owner, act=act, by=by, what=f"{batch.code} · {baht(batch.total_satang)}")

"""Slips of bank transfers. A slip is no proof: it helps staff to find the money, and the order waits for them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from media.models import PrivateFile
from shop.common import clock
from shop.common.thai import arabic_digits
from shop.order.locks import lock_order
from shop.order.models import Order
from shop.payment import errors
from shop.payment.models import PaymentAttempt, PaymentProblem, TransferSlip
from shop.payment.models.slips import ONE_CHARACTER, TELLING
from shop.payment.services.problems import open_problem

WORKING_DAYS = 2
_SATURDAY = 5


def send_slip(
    *,
    order: Order,
    file: PrivateFile,
    paid_satang: int | None = None,
    paid_at: dt.datetime | None = None,
    bank_reference: str = "",
) -> TransferSlip:
    """Keeps a slip for an order that waits for a transfer. The same one again is fine, and may say more.

    Raises SlipUsed when its picture belongs to another order, ReferenceUsed when its reference does (a person is told of
    both), or AttemptClosed.
    """
    reference = plain_reference(bank_reference)
    facts = {"paid_satang": paid_satang, "paid_at": paid_at}
    try:
        return _keep(order, file, reference, facts)
    except (errors.SlipUsed, IntegrityError) as refusal:
        by_name = isinstance(refusal, errors.ReferenceUsed) or "slip_reference_once" in str(refusal)
        attempt = PaymentAttempt.objects.filter(order=order).order_by("-number").first()
        told = {"fingerprint": file.sha256, "reference": reference}
        key = f"{order.number}:{file.sha256[:16]}:{reference}"
        open_problem(kind=PaymentProblem.Kind.SLIP, key=key, attempt=attempt, facts=told)
        raise (errors.ReferenceUsed if by_name else errors.SlipUsed) from refusal


def is_telling(reference: str) -> bool:
    """Does a plain reference name one transfer? A bank's name and a few digits do not."""
    return bool(re.match(TELLING, reference)) and not re.match(ONE_CHARACTER, reference)


def plain_reference(text: str) -> str:
    """A bank's reference without what people type around it: Thai digits, blanks, dashes, small letters."""
    return re.sub(r"[\s\-–_./]", "", arabic_digits(text)).upper()[:60]


@transaction.atomic
def _keep(order: Order, file: PrivateFile, reference: str, facts: Mapping[str, object]) -> TransferSlip:
    locked = lock_order(order.pk)
    attempts = PaymentAttempt.objects.select_for_update().filter(order=locked, method=PaymentAttempt.Method.TRANSFER)
    attempt = attempts.filter(state__in=PaymentAttempt.OPEN).first()
    if attempt is None or locked.cancelled_at is not None:
        raise errors.AttemptClosed
    same = TransferSlip.objects.filter(fingerprint=file.sha256).first()
    named = TransferSlip.objects.filter(bank_reference=reference).first() if is_telling(reference) else None
    if same is not None and same.order_id != locked.pk:
        raise errors.SlipUsed
    if named is not None and named.order_id != locked.pk:
        raise errors.ReferenceUsed
    if same is None:
        _wait_for_staff(locked, attempt)
        same = TransferSlip(order=locked, fingerprint=file.sha256, file=file, sent_at=clock.now())
    for name, value in facts.items():
        if value is not None:
            setattr(same, name, value)
    if reference and named is None:
        same.bank_reference = reference
    same.save()
    return same


def _wait_for_staff(order: Order, attempt: PaymentAttempt) -> None:
    """With its first slip an order waits until staff have had two working days: nobody loses goods over a week-end."""
    if order.pay_by is None or TransferSlip.objects.filter(order=order).exists():
        return
    until = max(order.pay_by, after_working_days(clock.now(), WORKING_DAYS))
    Order.objects.filter(pk=order.pk).update(pay_by=until)
    PaymentAttempt.objects.filter(pk=attempt.pk).update(expires_at=until)


def after_working_days(moment: dt.datetime, days: int) -> dt.datetime:
    """So many working days later, at the same time of day; Saturdays and Sundays do not count."""
    later = moment.astimezone(clock.BANGKOK)
    while days:
        later += dt.timedelta(days=1)
        days -= later.weekday() < _SATURDAY
    return later

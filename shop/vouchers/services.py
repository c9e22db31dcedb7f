"""Making and ending vouchers. What one gives is never changed afterwards: it is ended, and another one made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from media.models import PrivateFile
from shop.common import clock
from shop.common.thai import both_years
from shop.fund import services as fund
from shop.fund.books import given_back, post_back
from shop.fund.models import Spending
from shop.theme.formats import baht, date
from shop.vouchers import errors, selectors
from shop.vouchers.models import Voucher
from shop.vouchers.policies import require_giver, require_money
from shop.vouchers.quoting import is_fit, plain_code
from vendors import history
from vendors.models import Organisation

MOST_OF_GROUP = 5_000
"""Hundredths of a percent that a group gives at most: at most half of a price belongs to others."""
LONGEST_YEARS = 5
"""A last day that lies further ahead is a year typed wrong."""
State = Voucher.State


@dataclass(frozen=True)
class Terms:
    """What a voucher gives, to whom and until when; exactly one of `basis_points` and `amount_satang`. None is without a limit."""

    code: str
    what: str
    valid_from: dt.date
    valid_until: dt.date
    basis_points: int | None = None
    amount_satang: int | None = None
    most_satang: int | None = None
    least_satang: int = 0
    most_uses: int | None = None
    most_per_buyer: int | None = 1
    budget_satang: int | None = None


def latest_day() -> dt.date:
    """The last day that a voucher made today may have: the end of the year in five years."""
    return dt.date(clock.today().year + LONGEST_YEARS, 12, 31)


@transaction.atomic
def make_group_voucher(*, organisation: Organisation, terms: Terms, by: Any) -> Voucher:
    """A group makes its own goods cheaper and bears it itself. It counts from its first day on.

    Raises NotYours, VoucherOnlyOfGroups, CodeUnfit, CodeTaken, DatesWrong, DatesTooFar, PercentTooLarge, LimitMissing.
    """
    if organisation.kind != Organisation.Kind.GROUP:
        raise errors.VoucherOnlyOfGroups
    require_giver(by, organisation)
    if (terms.basis_points or 0) > MOST_OF_GROUP:
        raise errors.PercentTooLarge
    if terms.most_uses is None and terms.budget_satang is None:
        raise errors.LimitMissing
    voucher = _make(terms, Voucher.Bearer.GROUP, organisation, organisation, None, by)
    history.record(organisation=organisation, act="vouchers.made", by=by, what=_said(voucher))
    return voucher


@transaction.atomic
def ask_fund_voucher(
    *,
    network: Organisation,
    group: Organisation | None,
    terms: Terms,
    document: PrivateFile,
    document_number: str,
    by: Any,
) -> Voucher:
    """Asks for a voucher that a network's part of the fund bears: its whole budget is set aside once a second person approves it.

    Raises NotYours, NoNetwork, NotEnough, CodeUnfit, CodeTaken, DatesWrong, DatesTooFar, LimitMissing.
    """
    require_money(by)
    if not terms.budget_satang:
        raise errors.LimitMissing
    spending = fund.ask_spending(
        network=network,
        purpose=Spending.Purpose.VOUCHERS,
        what=f"{terms.what.strip()} ({plain_code(terms.code)})",
        amount_satang=terms.budget_satang,
        payee_name="ผู้ซื้อที่ใช้คูปอง",
        payee_is_person=False,
        document=document,
        document_number=document_number,
        by=by,
        is_budget=True,
    )
    voucher = _make(terms, Voucher.Bearer.FUND, network, group, spending, by)
    history.record(organisation=network, act="vouchers.asked", by=by, what=_said(voucher))
    return voucher


@transaction.atomic
def follow_decision(*, spending: Spending) -> None:
    """With the second person's yes a voucher of the fund can be used, with the no it never can."""
    state = State.RUNNING if spending.state == Spending.State.APPROVED else State.REFUSED
    Voucher.objects.filter(spending=spending, state=State.WAITING).update(state=state)


@transaction.atomic
def end_voucher(*, voucher: Voucher, by: Any) -> Voucher:
    """Nobody can use it from now on; orders that have taken it keep their discount. Raises NotYours, VoucherEnded."""
    current = Voucher.objects.select_for_update(of=("self",)).select_related("payer", "spending").get(pk=voucher.pk)
    if current.bearer == Voucher.Bearer.GROUP:
        require_giver(by, current.payer)
    else:
        require_money(by)
    if current.state != State.RUNNING:
        raise errors.VoucherEnded
    current.state, current.ended_at, current.ended_by = State.ENDED, clock.now(), by
    current.save(update_fields=["state", "ended_at", "ended_by"])
    history.record(organisation=current.payer, act="vouchers.ended", by=by, what=_said(current))
    return current


@transaction.atomic
def return_rest(*, voucher: Voucher) -> int:
    """What an ended voucher of the fund did not need goes back to who gave it; later refunds follow. Returns the satang moved."""
    fund.lock_fund()
    current = Voucher.objects.select_for_update(of=("self",)).select_related("spending__network").get(pk=voucher.pk)
    if current.state == State.RUNNING and current.valid_until < clock.today():
        current.state, current.ended_at = State.ENDED, clock.now()
        current.save(update_fields=["state", "ended_at"])
    if current.state != State.ENDED or current.spending is None:
        return 0
    before, entries = given_back(current.spending)
    satang = int(current.budget_satang or 0) - selectors.borne_satang(current) - before
    if satang:
        post_back(current.spending, satang, entries + 1)
    return satang


def _make(
    terms: Terms, bearer: str, payer: Organisation, group: Organisation | None, spending: Spending | None, by: Any
) -> Voucher:
    code = plain_code(terms.code)
    if not is_fit(code):
        raise errors.CodeUnfit
    if terms.valid_until < max(terms.valid_from, clock.today()):
        raise errors.DatesWrong
    if terms.valid_until > latest_day():
        raise errors.DatesTooFar(**both_years(terms.valid_until))
    try:
        with transaction.atomic():
            return Voucher.objects.create(
                code=code,
                what=terms.what.strip(),
                bearer=bearer,
                payer=payer,
                group=group,
                kind=Voucher.Kind.PERCENT if terms.basis_points else Voucher.Kind.FIXED,
                basis_points=terms.basis_points or None,
                amount_satang=None if terms.basis_points else terms.amount_satang,
                most_satang=terms.most_satang if terms.basis_points else None,
                least_satang=terms.least_satang,
                valid_from=terms.valid_from,
                valid_until=terms.valid_until,
                most_uses=terms.most_uses,
                most_per_buyer=terms.most_per_buyer,
                budget_satang=terms.budget_satang,
                state=State.WAITING if spending else State.RUNNING,
                spending=spending,
                made_at=clock.now(),
                made_by=by,
            )
    except IntegrityError as refusal:
        if Voucher.objects.filter(code=code).exists():
            raise errors.CodeTaken from refusal
        raise


def _said(voucher: Voucher) -> str:
    gives = f"{(voucher.basis_points or 0) / 100:g} %" if voucher.basis_points else baht(voucher.amount_satang)
    return f"{voucher.code} · {gives} · {date(voucher.valid_until)}"

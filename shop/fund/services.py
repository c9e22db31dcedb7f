"""Spending the fund: one person asks, another decides; never more than it holds."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from media.models import PrivateFile
from shop.common import clock, codes
from shop.common.thai import has_personal_title
from shop.fund import errors
from shop.fund.books import post_spending
from shop.fund.events import spending_decided
from shop.fund.models import Spending
from shop.fund.policies import require_money
from shop.fund.selectors import parts_of
from shop.theme.formats import baht, figure
from vendors import history
from vendors.models import Organisation

_LOCK = 1_107_011
"""The key of the advisory lock under which the fund's balance is read and spent."""


@transaction.atomic
def ask_spending(
    *,
    network: Organisation,
    purpose: str,
    what: str,
    amount_satang: int,
    payee_name: str,
    payee_is_person: bool,
    document: PrivateFile,
    document_number: str,
    by: Any,
    is_budget: bool = False,
) -> Spending:
    """Asks for a sum out of the part of the fund of a network and all below it; a budget is set aside for vouchers, not paid out.

    The name of a payee is published unless it is a private person. Raises NotYours, NoNetwork, NameOfPerson, NotEnough.
    """
    require_money(by)
    if not payee_is_person and has_personal_title(payee_name):
        raise errors.NameOfPerson(name=payee_name.strip())
    if network.kind not in Organisation.NETWORKS:
        raise errors.NoNetwork
    _check(network, amount_satang)
    spending = Spending.objects.create(
        code=codes.new_code(9),
        purpose=purpose,
        is_budget=is_budget,
        what=what.strip(),
        network=network,
        amount_satang=amount_satang,
        payee_name=payee_name.strip(),
        payee_is_person=payee_is_person,
        document=document,
        document_number=document_number.strip(),
        asked_at=clock.now(),
        asked_by=by,
        asked_name=str(by.display_name or by.email)[:160],
    )
    history.record(organisation=network, act="fund.asked", by=by, what=f"{spending.what} · {baht(amount_satang)}")
    return spending


@transaction.atomic
def approve_spending(*, spending: Spending, by: Any) -> Spending:
    """The second person says yes: the money is booked out. Again by somebody else raises Decided.

    Two at once, of this or of two spendings, come one after the other. Raises NotYours, SamePerson, Decided, NotEnough.
    """
    current = _decide(spending, by)
    parts = _check(current.network, current.amount_satang)
    _write(current, Spending.State.APPROVED, by, "")
    post_spending(current, parts)
    spending_decided.run(current)
    history.record(organisation=current.network, act="fund.approved", by=by, what=current.what)
    return current


@transaction.atomic
def refuse_spending(*, spending: Spending, reason: str, by: Any) -> Spending:
    """The second person says no, and why. Raises NotYours, SamePerson, Decided."""
    current = _decide(spending, by)
    _write(current, Spending.State.REFUSED, by, reason.strip()[:200])
    spending_decided.run(current)
    history.record(organisation=current.network, act="fund.refused", by=by, what=current.what)
    return current


def _decide(spending: Spending, by: Any) -> Spending:
    require_money(by)
    lock_fund()
    current = Spending.objects.select_for_update(of=("self",)).select_related("network").get(pk=spending.pk)
    if current.state != Spending.State.ASKED:
        raise errors.Decided
    if current.asked_by_id == by.pk:
        raise errors.SamePerson
    return current


def _write(current: Spending, state: str, by: Any, reason: str) -> None:
    current.state, current.decided_at, current.decided_by, current.reason = state, clock.now(), by, reason
    current.decided_name = str(by.display_name or by.email)[:160]
    current.save(update_fields=["state", "decided_at", "decided_by", "decided_name", "reason"])


def lock_fund() -> None:
    """One spender after the other, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _check(network: Organisation, amount_satang: int) -> list[tuple[str, int]]:
    """The parts of the fund that may pay this. Raises NotEnough."""
    parts = parts_of(network)
    held = sum(satang for _owner, satang in parts)
    if amount_satang > held:
        raise errors.NotEnough(network=network.name_th, held=figure(max(0, held)))
    return [(owner, satang) for owner, satang in parts if satang > 0]

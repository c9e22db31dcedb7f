"""Bank details: entered by one, verified by another, confirmed by a third over a second channel; money goes there after three days."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.conf import settings
from django.db import transaction

from shop.common import clock
from shop.common.thai import arabic_digits
from shop.payouts import errors
from shop.payouts.models import BankAccount
from shop.payouts.policies import require_details, require_money
from vendors import history
from vendors.models import Organisation


@transaction.atomic
def enter_account(*, organisation: Organisation, bank: str, number: str, name: str, by: Any) -> BankAccount:
    """New details replace the old ones and are frozen. Raises NotYours, BadNumber."""
    require_details(by, organisation)
    digits = re.sub(r"[\s\-]", "", arabic_digits(number))
    if not re.fullmatch(r"[0-9]{10,15}", digits):
        raise errors.BadNumber
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    moment = clock.now()
    BankAccount.objects.filter(organisation=organisation, ended_at=None).update(ended_at=moment)
    made = BankAccount.objects.create(
        organisation=organisation,
        bank=bank,
        number=digits,
        name=name.strip(),
        entered_at=moment,
        entered_by=by,
        frozen_until=moment + dt.timedelta(days=settings.BANK_ACCOUNT_FREEZE_DAYS),
    )
    history.record(organisation=organisation, act="payouts.account_entered", by=by, what=str(made))
    return made


@transaction.atomic
def verify_account(*, account: BankAccount, by: Any) -> BankAccount:
    """Another person has compared it with the bank book; the first of them counts. Raises NotYours, SamePerson, AccountOld."""
    current = _current(account, by)
    if by.pk in (current.entered_by_id, current.confirmed_by_id):
        raise errors.SamePerson
    if current.verified_at is not None:
        return current
    current.verified_at, current.verified_by = clock.now(), by
    current.save(update_fields=["verified_at", "verified_by"])
    history.record(organisation=current.organisation, act="payouts.account_verified", by=by, what=str(current))
    return current


@transaction.atomic
def confirm_account(*, account: BankAccount, how: str, by: Any) -> BankAccount:
    """A third person asked the organisation over another channel, and it said yes; `how` says which. After `verify_account`.

    Raises NotYours, SamePerson, NotVerified, AccountOld.
    """
    current = _current(account, by)
    if by.pk in (current.entered_by_id, current.verified_by_id):
        raise errors.SamePerson
    if current.verified_at is None:
        raise errors.NotVerified
    if current.confirmed_at is not None:
        return current
    current.confirmed_at, current.confirmed_by, current.confirmed_how = clock.now(), by, how.strip()[:120]
    current.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_how"])
    history.record(organisation=current.organisation, act="payouts.account_confirmed", by=by, what=str(current))
    return current


def _current(account: BankAccount, by: Any) -> BankAccount:
    require_money(by)
    current = BankAccount.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=account.pk)
    if current.ended_at is not None:
        raise errors.AccountOld
    return current

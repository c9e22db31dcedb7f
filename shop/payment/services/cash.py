"""Cash from the door that comes to the market's account."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from shop.common import clock, codes
from shop.ledger.services import lock_account
from shop.payment import books, errors
from shop.payment.models import CashHandIn
from shop.payment.policies import require_money
from shop.payment.selectors import cash_of
from shop.theme.formats import baht
from vendors.models import Organisation


@transaction.atomic
def hand_in_cash(*, holder: Organisation, amount_satang: int, reference: str, token: str, by: Any) -> CashHandIn:
    """Notes that a sum of the cash that an organisation holds has come to the bank account; never more than it holds.

    The same form again is the same sum. Raises NotYours, CashNotThere.
    """
    require_money(by)
    lock_account(f"org:{holder.code}", "cash_held")
    known = CashHandIn.objects.filter(token=token).first()
    if known is not None:
        return known
    held = cash_of(holder)
    if amount_satang > held:
        raise errors.CashNotThere(name=holder.name_th, held=baht(max(0, held)))
    handed = CashHandIn.objects.create(
        code=codes.new_code(9),
        holder=holder,
        amount_satang=amount_satang,
        reference=reference.strip(),
        at=clock.now(),
        by=by,
        by_name=str(by.display_name or by.email)[:160],
        token=token,
    )
    books.post_cash_in(handed)
    return handed

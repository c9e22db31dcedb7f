"""What the office enters: how a seller stands with the Revenue Department, and rates of the tax."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from shop.common import clock
from shop.documents import errors
from shop.documents.models import TaxStanding, VatRate
from shop.documents.policies import require_money
from vendors import history
from vendors.models import Organisation

_SELLS = (*Organisation.PARENTS, Organisation.Kind.GROUP)


@transaction.atomic
def set_standing(*, seller: Organisation, wanted: TaxStanding, by: Any) -> TaxStanding:
    """From `wanted.valid_from` on; the first entry of a seller may begin on any day, later ones not before today.

    Raises NotYours, SellerOnly, FromTodayOn.
    """
    require_money(by)
    if seller.kind not in _SELLS:
        raise errors.SellerOnly
    Organisation.objects.select_for_update().get(pk=seller.pk)
    if wanted.valid_from < clock.today() and TaxStanding.objects.filter(seller=seller).exists():
        raise errors.FromTodayOn
    facts = {name: getattr(wanted, name) for name in ("is_vat_registered", "tax_id", "branch", "name", "address")}
    made, _new = TaxStanding.objects.update_or_create(
        seller=seller,
        valid_from=wanted.valid_from,
        defaults={**facts, "made_at": clock.now(), "made_by": by},
    )
    history.record(organisation=seller, act="documents.standing_set", by=by, what=f"{made.name} {made.branch}")
    return made


@transaction.atomic
def set_rate(*, valid_from: dt.date, basis_points: int, confirmed_until: dt.date | None, note: str, by: Any) -> VatRate:
    """A rate from a day on, today at the earliest; a row of the same day that has not begun is replaced. Raises NotYours, FromTodayOn."""
    require_money(by)
    if valid_from < clock.today():
        raise errors.FromTodayOn
    facts = {"basis_points": basis_points, "confirmed_until": confirmed_until, "note": note.strip()[:200]}
    made, _new = VatRate.objects.update_or_create(
        valid_from=valid_from, defaults={**facts, "made_at": clock.now(), "made_by": by}
    )
    return made

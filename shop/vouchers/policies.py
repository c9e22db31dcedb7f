"""Who makes vouchers: of the fund those who keep the market's money, two of them; of a group those who answer for its money."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from shop.payment.policies import keeps_money, money_or_404, require_money
from shop.vouchers.models import Voucher
from vendors import errors
from vendors.models import Organisation
from vendors.policies import Right, forget_standing, may, workspace_or_404

__all__ = ["giver_or_404", "keeps_money", "money_or_404", "require_giver", "require_money", "voucher_or_404"]


def gives(user: Any, organisation: Organisation) -> bool:
    """May this person give vouchers of the group: its managers and treasurers, nobody by a grant."""
    return organisation.kind == Organisation.Kind.GROUP and may(user, Right.BOOKS, organisation)


def giver_or_404(user: Any, workspace: str) -> Organisation:
    """The door to a group's vouchers: not yours looks like not there."""
    organisation = workspace_or_404(user, workspace)
    if not gives(user, organisation):
        raise Http404("no such page")
    return organisation


def require_giver(user: Any, organisation: Organisation) -> None:
    """For services: reads the posts anew inside the transaction. Raises NotYours."""
    forget_standing(user)
    if not gives(user, organisation):
        raise errors.NotYours


def voucher_or_404(user: Any, code: str, *, of: Organisation | None = None) -> Voucher:
    """One voucher: of a group for its own people, any for who keeps the market's money."""
    if of is None:
        money_or_404(user)
    rows = Voucher.objects.select_related("payer", "group", "spending")
    mine = rows if of is None else rows.filter(bearer=Voucher.Bearer.GROUP, payer=of)
    found = mine.filter(code=code.upper()).first()
    if found is None:
        raise Http404("no such voucher")
    return found

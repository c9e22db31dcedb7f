"""Who pays out: those who keep the market's money. Who reads a statement and enters bank details: its treasurers and managers."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from shop.payment.policies import keeps_money, money_or_404, require_money
from shop.payouts.models import BankAccount, PayoutBatch
from vendors import errors
from vendors.models import Organisation
from vendors.policies import Right, forget_standing, may, workspace_or_404

EARNS = frozenset({Organisation.Kind.GROUP, *Organisation.PARENTS, *Organisation.NETWORKS})
"""What earns with sales: everything in the tree, no office."""

__all__ = [
    "account_or_404",
    "batch_or_404",
    "keeps_money",
    "money_or_404",
    "purse_or_404",
    "require_details",
    "require_money",
]


def purse_or_404(user: Any, workspace: str) -> Organisation:
    """The door to an organisation's money: not yours looks like not there."""
    organisation = workspace_or_404(user, workspace)
    if organisation.kind not in EARNS or not (may(user, Right.BOOKS, organisation) or keeps_money(user)):
        raise Http404("no such page")
    return organisation


def require_details(user: Any, organisation: Organisation) -> None:
    """For services: who enters bank details. Reads the posts anew inside the transaction. Raises NotYours."""
    forget_standing(user)
    if not may(user, Right.MANAGE, organisation):
        raise errors.NotYours


def batch_or_404(user: Any, code: str) -> PayoutBatch:
    """A batch, for who keeps the market's money."""
    money_or_404(user)
    found = PayoutBatch.objects.select_related("made_by", "approved_by", "sent_by").filter(code=code.upper()).first()
    if found is None:
        raise Http404("no such payouts")
    return found


def account_or_404(user: Any, pk: int) -> BankAccount:
    """Bank details, for who keeps the market's money."""
    money_or_404(user)
    found = BankAccount.objects.select_related("organisation").filter(pk=pk, ended_at=None).first()
    if found is None:
        raise Http404("no such account")
    return found

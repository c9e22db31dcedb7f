"""Who keeps the market's money: administrators, and treasurers of the department itself (docs/decisions/050)."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from shop.payment.models import PaymentProblem, Refund
from vendors import errors
from vendors.models import Membership, Organisation
from vendors.policies import forget_standing, standing_of


def keeps_money(user: Any) -> bool:
    """May this person see buyers' payments, give money back and settle what does not fit?"""
    standing = standing_of(user)
    return standing.is_administrator or any(
        post.is_office and post.province_id is None and post.role == Membership.Role.TREASURER
        for post in standing.posts
    )


def require_money(user: Any) -> None:
    """For services: reads the posts anew inside the transaction. Raises NotYours."""
    forget_standing(user)
    if not keeps_money(user):
        raise errors.NotYours


def money_or_404(user: Any) -> None:
    """The door to all pages of the money: not yours looks like not there."""
    if not keeps_money(user):
        raise Http404("no such page")


def problem_or_404(user: Any, pk: int) -> PaymentProblem:
    """One thing to look at."""
    money_or_404(user)
    found = PaymentProblem.objects.select_related("attempt__order", "refund", "closed_by").filter(pk=pk).first()
    if found is None:
        raise Http404("no such problem")
    return found


def holder_or_404(user: Any, code: str) -> Organisation:
    """An organisation that has taken cash at the door."""
    money_or_404(user)
    found = Organisation.objects.filter(code=code, cash_held__isnull=False).distinct().first()
    if found is None:
        raise Http404("nobody who holds cash")
    return found


def refund_or_404(user: Any, pk: int) -> Refund:
    """One refund."""
    money_or_404(user)
    found = Refund.objects.select_related("attempt__order", "asked_by").filter(pk=pk).first()
    if found is None:
        raise Http404("no such refund")
    return found

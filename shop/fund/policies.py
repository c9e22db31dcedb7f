"""Who asks for the fund's money and who decides: those who keep the market's money. Everybody reads its books."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from shop.fund.models import Spending
from shop.payment.policies import keeps_money, money_or_404, require_money

__all__ = ["keeps_money", "money_or_404", "require_money", "spending_or_404"]


def spending_or_404(user: Any, code: str) -> Spending:
    """One spending, for who keeps the market's money."""
    money_or_404(user)
    rows = Spending.objects.select_related("network", "document", "asked_by", "decided_by")
    found = rows.filter(code=code.upper()).first()
    if found is None:
        raise Http404("no such spending")
    return found

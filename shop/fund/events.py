"""Moments of the fund that upper rooms act on in the same transaction."""

from __future__ import annotations

from shop.common.hooks import Hook
from shop.fund.models import Spending

spending_decided: Hook[Spending] = Hook("fund.spending_decided")
"""The second person said yes (it is booked) or no."""

"""What a person would sensibly do next, most urgent first: shown on the account's first page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shop.basket.selectors import piece_count
from shop.order.models import VendorOrder
from shop.order.selectors import orders_of
from shop.people.address.models import UserAddress
from shop.people.models import User
from shop.theme import formats

_MOST = 3


@dataclass(frozen=True)
class Step:
    """One thing to do: a sentence, what the button says, where it leads."""

    text: str
    action: str
    url: str
    urgent: bool = False


def next_steps(user: User, basket: Any) -> list[Step]:
    """At most three; four queries."""
    steps = [*_to_pay(user), *_basket(basket), *_about_the_account(user)]
    return steps[:_MOST]


def _to_pay(user: User) -> list[Step]:
    language = "en" if (get_language() or "th").startswith("en") else "th"
    waiting = orders_of(user).filter(cancelled_at=None, vendor_orders__state=VendorOrder.State.AWAITING_PAYMENT)
    steps = []
    for order in waiting.distinct()[:_MOST]:
        facts = {"number": order.number, "total": formats.baht(order.total_incl_tax, language)}
        text = _("Order %(number)s waits for %(total)s.") % facts
        if order.pay_by:
            until = formats.date_time(timezone.localtime(order.pay_by), language)
            text += " " + _("We hold the goods until %(until)s.") % {"until": until}
        steps.append(Step(text, _("Pay"), reverse("orders:detail", args=[order.number]), urgent=True))
    return steps


def _basket(basket: Any) -> list[Step]:
    pieces = piece_count(basket)
    if not pieces:
        return []
    text = _("%(pieces)s pieces lie in your basket.") % {"pieces": pieces}
    return [Step(text, _("To the basket"), reverse("basket:summary"))]


def _about_the_account(user: User) -> list[Step]:
    steps = []
    if not EmailAddress.objects.filter(user=user, verified=True).exists():
        text = _("Confirm your e-mail, so that you can get back in if you forget the password.")
        steps.append(Step(text, _("Confirm the e-mail"), reverse("account_email")))
    if not UserAddress.objects.filter(user=user).exists():
        text = _("Save your address, and ordering takes a minute less.")
        steps.append(Step(text, _("Add an address"), reverse("customer:address-create")))
    return steps

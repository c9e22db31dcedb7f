"""What the basket does when a person signs in, asks for their data, or leaves."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shop.basket import services
from shop.basket.models import Basket, Line
from shop.people.events import Copy, Departure, Section, copy_wanted, person_left

_KEPT = (Basket.OPEN, Basket.SAVED)


@receiver(user_logged_in, dispatch_uid="basket.merge")
def merge_cookie_basket(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """Keeps what was collected before signing in."""
    if request is None:
        return
    for name in (services.COOKIE, services.SAVED_COOKIE):
        pk = services.cookie_basket_id(request, name)
        if pk is not None:
            services.merge_into_own(user=user, cookie_basket_id=pk)
    request.__dict__.pop("_market_baskets", None)


@copy_wanted.register
def tell_basket(copy: Copy) -> None:
    """What lies in the open basket."""
    labels = {"name": _("Name"), "quantity": _("Quantity"), "since": _("Since")}
    lines = Line.objects.filter(basket__owner=copy.user, basket__status__in=_KEPT).order_by("pk")
    rows = [
        {"name": row["product__title"], "quantity": row["quantity"], "since": row["date_created"]}
        for row in lines.values("product__title", "quantity", "date_created")
    ]
    copy.add(Section("basket", _("Basket"), labels, rows))


@person_left.register
def empty_basket(departure: Departure) -> None:
    """Open baskets go; those that became orders hold nothing but goods and stay with them."""
    departure.removed["baskets"] = Basket.objects.filter(owner=departure.user, status__in=_KEPT).delete()[0]

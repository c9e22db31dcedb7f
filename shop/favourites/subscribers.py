"""What a guest marked is kept once they sign in; a person's marks are told to them and go with them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError
from shop.favourites import services
from shop.favourites.models import Favourite, Follow
from shop.people.events import Copy, Departure, Section, copy_wanted, person_left

WAITING = "marked_before_login"
"""In the session of a guest: what they marked last, until they sign in."""


@receiver(user_logged_in, dispatch_uid="favourites.keep")
def keep_what_the_guest_marked(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """The heart or the follow that asked for the login; what has gone in the meantime is left out."""
    session = getattr(request, "session", None)
    marked = session.pop(WAITING, None) if session is not None else None
    if not isinstance(marked, list) or len(marked) != 2:
        return
    kind, key = marked
    try:
        if kind == "favourite":
            services.add_favourite(user=user, product_id=key)
        elif kind == "follow":
            services.follow_group(user=user, group_id=key)
    except MarketError:
        pass  # no longer on the market: the login itself goes on


@copy_wanted.register
def tell_marks(copy: Copy) -> None:
    """Hearts and followed groups, by name."""
    labels = {"name": _("Name"), "since": _("Since")}
    hearts = Favourite.objects.filter(user=copy.user).order_by("pk").values("created_at", "product__title")
    follows = Follow.objects.filter(user=copy.user).order_by("pk").values("created_at", "group__name_th")
    rows = [{"name": row["product__title"], "since": row["created_at"]} for row in hearts]
    copy.add(Section("favourites", _("Favourites"), labels, rows))
    rows = [{"name": row["group__name_th"], "since": row["created_at"]} for row in follows]
    copy.add(Section("followed_groups", _("Followed groups"), labels, rows))


@person_left.register
def forget_marks(departure: Departure) -> None:
    """They belong to nobody else."""
    departure.removed["favourites"] = Favourite.objects.filter(user=departure.user).delete()[0]
    departure.removed["followed_groups"] = Follow.objects.filter(user=departure.user).delete()[0]

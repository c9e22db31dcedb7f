"""What a guest marked is kept once they sign in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from shop.common.errors import MarketError
from shop.favourites import services

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

"""Handing in and deciding as people do it, through the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core import mail
from django.test import Client

from shop.common import clock, outbox
from tests.market import Market, photo
from vendors.models import Certificate

BACKEND = "django.contrib.auth.backends.ModelBackend"


def client_of(market: Market, name: str) -> Client:
    client = Client()
    client.force_login(market.people[name], backend=BACKEND)
    return client


def thai(day: dt.date | None) -> str:
    """As people type it: 5/12/2569."""
    return f"{day.day}/{day.month}/{day.year + 543}" if day else ""


def values(market: Market, *, products: tuple[str, ...] = ("kratip",), **changed: Any) -> dict[str, Any]:
    """A form filled without a mistake: of TCPS, from ten days ago for a year."""
    today = clock.today()
    filled = {
        "number": "มผช. 77/2563",
        "issued_on": thai(today - dt.timedelta(days=10)),
        "expires_on": thai(today + dt.timedelta(days=355)),
        "scope": "products",
        "products": [market.products[key].pk for key in products],
        "act": "hand_in",
        "evidence": photo(),
    }
    return {name: value for name, value in {**filled, **changed}.items() if value is not None}


def hand_in(market: Market, group: str = "north", *, path: str = "new/TCPS/", **changed: Any) -> Any:
    """Sends the form as the group's manager."""
    products = changed.pop("products", ("kratip",))
    return client_of(market, group).post(
        f"/workspace/{market.groups[group].slug}/certificates/{path}", values(market, products=products, **changed)
    )


def decide(market: Market, certificate: Certificate, act: str, who: str = "officer", **data: Any) -> Any:
    """The officer's press, on the page as it is now."""
    certificate.refresh_from_db()
    return client_of(market, who).post(
        f"/office/certificates/{certificate.code}/{act}/", {"seen": certificate.version, **data}
    )


def letters() -> list[tuple[str, str]]:
    """Brings the news and takes the letters away: (to, subject)."""
    while outbox.work_off():
        pass
    found = [(letter.to[0], letter.subject) for letter in mail.outbox]
    mail.outbox.clear()
    return found

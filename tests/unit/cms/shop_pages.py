"""Handles for the tests of shop pages: saving a part as the form does."""

from __future__ import annotations

from typing import Any

from django.test import Client

from cms.selectors import pages_of
from cms.shop_page import digest
from tests.market import Market

BASE = "/workspace/north-group/page/"


def client_of(market: Market, who: str) -> Client:
    client = Client()
    client.force_login(market.people[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def seen(market: Market, part: str) -> str:
    return digest(pages_of(market.groups["north"].pk).draft, part)


def rows_of(market: Market, part: str) -> str:
    """The hidden field that says which rows the form shows."""
    token: str = client_of(market, "north").get(f"{BASE}edit/{part}/").context["form"].rows_token
    return token


def save(market: Market, part: str, who: str = "north", **typed: Any) -> Any:
    data = {"seen": seen(market, part), **typed}
    return client_of(market, who).post(f"{BASE}edit/{part}/", data)


def publish(market: Market, who: str = "north") -> Any:
    version = pages_of(market.groups["north"].pk).version
    return client_of(market, who).post(f"{BASE}publish/", {"seen": version})

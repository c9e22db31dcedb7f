"""Finding a guest's order by number and contact: with a limit on tries, and also while the cache is away."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.journeys.test_buying import check_out, fill
from tests.market import GUEST, Market

AWAY = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",
        "OPTIONS": {"IGNORE_EXCEPTIONS": True},
    }
}


def order_number(client: Client, market: Market) -> str:
    fill(client, market, hat=1)
    return str(check_out(client).url.split("/")[2])


def ask(number: str, contact: str) -> Any:
    return Client().post("/orders/find/", {"number": number, "contact": contact})


@pytest.mark.django_db
def test_the_eleventh_try_is_refused_even_when_it_is_right(client: Client, market: Market) -> None:
    number = order_number(client, market)
    assert ask(number, GUEST["email"]).status_code == 302
    for _try in range(9):
        assert ask(number, "somebody@example.test").status_code == 422
    refused = ask(number, GUEST["email"])
    assert refused.status_code == 422
    assert "รออีก 15 นาที" in refused.content.decode()


@pytest.mark.django_db
def test_it_is_found_while_the_cache_is_away(client: Client, market: Market, settings: Any) -> None:
    number = order_number(client, market)
    settings.CACHES = AWAY
    assert ask(number, "somebody@example.test").status_code == 422
    assert ask(number, GUEST["phone"]).status_code == 302

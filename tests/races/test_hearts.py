"""A double click on a heart, in many tabs at once, is one row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from shop.favourites.models import Favourite, Follow
from tests.market import Market

pytestmark = pytest.mark.race


def test_twenty_clicks_at_once_are_one_heart_and_one_follow(
    race_market: Market, at_once: Callable[..., list[Any]]
) -> None:
    buyer, hat, north = race_market.people["buyer"], race_market.products["hat"], race_market.groups["north"]
    client = Client()
    client.force_login(buyer, backend="django.contrib.auth.backends.ModelBackend")
    cookies = client.cookies

    def press(path_and_key: tuple[str, int]) -> int:
        one = Client()
        one.cookies = cookies
        return one.post(path_and_key[0], {"add": path_and_key[1]}, HTTP_ACCEPT="application/json").status_code

    clicks = [("/account/favourites/change/", hat.pk), ("/account/following/change/", north.pk)] * 20
    assert at_once(press, clicks, threads=16) == [200] * 40
    assert list(Favourite.objects.values_list("user_id", "product_id")) == [(buyer.pk, hat.pk)]
    assert list(Follow.objects.values_list("user_id", "group_id")) == [(buyer.pk, north.pk)]

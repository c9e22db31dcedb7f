"""An account deleted in many tabs at once is deleted once; of two managers who leave at once, one stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from shop.people.models import AccountDeletion
from tests.market import PASSWORD, Market, make_user
from vendors.models import Membership
from vendors.services import add_member

pytestmark = pytest.mark.race
DELETE = "/account/privacy/delete/"


def _client(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_deleting_in_many_tabs_is_one_deletion(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    cookies = _client(race_market.people["buyer"]).cookies

    def press(_tab: int) -> str:
        one = Client()
        one.cookies = cookies
        return str(one.post(DELETE, {"word": PASSWORD}).headers.get("Location", ""))

    answers = at_once(press, [1, 2, 3, 4], threads=4)
    assert "/account/left/" in answers
    assert {answer.split("?")[0] for answer in answers} <= {"/account/left/", "/auth/login/"}
    assert AccountDeletion.objects.count() == 1


def test_of_two_managers_who_leave_at_once_one_stays(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    north, second = race_market.groups["north"], make_user("second")
    add_member(organisation=north, user=second, role=Membership.Role.MANAGER)
    clients = [_client(race_market.people["north"]), _client(second)]
    statuses = at_once(lambda client: client.post(DELETE, {"word": PASSWORD}).status_code, clients, threads=2)
    assert sorted(statuses) == [302, 422]
    assert Membership.objects.filter(organisation=north, role=Membership.Role.MANAGER).count() == 1

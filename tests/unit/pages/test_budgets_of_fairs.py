"""Fairs: how many queries a page may cost, and that the number does not grow with who comes."""

from __future__ import annotations

import pytest
from django.test import Client

from cms.models import Fair
from tests.market import Market, make_group, make_product, make_user, signed_in
from tests.unit.cms.fairs import add_kind, apply, give, make_fair
from tests.unit.pages.test_query_budgets import count, read
from vendors.models import Membership
from vendors.services import add_member

pytestmark = pytest.mark.django_db
PAGES = {
    "fairs": ("/fairs/", 4),
    "fair": ("/fairs/lanna-fair/", 11),
    "search": ("/fairs/lanna-fair/?q=กระ", 11),
    "calendar": ("/fairs/lanna-fair/calendar.ics", 2),
}
OFFICE = {
    "list": ("/office/fairs/", 12),
    "fair": ("/office/fairs/lanna-fair/", 12),
    "booths": ("/office/fairs/lanna-fair/booths/", 12),
    "application": ("/office/fairs/lanna-fair/applications/{code}/", 12),
    "sheet": ("/office/fairs/lanna-fair/exhibitors.xlsx", 12),
}
GROUP = {"list": ("/workspace/north-group/fairs/", 12), "fair": ("/workspace/north-group/fairs/lanna-fair/", 16)}


def fill(market: Market, fair: Fair, first: int, number: int) -> None:
    """More groups with a booth and two goods each, and more fairs beside."""
    for each in range(first, first + number):
        key = f"more{each}"
        make_group(market, key, f"กลุ่มเพิ่ม {each}", "TH-50")
        market.people[key] = make_user(key)
        add_member(organisation=market.groups[key], user=market.people[key], role=Membership.Role.MANAGER)
        for good in (f"a{each}", f"b{each}"):
            make_product(market, good, key, title=f"กระเป๋า {good}")
        give(apply(market, fair, key, f"a{each}", f"b{each}"), f"ค{each + 1}")
        make_fair(name_en=f"More {each}")


def test_pages_of_fairs_are_flat(market: Market) -> None:
    fair = make_fair()
    add_kind(fair, "ค", 40)
    give(apply(market, fair, "north", "kratip"), "ก1")
    code = apply(market, fair, "isan", "hat").code
    clients = (Client(), signed_in(market.people["officer"]), signed_in(market.people["north"]))
    pages = [
        (client, path.format(code=code), most)
        for client, part in zip(clients, (PAGES, OFFICE, GROUP), strict=True)
        for path, most in part.values()
    ]
    fill(market, fair, 0, 2)
    for client, path, _most in pages:
        read(client, path)()
    few = {path: count(read(client, path)) for client, path, _most in pages}
    fill(market, fair, 2, 10)
    many = {path: count(read(client, path)) for client, path, _most in pages}
    assert many == few
    assert {path: many[path] for _client, path, most in pages if many[path] > most} == {}

"""Applying, deciding and the record: how many queries a page may cost, and that the number does not grow with what is on it."""

from __future__ import annotations

import pytest
from django.test import Client

from shop.common import clock
from tests.market import Market
from tests.unit.pages.test_query_budgets import BACKEND, count, read
from vendors import history
from vendors.models import GroupApplication, GroupRecord, Organisation, Support, Training
from vendors.services import create_organisation

pytestmark = pytest.mark.django_db


def join(market: Market, number: int, first: int) -> None:
    """More applications, drafts, support and trainings in the northern province."""
    parent, person = market.groups["north"].get_parent(), market.people["buyer"]
    for each in range(first, first + number):
        group = create_organisation(kind="group", parent=Organisation.objects.get(pk=parent.pk), name_th=f"กลุ่ม{each}")
        GroupRecord.objects.create(organisation=group, reviewer=market.people["officer"], handed_in_at=clock.now())
        GroupApplication.objects.create(code=f"D{each}", applicant=person, name_th=f"ร่าง {each}", parent=parent)
        for row in (Support, Training):
            words = {"kind": "capital", "giver": "ก", "what": "ข"} if row is Support else {"title": "ค"}
            row.objects.create(
                code=f"{row.__name__}{each}", organisation=market.groups["north"], on=clock.today(), **words
            )
        history.record(organisation=market.groups["north"], act="record.changed", by=market.people["north"])


def test_applying_deciding_and_the_record_are_flat(market: Market) -> None:
    person, officer, member, coop = Client(), Client(), Client(), Client()
    for client, name in ((person, "buyer"), (officer, "officer"), (member, "north"), (coop, "cooperative")):
        client.force_login(market.people[name], backend=BACKEND)
    north = market.groups["north"]
    join(market, 2, 0)
    code = GroupApplication.objects.get(code="D0").code
    own, below = f"/workspace/{north.slug}/record", f"/workspace/{north.get_parent().slug}/below/{north.slug}/record"
    pages = [
        (person, "/workspace/apply/", 9),
        (person, f"/workspace/apply/{code}/who/", 12),
        (person, f"/workspace/apply/{code}/check/", 9),
        (person, "/workspace/apply/cooperatives/?province=TH-50", 5),
        (officer, "/office/groups/", 9),
        (officer, "/office/groups/?state=approved", 9),
        (officer, f"/office/groups/{north.slug}/", 26),
        (member, f"{own}/", 22),
        (member, f"{own}/edit/", 12),
        (member, f"{own}/support/", 10),
        (member, f"{own}/trainings/", 10),
        (coop, f"{below}/", 22),
    ]
    few = {path: count(read(client, path)) for client, path, _most in pages}
    join(market, 12, 2)
    many = {path: count(read(client, path)) for client, path, _most in pages}
    assert many == few
    assert {path: many[path] for _client, path, most in pages if many[path] > most} == {}

"""The demo's trainings: made through the services, alive on their pages, the same people each time."""

from __future__ import annotations

import random

import pytest
from django.test import Client

from cms.models import Course, Registration
from shop.seed.market import Demo
from shop.seed.trainings import make_trainings
from tests.market import Market, make_group, make_user, signed_in
from vendors.models import Membership, Organisation
from vendors.services import add_member

pytestmark = pytest.mark.django_db


def test_one_was_one_has_places_left_and_one_is_full(market: Market) -> None:
    for number in range(6):
        group = make_group(market, f"more-{number}", f"กลุ่มตัวอย่าง {number}", "TH-50")
        Organisation.objects.filter(pk=group.pk).update(is_demo=True, contact_name=f"คนที่ {number}")
    group_a, group_b = market.groups["isan"], market.groups["south"]
    offices = Organisation.objects.filter(kind=Organisation.Kind.OFFICE)
    users = {"manager.a": market.people["isan"], "manager.b": market.people["south"]}
    users |= {"admin": market.people["administrator"]}
    for name, province in (("officer.x", group_a.province), ("officer.y", group_b.province), ("chief", None)):
        users[name] = make_user(name)
        add_member(organisation=offices.get(province=province), user=users[name], role=Membership.Role.OFFICER)
    demo = Demo(dice=random.Random(1))
    make_trainings(demo, {f"{name}@example.test": user for name, user in users.items()}, group_a, group_b)
    past, full, coming = Course.objects.order_by("starts_at")
    found = {course.pk: list(course.registrations.values_list("state", flat=True)) for course in (past, full, coming)}
    assert sorted(found[past.pk]) == ["absent", "attended", "attended", "attended", "attended"]
    assert found[full.pk] == ["registered"] * 4 + ["waiting"] * 2
    assert found[coming.pk] == ["registered"] * 5
    assert group_a.trainings.get().people == 2
    assert Registration.objects.filter(registered_by=None).count() == 0
    assert Client().get("/trainings/").content.decode().count('class="tn-card"') == 2
    member = signed_in(users["manager.a"])
    url = f"/workspace/{group_a.slug}/trainings/"
    html = member.get(url).content.decode()
    assert html.count("/certificate/") == 2
    assert "label-checklist" in member.get(f"{url}{past.code}/").content.decode()

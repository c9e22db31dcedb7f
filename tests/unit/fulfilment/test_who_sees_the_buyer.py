"""A buyer's name, phone and address: for who packs the parcel, while they have it; design §3."""

from __future__ import annotations

import pytest
from django.test import Client

from shop.order.models import VendorOrder
from tests.journeys.test_buying import check_out, fill
from tests.market import GUEST, PASSWORD, Market, make_user
from vendors.models import Membership
from vendors.services import add_member

pytestmark = pytest.mark.django_db
PHONE = "081 234 5678"


@pytest.mark.parametrize(
    ("role", "state", "seen"),
    [
        (Membership.Role.MANAGER, "to_accept", True),
        (Membership.Role.PACKER, "to_pack", True),
        (Membership.Role.PACKER, "handed_over", True),
        (Membership.Role.PACKER, "delivered", False),
        (Membership.Role.PACKER, "cancelled", False),
        (Membership.Role.PACKER, "awaiting_payment", False),
        (Membership.Role.EDITOR, "to_pack", False),
        (Membership.Role.TREASURER, "to_pack", False),
    ],
)
def test_name_and_address_go_with_the_parcel(client: Client, market: Market, role: str, state: str, seen: bool) -> None:
    fill(client, market, hat=1)
    check_out(client)
    part = VendorOrder.objects.get()
    VendorOrder.objects.filter(pk=part.pk).update(state=state)
    person = make_user("member")
    add_member(organisation=market.groups["isan"], user=person, role=role)
    member = Client()
    assert member.login(email=person.email, password=PASSWORD)
    listed = member.get(f"/workspace/{part.group.slug}/orders/").content.decode()
    opened = member.get(f"/workspace/{part.group.slug}/orders/{part.number}/").content.decode()
    assert part.number in listed
    assert (GUEST["recipient"] in listed) is seen
    assert (GUEST["recipient"] in opened) is seen
    assert (PHONE in opened) is seen
    assert PHONE not in listed

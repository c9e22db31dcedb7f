"""Who a parcel is for: seen by the hub that handles it, while it does, and by nobody else."""

from __future__ import annotations

import pytest
from django.test import Client

from shop.fulfilment import collecting, services
from shop.fulfilment.models import Transfer
from tests.hubs import Hubs, build_hubs
from tests.market import Market, make_user, signed_in
from tests.unit.fulfilment.hub_pages import arrived, on_the_way, shelved, table, together
from tests.unit.rights.world import HOME
from vendors.models import Membership, Organisation
from vendors.services import add_member

pytestmark = pytest.mark.django_db
SECRETS = (HOME.recipient, HOME.phone, "081 234 5678", "081-234-5678", HOME.line1, "buyer@example.test")
ALL = ("", "scan/", "transfers/", "transfers/?way=out", "purchases/", "purchases/?which=waiting", "counter/")
PARCELS = tuple(f"parcels/?which={which}" for which in ("send", "shelve", "shelf", "past", "sent"))


@pytest.fixture
def hubs(market: Market) -> Hubs:
    return build_hubs(market)


def told(client: Client, path: str) -> list[str]:
    """Which of the buyer's secrets a page tells."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    page = answer.content.decode()
    return [secret for secret in SECRETS if secret in page]


def test_lists_boxes_transfers_and_purchases_name_nobody(market: Market, hubs: Hubs) -> None:
    on_the_way(market, hubs, {"kratip": 2, "hat": 1})
    there = arrived(market, hubs, {"kratip": 1})
    together(market, hubs, {"kratip": 1})
    shelved(market, hubs, {"kratip": 1})
    for key in ("north", "isan", "bangkok"):
        desk = table(hubs, key)
        paths = [desk.base + path for path in (*ALL, *PARCELS)]
        paths += [f"{desk.base}transfers/{row.code}/" for row in Transfer.objects.filter(to_place=desk.hub)]
        number = there.vendor_orders.get().number
        paths += [f"{desk.base}boxes/{number}/", f"{desk.base}scan/?box={number}"] if key != "isan" else []
        paths += [f"{desk.base}purchases/{there.number}/"] if key == "bangkok" else []
        paths += [f"/workspace/{desk.hub.organisation.slug}/", f"/workspace/{desk.hub.organisation.slug}/hub/below/"]
        assert {path: told(desk.client, path) for path in paths if told(desk.client, path)} == {}


def test_by_courier_the_hub_reads_the_address_until_it_has_arrived(market: Market, hubs: Hubs) -> None:
    parcel = together(market, hubs, {"kratip": 3})
    bangkok = table(hubs, "bangkok")
    page = f"{bangkok.base}parcels/{parcel.code}/"
    assert HOME.recipient in told(bangkok.client, page)
    assert HOME.line1 in told(bangkok.client, page)
    services.send_parcel(parcel=parcel, carrier="KEX", tracking="1", by=bangkok.packer)
    assert HOME.recipient in told(bangkok.client, page), "for questions of the carrier"
    services.deliver_parcel(parcel=parcel, by=bangkok.packer)
    assert told(bangkok.client, page) == []
    assert table(hubs, "north").get(f"parcels/{parcel.code}/").status_code == 404, "the collecting hub never"


def test_an_opened_parcel_names_nobody(market: Market, hubs: Hubs) -> None:
    parcel = together(market, hubs, {"kratip": 3})
    bangkok = table(hubs, "bangkok")
    services.take_apart(parcel=parcel, by=bangkok.packer)
    assert told(bangkok.client, f"{bangkok.base}parcels/{parcel.code}/") == []


def test_at_the_counter_the_name_alone_and_not_afterwards(market: Market, hubs: Hubs) -> None:
    parcel = shelved(market, hubs, {"kratip": 3})
    bangkok = table(hubs, "bangkok")
    page = f"{bangkok.base}parcels/{parcel.code}/"
    assert told(bangkok.client, page) == [HOME.recipient]
    code = collecting.code_of(parcel.order.plan)
    shown = bangkok.post("counter/", {"code": code}).content.decode()
    assert [secret for secret in SECRETS if secret in shown] == [HOME.recipient]
    assert code not in bangkok.get(f"parcels/{parcel.code}/").content.decode(), "the code is the customer's alone"
    services.hand_over_parcels(place=bangkok.hub, code=code, by=bangkok.packer)
    assert told(bangkok.client, page) == []


def test_other_roles_and_networks_see_numbers_and_no_parcel(market: Market, hubs: Hubs) -> None:
    parcel = together(market, hubs, {"kratip": 3})
    hub, bangkok = hubs.places["bangkok"], table(hubs, "bangkok")
    page = f"{bangkok.base}parcels/{parcel.code}/"
    national = Organisation.objects.get(kind=Organisation.Kind.NATIONAL)
    for name, organisation, role in (
        ("treasurer", hub.organisation, Membership.Role.TREASURER),
        ("above", national, Membership.Role.MANAGER),
        ("region", hub.organisation.get_parent(), Membership.Role.PACKER),
    ):
        person = make_user(name)
        add_member(organisation=organisation, user=person, role=role)
        client = signed_in(person)
        assert client.get(page).status_code == 404
        assert client.post(f"{page}open/").status_code == 404
        answer = client.get(f"/workspace/{organisation.slug}/hub/below/")
        assert answer.status_code == 200
        assert "จุดกระจาย bangkok" in answer.content.decode()
        assert [secret for secret in SECRETS if secret in answer.content.decode()] == []
    parcel.refresh_from_db()
    assert parcel.state == "ready"


def test_no_act_without_the_token(market: Market, hubs: Hubs) -> None:
    parcel = together(market, hubs, {"kratip": 3})
    bangkok = table(hubs, "bangkok")
    client = Client(enforce_csrf_checks=True)
    client.force_login(bangkok.packer, backend="django.contrib.auth.backends.ModelBackend")
    for path in ("scan/", "counter/", "counter/hand-over/", f"parcels/{parcel.code}/open/"):
        assert client.post(bangkok.base + path, {"code": "1"}).status_code == 403, path
    parcel.refresh_from_db()
    assert parcel.state == "ready"

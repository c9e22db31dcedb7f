"""Rights are read anew on each request: what is taken away is gone on the next one, open sessions included."""

from __future__ import annotations

import pytest
from django.test import Client

from shop.common.access import Kind
from shop.order.models import Line, VendorOrder
from tests.market import make_user
from tests.unit.rights.world import World
from vendors.models import Grant, Membership, Organisation
from vendors.services import add_member, remove_member, revoke_grant

Role = Membership.Role


def _path(world: World, act: str = "") -> str:
    assert world.shared is not None
    return f"/workspace/{world.market.groups['north'].slug}/orders/{world.shared.number}-1/{act}"


def _signed_in(world: World, name: str, **roles: str) -> Client:
    """A new person with a role in each of the named groups."""
    person = make_user(name)
    for group, role in roles.items():
        add_member(organisation=world.market.groups[group], user=person, role=role)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_removed_member_is_out_on_the_next_request(world: World) -> None:
    north = world.market.groups["north"]
    client = _signed_in(world, "packer", north=Role.PACKER)
    assert client.get(_path(world)).status_code == 200
    remove_member(membership=Membership.objects.get(user__email="packer@example.test"))
    assert client.get(_path(world)).status_code == 404
    assert client.post(_path(world, "accept/")).status_code == 404
    assert client.get("/workspace/").status_code == 404
    assert client.get(f"/workspace/{north.slug}/").status_code == 404
    assert VendorOrder.objects.get(number=f"{world.shared.number}-1").state == "to_accept"  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", [Kind.COOPERATIVE_MEMBER, Kind.HUB_PACKER])
def test_a_revoked_grant_ends_on_the_next_request(world: World, kind: Kind) -> None:
    client = world.clients[kind]
    assert client.get(_path(world)).status_code == 200
    revoke_grant(grant=Grant.objects.get(taker=world.workspace(kind)))
    assert client.get(_path(world)).status_code == 404
    assert client.post(_path(world, "accept/")).status_code == 404
    assert VendorOrder.objects.get(number=f"{world.shared.number}-1").state == "to_accept"  # type: ignore[union-attr]


def test_standing_above_a_group_gives_no_right_to_its_orders(world: World) -> None:
    Grant.objects.all().delete()
    for kind in (Kind.COOPERATIVE_MEMBER, Kind.HUB_PACKER, Kind.OFFICER, Kind.ADMINISTRATOR):
        assert world.clients[kind].get(_path(world)).status_code == 404


@pytest.mark.parametrize("role", [Role.EDITOR, Role.TREASURER])
def test_only_managers_and_packers_act_and_see_the_address(world: World, role: str) -> None:
    client = _signed_in(world, "other-role", north=role)
    page = client.get(_path(world))
    assert page.status_code == 200
    assert "081 234 5678" not in page.content.decode()
    assert "88/12" not in page.content.decode()
    assert client.post(_path(world, "accept/")).status_code == 404
    packer = _signed_in(world, "packer", north=Role.PACKER)
    assert "081 234 5678" in packer.get(_path(world)).content.decode()


def test_the_address_is_gone_once_the_parcel_has_arrived(world: World) -> None:
    client = _signed_in(world, "packer", north=Role.PACKER)
    sure = {"sure": list(Line.objects.values_list("pk", flat=True))}
    for act in ("accept/", "pack/", "hand-over/"):
        assert client.post(_path(world, act), sure).status_code == 302
        assert "081 234 5678" in client.get(_path(world)).content.decode()
    client.post(_path(world, "deliver/"), sure)
    page = client.get(_path(world)).content.decode()
    assert "081 234 5678" not in page
    assert "88/12" not in page


def test_several_memberships_do_not_mix(world: World) -> None:
    """Packer of one group and editor of another: packs for the first alone."""
    client = _signed_in(world, "two-groups", isan=Role.PACKER, north=Role.EDITOR)
    isan, number = world.market.groups["isan"].slug, world.shared.number  # type: ignore[union-attr]
    assert client.post(_path(world, "accept/")).status_code == 404
    assert client.post(f"/workspace/{isan}/orders/{number}-2/accept/").status_code == 302
    assert client.get(f"/workspace/{isan}/orders/{number}-1/").status_code == 404
    listed = client.get("/workspace/").content.decode()
    assert f"/workspace/{isan}/" in listed
    assert _path(world).split("orders")[0] in listed


def test_a_member_who_is_an_officer_as_well_enters_both(world: World) -> None:
    client = _signed_in(world, "both", north=Role.PACKER)
    office = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province_id="TH-50")
    person = Membership.objects.get(user__email="both@example.test").user
    assert client.get("/office/").status_code == 404
    add_member(organisation=office, user=person, role=Role.OFFICER)
    assert client.get("/office/").status_code == 200
    assert client.get(_path(world)).status_code == 200
    assert client.get("/office/transfers/").status_code == 404
    assert client.get(f"/workspace/{office.slug}/").status_code == 404


@pytest.mark.parametrize("kind", [Kind.GROUP_MEMBER, Kind.EDITOR, Kind.ADMINISTRATOR])
def test_an_inactive_account_is_nobody_at_once(world: World, kind: Kind) -> None:
    client, user = world.clients[kind], world.user(kind)
    order = world.orders[kind]
    assert client.get(f"/orders/{order.number}/").status_code == 200
    user.is_active = False
    user.save(update_fields=["is_active"])
    for path in ("/account/", "/workspace/", "/office/", "/cms/", "/office/shop/", _path(world)):
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer.url.startswith("/auth/login/?next="), path
    assert client.get(f"/orders/{order.number}/").status_code == 404
    assert client.post(_path(world, "accept/")).url.startswith("/auth/login/")
    assert client.get("/fragment/me/").json()["signed_in"] is False


def test_a_demoted_administrator_is_a_buyer_on_the_next_request(world: World) -> None:
    client, user = world.clients[Kind.ADMINISTRATOR], world.user(Kind.ADMINISTRATOR)
    assert client.get("/office/transfers/").status_code == 200
    user.is_superuser = False  # is_staff alone opens nothing
    user.save(update_fields=["is_superuser"])
    for path in ("/office/", "/office/transfers/", "/office/shop/", "/cms/", "/workspace/"):
        assert client.get(path).status_code == 404, path
    assert client.get("/account/").status_code == 200


def test_a_former_editor_is_out_of_the_cms(world: World) -> None:
    client = world.clients[Kind.EDITOR]
    assert client.get("/cms/").status_code == 200
    remove_member(membership=Membership.objects.get(user=world.user(Kind.EDITOR)))
    assert client.get("/cms/").status_code == 404
    assert client.get("/cms/pages/").status_code == 404

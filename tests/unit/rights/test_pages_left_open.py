"""A page of the workspace lay open while something changed: the person was removed, the group was suspended or closed.

Every address that takes a POST is asked, with objects that were the person's own a moment before.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from wagtail.models import Revision

from catalogue.models import GoodsDraft, Lot, PendingEdit, Product, ProductPicture
from cms.models import GroupPage, PageReview
from cms.selectors import pages_of
from shop.common.access import Kind
from shop.order.models import Line, VendorOrder
from shop.partner.models import StockRecord
from tests.unit.rights.registry import ENTRIES
from tests.unit.rights.walk import own_addresses
from tests.unit.rights.world import World
from vendors.models import Certificate, Grant, GroupRecord, Invitation, Membership
from vendors.services import add_member, remove_member
from vendors.services.organisations import close_group, suspend_group

GUARDED: tuple[type[Model], ...] = (
    Product,
    ProductPicture,
    PendingEdit,
    GoodsDraft,
    Lot,
    StockRecord,
    Revision,
    PageReview,
    VendorOrder,
    Line,
    Certificate,
    GroupRecord,
    Membership,
    Grant,
    Invitation,
)
WORDS = "ที่เพิ่งส่งมาไม่ได้บันทึก ทุกอย่างยังเหมือนเดิม"
ROOMS = ("workspace_goods:", "workspace_page:", "vendor_orders:", "workspace_certificates:", "workspace_record:")
NO_GOODS = ("workspace_goods:", "workspace_page:", "workspace_certificates:")
"""What a closed group does no more; what it has sold it still hands over, and its people stay told."""


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")


def _everything() -> dict[str, list[Any]]:
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in GUARDED}


def _posts(
    world: World, rooms: tuple[str, ...] = ("work", "vendor_orders:")
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Name, path and form of every address of North's workspace."""
    for address in own_addresses():
        if not (address.route.startswith("workspace/<slug:workspace>/") and address.name.startswith(rooms)):
            continue
        own = ENTRIES[address.name].own(world, Kind.GROUP_MEMBER)
        if isinstance(own, dict):
            yield address.name, reverse(address.name, kwargs=own), ENTRIES[address.name].data


def _ask(world: World, path: str, data: dict[str, Any]) -> tuple[int, str, bool]:
    """Status, page, and whether anything changed; whatever happened is taken back."""
    before = _everything()
    with transaction.atomic():
        answer = world.clients[Kind.GROUP_MEMBER].post(path, data, headers={"sec-fetch-site": "same-origin"})
        same = _everything() == before
        transaction.set_rollback(True)
    return answer.status_code, answer.content.decode(errors="replace"), same


@pytest.mark.slow
def test_a_removed_member_changes_nothing_and_is_told_in_words(world: World) -> None:
    north = world.market.groups["north"]
    posts = list(_posts(world))
    assert len(posts) >= 30
    assert any(not _ask(world, path, data)[2] for _name, path, data in posts), (
        "the control: as a member, something changes"
    )
    other = world.market.people["stranger"]
    add_member(organisation=north, user=other, role=Membership.Role.MANAGER)
    person = world.market.people["north"]
    remove_member(membership=Membership.objects.get(organisation=north, user=person))
    wrong = []
    for name, path, data in posts:
        status, page, same = _ask(world, path, data)
        if status != 404 or WORDS not in page or not same:
            wrong.append((name, status, WORDS in page, same))
    assert wrong == []


@pytest.mark.slow
def test_a_closed_group_changes_no_goods_page_or_paper(world: World) -> None:
    posts = list(_posts(world, NO_GOODS))
    close_group(group=world.market.groups["north"], by=None, reason="เลิกกิจการ")
    wrong = []
    for name, path, data in posts:
        status, page, same = _ask(world, path, data)
        if status not in (404, 405) or not same or (status == 404 and WORDS not in page):
            wrong.append((name, status, same))
    assert wrong == []


@pytest.mark.slow
def test_a_suspended_group_prepares_and_sells_nothing(world: World) -> None:
    """Every page answers in order; nothing of the group comes on sale, and its shop page is not published."""
    north = world.market.groups["north"]
    posts = list(_posts(world, ROOMS))
    suspend_group(group=north, by=None, reason="ตรวจฉลาก")
    sale = list(Product.objects.filter(group=north, sellable_from__isnull=False).values_list("pk", flat=True))
    assert sale == []
    wrong = []
    for name, path, data in posts:
        with transaction.atomic():
            answer = world.clients[Kind.GROUP_MEMBER].post(path, data, headers={"sec-fetch-site": "same-origin"})
            sells = Product.objects.filter(group=north, sellable_from__isnull=False).exists()
            transaction.set_rollback(True)
        if answer.status_code >= 500 or sells:
            wrong.append((name, answer.status_code, sells))
    assert wrong == []
    pk = world.market.products["kratip"].pk
    client = world.clients[Kind.GROUP_MEMBER]
    for act in ("withdraw", "publish"):
        client.post(reverse("workspace_goods:act", args=[north.slug, pk]), {"act": act})
    assert not Product.objects.filter(pk=pk, sellable_from__isnull=False).exists()
    live = _live_of(north.pk)
    told = client.post(reverse("workspace_page:publish", args=[north.slug]), {"seen": _version(north.pk)}, follow=True)
    assert "จึงยังเผยแพร่หน้าร้านไม่ได้" in told.content.decode()
    assert _live_of(north.pk) == live


def _live_of(group: int) -> list[int | None]:
    return list(GroupPage.objects.filter(group_id=group).order_by("pk").values_list("live_revision_id", flat=True))


def _version(group: int) -> str:
    return pages_of(group).version

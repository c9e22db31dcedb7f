"""Around every workspace page: the menu that one may open, the switcher, in whose place one acts, what stands below."""

from __future__ import annotations

import re

import pytest

from shop.fulfilment.services import accept
from shop.order.models import VendorOrder
from tests.market import Market, make_user, signed_in
from tests.unit.rights.world import order
from vendors import history
from vendors.models import Grant, Invitation, Membership, OfficerCheck, Organisation
from vendors.services import add_member, close_group, give_grant

pytestmark = pytest.mark.django_db
Role = Membership.Role
NORTH = "/workspace/north-group/"
ACTING = "กำลังทำแทน"


def menu(page: str) -> list[str]:
    nav = re.search(r'<nav class="ws-nav".*?</nav>', page, re.S)
    assert nav is not None
    return re.findall(r">([^<>]+)</a>", nav[0])


def test_the_menu_shows_what_the_person_may_open(market: Market) -> None:
    give_grant(giver=market.groups["north"], taker=market.groups["north"].get_parent())
    own = signed_in(market.people["north"])
    helper = signed_in(market.people["cooperative"])
    shown = {menu(own.get(NORTH).content.decode())[0], *menu(own.get(NORTH).content.decode())}
    assert {"หน้าแรก", "คำสั่งซื้อ", "คนขององค์กร", "การทำแทน", "ประวัติ"} <= shown
    helped = set(menu(helper.get(NORTH).content.decode()))
    assert helped & {"คนขององค์กร", "การทำแทน"} == set()
    for client, links in ((own, shown), (helper, helped)):
        urls = re.findall(r'<li><a href="(/workspace/[^"]+)"', client.get(NORTH).content.decode())
        assert len(urls) >= len(links)
        assert {client.get(url).status_code for url in urls} == {200}


def test_the_mark_stands_on_every_page_of_who_acts_for_another(market: Market) -> None:
    north = market.groups["north"]
    give_grant(giver=north, taker=north.get_parent())
    placed = order(market, market.people["buyer"], "kratip", method="cod").order
    number = placed.vendor_orders.get().number
    own, helper = signed_in(market.people["north"]), signed_in(market.people["cooperative"])
    line = placed.lines.get().pk
    pages = [
        "",
        "orders/",
        f"orders/{number}/",
        f"orders/{number}/short/{line}/",
        "history/",
        "certificates/",
        "goods/",
    ]
    pages += ["page/", "page/edit/story/", "page/edit/faces/", "page/edit/goods/", "lots/", "record/"]
    for path in pages:
        page = helper.get(NORTH + path).content.decode()
        assert ACTING in page, path
        assert "สหกรณ์กลุ่มจักสานบ้านดอย จำกัด" in page
        assert ACTING not in own.get(NORTH + path).content.decode(), path
    assert ACTING not in helper.get(f"/workspace/{north.get_parent().slug}/").content.decode()


def test_what_a_helper_does_is_signed_with_both_names(market: Market) -> None:
    north, helper = market.groups["north"], market.people["cooperative"]
    give_grant(giver=north, taker=north.get_parent())
    number = order(market, market.people["buyer"], "kratip", method="cod").order.vendor_orders.get().number
    assert signed_in(helper).post(f"{NORTH}orders/{number}/accept/").status_code == 302
    page = signed_in(market.people["north"]).get(f"{NORTH}history/").content.decode()
    line = re.search(r"<li><p><b>รับใบสั่ง</b>.*?</li>", page, re.S)
    assert line is not None
    assert number in line[0]
    assert "cooperative" in line[0]
    assert "ในนาม สหกรณ์กลุ่มจักสานบ้านดอย จำกัด" in line[0]
    assert re.search(r"25\d\d \d\d\.\d\d น\.", line[0])


def test_each_act_of_an_order_is_noted_and_a_refused_one_is_not(market: Market) -> None:
    north, member = market.groups["north"], market.people["north"]
    order(market, market.people["buyer"], "kratip", method="cod")
    part = VendorOrder.objects.get(group=north)
    client = signed_in(member)
    for act in ("pack", "accept", "accept", "pack", "hand-over", "deliver"):
        client.post(f"{NORTH}orders/{part.number}/{act}/", {"sure": part.lines.get().pk})
    noted = history.history_of(north).filter(action__startswith="market.order.").order_by("pk")
    assert [entry.action.removeprefix("market.order.") for entry in noted] == [
        "to_pack",
        "packed",
        "handed_over",
        "delivered",
    ]
    assert {(entry.user, entry.data["what"]) for entry in noted} == {(member, part.number)}


def test_the_switcher_names_the_other_workspaces(market: Market) -> None:
    person = make_user("both")
    add_member(organisation=market.groups["north"], user=person, role=Role.PACKER)
    client = signed_in(person)
    assert client.get("/workspace/").url == NORTH
    assert "เปลี่ยนที่ทำงาน" not in client.get(NORTH).content.decode()
    add_member(organisation=market.groups["isan"], user=person, role=Role.EDITOR)
    page = client.get(f"{NORTH}orders/").content.decode()
    switcher = re.search(r'<details class="ws-switch">.*?</details>', page, re.S)
    assert switcher is not None
    assert re.findall(r'href="([^"]+)"', switcher[0]) == ["/workspace/isan-group/"]
    listed = client.get("/workspace/").content.decode()
    assert NORTH in listed
    assert "/workspace/isan-group/" in listed


def test_a_network_finds_what_stands_below_and_nothing_else(market: Market) -> None:
    network = market.groups["north"].get_parent().get_parent()
    client = signed_in(market.people["hub"])
    page = client.get(f"/workspace/{network.slug}/").content.decode()
    assert "กลุ่มจักสานบ้านดอย" in page
    assert "กลุ่มทอผ้าบ้านโนน" not in page
    only = client.get(f"/workspace/{network.slug}/?kind=cooperative").content.decode()
    assert f"/below/{market.groups['north'].slug}/" not in only
    assert f"/below/{market.groups['north'].get_parent().slug}/" in only
    found = client.get(f"/workspace/{network.slug}/?q=จักสาน&kind=group").content.decode()
    assert f"/below/{market.groups['north'].slug}/" in found
    assert "ไม่พบรายการที่ค้นหา" in client.get(f"/workspace/{network.slug}/?q=qqqq").content.decode()


def test_one_below_is_read_in_sums_and_names_no_buyer(market: Market) -> None:
    north = market.groups["north"]
    cooperative = north.get_parent()
    for user in (market.people["buyer"], None):
        order(market, user, "kratip", method="cod")
    path = f"/workspace/{cooperative.slug}/below/{north.slug}/"
    page = signed_in(market.people["cooperative"]).get(path).content.decode()
    assert re.search(r"<dt>สินค้าที่วางขาย</dt><dd>1<small>จาก 1</small>", page)
    assert re.search(r"<dt>ใบรับรองที่ใช้ได้วันนี้</dt><dd>1</dd>", page)
    assert re.search(r'รอกลุ่มรับ.*?<td class="num">2</td>\s*<td class="num">240.00 บาท</td>', page, re.S)
    for secret in ("ญาณิศา", "081", "88/12", "buyer@example.test", "guest@example.test", *_numbers()):
        assert secret not in page, secret
    packer = make_user("packer")
    add_member(organisation=cooperative, user=packer, role=Role.PACKER)
    plain = signed_in(packer).get(path).content.decode()
    assert "240.00" not in plain
    assert '<td class="num">2</td>' in plain


def _numbers() -> list[str]:
    return list(VendorOrder.objects.values_list("number", flat=True))


def test_acting_for_a_group_opens_no_list_below_and_no_people(market: Market) -> None:
    north = market.groups["north"]
    give_grant(giver=north, taker=north.get_parent())
    helper = signed_in(market.people["cooperative"])
    assert helper.get(f"{NORTH}people/").status_code == 404
    assert helper.get(f"{NORTH}grants/").status_code == 404
    assert helper.get(f"{NORTH}below/{north.slug}/").status_code == 404


def test_a_group_lets_those_above_act_and_takes_it_back(market: Market) -> None:
    north, manager = market.groups["north"], signed_in(market.people["north"])
    cooperative = north.get_parent()
    helper = signed_in(market.people["cooperative"])
    assert helper.get(NORTH).status_code == 404
    assert manager.post(f"{NORTH}grants/{cooperative.slug}/", {"allowed": "yes"}).url == f"{NORTH}grants/"
    assert helper.get(NORTH).status_code == 200
    taken = helper.get(f"/workspace/{cooperative.slug}/grants/").content.decode()
    assert "กลุ่มจักสานบ้านดอย" in taken
    manager.post(f"{NORTH}grants/{cooperative.slug}/", {"allowed": "no"})
    assert helper.get(NORTH).status_code == 404
    acts = [entry.action for entry in history.history_of(cooperative)]
    assert acts[:2] == ["market.grant_to_us.revoked", "market.grant_to_us.given"]


@pytest.mark.parametrize("role", [Role.PACKER, Role.EDITOR, Role.TREASURER])
def test_only_a_manager_gives_a_grant_and_only_to_those_above(market: Market, role: str) -> None:
    north, other = market.groups["north"], make_user("other")
    add_member(organisation=north, user=other, role=role)
    cooperative, foreign = north.get_parent(), market.groups["isan"].get_parent()
    assert signed_in(other).get(f"{NORTH}grants/").status_code == 200
    assert signed_in(other).post(f"{NORTH}grants/{cooperative.slug}/", {"allowed": "yes"}).status_code == 404
    manager = signed_in(market.people["north"])
    national = Organisation.objects.get(kind=Organisation.Kind.NATIONAL)
    for taker in (foreign, national, north):
        assert manager.post(f"{NORTH}grants/{taker.slug}/", {"allowed": "yes"}).status_code == 404
    assert not Grant.objects.exists()


def test_accepting_counts_the_group_that_gave_the_order(market: Market) -> None:
    """The service itself notes the act, whoever calls it."""
    order(market, market.people["buyer"], "kratip", method="cod")
    part = VendorOrder.objects.get(group=market.groups["north"])
    accept(vendor_order=part, by=None)
    assert history.history_of(market.groups["north"]).first().user is None  # type: ignore[union-attr]


def test_a_closed_group_is_read_and_nothing_is_added(market: Market) -> None:
    north = market.groups["north"]
    own, office = signed_in(market.people["north"]), signed_in(market.people["officer"])
    note = {"note": "ไปดูมาแล้ว"}
    close_group(group=north, by=market.people["officer"], reason="สมาชิกเลิกทำ")
    page = own.get(NORTH).content.decode()
    assert "กลุ่มนี้ปิดไปแล้ว" in page
    assert "สมาชิกเลิกทำ" in page
    asked = own.post(f"{NORTH}people/invite/", {"email": "new@example.test", "role": "packer"}, follow=True)
    assert "เพิ่มอะไรไม่ได้อีก" in asked.content.decode()
    assert not Invitation.objects.exists()
    for path in ("certificates/new/", "certificates/new/TCPS/"):
        assert own.get(NORTH + path).status_code == 404, path
    office.post(f"/office/groups/{north.slug}/check/site/", note)
    assert not OfficerCheck.objects.filter(organisation=north).exists()

"""The market of the rights tests: one person of each kind, each with something of their own and something of others."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from catalogue.models import Category, Lot, Product
from catalogue.services import add_variant, create_product, enter_lot
from cms.models import PageModeration, PageReview
from cms.selectors import pages_of
from cms.services import hand_in_page, publish_article, publish_news, save_part
from cms.services.releases import begin_press_release
from cms.shop_page import digest
from media.services import store_private_file
from shop.basket.models import Basket, Line
from shop.basket.services import COOKIE, _signer, add_to_basket
from shop.checkout.services import Buyer, Placed, place_order
from shop.common import clock
from shop.common.access import Kind
from shop.order import links
from shop.order.models import Order
from shop.partner.services import set_offer
from shop.people import addresses
from shop.people.address.models import UserAddress
from shop.people.addresses import AddressData
from tests.market import Market, build_market, make_product, make_user, photo
from vendors.models import (
    Certificate,
    CertificationScheme,
    GroupApplication,
    ImportRun,
    Invitation,
    Organisation,
    Support,
)
from vendors.services import create_organisation, give_grant, invite, renew_secret, submit_certificate
from vendors.services.applications import start_application
from vendors.sheets.services import start_group_import, start_import

CAST = {
    Kind.BUYER: "buyer",
    Kind.GROUP_MEMBER: "north",
    Kind.COOPERATIVE_MEMBER: "cooperative",
    Kind.HUB_PACKER: "hub",
    Kind.OFFICER: "officer",
    Kind.EDITOR: "editor",
    Kind.ADMINISTRATOR: "administrator",
}
ARTICLE = "others-article"
HOME = AddressData("ญาณิศา ผู้พัฒน์", "0812345678", "88/12 ซอยพหลโยธิน 48", "100502", "10220")


@dataclass
class World:
    """Everything that the registry of addresses fills into addresses."""

    market: Market
    clients: dict[Kind, Client] = field(default_factory=dict)
    orders: dict[Kind, Order] = field(default_factory=dict)
    baskets: dict[Kind, Basket] = field(default_factory=dict)
    addresses: dict[Kind, UserAddress] = field(default_factory=dict)
    strangers_order: Order | None = None
    strangers_address: UserAddress | None = None
    strangers_line: Line | None = None
    shared: Order | None = None
    transfer: Placed | None = None
    guest: Placed | None = None
    draft_product: Product | None = None
    applied_group: Organisation | None = None
    submitted: Certificate | None = None
    draft_paper: Certificate | None = None
    invitation: Invitation | None = None
    office_invitation: Invitation | None = None
    secret: str = ""
    locked_page: PageViewRestriction | None = None
    imports: dict[Kind, ImportRun] = field(default_factory=dict)
    sheets: dict[str, ImportRun] = field(default_factory=dict)
    applications: dict[Kind, GroupApplication] = field(default_factory=dict)
    strangers_application: GroupApplication | None = None
    page_reviews: dict[str, PageReview] = field(default_factory=dict)
    support: Support | None = None
    hub_objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    trainings: dict[str, dict[str, Any]] = field(default_factory=dict)
    fairs: dict[str, dict[str, Any]] = field(default_factory=dict)
    story: int = 0
    others_story: int = 0

    lots: dict[str, Lot] = field(default_factory=dict)
    variant: Product | None = None

    def lot(self, product: str) -> Lot:
        """The lot of a product."""
        return self.lots[product]

    def user(self, kind: Kind) -> Any:
        """The person of a kind; None for the anonymous visitor."""
        return self.market.people[CAST[kind]] if kind in CAST else None

    def workspace(self, kind: Kind) -> Organisation | None:
        """The organisation that the person of a kind serves in the network."""
        north = self.market.groups["north"]
        cooperative = north.get_parent()
        own = {
            Kind.GROUP_MEMBER: north,
            Kind.COOPERATIVE_MEMBER: cooperative,
            Kind.HUB_PACKER: cooperative.get_parent(),
        }
        return own.get(kind)


def fill_basket(market: Market, user: Any, *keys: str) -> Basket:
    """An open basket with one piece of each named product."""
    basket = Basket.objects.create(owner=user, status=Basket.OPEN)
    for key in keys:
        add_to_basket(basket=basket, product_id=market.products[key].pk, quantity=1)
    return basket


def order(market: Market, user: Any, *keys: str, method: str = "test") -> Placed:
    """A placed order of the named products; `user` None is a guest."""
    basket = fill_basket(market, user, *keys)
    goods = sum(int(line.price_incl_tax * 100) for line in Line.objects.filter(basket=basket))
    return place_order(
        basket=basket,
        buyer=Buyer(email=user.email if user else "guest@example.test", phone=HOME.phone, user=user),
        address=HOME,
        method=method,
        expected_total_satang=goods + 5000 * len(keys),
    )


def build_world() -> World:
    """The market, an order, a basket and an address for each kind, and what belongs to others or to nobody yet."""
    world = World(build_market())
    market = world.market
    for key in ("kratip", "hat"):
        set_offer(product=market.products[key], place=market.places[_maker(key)], price_satang=12_000, in_stock=500)
    stranger = market.people["stranger"]
    for kind in Kind:
        _fill(world, kind)
    world.strangers_order = order(market, stranger, "hat").order
    world.strangers_address = addresses.remember(user=stranger, address=HOME)
    world.strangers_line = Line.objects.filter(basket=fill_basket(market, stranger, "hat")).get()
    world.shared = order(market, make_user("third"), "kratip", "hat", method="cod").order
    sized = make_product(market, "sized", "north", title="ตะกร้าสามขนาด")
    world.variant = add_variant(parent=sized, variant_th="ใบใหญ่", weight_g=700)
    for key in ("kratip", "hat"):
        world.lots[key] = enter_lot(product=market.products[key], made_on=clock.today(), quantity=10)
    world.transfer = order(market, make_user("payer"), "hat", method="transfer")
    _hidden(world)
    _sheets_of_goods(world)
    for kind in (Kind.OFFICER, Kind.ADMINISTRATOR):
        world.imports[kind] = _sheet(world, kind)
    for kind in CAST:
        world.applications[kind] = start_application(by=world.user(kind))
    world.strangers_application = start_application(by=stranger)
    _invited(world)
    _pages(world)
    north = market.groups["north"]
    world.support = Support.objects.create(
        code="SUPPORT01", organisation=north, kind="knowledge", on=clock.today(), what="บัญชี", giver="สหกรณ์"
    )
    for taker in (world.workspace(Kind.COOPERATIVE_MEMBER), world.workspace(Kind.HUB_PACKER)):
        assert taker is not None
        give_grant(giver=market.groups["north"], taker=taker)
    fill_hubs(world)
    fill_trainings(world)
    fill_fairs(world)
    pictures = Path(settings.MEDIA_ROOT) / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    (pictures / "rights.webp").write_bytes(b"RIFF")
    return world


def fill_hubs(world: World) -> None:
    """Boxes, transfers and parcels of two hubs (their module buys with an address of this one)."""
    from tests.unit.rights.hubs import objects_of_hubs

    world.hub_objects = objects_of_hubs(world.market)


def fill_trainings(world: World) -> None:
    """A training that comes and one that was, of two offices."""
    from tests.unit.rights.training_objects import objects_of_trainings

    world.trainings = objects_of_trainings(world.market)


def fill_fairs(world: World) -> None:
    """A fair of each of two offices, to which North and Isan have applied."""
    from tests.unit.rights.fairs import objects_of_fairs

    world.fairs = objects_of_fairs(world.market)


def _sheet(world: World, kind: Kind) -> ImportRun:
    """A sheet that was looked through and would bring one group."""
    text = f"ชื่อกลุ่ม,สหกรณ์หรือกลุ่มเกษตรกร\nกลุ่มของ {kind},{world.market.groups['north'].get_parent().code}\n"
    return start_import(by=world.user(kind), kind=ImportRun.Kind.GROUPS, file=io.BytesIO(text.encode()), name="a.csv")


def _sheets_of_goods(world: World) -> None:
    """A sheet of each of two groups that would bring one product."""
    for key in ("north", "isan"):
        text = f"ชื่อสินค้า,หมวด\nสินค้าจากไฟล์ {key},basketry\n"
        world.sheets[key] = start_group_import(
            group=world.market.groups[key],
            by=world.market.people[key],
            kind=ImportRun.Kind.GOODS,
            file=io.BytesIO(text.encode()),
            name="goods.csv",
        )


def _pages(world: World) -> None:
    """Two groups handed their shop pages in while the department wanted to see them; then it left that to the groups."""
    office = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province=None)
    checking = PageModeration.objects.create(office=office, is_on=True)
    for key in ("north", "isan"):
        group, by = world.market.groups[key], world.market.people[key]
        seen = digest(pages_of(group.pk).draft, "story")
        save_part(group=group, part="story", changes={"opening": "คำเปิด"}, seen=seen, by=by)
        hand_in_page(group=group, seen=pages_of(group.pk).version, by=by)
        world.page_reviews[key] = PageReview.objects.get(group=group)
    checking.delete()
    world.story = begin_press_release(title="งานผ้า", by=world.market.people["editor"]).pk
    world.others_story = publish_news(
        title="ของกรม", summary="สั้น", body=[], published_on=clock.today(), slug="others-story"
    ).pk
    publish_article(title="บทความ", summary="สั้น", body=[], checked_on=clock.today(), slug=ARTICLE)


def _maker(product: str) -> str:
    return {"kratip": "north", "hat": "isan", "bag": "south"}[product]


def _fill(world: World, kind: Kind) -> None:
    client, user = Client(raise_request_exception=False), world.user(kind)
    placed = order(world.market, user, "hat")
    world.orders[kind] = placed.order
    world.baskets[kind] = fill_basket(world.market, user, "kratip")
    if user is None:
        world.guest = placed
        client.get(f"/orders/{placed.order.number}/?key={links.secret_of(placed.order)}")
        client.cookies[COOKIE] = _signer.sign(str(world.baskets[kind].pk))
    else:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        world.addresses[kind] = addresses.remember(user=user, address=HOME)
    world.clients[kind] = client


def _invited(world: World) -> None:
    """Somebody without an account is asked to pack for North, another one to serve an office."""
    people = world.market.people
    office = people["officer"].memberships.get().organisation
    world.invitation = invite(
        organisation=world.market.groups["north"], email="invited@example.test", role="packer", by=people["north"]
    )
    world.office_invitation = invite(
        organisation=office, email="invited@example.test", role="officer", by=people["administrator"]
    )
    renewed = renew_secret(invitation_id=world.invitation.pk)
    world.secret = renewed[1] if renewed else ""


def _hidden(world: World) -> None:
    """What nobody may see yet: a draft, a group that only applied, a certificate that nobody checked."""
    north = world.market.groups["north"]
    world.draft_product = create_product(
        group=north, category=Category.objects.get(slug="basketry"), title_th="ตะกร้าร่าง", title_en="draft"
    )
    world.applied_group = create_organisation(
        kind=Organisation.Kind.GROUP, parent=north.get_parent(), name_th="กลุ่มใหม่", name_en="applied"
    )
    world.submitted = submit_certificate(
        holder=north,
        scheme=CertificationScheme.objects.get(pk="TCPS"),
        number="มผช. 999/2563",
        issued_on=clock.today(),
        expires_on=clock.today() + dt.timedelta(days=100),
        evidence=store_private_file(file=photo(), by=world.market.people["north"], folder="evidence"),
    )
    world.draft_paper = submit_certificate(
        holder=north,
        scheme=CertificationScheme.objects.get(pk="TCPS"),
        number="มผช. 998/2563",
        issued_on=clock.today(),
        expires_on=None,
        as_draft=True,
    )
    world.locked_page = PageViewRestriction.objects.create(
        page=Page.objects.filter(slug="returns").first(),
        restriction_type=PageViewRestriction.PASSWORD,
        password="only-for-members",
    )

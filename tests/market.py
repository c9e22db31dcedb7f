"""A small market for tests, built through the same services as the real one: three groups, their goods, the cast."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from catalogue.models import Category, Product
from catalogue.services import create_product, link_certificate, publish_product
from shop.common import clock
from shop.partner.models import StockRecord
from shop.partner.services import set_offer
from vendors.models import Certificate, CertificationScheme, Membership, Organisation, Place, Province
from vendors.services import (
    add_member,
    approve_group,
    create_organisation,
    open_place,
    submit_certificate,
    verify_certificate,
)

PASSWORD = "talat-test-2569"
BACKEND = "django.contrib.auth.backends.ModelBackend"
ADDRESS = {
    "recipient": "ญาณิศา ผู้พัฒน์",
    "phone": "081 234 5678",
    "line1": "88/12 ซอยพหลโยธิน 48",
    "area_code": "100502",
    "postcode": "10220",
}
GUEST = {**ADDRESS, "email": "guest@example.test"}


@dataclass
class Market:
    """Handles to what the market fixture made."""

    groups: dict[str, Organisation] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    stock: dict[str, StockRecord] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    certificates: dict[str, Certificate] = field(default_factory=dict)


def make_user(name: str, **extra: Any) -> Any:
    """A person `name@example.test` with the common password."""
    user = get_user_model().objects.create_user(email=f"{name}@example.test", password=PASSWORD, display_name=name)
    for key, value in extra.items():
        setattr(user, key, value)
    if extra:
        user.save()
    return user


def signed_in(user: Any) -> Client:
    """The browser of somebody who has signed in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def photo(name: str = "paper.jpg", *, size: tuple[int, int] = (800, 1100), text: bytes = b"") -> SimpleUploadedFile:
    """A photo of a paper, as a phone sends it; `text` makes it another file."""
    buffer = io.BytesIO()
    Image.new("RGB", size, (240, 235, 220)).save(buffer, "JPEG", comment=text)
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/jpeg")


def make_group(market: Market, key: str, name: str, province: str) -> Organisation:
    """An approved group below its own cooperative, with a workshop and a verified certificate for the whole group."""
    where = Province.objects.get(pk=province)
    network = Organisation.objects.get(kind=Organisation.Kind.PROVINCIAL, province=where)
    cooperative = create_organisation(
        kind=Organisation.Kind.COOPERATIVE, parent=network, name_th=f"สหกรณ์{name} จำกัด", name_en=f"{key} cooperative"
    )
    group = create_organisation(
        kind=Organisation.Kind.GROUP, parent=cooperative, name_th=name, name_en=f"{key.title()} group"
    )
    group = approve_group(group=group, by=None)
    market.groups[key] = group
    market.places[key] = open_place(organisation=group, kind=Place.Kind.WORKSHOP, name_th=f"ที่ทำการ{name}")
    today = clock.today()
    certificate = submit_certificate(
        holder=group,
        scheme=CertificationScheme.objects.get(pk="TCPS"),
        number=f"มผช. {100 + len(market.groups)}/2563",
        issued_on=today - dt.timedelta(days=30),
        expires_on=today + dt.timedelta(days=300),
        scope=Certificate.Scope.GROUP,
    )
    market.certificates[key] = verify_certificate(certificate=certificate, by=None)
    return group


def make_product(
    market: Market, key: str, group: str, *, title: str, baht: int = 100, stock: int = 10, weight_g: int = 500
) -> Product:
    """A published basket (no legal gate) of a group."""
    product = create_product(
        group=market.groups[group],
        category=Category.objects.get(slug="basketry"),
        title_th=title,
        title_en=f"{key} basket",
        unit_th="ใบ",
        unit_en="piece",
        weight_g=weight_g,
        province=market.groups[group].province,
    )
    link_certificate(product=product, certificate=market.certificates[group])
    record = set_offer(product=product, place=market.places[group], price_satang=baht * 100, in_stock=stock)
    market.products[key], market.stock[key] = product, record
    publish_without_picture(product)
    product.refresh_from_db()
    return product


def publish_without_picture(product: Product) -> None:
    """Publishing asks for a picture; tests that are not about pictures give a known one."""
    from catalogue.services import add_picture
    from media.models import Picture

    picture, _made = Picture.objects.get_or_create(
        name="test-picture", defaults={"width": 640, "height": 640, "widths": [320, 640]}
    )
    add_picture(product=product, picture=picture)
    publish_product(product=product)


def build_market() -> Market:
    """The whole small market."""
    market = Market()
    make_group(market, "north", "กลุ่มจักสานบ้านดอย", "TH-50")
    make_group(market, "isan", "กลุ่มทอผ้าบ้านโนน", "TH-40")
    make_group(market, "south", "กลุ่มสตรีควนทอง", "TH-93")
    make_product(market, "kratip", "north", title="กระติบข้าวเหนียว", baht=120, stock=5)
    make_product(market, "hat", "isan", title="หมวกใบลาน", baht=250, stock=10)
    make_product(market, "bag", "south", title="กระเป๋ากระจูด", baht=390, stock=1)
    people = market.people
    people["buyer"] = make_user("buyer")
    people["stranger"] = make_user("stranger")
    people["administrator"] = make_user("administrator", is_superuser=True, is_staff=True)
    roles = Membership.Role
    for key in market.groups:
        people[key] = make_user(key)
        add_member(organisation=market.groups[key], user=people[key], role=roles.MANAGER)
    cooperative = market.groups["north"].get_parent()
    network = cooperative.get_parent()
    office = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province_id="TH-50")
    for name, organisation, role in (
        ("cooperative", cooperative, roles.MANAGER),
        ("hub", network, roles.PACKER),
        ("officer", office, roles.OFFICER),
        ("editor", office, roles.EDITOR),
    ):
        people[name] = make_user(name)
        add_member(organisation=organisation, user=people[name], role=role)
    return market

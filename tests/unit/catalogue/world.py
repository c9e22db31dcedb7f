"""A small market for tests of goods: a province, groups, certificates, products, made as the services make them."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from catalogue import shelves
from catalogue.models import Category, Product
from catalogue.services import create_product, load_categories, publish_product, refresh_sale
from shop.common import clock
from shop.common.thai import sort_key
from shop.partner.services import make_partner, set_offer
from vendors.models import Certificate, CertificationScheme, Organisation, Place, Province, Region

_number = itertools.count(1)
SCHEMES = ("TCPS", "FDA_FOOD", "OTOP_STAR", "GI", "HALAL", "COSMETIC", "HERBAL", "FERTILIZER", "SEED")
NOON = dt.datetime(2026, 11, 24, 5, 0, tzinfo=dt.UTC)
"""Noon in Bangkok on 24 November 2569."""


def base() -> None:
    """Regions, provinces, schemes and categories."""
    shelves.forget()
    for position, (code, th, en) in enumerate([("north", "ภาคเหนือ", "North"), ("south", "ภาคใต้", "South")]):
        Region.objects.get_or_create(code=code, defaults={"name_th": th, "name_en": en, "position": position})
    rows = [("TH-50", "เชียงใหม่", "Chiang Mai", "north"), ("TH-84", "สุราษฎร์ธานี", "Surat Thani", "south")]
    for code, th, en, region in rows:
        Province.objects.get_or_create(
            code=code,
            defaults={"name_th": th, "name_en": en, "slug": en.lower().replace(" ", "-"), "region_id": region},
        )
    for position, code in enumerate(SCHEMES):
        CertificationScheme.objects.get_or_create(
            code=code,
            defaults={
                "name_th": code,
                "name_en": code,
                "short_th": code,
                "short_en": code,
                "issuer_th": "x",
                "issuer_en": "x",
                "position": position,
            },
        )
    load_categories()


def category(slug: str = "basketry") -> Category:
    return Category.objects.get(slug=slug)


def group(name: str = "กลุ่มจักสาน", province: str = "TH-50", state: str = "approved") -> Organisation:
    """An approved group with its partner and a workshop."""
    number = next(_number)
    made = Organisation.add_root(
        kind="group",
        state=state,
        code=f"G{number:07d}",
        slug=f"group-{number}",
        name_th=f"{name} {number}",
        name_en=f"Group {number}",
        sort_name=sort_key(name)[0],
        province_id=province,
    )
    make_partner(made)
    workshop(made)
    return made


def workshop(organisation: Organisation) -> Place:
    place = Place.objects.filter(organisation=organisation).first()
    return place or Place.objects.create(
        code=f"P{next(_number):07d}",
        kind="workshop",
        organisation=organisation,
        name_th="โรงงาน",
        province_id=organisation.province_id,
    )


def certificate(
    holder: Organisation,
    scheme: str = "TCPS",
    *,
    first: dt.date = dt.date(2026, 1, 1),
    last: dt.date | None = dt.date(2028, 12, 31),
    scope: str = "group",
    state: str = "verified",
) -> Certificate:
    number = next(_number)
    return Certificate.objects.create(
        code=f"C{number:07d}",
        scheme_id=scheme,
        holder=holder,
        scope=scope,
        number=str(number),
        number_normalised=str(number),
        issued_on=first,
        expires_on=last,
        state=state,
        verified_at=clock.now() if state == "verified" else None,
    )


def product(
    maker: Organisation,
    title: str = "ตะกร้าหวาย",
    *,
    slug: str = "basketry",
    price: int | None = 25_000,
    stock: int = 10,
    publish: bool = True,
    **details: Any,
) -> Product:
    """A product with an offer at the group's workshop; public unless told otherwise."""
    details.setdefault("title_en", "Rattan basket")
    details.setdefault("unit_th", "ใบ")
    details.setdefault("weight_g", 500)
    made = create_product(group=maker, category=category(slug), title_th=title, **details)
    if price is not None:
        set_offer(product=made, place=workshop(maker), price_satang=price, in_stock=stock)
        made.refresh_from_db()
    if publish:
        made = publish_product(product=made)
    return made


def certified_group(name: str = "กลุ่มจักสาน", province: str = "TH-50") -> Organisation:
    made = group(name, province)
    certificate(made)
    return made


def refreshed(made: Product) -> Product:
    refresh_sale([made.pk])
    made.refresh_from_db()
    return made

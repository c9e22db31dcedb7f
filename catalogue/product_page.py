"""Everything that a product's page shows, read in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product, ProductPicture, RawMaterial
from catalogue.selectors import Card, cards_of_group
from shop.common import clock
from vendors.models import Certificate

_MORE = 6


@dataclass(frozen=True)
class ProductPage:
    """A published product of an approved group. `reasons` says why it is not for sale now; empty when it is."""

    product: Product
    variants: list[Product]
    pictures: list[ProductPicture]
    certificates: list[Certificate]
    materials: list[RawMaterial]
    more: list[Card]
    reasons: list[str | Promise]
    opens_on: dt.date | None

    @property
    def is_on_sale(self) -> bool:
        """True when it may be sold at this moment."""
        return not self.reasons


def published(pk: int) -> Product:
    """A product whose page exists. Variants come with their parent. Raises Http404."""
    goods = Product.objects.select_related(
        "group__picture", "group__province", "province", "main_category", "parent"
    ).filter(pk=pk)
    product: Product | None = goods.first()
    if product is None or (product.parent is None and not _is_public(product)):
        raise Http404("no such product")
    return product


def _is_public(product: Product) -> bool:
    group = product.group
    return product.is_public and group is not None and group.is_selling and product.review != Product.Review.REFUSED


def product_page(product: Product, language: str) -> ProductPage:
    """Reads the rest of the page: variants, pictures, certificates in force, raw materials, more of the group."""
    variants: list[Product] = []
    if product.structure == Product.PARENT:
        variants = list(product.children.filter(is_public=True).order_by("price_from_satang", "pk"))
    certificates = _in_force(product)
    assert product.group_id is not None
    return ProductPage(
        product=product,
        variants=variants,
        pictures=list(product.pictures.select_related("picture")),
        certificates=certificates,
        materials=list(product.raw_materials.select_related("group", "province")),
        more=cards_of_group(product.group_id, _MORE, language, but=product.pk),
        reasons=_reasons(product, certificates),
        opens_on=_opens_on(product),
    )


def _in_force(product: Product) -> list[Certificate]:
    today = clock.today()
    covering = Q(scope=Certificate.Scope.GROUP) | Q(product_links__product=product)
    return list(
        Certificate.objects.filter(
            covering,
            Q(expires_on=None) | Q(expires_on__gte=today),
            holder_id=product.group_id,
            state=Certificate.State.VERIFIED,
            issued_on__lte=today,
        )
        .select_related("scheme")
        .order_by("scheme__position", "scheme_id", "-issued_on")
        .distinct()
    )


def _reasons(product: Product, certificates: list[Certificate]) -> list[str | Promise]:
    """Why it is not for sale; the interval decides, this only puts it in words."""
    moment = clock.now()
    begins, ends = product.sellable_from, product.sellable_until
    reasons: list[str | Promise] = []
    if begins is None or begins > moment or (ends is not None and ends <= moment):
        if product.review == Product.Review.WAITING:
            reasons.append(_("An officer of the department looks at this product before it is sold."))
        elif begins is not None and begins > moment:
            reasons.append(_("Its certificate is not in force yet."))
        elif not certificates:
            reasons.append(_("It has no certificate in force now. It comes back as soon as the group renews it."))
        else:
            reasons.append(_("The licence that the law asks for with such goods is missing or has ended."))
    if product.price_from_satang is None:
        reasons.append(_("The group has not set a price yet."))
    return reasons


def _opens_on(product: Product) -> dt.date | None:
    begins = product.sellable_from
    return begins.astimezone(clock.BANGKOK).date() if begins is not None and begins > clock.now() else None

"""Publishing: one computed checklist, and the officer's word on what the market looks at first."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.errors import NotReady, ReviewNotWaiting
from catalogue.events import product_published, product_withdrawn
from catalogue.models import Product
from catalogue.services.refresh import refresh_sale
from shop.common import clock, versions
from shop.common.thai import clean_text


@dataclass(frozen=True)
class Point:
    """One line of the checklist. Without a `needed` one the product cannot be public; the others decide about sale."""

    code: str
    text: str | Promise
    done: bool
    needed: bool


def checklist(product: Product) -> list[Point]:
    """What a product needs, in the order in which a group would do it."""
    moment = clock.now()
    sellable = product.sellable_from is not None and product.sellable_from <= moment
    return [
        Point("category", _("category"), product.main_category_id is not None, True),
        Point("price", _("price"), product.price_from_satang is not None, True),
        Point("weight", _("weight with packing"), _weighed(product), True),
        Point("photo", _("photo"), bool(product.picture_name), False),
        Point("certificate", _("certificate in force"), bool(product.schemes), False),
        Point("stock", _("stock"), product.in_stock, False),
        Point("sale", _("all that the law asks for"), sellable, False),
    ]


def _weighed(product: Product) -> bool:
    if product.structure != Product.PARENT:
        return bool(product.weight_g)
    return not product.children.filter(is_public=True, weight_g=None).exists()


@transaction.atomic
def publish_product(*, product: Product) -> Product:
    """Makes the product public; whether it is for sale follows from its certificates. Raises NotReady."""
    product = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    missing = [str(point.text) for point in checklist(product) if point.needed and not point.done]
    if missing:
        raise NotReady(missing=", ".join(missing))
    product.is_public = True
    product.save(update_fields=["is_public", "date_updated"])
    refresh_sale([product.pk])
    product_published.run(product)
    versions.bump()
    product.refresh_from_db()
    return product


@transaction.atomic
def withdraw_product(*, product: Product) -> Product:
    """Takes the product (or one variant) off the market; its page is gone."""
    Product.objects.filter(pk=product.pk).update(is_public=False)
    refresh_sale([product.pk])
    product.refresh_from_db()
    product_withdrawn.run(product)
    versions.bump()
    return product


@transaction.atomic
def request_exemption(*, product: Product, reason: str) -> None:
    """Asks an officer to exempt the product from its category's licence; it waits until decided."""
    Product.objects.filter(pk=product.pk).update(gate_exemption=clean_text(reason), review=Product.Review.WAITING)
    refresh_sale([product.pk])


@transaction.atomic
def approve_product(*, product: Product) -> None:
    """An officer found the product (and its exemption, if it asks for one) in order."""
    _decide(product, Product.Review.APPROVED)


@transaction.atomic
def refuse_product(*, product: Product) -> None:
    """An officer refused it: it stays off sale."""
    _decide(product, Product.Review.REFUSED)


def _decide(product: Product, verdict: Product.Review) -> None:
    waiting = Product.objects.filter(pk=product.pk, review=Product.Review.WAITING)
    if not waiting.update(review=verdict):
        raise ReviewNotWaiting
    refresh_sale([product.pk])

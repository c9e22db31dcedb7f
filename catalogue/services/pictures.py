"""Pictures of a product. The first one stands in listings."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from catalogue.models import Product, ProductPicture
from media.models import Picture
from shop.common import versions


@transaction.atomic
def add_picture(*, product: Product, picture: Picture, alt_th: str = "", alt_en: str = "") -> ProductPicture:
    """Puts a stored picture (`media.services.store_picture`) at the end of the product's pictures."""
    last = ProductPicture.objects.filter(product=product).aggregate(last=Max("position"))["last"]
    row = ProductPicture.objects.create(
        product=product, picture=picture, alt_th=alt_th, alt_en=alt_en, position=0 if last is None else last + 1
    )
    _first_into_listing(product)
    return row


@transaction.atomic
def remove_picture(*, row: ProductPicture) -> None:
    """Takes a picture off the product; the next one follows into listings."""
    product = row.product
    row.delete()
    _first_into_listing(product)


def _first_into_listing(product: Product) -> None:
    name = ProductPicture.objects.filter(product=product).values_list("picture__name", flat=True).first() or ""
    Product.objects.filter(pk=product.pk).update(picture_name=name)
    product.picture_name = name
    versions.bump()

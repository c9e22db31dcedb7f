"""Pictures of a product. The first one stands in listings, there cut around its focus when a member has set one."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max

from catalogue.errors import PictureGone, TooManyPictures
from catalogue.models import Product, ProductEvent, ProductPicture
from catalogue.services.review import lock_product, note_event
from catalogue.tasks import cut_product_picture
from media.models import Picture
from media.services import cut_picture
from shop.common import versions
from shop.common.thai import clean_text
from vendors import history
from vendors.policies import Right

MOST = 12


@transaction.atomic
def add_picture(
    *, product: Product, picture: Picture, alt_th: str = "", alt_en: str = "", by: Any = None
) -> ProductPicture:
    """Puts a stored picture (`media.services.take_picture`) at the end of the product's pictures.

    Raises TooManyPictures or NotYours. The same picture is there once.
    """
    locked = lock_product(product, by, Right.LIST) if by is not None else product
    rows = ProductPicture.objects.filter(product=product)
    known = rows.filter(picture=picture).first() if by is not None else None
    if known is not None:
        return known
    if by is not None and rows.count() >= MOST:
        raise TooManyPictures(most=MOST)
    last = rows.aggregate(last=Max("position"))["last"]
    row = ProductPicture.objects.create(
        product=product, picture=picture, alt_th=alt_th, alt_en=alt_en, position=0 if last is None else last + 1
    )
    _changed(product, locked, by)
    return row


@transaction.atomic
def remove_picture(*, row: ProductPicture, by: Any = None) -> None:
    """Takes a picture off the product; the next one follows into listings."""
    product = row.product
    locked = lock_product(product, by, Right.LIST)
    row.delete()
    _changed(product, locked, by)


@transaction.atomic
def move_picture(*, row: ProductPicture, first: bool, by: Any) -> None:
    """One place forward, or right to the front: then it is the one in listings."""
    product = lock_product(row.product, by, Right.LIST)
    keys = list(ProductPicture.objects.filter(product=product).values_list("pk", flat=True))
    if row.pk not in keys:
        return
    at = keys.index(row.pk)
    keys.insert(0 if first else max(0, at - 1), keys.pop(at))
    for position, key in enumerate(keys):
        ProductPicture.objects.filter(pk=key).update(position=position)
    _changed(product, product, by)


@transaction.atomic
def describe_picture(
    *, row: ProductPicture, alt_th: str, alt_en: str, focus: tuple[int, int] | None, by: Any
) -> ProductPicture:
    """Its words, and the point that must stay in sight where it is shown as a square. Raises PictureGone or NotYours."""
    product = lock_product(row.product, by, Right.LIST)
    row = ProductPicture.objects.select_for_update().filter(pk=row.pk).first()  # type: ignore[assignment]
    if row is None:
        raise PictureGone
    row.alt_th, row.alt_en = clean_text(alt_th), clean_text(alt_en)
    before = (row.focus_x, row.focus_y)
    row.focus_x, row.focus_y = focus if focus is not None else (None, None)
    if before != (row.focus_x, row.focus_y):
        row.cut = None
    row.save()
    if row.focus_x is not None and row.cut is None:
        cut_product_picture.enqueue(row.pk)
    _changed(product, product, by)
    return row


def cut_around_focus(*, key: int) -> None:
    """Makes the square of a picture around its focus; a focus set anew in the meantime has its own turn."""
    row = ProductPicture.objects.select_related("picture").filter(pk=key, cut=None, focus_x__isnull=False).first()
    if row is None or row.focus_x is None or row.focus_y is None:
        return
    cut = cut_picture(picture=row.picture, x=row.focus_x, y=row.focus_y)
    with transaction.atomic():
        same = ProductPicture.objects.filter(pk=key, focus_x=row.focus_x, focus_y=row.focus_y)
        if same.update(cut=cut):
            _first_into_listing(row.product)


def _changed(product: Product, locked: Product, by: Any) -> None:
    _first_into_listing(product)
    if by is not None and locked.group is not None:
        note_event(locked.pk, ProductEvent.Act.CHANGED, by, "pictures")
        history.record(organisation=locked.group, act="goods.changed", by=by, what=locked.title, note="pictures")


def _first_into_listing(product: Product) -> None:
    rows = ProductPicture.objects.filter(product=product).values_list("cut__name", "picture__name")
    first = rows.first()
    name = (first[0] or first[1]) if first is not None else ""
    Product.objects.filter(pk=product.pk).update(picture_name=name)
    product.picture_name = name
    versions.bump()

"""A product copied as a draft."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from catalogue.models import Product, ProductEvent, ProductPicture, RawMaterial
from catalogue.services.pictures import add_picture
from catalogue.services.products import add_variant, create_product
from catalogue.services.review import lock_product, note_event
from vendors import history
from vendors.policies import Right

_MOST_TITLE = 255


@transaction.atomic
def copy_product(*, product: Product, by: Any, code: str = "") -> tuple[Product, dict[int, Product]]:
    """A draft with the same texts, measures, origin, pictures and variants; returns the copies by their originals' keys.

    Certificates that name the original do not name the copy: an officer would have to look. Raises NotYours.
    """
    source = lock_product(product, by, Right.LIST)
    if source.group is None or source.main_category is None:
        raise LookupError("a product of a group stands in a category")
    copy = create_product(
        group=source.group,
        category=source.main_category,
        title_th=gettext("%(name)s (copy)") % {"name": source.title[: _MOST_TITLE - 20]},
        title_en=source.title_en,
        description_th=source.description or "",
        description_en=source.description_en,
        unit_th=source.unit_th,
        unit_en=source.unit_en,
        weight_g=source.weight_g,
        storage=source.storage,
        vat_class=source.vat_class,
        province=source.province,
        is_prepacked_processed=source.is_prepacked_processed,
        is_fertiliser_or_seed=source.is_fertiliser_or_seed,
        public_code=code or None,
    )
    _copy_rows(source, copy)
    made = {source.pk: copy}
    for child in source.children.all():
        made[child.pk] = add_variant(
            parent=copy,
            variant_th=child.variant_th,
            variant_en=child.variant_en,
            unit_th=child.unit_th,
            unit_en=child.unit_en,
            weight_g=child.weight_g,
        )
    note_event(copy.pk, ProductEvent.Act.CREATED, by, source.title)
    history.record(organisation=source.group, act="goods.created", by=by, what=copy.title)
    return copy, made


def _copy_rows(source: Product, copy: Product) -> None:
    for picture in source.pictures.select_related("picture"):
        row = add_picture(product=copy, picture=picture.picture, alt_th=picture.alt_th, alt_en=picture.alt_en)
        ProductPicture.objects.filter(pk=row.pk).update(
            focus_x=picture.focus_x, focus_y=picture.focus_y, cut=picture.cut
        )
    if source.picture_name:
        Product.objects.filter(pk=copy.pk).update(picture_name=source.picture_name)
    for material in source.raw_materials.all():
        RawMaterial.objects.create(
            product=copy,
            name_th=material.name_th,
            name_en=material.name_en,
            origin=material.origin,
            group_id=material.group_id,
            province_id=material.province_id,
            position=material.position,
        )

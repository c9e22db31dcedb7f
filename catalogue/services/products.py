"""Goods of a group: the product, its variants, its certificates, its raw materials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from catalogue.errors import CertificateOfAnother, NotAGroup, TextMissing, VariantOfVariant
from catalogue.models import Category, Product, ProductCertificate, ProductEvent, RawMaterial
from catalogue.services.refresh import refresh_sale
from catalogue.services.review import hold_product
from shop.common import codes, versions
from shop.common.slugs import ascii_slug
from shop.common.thai import clean_text, sort_column
from vendors import history
from vendors.models import Certificate, Organisation, Province
from vendors.policies import Right
from vendors.services.certificates import locked
from vendors.states import CHANGEABLE

_TEXTS = ("title", "title_en", "description", "description_en", "unit_th", "unit_en", "variant_th", "variant_en")
_CHANGEABLE = {
    *_TEXTS,
    "weight_g",
    "storage",
    "vat_class",
    "is_prepacked_processed",
    "is_fertiliser_or_seed",
    "province",
    "main_category",
}
_CLASS = "goods"


def sort_title(title: str) -> str:
    """What dictionaries sort a Thai title by, as one text."""
    return sort_column(title, 300)


@transaction.atomic
def create_product(
    *,
    group: Organisation,
    category: Category,
    title_th: str,
    title_en: str = "",
    description_th: str = "",
    description_en: str = "",
    unit_th: str = "",
    unit_en: str = "",
    weight_g: int | None = None,
    storage: str | None = None,
    vat_class: str = Product.Vat.STANDARD,
    province: Province | None = None,
    is_prepacked_processed: bool = False,
    is_fertiliser_or_seed: bool = False,
    public_code: str | None = None,
) -> Product:
    """A product of `group`, not yet public. Raises NotAGroup, TextMissing or GoodsForbidden."""
    if group.kind != Organisation.Kind.GROUP:
        raise NotAGroup
    product = Product(
        structure=Product.STANDALONE,
        is_public=False,
        product_class_id=goods_class(),
        group=group,
        main_category=category,
        public_code=public_code or codes.new_code(),
        title=clean_text(title_th),
        title_en=clean_text(title_en),
        description=clean_text(description_th),
        description_en=clean_text(description_en),
        unit_th=clean_text(unit_th),
        unit_en=clean_text(unit_en),
        weight_g=weight_g,
        storage=storage or category.storage_default,
        vat_class=vat_class,
        province=province or group.province,
        is_prepacked_processed=is_prepacked_processed,
        is_fertiliser_or_seed=is_fertiliser_or_seed,
    )
    return _save_new(product, category)


def _save_new(product: Product, category: Category) -> Product:
    if not product.title:
        raise TextMissing
    product.slug = ascii_slug(product.title_en, fallback=str(product.public_code).lower())
    product.sort_title = sort_title(product.title)
    product.save()
    product.categories.add(category)
    return product


def goods_class() -> int:
    """The key of the one product class: goods that are sent and counted."""
    classes: Any = Product._meta.get_field("product_class").related_model
    key: int = classes.objects.get_or_create(
        slug=_CLASS, defaults={"name": "สินค้า", "requires_shipping": True, "track_stock": True}
    )[0].pk
    return key


def _look_again(product: Product) -> None:
    """After a change of text: what was refused waits anew, what waited only for words that are gone waits no more."""
    if not product.title and product.structure != Product.CHILD:
        raise TextMissing
    open_words = bool(product.to_look_at())
    if product.review == Product.Review.REFUSED or (product.review == Product.Review.WAITING and not open_words):
        product.review = Product.Review.NOT_NEEDED if not _ever_refused(product) else Product.Review.WAITING


def _ever_refused(product: Product) -> bool:
    """Once refused, only an officer puts it back."""
    return ProductEvent.objects.filter(product=product, act=ProductEvent.Act.REFUSED).exists()


@transaction.atomic
def update_product(*, product: Product, **changes: Any) -> Product:
    """Changes text, measures, category or province (title, unit_th, weight_g …); sale is computed anew."""
    unknown = set(changes) - _CHANGEABLE
    if unknown:
        raise TypeError(f"not changeable here: {', '.join(sorted(unknown))}")
    product = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    for field, value in changes.items():
        setattr(product, field, clean_text(value) if field in _TEXTS else value)
    before = product.review
    if changes.keys() & set(_TEXTS):
        _look_again(product)
    if changes.keys() & set(_TEXTS) and product.structure != Product.CHILD:
        product.sort_title = sort_title(product.title)
        product.slug = ascii_slug(product.title_en, fallback=str(product.public_code).lower())
    product.save()
    if product.review == Product.Review.WAITING != before and not product.newly_held:
        hold_product(product=product)
    if "main_category" in changes and product.main_category is not None:
        product.categories.set([product.main_category])
    refresh_sale([product.pk])
    versions.bump()
    return product


@transaction.atomic
def add_variant(
    *,
    parent: Product,
    variant_th: str,
    variant_en: str = "",
    unit_th: str = "",
    unit_en: str = "",
    weight_g: int | None = None,
    public_code: str | None = None,
) -> Product:
    """A size, colour or strength of `parent`, which becomes a parent product by its first variant."""
    if parent.structure == Product.CHILD:
        raise VariantOfVariant
    if parent.structure != Product.PARENT:
        Product.objects.filter(pk=parent.pk).update(structure=Product.PARENT)
        parent.structure = Product.PARENT
    code = public_code or codes.new_code()
    variant = Product(
        structure=Product.CHILD,
        parent=parent,
        is_public=True,
        group_id=parent.group_id,
        public_code=code,
        slug=parent.slug,
        variant_th=clean_text(variant_th),
        variant_en=clean_text(variant_en),
        unit_th=clean_text(unit_th) or parent.unit_th,
        unit_en=clean_text(unit_en) or parent.unit_en,
        weight_g=weight_g or parent.weight_g,
        storage=parent.storage,
        vat_class=parent.vat_class,
        sellable_from=parent.sellable_from,
        sellable_until=parent.sellable_until,
        reviewed_words=parent.reviewed_words,
    )
    if not variant.variant_th:
        raise TextMissing
    variant.save()
    versions.bump()
    return variant


@transaction.atomic
def link_certificate(*, product: Product, certificate: Certificate, by: Any = None) -> None:
    """Says that `certificate` covers `product`; `by` None is the market itself (seed, import).

    The group names goods until it hands the paper in; from then on only an officer does, who is not of the group.
    Raises CertificateOfAnother, NotYours or OwnPaper.
    """
    if certificate.holder_id != product.group_id:
        raise CertificateOfAnother
    if by is not None:
        row = locked(certificate, by, None, None)
        locked(row, by, Right.LIST if row.state in CHANGEABLE else Right.REVIEW, None)
        history.record(organisation=row.holder, act="certificate.covers", by=by, what=f"{row.number}: {product.title}")
    ProductCertificate.objects.get_or_create(product_id=product.parent_id or product.pk, certificate=certificate)
    refresh_sale([product.pk])


@transaction.atomic
def unlink_certificate(*, product: Product, certificate: Certificate) -> None:
    """Takes the cover away again."""
    ProductCertificate.objects.filter(product_id=product.parent_id or product.pk, certificate=certificate).delete()
    refresh_sale([product.pk])


@transaction.atomic
def set_raw_materials(*, product: Product, materials: Iterable[Mapping[str, Any]]) -> list[RawMaterial]:
    """Replaces the list of raw materials; each has name_th and, if known, name_en, origin, group, province."""
    RawMaterial.objects.filter(product=product).delete()
    rows = [
        RawMaterial(product=product, position=position, **{**material, "name_th": clean_text(material["name_th"])})
        for position, material in enumerate(materials)
    ]
    versions.bump()
    return RawMaterial.objects.bulk_create(rows)

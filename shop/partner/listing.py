"""A group lists goods: the product with price, stock and picture in one act, price and stock alone, and copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from catalogue.errors import ChangedMeanwhile, NotReady, TextMissing, TooManyVariants, VariantKnown
from catalogue.models import Category, Product, ProductEvent
from catalogue.services import (
    add_picture,
    add_variant,
    copy_product,
    create_product,
    edit_product,
    forget_draft,
    publish_product,
    refresh_sale,
    update_product,
    values_of,
    waiting_edit,
    wanted_values,
    withdraw_product,
)
from catalogue.services.review import lock_product, note_event
from catalogue.services.sections import stamp
from media.models import Picture
from shop.common.money import to_satang
from shop.common.thai import clean_text
from shop.partner.errors import AlreadyListed, OfferIncomplete
from shop.partner.models import StockRecord
from shop.partner.services import hold_offers, refresh_offer, set_offer
from vendors import history
from vendors.models import Organisation, Place
from vendors.policies import Right, require
from vendors.selectors import workshop_of
from vendors.services import open_place


@dataclass(frozen=True)
class Listing:
    """What the short form asks. Only name and category are needed for a draft."""

    code: str
    title_th: str
    category: Category
    price_satang: int | None = None
    in_stock: int | None = None
    unit_th: str = ""
    weight_g: int | None = None
    is_prepacked_processed: bool = False
    is_fertiliser_or_seed: bool = False
    certificates: Sequence[int] = ()
    picture: Picture | None = None
    picture_alt: str = ""


def listed(group: Organisation, code: str) -> Product | None:
    """The product that a form made already: it was sent twice."""
    return Product.objects.filter(group=group, public_code=code).first()


@transaction.atomic
def list_product(*, group: Organisation, listing: Listing, publish: bool, by: Any) -> tuple[Product, str]:
    """Makes the product and, if wanted, publishes it; returns what still keeps it from being public, in words.

    A form that comes twice leads to what it made. Raises AlreadyListed when it says something else by then, NotYours,
    TextMissing, GoodsForbidden, GroupNotApproved; then nothing is made.
    """
    require(by, Right.LIST, group)
    Organisation.objects.select_for_update().get(pk=group.pk)
    known = listed(group, listing.code)
    if known is not None:
        if not _says_the_same(known, listing):
            raise AlreadyListed(product=known, name=known.title)
        later = publish and not known.is_public and known.on_sale_since is None
        return known, _published(known, by) if later else ""
    product = create_product(
        group=group,
        category=listing.category,
        title_th=listing.title_th,
        unit_th=listing.unit_th,
        weight_g=listing.weight_g,
        vat_class=vat_of(listing.category),
        is_prepacked_processed=listing.is_prepacked_processed,
        is_fertiliser_or_seed=listing.is_fertiliser_or_seed,
        public_code=listing.code,
    )
    note_event(product.pk, ProductEvent.Act.CREATED, by, "")
    history.record(organisation=group, act="goods.created", by=by, what=product.title)
    if listing.picture is not None:
        add_picture(product=product, picture=listing.picture, alt_th=listing.picture_alt or product.title)
    if listing.price_satang is not None:
        stock = listing.in_stock or 0
        set_offer(product=product, place=place_of(group), price_satang=listing.price_satang, in_stock=stock, by=by)
    if listing.certificates:
        edit_product(
            product=product,
            section="certificates",
            values={"certificates": sorted(listing.certificates)},
            seen=stamp(values_of(product, ["certificates"])),
            by=by,
        )
    refresh_sale([product.pk])
    forget_draft(group=group, by=by)
    return product, _published(product, by) if publish else ""


def _says_the_same(product: Product, listing: Listing) -> bool:
    """True when the form that made a product came again as it was: a second tap, not a second thought."""
    offer = offer_values(product)
    texts = (product.title, product.main_category_id, product.unit_th, product.weight_g)
    typed = (clean_text(listing.title_th), listing.category.pk, clean_text(listing.unit_th), listing.weight_g)
    if texts != typed or offer["price_satang"] != listing.price_satang:
        return False
    if listing.price_satang is not None and offer["in_stock"] != (listing.in_stock or 0):
        return False
    papers = wanted_values(product, ["certificates"], waiting_edit(product))["certificates"]
    if papers != sorted(listing.certificates):
        return False
    return listing.picture is None or product.pictures.filter(picture=listing.picture).exists()


def vat_of(category: Category) -> str:
    """How goods of a category are taxed unless somebody says otherwise."""
    exempt = category.vat_treatment == Product.Vat.EXEMPT
    return Product.Vat.EXEMPT if exempt else Product.Vat.STANDARD


def _published(product: Product, by: Any) -> str:
    """Publishes it, or says what is missing; then it stays a draft."""
    try:
        with transaction.atomic():
            publish_product(product=product, by=by)
    except NotReady as refusal:
        return refusal.text
    return ""


def place_of(group: Organisation) -> Place:
    """Where the group's goods lie: its workshop, opened with its first offer if it has none."""
    return workshop_of(group) or open_place(organisation=group, kind=Place.Kind.WORKSHOP, name_th=group.name_th)


def offer_values(product: Product) -> dict[str, Any]:
    """Price, stock and the number to be warned at as plain values; all None without an offer."""
    return values_of_record(record_of(product))


def values_of_record(record: StockRecord | None) -> dict[str, Any]:
    """The same of a stock record that was read already."""
    if record is None or record.price is None:
        return {"price_satang": None, "in_stock": None, "low_stock": None}
    return {
        "price_satang": to_satang(record.price),
        "in_stock": record.num_in_stock or 0,
        "low_stock": record.low_stock_threshold,
    }


def record_of(product: Product) -> StockRecord | None:
    """The stock record that its group keeps: the first one, where most groups have but one place."""
    rows = StockRecord.objects.filter(product=product).select_related("place")
    return rows.order_by("pk").first()


@transaction.atomic
def change_offer(
    *, product: Product, price_satang: int | None, in_stock: int | None, low_stock: int | None, seen: str, by: Any
) -> StockRecord | None:
    """Price, stock and warning of a product or variant, by a member; counts at once.

    Raises ChangedMeanwhile, OfferIncomplete, NotYours and what `set_offer` raises.
    """
    hold_offers([product.pk])
    owner = lock_product(product, by, Right.LIST)
    before = offer_values(product)
    if stamp(before) != seen:
        raise ChangedMeanwhile
    after = {"price_satang": price_satang, "in_stock": in_stock, "low_stock": low_stock}
    if after == before or owner.group is None:
        return record_of(product)
    if price_satang is None:
        raise OfferIncomplete
    record = record_of(product)
    place = record.place if record is not None and record.place is not None else place_of(owner.group)
    facts: dict[str, Any] = {"price_satang": price_satang, "in_stock": in_stock or 0, "low_stock": low_stock}
    written = set_offer(product=product, place=place, by=by, **facts)
    note_event(owner.pk, ProductEvent.Act.PRICED, by, product.variant_th)
    what = f"{owner.title} {product.variant_th}".strip()
    history.record(organisation=owner.group, act="goods.priced", by=by, what=what, before=before, after=after)
    return written


MOST_VARIANTS = 30
_OF_VARIANT = ("variant_th", "variant_en", "weight_g")


def variant_values(variant: Product | None) -> dict[str, Any]:
    """A variant with its price and stock as plain values; empty ones for a new variant."""
    if variant is None:
        return {"variant_th": "", "variant_en": "", "weight_g": None, **values_of_record(None)}
    return {**{field: getattr(variant, field) for field in _OF_VARIANT}, **offer_values(variant)}


@transaction.atomic
def save_variant(*, parent: Product, variant: Product | None, values: dict[str, Any], seen: str, by: Any) -> Product:
    """Adds a variant with price and stock, or changes one; counts at once.

    A first variant takes the sale over: the product itself has no price any more. Raises ChangedMeanwhile,
    TooManyVariants, VariantKnown, OfferIncomplete, TextMissing, GoodsForbidden, NotYours and what `set_offer` raises.
    """
    hold_offers([parent.pk if variant is None else variant.pk])
    owner = lock_product(parent, by, Right.LIST)
    before = variant_values(variant)
    if stamp(before) != seen:
        raise ChangedMeanwhile
    texts = {field: values[field] for field in _OF_VARIANT}
    if texts["variant_th"] != before["variant_th"]:
        _only_once(owner, variant, texts["variant_th"])
    if variant is None:
        if owner.children.count() >= MOST_VARIANTS:
            raise TooManyVariants(most=MOST_VARIANTS)
        variant = add_variant(parent=owner, **texts)
        _retire_offer(owner)
    elif texts != {field: before[field] for field in _OF_VARIANT}:
        if not texts["variant_th"]:
            raise TextMissing
        variant = update_product(product=variant, **texts)
    _note_variant(owner, variant, ProductEvent.Act.CHANGED, by)
    change_offer(
        product=variant,
        price_satang=values["price_satang"],
        in_stock=values["in_stock"],
        low_stock=values["low_stock"],
        seen=stamp(offer_values(variant)),
        by=by,
    )
    return variant


def _only_once(owner: Product, variant: Product | None, name: str) -> None:
    """Two variants of one name, whatever their letters and spaces, are one to a buyer. Under the product's lock."""
    others = owner.children.exclude(pk=variant.pk if variant is not None else 0)
    for known in others.values_list("variant_th", flat=True):
        if _plain(known) == _plain(name):
            raise VariantKnown(name=known)


def _plain(name: str) -> str:
    return "".join(clean_text(name).casefold().split())


def _retire_offer(owner: Product) -> None:
    """What is promised to buyers stays promised; nothing more is sold under the product itself."""
    for record in StockRecord.objects.select_for_update().filter(product=owner).order_by("pk"):
        record.price, record.num_in_stock = None, record.num_allocated or 0
        record.save()
    refresh_offer([owner.pk])


def _note_variant(owner: Product, variant: Product, act: str, by: Any) -> None:
    note_event(owner.pk, act, by, "variants")
    if owner.group is not None:
        what = f"{owner.title} {variant.variant_th}"
        history.record(organisation=owner.group, act=f"goods.{act}", by=by, what=what, note="variants")


@transaction.atomic
def offer_variant(*, variant: Product, by: Any) -> None:
    """Puts a withdrawn variant back on sale; its parent decides about sale as ever. Raises NotYours."""
    owner = lock_product(variant, by, Right.LIST)
    Product.objects.filter(pk=variant.pk).update(is_public=True)
    refresh_sale([owner.pk])
    refresh_offer([variant.pk])
    _note_variant(owner, variant, ProductEvent.Act.PUBLISHED, by)


@transaction.atomic
def withdraw_variant(*, variant: Product, by: Any) -> None:
    """Takes one variant off sale; prices "from" no longer count it. Raises NotYours."""
    withdraw_product(product=variant, by=by)
    refresh_offer([variant.pk])


@transaction.atomic
def duplicate_listing(*, product: Product, by: Any, code: str = "") -> Product:
    """A copy as a draft, with the prices and no stock; one `code` makes one copy. Raises NotYours."""
    owner = lock_product(product, by, Right.LIST)
    known = listed(owner.group, code) if code and owner.group is not None else None
    if known is not None:
        return known
    copy, made = copy_product(product=product, by=by, code=code)
    for key, one in made.items():
        original = StockRecord.objects.filter(product_id=key, price__isnull=False).select_related("place")
        record = original.order_by("pk").first()
        if record is not None and record.place is not None and record.price is not None:
            set_offer(product=one, place=record.place, price_satang=to_satang(record.price), in_stock=0, by=by)
    refresh_sale([copy.pk])
    copy.refresh_from_db()
    return copy

"""Goods of the big market: variations on the demo's 119, with certificates, pictures, variants, prices and stock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from catalogue.models import Category, Product, ProductCertificate, ProductPicture
from catalogue.services import goods_class, sort_title
from media.models import Picture
from shop.common import clock
from shop.common.money import to_baht
from shop.common.slugs import ascii_slug
from shop.partner.models import StockRecord
from shop.seed import names
from shop.seed.bulk.copying import Dice, Progress, Row, copy_in, take_ids
from shop.seed.bulk.network import Maker
from shop.seed.drawing.book import key_of
from shop.seed.goods import SIZES
from shop.seed.market import craft_of, product_rows
from vendors.models import Province

LOWEST, HIGHEST = 100, 10_000_000
"""Prices in satang: 1 to 100,000 baht."""
_KINDS = (
    ("ลายดอกแก้ว", "Dok Kaeo"),
    ("ลายน้ำไหล", "Nam Lai"),
    ("สูตรดั้งเดิม", "traditional"),
    ("สูตรคุณย่า", "grandmother's"),
    ("คัดพิเศษ", "selected"),
    ("รุ่นเล็ก", "small"),
    ("รุ่นใหญ่", "large"),
    ("ชุดของฝาก", "gift set"),
    ("ทำมือ", "handmade"),
    ("ประจำฤดู", "seasonal"),
    ("ของดีประจำตำบล", "village best"),
    ("ขายดี", "favourite"),
)
_MORE_SIZES = (("เล็ก", "small"), ("กลาง", "medium"), ("ใหญ่", "large"), ("ใหญ่พิเศษ", "extra large"))


@dataclass(frozen=True, slots=True)
class Template:
    """One of the demo's goods, looked up once."""

    row: dict[str, str]
    category: int
    exempt: bool
    schemes: tuple[str, ...]
    picture: Picture


@dataclass(slots=True)
class Good:
    """A product of the big market; `variants` are the keys of its children."""

    pk: int
    maker: Maker
    template: Template
    position: int
    variants: list[int] = field(default_factory=list)


def templates(pictures: dict[str, Picture]) -> dict[str, list[Template]]:
    """The demo's goods by craft."""
    shelves = {shelf.slug: shelf for shelf in Category.objects.all()}
    found: dict[str, list[Template]] = {}
    for row in product_rows():
        shelf = shelves[row["category_code"]]
        schemes = tuple(code for code in row["typical_certifications"].split("|") if code)
        exempt = shelf.vat_treatment == "exempt_raw_agri"
        template = Template(row, shelf.pk, exempt, schemes, pictures[key_of(row["product_en"])])
        found.setdefault(craft_of(row), []).append(template)
    return found


def plan_goods(dice: Dice, number: int, makers: Sequence[Maker], known: dict[str, list[Template]]) -> list[Good]:
    """Which group makes what: a few groups make very much, most of them a little; every tenth good has variants."""
    goods = [
        Good(key, maker, dice.choice(known[maker.craft]), position)
        for position, key in enumerate(take_ids(Product, number), start=1)
        for maker in [makers[dice.early(len(makers))]]
    ]
    parents = [good for good in goods if dice.happens(10)]
    sizes = [dice.randint(2, 4) for _parent in parents]
    keys = iter(take_ids(Product, sum(sizes)))
    for parent, many in zip(parents, sizes, strict=True):
        parent.variants = [next(keys) for _variant in range(many)]
    return goods


def write_goods(dice: Dice, goods: Sequence[Good], progress: Progress) -> None:
    """Products, variants, categories and pictures. Computed columns stay empty."""
    shared = {"product_class_id": goods_class()}
    provinces = dict(Province.objects.values_list("pk", "name_th"))
    copy_in(Product, (_product(dice, good, shared, provinces) for good in goods), progress, "goods")
    copy_in(Product, (row for good in goods for row in _variants(dice, good)))
    through: Any = Product.categories.through
    copy_in(through, ({"product_id": good.pk, "category_id": good.template.category} for good in goods))
    copy_in(
        ProductPicture,
        (
            {
                "product_id": good.pk,
                "picture_id": good.template.picture.pk,
                "alt_th": good.template.row["product_th"],
                "alt_en": good.template.row["product_en"],
            }
            for good in goods
        ),
    )


def _product(dice: Dice, good: Good, shared: Row, provinces: dict[str, str]) -> dict[str, Any]:
    row, code = good.template.row, dice.code()
    kind_th, kind_en = dice.choice(_KINDS)
    title = f"{row['product_th']} {kind_th} {good.position}"
    title_en = f"{row['product_en']}, {kind_en} {good.position}"
    begun = clock.now() - dt.timedelta(minutes=dice.randint(1, 700 * 24 * 60))
    return {
        "id": good.pk,
        **shared,
        "structure": Product.PARENT if good.variants else Product.STANDALONE,
        "is_public": not dice.happens(2),
        "review": dice.choices(["", "waiting", "approved", "refused"], [96, 1, 2, 1])[0],
        "group_id": good.maker.pk,
        "main_category_id": good.template.category,
        "province_id": good.maker.province,
        "public_code": code,
        "title": title,
        "title_en": title_en,
        "slug": ascii_slug(title_en, fallback=code.lower()),
        "sort_title": sort_title(title),
        "description": f"{title} ทำจาก{row['raw_material_th']} จาก{provinces[good.maker.province]}",
        "description_en": f"{title_en}. Made by hand, an example of the demo market.",
        **_measures(good),
        "is_prepacked_processed": "FDA_FOOD" in good.template.schemes,
        "is_fertiliser_or_seed": not {"FERTILIZER", "SEED"}.isdisjoint(good.template.schemes),
        "picture_name": good.template.picture.name,
        "on_sale_since": begun,
        "date_created": begun,
    }


def _measures(good: Good) -> dict[str, Any]:
    row = good.template.row
    return {
        "unit_th": row["unit_th"],
        "unit_en": names.unit_en(row["unit_th"]),
        "weight_g": int(row["weight_g"]),
        "storage": row["storage"],
        "vat_class": Product.Vat.EXEMPT if good.template.exempt else Product.Vat.STANDARD,
    }


def _variants(dice: Dice, good: Good) -> Iterator[dict[str, Any]]:
    sizes = SIZES.get(good.template.row["category_code"], _MORE_SIZES)
    for position, key in enumerate(good.variants):
        thai, english = sizes[position] if position < len(sizes) else _MORE_SIZES[position]
        yield {
            "id": key,
            "structure": Product.CHILD,
            "parent_id": good.pk,
            "group_id": good.maker.pk,
            "public_code": dice.code(),
            "slug": ascii_slug(good.template.row["product_en"], fallback=str(key)),
            "variant_th": thai,
            "variant_en": english,
            **_measures(good),
        }


def write_stock(dice: Dice, goods: Sequence[Good], progress: Progress) -> None:
    """One stock record per good or variant at the group's workshop; one in twelve is sold out."""
    copy_in(StockRecord, (row for good in goods for row in _stock(dice, good)), progress, "prices and stock")


def _stock(dice: Dice, good: Good) -> Iterator[dict[str, Any]]:
    price = price_satang(dice, int(good.template.row["price_thb"]) * 100)
    for step, key in enumerate(good.variants or [good.pk]):
        yield {
            "product_id": key,
            "partner_id": good.maker.partner,
            "place_id": good.maker.place,
            "partner_sku": f"{key}-{good.maker.place_code}",
            "price_currency": "THB",
            "price": to_baht(min(HIGHEST, price + price * step // 10 // 100 * 100)),
            "num_in_stock": 0 if dice.happens(8) else int(dice.lognormvariate(3.2, 1)) + 1,
            "num_allocated": 0,
        }


def price_satang(dice: Dice, usual: int) -> int:
    """A price around the usual one, in whole baht; one in fifty is very small or very large."""
    if dice.happens(1):
        return dice.randint(1, 15) * 100
    if dice.happens(1):
        return dice.randint(200, 1_000) * 10_000
    price = round(usual / 100 * dice.lognormvariate(0, 0.5)) * 100
    return min(HIGHEST, max(LOWEST, price))


def write_links(links: Sequence[tuple[int, int]], progress: Progress) -> None:
    """Which certificate (second) covers which product (first)."""
    rows = ({"product_id": product, "certificate_id": certificate} for product, certificate in links)
    copy_in(ProductCertificate, rows, progress, "certificates of goods")

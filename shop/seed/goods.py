"""The demo's 119 goods with pictures, certificates, variants, prices and stock."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.models import Category, Product, RawMaterial
from catalogue.services import (
    add_picture,
    add_variant,
    create_product,
    link_certificate,
    publish_product,
    set_raw_materials,
)
from shop.partner.services import set_offer
from shop.seed import names
from shop.seed.drawing.book import key_of
from shop.seed.drawing.registry import DETAIL, IN_USE, MAIN
from shop.seed.market import Demo, certify, craft_of, materials_of, product_rows
from vendors.models import Organisation, Province

SIZES = {
    "clothing": (("S", "S"), ("M", "M"), ("L", "L"), ("XL", "XL")),
    "silk": (("สีคราม", "indigo"), ("สีแดงครั่ง", "lac red"), ("สีทอง", "gold")),
    "basketry": (("ใบเล็ก", "small"), ("ใบใหญ่", "large")),
    "ceramics": (("ใบเล็ก", "small"), ("ใบใหญ่", "large")),
}
_EDIBLE = frozenset(
    {
        *("rice", "fresh-produce", "processed-fruit", "chilli-paste", "eggs-meat-dairy"),
        *("seafood", "snacks-sweets", "honey-sugar", "beverages"),
    }
)
_MOST_VARIANTS_PER_CATEGORY = 5
_LIMITED = ("GI", "GAP", "OTOP_STAR", "TCPS")


def make_goods(demo: Demo) -> Iterator[Product]:
    """All goods, published; the edge cases are made afterwards."""
    categories = {row.slug: row for row in Category.objects.all()}
    with_variants: dict[str, int] = {}
    rows = product_rows()
    demo.dice.shuffle(rows)  # so that the newest goods are of many kinds
    for position, row in enumerate(rows):
        group = demo.groups[(row["province_th"], craft_of(row))]
        product = _product(demo, row, group, categories[row["category_code"]], position)
        code = row["category_code"]
        wanted = code in SIZES and with_variants.get(code, 0) < _MOST_VARIANTS_PER_CATEGORY
        with_variants[code] = with_variants.get(code, 0) + wanted
        _offers(demo, product, row, group, SIZES[code] if wanted else (), position)
        yield publish_product(product=product)


def _product(demo: Demo, row: dict[str, str], group: Organisation, category: Category, position: int) -> Product:
    schemes = [code for code in row["typical_certifications"].split("|") if code]
    province = Province.objects.get(name_th=row["province_th"])
    craft = names.CRAFTS[craft_of(row)]
    where = "" if province.pk == "TH-10" else "จังหวัด"
    product = create_product(
        group=group,
        category=category,
        title_th=row["product_th"],
        title_en=row["product_en"],
        description_th=f"{row['product_th']} ทำจาก{row['raw_material_th']} ของดี{where}{province.name_th} {craft.story_th}",
        description_en=f"{row['product_en']} from {province.name_en}. {craft.story_en}",
        unit_th=row["unit_th"],
        unit_en=names.unit_en(row["unit_th"]),
        weight_g=int(row["weight_g"]),
        storage=row["storage"],
        vat_class=(Product.Vat.EXEMPT if category.vat_treatment == "exempt_raw_agri" else Product.Vat.STANDARD),
        province=province,
        is_prepacked_processed="FDA_FOOD" in schemes,
        is_fertiliser_or_seed=bool({"FERTILIZER", "SEED"} & set(schemes)),
    )
    for number, code in enumerate(schemes):
        days = None if code not in _LIMITED else 120 + (position * 13 + number * 31) % 700
        certificate = certify(demo, group, code, issued_days_ago=30 + position, days_left=days)
        link_certificate(product=product, certificate=certificate)
    set_raw_materials(
        product=product,
        materials=[
            {
                "name_th": thai,
                "name_en": english,
                "origin": RawMaterial.Origin.OWN if number == 0 else RawMaterial.Origin.BOUGHT,
                "province": province,
            }
            for number, (thai, english) in enumerate(materials_of(row))
        ],
    )
    _hang_pictures(demo, product, row, where + province.name_th, province.name_en)
    return product


def _hang_pictures(demo: Demo, product: Product, row: dict[str, str], place_th: str, place_en: str) -> None:
    """The good itself, and for some a close look and the good in use."""
    thai, english = row["product_th"], row["product_en"]
    edible = row["category_code"] in _EDIBLE
    alts = {
        MAIN: (
            f"{thai} {row['unit_th']} จาก{place_th}",
            f"{english}, {names.unit_en(row['unit_th'])}, from {place_en}",
        ),
        DETAIL: (f"{thai} มองใกล้ ๆ", f"{english} seen closely"),
        IN_USE: (
            f"{thai} จัดพร้อมกิน" if edible else f"{thai} เมื่อนำมาใช้",
            f"{english} ready to eat" if edible else f"{english} in use",
        ),
    }
    for view, (alt_th, alt_en) in alts.items():
        picture = demo.pictures.get(key_of(english, view))
        if picture:
            add_picture(product=product, picture=picture, alt_th=alt_th, alt_en=alt_en)


def _offers(
    demo: Demo,
    product: Product,
    row: dict[str, str],
    group: Organisation,
    sizes: tuple[tuple[str, str], ...],
    position: int,
) -> None:
    price, place = int(row["price_thb"]) * 100, demo.workshops[group.pk]
    stock = 6 + position * 11 % 60
    if not sizes:
        set_offer(product=product, place=place, price_satang=price, in_stock=stock)
        return
    for step, (thai, english) in enumerate(sizes):
        variant = add_variant(parent=product, variant_th=thai, variant_en=english)
        higher = price + (price * step // 10 // 100 * 100 if thai.startswith("ใบ") else 0)
        set_offer(product=variant, place=place, price_satang=higher, in_stock=stock if step != 1 else 0)

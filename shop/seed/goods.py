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
from shop.seed.market import Demo, certify, craft_of, product_rows
from vendors.models import Organisation, Province

_OWN_PICTURE = {
    "ยาหม่องไพล": "balm-phlai",
    "กล้วยตาก": "banana-dried",
    "ไม้กวาด": "broom-grass",
    "น้ำมันมะพร้าว": "coconut-oil",
    "กาแฟคั่ว": "coffee-doichang",
    "เครื่องแกงใต้": "curry-south",
    "ปลากุเลา": "dried-fish",
    "กุ้งแห้ง": "dried-shrimp",
    "ไข่เค็ม": "eggs-chaiya",
    "น้ำปลาแท้": "fishsauce",
    "กระเทียม": "garlic",
    "น้ำผึ้งดอกลำไย": "honey-longan",
    "ข้าวแต๋น": "khaotaen",
    "กระเป๋ากระจูด": "krajood-bag",
    "ผ้าคราม": "kram-sakon",
    "กระติบ": "kratip-udon",
    "มังคุด": "mangosteen",
    "นมยูเอชที": "milk-coop",
    "หมอนขิด": "mon-khit",
    "น้ำหม่อน": "mulberry-juice",
    "น้ำพริกเผา": "namprik-phao",
    "งอบ": "ngob-hat",
    "กล้วยไม้": "orchid",
    "น้ำตาลโตนด": "palm-sugar",
    "ผ้าขาวม้า": "phakhaoma",
    "ด่านเกวียน": "pottery-dankwian",
    "ตะกร้าหวาย": "rattan-basket",
    "ทุ่งกุลา": "rice-hommali",
    "ตราไก่": "rooster-bowl",
    "ไส้อั่ว": "sausage-north",
    "ย้อมครามสตรี": "shirt-kram",
    "มัดหมี่ชนบท": "silk-chonnabot",
    "ผ้าพันคอไหม": "silk-scarf",
    "สบู่": "soap-turmeric",
    "แม่สลอง": "tea-maesalong",
    "ตีนจก": "teenjok",
    "ร่มบ่อสร้าง": "umbrella-bosang",
    "มะม่วงเบา": "mango-basket",
}
_CATEGORY_PICTURE = {
    "rice": "rice-hommali",
    "fresh-produce": "mangosteen",
    "processed-fruit": "banana-dried",
    "chilli-paste": "curry-south",
    "eggs-meat-dairy": "eggs-chaiya",
    "seafood": "dried-fish",
    "snacks-sweets": "khaotaen",
    "honey-sugar": "palm-sugar",
    "beverages": "tea-maesalong",
    "silk": "silk-scarf",
    "cotton": "phakhaoma",
    "clothing": "shirt-kram",
    "bags-jewellery": "krajood-bag",
    "basketry": "rattan-basket",
    "ceramics": "pottery-dankwian",
    "wood-metal": "umbrella-bosang",
    "souvenirs": "mon-khit",
    "herbal-care": "balm-phlai",
    "home-care": "broom-grass",
    "farm-inputs": "orchid",
}
SIZES = {
    "clothing": (("S", "S"), ("M", "M"), ("L", "L"), ("XL", "XL")),
    "silk": (("สีคราม", "indigo"), ("สีแดงครั่ง", "lac red"), ("สีทอง", "gold")),
    "basketry": (("ใบเล็ก", "small"), ("ใบใหญ่", "large")),
    "ceramics": (("ใบเล็ก", "small"), ("ใบใหญ่", "large")),
}
_MOST_VARIANTS_PER_CATEGORY = 5
_LIMITED = ("GI", "GAP", "OTOP_STAR", "TCPS")


def picture_of(row: dict[str, str]) -> str:
    """The bundled picture that shows a good, or the nearest of its category."""
    for word, picture in _OWN_PICTURE.items():
        if word in row["product_th"]:
            return picture
    return _CATEGORY_PICTURE[row["category_code"]]


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
        vat_class=(
            Product.Vat.EXEMPT if category.vat_treatment == "exempt_raw_agri" else Product.Vat.STANDARD
        ),
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
                "name_th": material,
                "origin": RawMaterial.Origin.OWN if number == 0 else RawMaterial.Origin.BOUGHT,
                "province": province,
            }
            for number, material in enumerate(row["raw_material_th"].split())
        ],
    )
    add_picture(product=product, picture=demo.pictures[picture_of(row)], alt_th=row["product_th"], alt_en=row["product_en"])
    return product


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

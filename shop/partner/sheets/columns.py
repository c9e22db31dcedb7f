"""The columns of the sheet of goods. Headings are a file format: they stay as they are, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue.errors import ChangedMeanwhile, GoodsForbidden, NotReady, TooManyVariants
from catalogue.models import Product
from shop.common.forms import BahtField, CountField, GramsField
from shop.common.money import to_baht
from shop.common.sheets import Value
from shop.partner.errors import OfferIncomplete, StockBelowReserved
from vendors.sheets import values
from vendors.sheets.columns import Column
from vendors.sheets.problems import TEXTS, Wrong

MOST = 5_000
"""Rows of one file: so many can be looked through while the person waits, and shown."""
SALE: dict[str, tuple[str, ...]] = {"1": ("ขาย", "on sale", "yes"), "0": ("ไม่ขาย", "off sale", "no")}
STORAGE: dict[str, tuple[str, ...]] = {
    Product.Storage.AMBIENT.value: ("อุณหภูมิห้อง", "room temperature"),
    Product.Storage.CHILLED.value: ("แช่เย็น", "keep chilled"),
    Product.Storage.FROZEN.value: ("แช่แข็ง", "keep frozen"),
}
VAT: dict[str, tuple[str, ...]] = {
    Product.Vat.STANDARD.value: ("คิดภาษีปกติ", "standard VAT"),
    Product.Vat.EXEMPT.value: ("ยกเว้นภาษี", "VAT exempt"),
}


def _by(field: forms.Field, prefix: str) -> Callable[[Value], Any]:
    """Reads a cell as the pages read what is typed; a refusal is told in the same words."""

    def read(value: Value) -> Any:
        typed = values.plain(value)
        try:
            return field.clean(typed)
        except ValidationError as error:
            facts = {"value": typed[:40], **(error.params or {})}
            raise Wrong(f"{prefix}_{error.code}", **facts) from error

    for code in ("number", "satang", "small", "large"):
        if code in field.error_messages:
            TEXTS[f"{prefix}_{code}"] = field.error_messages[code]
    return read


def _shown(words: dict[str, tuple[str, ...]]) -> str:
    return ", ".join(entry[0] for entry in words.values())


TEXTS.update(
    {
        "goods_code_unknown": _(
            "Your group has no product with the code “%(value)s”. Leave the cell empty for a new one."
        ),
        "goods_code_parent": _("This product has variants. Take the code of the variant."),
        "goods_several": _("Several of your goods are called “%(value)s”. Write the code."),
        "goods_no_variants": _("“%(value)s” has no variants yet. Add the first one on its page."),
        "goods_variant_missing": _("“%(value)s” has variants. Write which one."),
        "goods_differs": _("Row %(other)s says something else about the same product. Make both the same."),
        "goods_known_differs": _(
            "The product says something else here. Leave this empty for a new variant, or write the same."
        ),
        "goods_new_is_draft": _("A new product begins as a draft. Leave this empty, and publish it on its page."),
        "goods_category": _("“%(value)s” is no category. Copy one from the sheet “ค่าที่ใช้ได้” of the template."),
        "goods_forbidden": GoodsForbidden.message,
        "goods_reserved": StockBelowReserved.message,
        "goods_no_price": OfferIncomplete.message,
        "goods_not_ready": NotReady.message,
        "goods_many_variants": TooManyVariants.message,
        "goods_met": ChangedMeanwhile.message,
    }
)

COLUMNS: tuple[Column, ...] = (
    Column(
        "code",
        "รหัส",
        "Code",
        values.text(12),
        _("The market's own code of the product or variant. Leave it empty for a new one."),
        clearable=False,
        width=13,
    ),
    Column(
        "of",
        "รหัสสินค้าหลัก",
        "Code of the product",
        values.text(12),
        _("Of a variant: the code of its product. A new variant finds its product by this code or by the name."),
        clearable=False,
        width=13,
    ),
    Column(
        "title",
        "ชื่อสินค้า",
        "Name",
        values.text(255),
        _("Needed for a new product. All variants of one product have the same name."),
        "กระติบข้าวเหนียว",
        clearable=False,
        width=34,
    ),
    Column(
        "variant",
        "ตัวเลือก",
        "Variant",
        values.text(80),
        _("Size, colour or strength; empty when there is only one. One row for each."),
        "ใบใหญ่",
        clearable=False,
    ),
    Column(
        "category",
        "หมวด",
        "Category",
        values.text(255),
        _("Needed for a new product; as in the sheet “ค่าที่ใช้ได้”."),
        "เครื่องจักสาน",
        clearable=False,
        width=24,
    ),
    Column(
        "price",
        "ราคา",
        "Price",
        _by(BahtField(), "goods_price"),
        _("In baht, VAT included."),
        "120",
        clearable=False,
        width=11,
    ),
    Column(
        "stock",
        "จำนวนที่มี",
        "Pieces in stock",
        _by(CountField(most=100_000), "goods_stock"),
        _("Everything that lies there, what is promised to buyers included. Leave it empty to leave it as it is."),
        "10",
        clearable=False,
        width=11,
    ),
    Column(
        "low",
        "เตือนเมื่อเหลือ",
        "Warn at",
        _by(CountField(most=100_000), "goods_stock"),
        _("With so few left, the page “Today” tells you."),
        "3",
        width=11,
    ),
    Column(
        "sale",
        "เปิดขาย",
        "On sale",
        values.choice(SALE, _shown(SALE)),
        _("Leave it empty for a new product: it begins as a draft."),
        clearable=False,
        width=11,
    ),
    Column("unit", "หน่วยขาย", "Unit", values.text(60), _("Sold by the …"), "ใบ", width=11),
    Column(
        "weight",
        "น้ำหนักรวมห่อ (กรัม)",
        "Weight with packing (grams)",
        _by(GramsField(least=1, most=200_000), "goods_weight"),
        _("The price of delivery follows from it."),
        "500",
        clearable=False,
        width=12,
    ),
    Column(
        "storage", "การเก็บรักษา", "Storage", values.choice(STORAGE, _shown(STORAGE)), _shown(STORAGE), clearable=False
    ),
    Column("vat", "ภาษี", "VAT", values.choice(VAT, _shown(VAT)), _shown(VAT), clearable=False),
    Column("province", "จังหวัดที่ผลิต", "Province of origin", values.text(60), clearable=False),
    Column("description", "รายละเอียด", "Description", values.text(5_000, lines=True), width=50),
    Column("title_en", "ชื่อภาษาอังกฤษ", "English name", values.text(255), example="Sticky rice basket", width=30),
    Column("variant_en", "ตัวเลือกภาษาอังกฤษ", "Variant in English", values.text(80)),
    Column("unit_en", "หน่วยขายภาษาอังกฤษ", "Unit in English", values.text(60)),
    Column("description_en", "รายละเอียดภาษาอังกฤษ", "English description", values.text(5_000, lines=True), width=50),
)
OWNER = (
    *(
        "title",
        "title_en",
        "category",
        "storage",
        "vat",
        "province",
        "unit",
        "unit_en",
        "description",
        "description_en",
    ),
)
"""What all variants of a product share."""


def baht(satang: int | None) -> Decimal | None:
    """As a sheet holds it."""
    return None if satang is None else to_baht(satang)

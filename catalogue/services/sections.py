"""The parts of a product that are edited one by one, as plain values: what two members compare, what an officer decides.

Certified parts (name and description in both languages, category, origin, certificates) wait for an officer once the
goods were on sale or a certificate names them; the rest counts at once (docs/decisions/039).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from catalogue.models import Category, PendingEdit, Product, ProductCertificate
from catalogue.services.products import set_raw_materials, update_product
from catalogue.services.refresh import refresh_sale
from vendors.models import Certificate, Province

Values = dict[str, Any]
SECTIONS: dict[str, tuple[str, ...]] = {
    "texts": ("title", "description"),
    "category": ("main_category", "is_prepacked_processed", "is_fertiliser_or_seed"),
    "origin": ("province", "raw_materials"),
    "certificates": ("certificates",),
    "english": ("title_en", "description_en", "unit_en"),
    "measures": ("unit_th", "weight_g", "storage", "vat_class"),
}
CERTIFIED = frozenset(
    {
        *(field for section in ("texts", "category", "origin", "certificates") for field in SECTIONS[section]),
        "title_en",
        "description_en",
    }
)
_KEYS = {"main_category": "main_category_id", "province": "province_id"}


def values_of(product: Product, fields: Iterable[str]) -> Values:
    """The fields as plain values for JSON, as they are on the product."""
    return {field: _value(product, field) for field in fields}


def _value(product: Product, field: str) -> Any:
    if field == "certificates":
        rows = ProductCertificate.objects.filter(product=product).order_by("certificate_id")
        return list(rows.values_list("certificate_id", flat=True))
    if field == "raw_materials":
        return [
            {
                "name_th": row.name_th,
                "name_en": row.name_en,
                "origin": row.origin,
                "province": row.province_id,
                "group": row.group_id,
            }
            for row in product.raw_materials.all()
        ]
    value = getattr(product, _KEYS.get(field, field))
    return "" if value is None and field == "description" else value


def waiting_edit(product: Product) -> PendingEdit | None:
    """The change that waits for an officer."""
    return PendingEdit.objects.filter(product=product, state=PendingEdit.State.WAITING).first()


def wanted_values(product: Product, fields: Iterable[str], edit: PendingEdit | None) -> Values:
    """The fields as the group wants them: what waits for an officer stands in place of what is on sale."""
    values = values_of(product, fields)
    if edit is not None:
        values |= {field: value for field, value in edit.changes.items() if field in values}
    return values


def stamp(values: Mapping[str, Any]) -> str:
    """A short mark of what a form showed: another one on the way back means that somebody saved in between."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def write_values(product: Product, changes: Values) -> None:
    """Writes plain values onto the product, each by the service that knows it."""
    plain: Values = {}
    for field, value in changes.items():
        if field == "raw_materials":
            set_raw_materials(product=product, materials=[_material(row) for row in value])
        elif field == "certificates":
            _link(product, value)
        elif field == "main_category":
            plain[field] = Category.objects.get(pk=value)
        elif field == "province":
            plain[field] = Province.objects.get(pk=value) if value else None
        else:
            plain[field] = value
    if plain:
        update_product(product=product, **plain)


def _material(row: Mapping[str, Any]) -> Values:
    return {
        "name_th": row["name_th"],
        "name_en": row["name_en"],
        "origin": row["origin"],
        "province_id": row["province"] or None,
        "group_id": row["group"] or None,
    }


def _link(product: Product, wanted: list[int]) -> None:
    """Only certificates of the product's own group are linked, whatever the list says."""
    own = Certificate.objects.filter(pk__in=wanted, holder_id=product.group_id).values_list("pk", flat=True)
    ProductCertificate.objects.filter(product=product).exclude(certificate_id__in=own).delete()
    ProductCertificate.objects.bulk_create(
        [ProductCertificate(product=product, certificate_id=pk) for pk in own], ignore_conflicts=True
    )
    refresh_sale([product.pk])

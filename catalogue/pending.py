"""Changes in words: what was and what is wanted, side by side, for the officer and for two members who meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from catalogue import shelves
from catalogue.models import PendingEdit, Product, RawMaterial
from shop.theme import formats
from vendors.models import Certificate

_LABELS: dict[str, str | Promise] = {
    "title": _("Thai name"),
    "description": _("Description"),
    "title_en": _("English name"),
    "description_en": _("English description"),
    "unit_th": _("Unit"),
    "unit_en": _("Unit (English)"),
    "weight_g": _("Weight with packing (grams)"),
    "storage": _("Storage"),
    "vat_class": _("VAT"),
    "main_category": _("Category"),
    "province": _("Province of origin"),
    "raw_materials": _("Raw materials"),
    "certificates": _("Certificates"),
    "price_satang": _("Price"),
    "in_stock": _("Pieces in stock"),
    "low_stock": _("Tell us when so few are left"),
    "on_sale": _("On sale"),
    "variant_th": _("Variant"),
    "variant_en": _("Variant (English)"),
}
_UNTOLD = frozenset({"is_prepacked_processed", "is_fertiliser_or_seed"})
"""They follow from the category, which is told."""


@dataclass(frozen=True)
class Difference:
    """One field in two versions, each as text; lists are lines."""

    label: str | Promise
    old: str
    new: str


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """The fields in which two versions differ, in words."""
    fields = [field for field in _LABELS if field in new and old.get(field) != new[field] and field not in _UNTOLD]
    names = _certificate_names(old, new) if "certificates" in fields else {}
    return [Difference(_LABELS[one], _told(one, old.get(one), names), _told(one, new[one], names)) for one in fields]


def differences_of(edit: PendingEdit) -> list[Difference]:
    """A change as the officer compares it."""
    return differences(edit.before, edit.changes)


def fields_told(fields: Iterable[str]) -> str:
    """The names of fields in one line."""
    return ", ".join(str(_LABELS[field]) for field in _LABELS if field in set(fields))


def _certificate_names(*versions: Mapping[str, Any]) -> dict[int, str]:
    wanted = {pk for version in versions for pk in version.get("certificates") or ()}
    rows = Certificate.objects.filter(pk__in=wanted).select_related("scheme")
    english = (get_language() or "th").startswith("en")
    return {
        row.pk: f"{row.scheme.short_en if english else row.scheme.short_th} {row.bare_number} ({row.get_state_display()})"
        for row in rows
    }


def _told(field: str, value: Any, certificates: Mapping[int, str]) -> str:
    language = get_language() or "th"
    if value in (None, "", []):
        return "–"
    if field == "main_category":
        shelf = shelves.shelf_by_pk(value)
        return shelf.name(language) if shelf else "–"
    if field == "province":
        return _province(value, language)
    if field == "certificates":
        return "\n".join(certificates.get(pk, "?") for pk in value)
    if field == "raw_materials":
        return "\n".join(_material(row, language) for row in value)
    if field == "price_satang":
        return formats.baht(value, language)
    if field == "on_sale":
        return gettext("yes") if value else gettext("no")
    if field == "storage":
        return str(Product.Storage(value).label)
    if field == "vat_class":
        return str(Product.Vat(value).label)
    return str(value)


def _province(code: str, language: str) -> str:
    known = shelves.provinces().get(code)
    return known.name(language) if known else "–"


def _material(row: Mapping[str, Any], language: str) -> str:
    where = f" · {_province(row['province'], language)}" if row.get("province") else ""
    names = " / ".join(name for name in (row["name_th"], row.get("name_en", "")) if name)
    return f"{names} ({RawMaterial.Origin(row['origin']).label}){where}"

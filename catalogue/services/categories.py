"""Categories come from data; loading again brings changes and loses nothing."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from django.db import transaction

from catalogue import shelves
from catalogue.models import Category
from catalogue.services.refresh import refresh_sale
from media.models import Picture
from shop.common import versions

DATA = Path(__file__).parent.parent / "data" / "categories.csv"


@transaction.atomic
def load_categories() -> int:
    """Creates or updates every category of the data file; returns their number. Changed gates count at once."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    known = {category.slug: category for category in Category.objects.select_for_update()}
    gates_changed = False
    for row in rows:
        values = _values(row)
        category = known.get(row["code"])
        if category is None:
            Category.add_root(slug=row["code"], **values)
            continue
        gates_changed |= (category.gating_any_of, category.gating_applies_to) != (
            values["gating_any_of"],
            values["gating_applies_to"],
        )
        for field, value in values.items():
            setattr(category, field, value)
        category.save(update_fields=list(values))
    if gates_changed:
        refresh_sale(None)
    shelves.forget()
    versions.bump()
    return len(rows)


@transaction.atomic
def set_category_pictures(*, pictures: Mapping[str, Picture]) -> None:
    """Gives categories their pictures, by slug."""
    for slug, picture in pictures.items():
        Category.objects.filter(slug=slug).update(picture=picture)
    shelves.forget()
    versions.bump()


def _values(row: dict[str, str]) -> dict[str, object]:
    return {
        "name": row["name_th"],
        "name_en": row["name_en"],
        "otop_group": row["otop_group"],
        "storage_default": row["storage_default"],
        "vat_treatment": row["vat_treatment"],
        "gating_any_of": [code for code in row["gating_any_of"].split("|") if code],
        "gating_applies_to": row["gating_applies_to"],
        "position": int(row["sort_order"]),
    }

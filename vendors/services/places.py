"""Places: workshops and hubs."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from shop.common import codes
from shop.common.thai import clean_text
from vendors.models import Organisation, Place, Province


@transaction.atomic
def open_place(
    *,
    organisation: Organisation,
    kind: str,
    name_th: str,
    name_en: str = "",
    province: Province | None = None,
    **details: Any,
) -> Place:
    """Opens a place run by `organisation`; without a province it lies in the organisation's."""
    where = province or organisation.province
    if where is None:
        raise ValueError("a place lies in a province")
    return Place.objects.create(
        code=codes.new_code(),
        kind=kind,
        organisation=organisation,
        name_th=clean_text(name_th),
        name_en=clean_text(name_en),
        province=where,
        **details,
    )

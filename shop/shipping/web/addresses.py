"""The address of each table: tariffs/ambient-same_region, fees/collect, areas/postcode-84320, weeks/all, weeks/<code of the hub>."""

from __future__ import annotations

import re

from django.http import Http404

from shop.shipping.models import ServiceArea
from shop.shipping.tables import FIXED, SHAPES, Table
from vendors.models import Place

_AREA = re.compile(rf"({'|'.join(ServiceArea.By.values)})-(\d{{2,6}})")


def key_of(table: Table, code: str = "") -> str:
    """The last part of its address; `code` is that of the hub."""
    if table.kind == "weeks":
        return code or "all"
    return "-".join(part for part in table.key if part)


def kind_or_404(kind: str) -> str:
    """A kind of table that exists."""
    if kind not in SHAPES:
        raise Http404("no such kind")
    return kind


def table_or_404(kind: str, key: str) -> tuple[Table, Place | None]:
    """The table of an address, and the hub where it is one's. "new" is an area without rows."""
    for table in FIXED.get(kind_or_404(kind), ()):
        if key_of(table) == key:
            return table, None
    match = _AREA.fullmatch(key)
    if kind == "areas" and (match or key == "new"):
        return Table(kind, (match[1], match[2]) if match else ("", "")), None
    if kind == "weeks" and key == "all":
        return Table(kind, (None,)), None
    place = Place.objects.filter(kind=Place.Kind.HUB, code=key).select_related("organisation").first()
    if kind != "weeks" or place is None:
        raise Http404("no such table")
    return Table(kind, (place.pk,)), place

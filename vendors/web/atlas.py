"""The map of provinces as pages of networks and groups show it."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from shop.theme import formats
from vendors import tilemap
from vendors.models import Organisation, Province


def linked(networks: Iterable[Organisation], *, region: str | None = None, here: str | None = None) -> SafeString:
    """Every province leads to its network; with `region` only that region is coloured, `here` is marked."""
    links: dict[str, tuple[str, str]] = {}
    regions: dict[str, str] = {}
    for network in networks:
        province = network.province
        if province is not None:
            links[province.pk] = (reverse("vendors:network", args=[network.slug]), _name(province))
            if region in (None, province.region_id):
                regions[province.pk] = province.region_id
    return tilemap.draw_links(links=links, regions=regions, marks={here: "here"} if here else {})


def place(province: Province | None) -> SafeString | None:
    """Where one province lies, as a picture with its name in words."""
    if province is None:
        return None
    label = gettext("Map of the 77 provinces.") + " " + _name(province)
    return tilemap.draw(label=label, marks={province.pk: "made"})


def _name(province: Province) -> str:
    return formats.local(province, "name_th", get_language() or "th")

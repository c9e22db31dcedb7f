"""Picking a sub-district without JavaScript: a search with a list, or province → district → sub-district by three selects."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language

from shop.people import addresses


def picker_step(data: Any) -> bool:
    """True when the form was sent only to go on picking (`pick` is the name of those buttons)."""
    return "pick" in data


def picker_context(form: forms.Form, data: Any) -> dict[str, Any]:
    """What the picker shows: the chosen area, found ones, and the three lists as far as they are known."""
    language = get_language() or "th"
    code = str(form["area_code"].value() or "")
    chosen = addresses.area(code)
    province = str(data.get("province") or (code[:2] if chosen else ""))[:2]
    district = str(data.get("district") or (code[:4] if chosen else ""))[:4]
    if not district.startswith(province):
        district = ""
    query = str(data.get("area_query", ""))[:80]
    found = addresses.find_areas(query) if query and picker_step(data) else []
    return {
        "area_chosen": chosen,
        "area_label": chosen.label(language) if chosen else "",
        "area_query": query,
        "area_found": [(row.code, f"{row.label(language)} {' / '.join(row.postcodes)}") for row in found],
        "area_searched": bool(query) and picker_step(data),
        "provinces": _named(addresses.provinces(), language),
        "districts": _named(addresses.districts(province), language) if province else [],
        "subdistricts": [
            (row.code, row.subdistrict_th if language == "th" else row.subdistrict_en)
            for row in (addresses.subdistricts(district) if district else [])
        ],
        "province": province,
        "district": district,
        "subdistrict": code,
    }


def _picked(data: Any) -> str:
    """The code chosen by one of the picking buttons; "" while nothing is chosen."""
    way = data.get("pick", "")
    if way == "choice":
        return str(data.get("area_choice", ""))
    if way == "selects":
        code = str(data.get("subdistrict", ""))
        return code if code.startswith(str(data.get("district") or "-")) else ""
    return ""


def picked_data(data: Any) -> dict[str, str]:
    """The typed fields with the picked area among them, to show the form again."""
    area = addresses.area(_picked(data))
    values = {key: str(value) for key, value in data.items()}
    if area is not None:
        values |= {"area_code": area.code, "postcode": area.postcodes[0]}
    elif data.get("pick") == "selects":
        values |= {"area_code": "", "postcode": ""}
    return values


def _named(rows: list[tuple[str, str, str]], language: str) -> list[tuple[str, str]]:
    return [(code, thai if language == "th" else english) for code, thai, english in rows]

"""Thai areas in templates."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from shop.people import addresses

register = template.Library()


@register.simple_tag
def area_label(area: addresses.Area | None) -> str:
    """A sub-district with district and province, in the page's language."""
    return area.label("en" if (get_language() or "th").startswith("en") else "th") if area else ""


@register.simple_tag
def area_code_label(code: str) -> str:
    """The same by its 6-digit code."""
    return area_label(addresses.area(code))

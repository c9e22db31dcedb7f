"""Numbers of a hub with the right word beside them: one box, two boxes."""

from __future__ import annotations

from django import template
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def pieces(number: int) -> str:
    """Pieces of goods."""
    return ngettext("%(number)s piece", "%(number)s pieces", number) % {"number": number}


@register.filter
def boxes(number: int) -> str:
    """Boxes."""
    return ngettext("%(number)s box", "%(number)s boxes", number) % {"number": number}


@register.filter
def boxes_to_come(number: int) -> str:
    """Boxes that are still to come."""
    return ngettext("%(number)s box to come", "%(number)s boxes to come", number) % {"number": number}

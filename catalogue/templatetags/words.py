"""Long Thai words in narrow cells."""

from __future__ import annotations

import itertools

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from shop.common.thai import Fit, line_breaks

register = template.Library()


@register.filter
def soft_breaks(text: str) -> SafeString:
    """Marks where a long Thai word may be parted in a narrow cell: เครื่องปั้นดิน|เผา, never เครื่องปั้นดินเ|ผา."""
    cuts = [0, *(place.at for place in line_breaks(text) if place.fit is Fit.WORD), len(text)]
    return format_html_join(mark_safe("<wbr>"), "{}", ((text[a:b],) for a, b in itertools.pairwise(cuts)))

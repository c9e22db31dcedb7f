"""Long Thai words in narrow cells."""

from __future__ import annotations

import itertools
import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from shop.common.thai import Fit, line_breaks

register = template.Library()


_WHOLE = re.compile("(สำเร็จรูป|เซรามิก)")
"""Words that a browser's dictionary does not know and would part anywhere."""


@register.filter
def soft_breaks(text: str) -> SafeString:
    """Marks where a long Thai word may be parted in a narrow cell: เครื่องปั้นดิน|เผา, never เครื่องปั้นดินเ|ผา or สำ|เร็จรูป."""
    whole = [match.span() for match in _WHOLE.finditer(text)]
    words = {place.at for place in line_breaks(text) if place.fit is Fit.WORD}
    inside = {at for start, end in whole for at in range(start + 1, end)}
    cuts = sorted({0, len(text), *(words - inside), *(at for span in whole for at in span)})
    parts = [(text[a:b], (a, b) in whole) for a, b in itertools.pairwise(cuts)]
    kept = [format_html('<span class="one">{}</span>' if one else "{}", part) for part, one in parts]
    return mark_safe("<wbr>".join(kept))

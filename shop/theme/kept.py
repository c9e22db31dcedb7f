"""The frame of a page (masthead, footer, bar) rendered once per language instead of on every page.

What stands in it must be the same on every page of a language: addresses, words and what rooms put into the slots. Two
things differ, the address of the page in the other language and the words in the search field: they are set into the
kept text each time. A test compares kept and freshly rendered pages.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from shop.theme.slots import slots_text

OTHER_LANGUAGE = "%other-language%"
TYPED = "%typed-words%"
KEEPING = "frame_is_kept"
_MOST = 64
_kept: dict[tuple[str, str, bool, str], str] = {}


def part(context: Any, name: str, slots: tuple[str, ...], language: str, other_language: str) -> SafeString:
    """The part `name` (a template, which shows these slots) as it is on every page, with the words of this one in its field."""
    key = (name, language, settings.DEMO, slots_text(slots, language))
    text = _kept.get(key)
    if text is None:
        with context.push(**{KEEPING: True, "query_text": TYPED}):
            text = str(context.template.engine.get_template(name).render(context))
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[key] = text
    typed = escape(context.get("query_text") or "")
    text = text.replace(OTHER_LANGUAGE, escape(other_language)).replace(
        TYPED, typed
    )  # words last: they may say anything
    html: SafeString = mark_safe(text)  # escaped where it was rendered
    return html

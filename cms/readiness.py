"""What a story needs before it may be published: shown as a list with links to the fields, and asked again on publishing.

Drafts are always saved. A problem names the form's field it belongs to and the place of that field on the editor's page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import RichText


@dataclass(frozen=True)
class Problem:
    """One thing that is missing or wrong."""

    field: str
    text: str | Promise
    place: str


TO_WRITE = "(เขียนที่นี่:"
"""What the template leaves to be written begins like this."""
_HEADING = re.compile(r"<h([2-6])\b[^>]*>(.*?)</h\1>", re.I | re.S)
_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.I | re.S)
_TARGET = re.compile(r"""\b(?:href|id|linktype)\s*=\s*["']\s*[^"'#\s]""", re.I)
_TAG = re.compile(r"<[^>]+>")


def place_of(field: str) -> str:
    """Where the editor's page shows a field."""
    return "#body-root" if field == "body" else f"#id_{field}"


def _words(html: str) -> str:
    return _TAG.sub("", html).replace("&nbsp;", " ").strip()


def problems_of(page: Any) -> list[Problem]:
    """What keeps a story from being published; nothing for other kinds of pages."""
    from cms.models import StoryPage  # its form reads this module

    if not isinstance(page, StoryPage):
        return []
    found = [*_of_fields(page), *_of_body(page)]
    # the same words for several parts are one line: it leads to the first
    return [Problem(field, text, place_of(field)) for field, text in dict.fromkeys((f, str(t)) for f, t in found)]


def _of_fields(page: Any) -> Iterator[tuple[str, Any]]:
    if not (page.title or "").strip():
        yield "title", _("The title is missing.")
    if not (page.summary or "").strip():
        yield "summary", _("The summary is missing: one or two sentences that stand in lists and shared links.")
    if page.image_id and not (page.picture_alt or "").strip():
        yield "picture_alt", _("Say what the picture shows, for those who cannot see it.")


def _of_body(page: Any) -> Iterator[tuple[str, Any]]:
    level = 1
    body = getattr(page, "body", None) or ()
    for value in [RichText(body)] if isinstance(body, str) else [child.value for child in body]:
        yield from (("body", text) for text in _of_pictures(value))
        for html in _rich_texts(value):
            if TO_WRITE in html:
                yield "body", _("A part of the template is still to be written.")
            for match in _HEADING.finditer(html):
                new = int(match[1])
                if not _words(match[2]):
                    yield "body", _("A heading is empty.")
                elif new > level + 1:
                    yield "body", _("A small heading stands before the first large one. Begin with a large heading.")
                level = new
            for match in _LINK.finditer(html):
                if not _TARGET.search(match[1]):
                    yield "body", _("A link leads nowhere.")
                elif not _words(match[2]):
                    yield "body", _("A link has no words.")


def _rich_texts(value: Any) -> Iterator[str]:
    """Every rich text of a block, in order, however deep it stands."""
    source = getattr(value, "source", None)
    if isinstance(source, str):
        yield source
    else:
        for part in _parts(value):
            yield from _rich_texts(part)


def _parts(value: Any) -> list[Any]:
    if hasattr(value, "bound_blocks"):
        blocks = value.bound_blocks
        return [block.value for block in (blocks.values() if hasattr(blocks, "values") else blocks)]
    return list(value) if isinstance(value, list | tuple) else []


def _of_pictures(value: Any) -> Iterator[Any]:
    """Pictures that stand in the text: each says what it shows, or that it is an ornament."""
    if hasattr(value, "contextual_alt_text"):
        if not (value.contextual_alt_text or "").strip() and not value.decorative:
            yield _("A picture in the text has no description.")
        return
    described = hasattr(value, "bound_blocks") and "alt_text" in value
    if described and value.get("image") and not str(value["alt_text"] or "").strip():
        yield _("A picture in the text has no description.")
    for part in _parts(value):
        yield from _of_pictures(part)

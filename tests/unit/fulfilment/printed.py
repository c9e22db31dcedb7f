"""Reading what was printed: the words of a PDF, and what its squares say."""

from __future__ import annotations

import re
from typing import Any

import pypdfium2
import zxingcpp


def words(content: bytes) -> str:
    """All words of all pages, blanks as one."""
    return " ".join(" ".join(pages(content)).split())


def pages(content: bytes) -> list[str]:
    """The words of each page, without the places where a word may break."""
    with pypdfium2.PdfDocument(content) as document:
        return [_once(page.get_textpage().get_text_range().replace("\u200b", "")) for page in document]


def _once(text: str) -> str:
    """The reader tells a letter twice whose two marks are one glyph."""
    return re.sub("(.[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{2})\\1", r"\1", text)


def squares(content: bytes) -> list[str]:
    """What a phone's camera reads from the pages, as they look printed in 200 dpi."""
    found = []
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            read = zxingcpp.read_barcodes(page.render(scale=200 / 72).to_pil())
            found += [code.text for code in read]
    return found


def body(answer: Any) -> bytes:
    """The file in an answer, streamed or not."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)

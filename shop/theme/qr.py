"""QR codes as SVG, drawn by the server. Always dark on a light ground of its own, so that every phone reads them."""

from __future__ import annotations

import functools
import io

import segno
from django.utils.safestring import SafeString, mark_safe


@functools.lru_cache(maxsize=512)
def draw(text: str) -> SafeString:
    """The code of `text` as an inline element `<svg class="qr">`; hidden from screen readers, the words stand beside it."""
    svg = _svg(text).decode()
    return mark_safe(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # segno draws numbers alone


def as_file(text: str) -> bytes:
    """The same as a file for those who make their own labels."""
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + _svg(text, namespace=True)


def _svg(text: str, *, namespace: bool = False) -> bytes:
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=namespace, nl=False, omitsize=True, border=4,
        dark="#000", light="#fff", svgclass="qr", lineclass=None,
    )  # fmt: skip
    return out.getvalue()

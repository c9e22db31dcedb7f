"""Public pages go packed over the line; nothing else does.

An attacker who can put words into a packed page and see its length can guess a secret that stands in the same page
(BREACH). Our public pages hold no secret and are the same for everybody; pages that are somebody's own stay unpacked.
"""

from __future__ import annotations

import gzip

import brotli
from django.http import HttpRequest

LEAST = 500
"""Bytes below which packing gains nothing."""


def accepted(request: HttpRequest) -> str:
    """The best coding that the browser takes: "br", "gzip" or ""."""
    wanted = {}
    for part in request.headers.get("Accept-Encoding", "").lower().split(","):
        name, _, parameters = part.partition(";")
        wanted[name.strip()] = parameters.replace(" ", "")
    return next((name for name in ("br", "gzip") if name in wanted and not _refused(wanted[name])), "")


def _refused(parameters: str) -> bool:
    return parameters.startswith("q=0") and not parameters[3:].strip(".0")


def packed(content: bytes, coding: str) -> bytes:
    """The content in a coding of `accepted`. The same content gives the same bytes."""
    if coding == "br":
        return bytes(brotli.compress(content, mode=brotli.MODE_TEXT, quality=5))
    if coding == "gzip":
        return gzip.compress(content, compresslevel=6, mtime=0)
    return content

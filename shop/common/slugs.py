"""ASCII slugs: from the English name, else the public code. Oscar's and Wagtail's patterns refuse Thai marks."""

from __future__ import annotations

import re
import unicodedata

from django.db import models


def ascii_slug(*candidates: str, fallback: str, length: int = 60) -> str:
    """The first candidate that leaves something in a-z0-9-, else `fallback`."""
    for text in candidates:
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:length].strip("-")
        if slug:
            return slug
    return fallback


def unique_slug(queryset: models.QuerySet, slug: str, *, field: str = "slug") -> str:
    """`slug`, or `slug-2`, `slug-3` … when it is taken in `queryset`."""
    taken = set(queryset.filter(**{f"{field}__startswith": slug}).values_list(field, flat=True))
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"

"""What every page knows: the language and whether this is a demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Context of every page."""
    return {"DEMO": settings.DEMO, "SITE_NAME": settings.SITE_NAME}

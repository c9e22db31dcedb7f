"""Health of the machine and, without S3, the public files."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils._os import safe_join

from shop.common import access

_CLOSED = ("original_images/", "documents/")
"""What editors upload to the CMS stays closed as it came (a photo names the place where it was taken)."""
_LARGE = re.compile(r"-(160|640|960)\.")
_TYPES = {".webp": "image/webp", ".jpg": "image/jpeg", ".png": "image/png", ".avif": "image/avif", ".svg": None}


@access.machine
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@access.public
def media(request: HttpRequest, path: str) -> HttpResponse | FileResponse:
    """A public picture; nothing else is ever served from the media folder."""
    kind = _TYPES.get(Path(path).suffix.lower())
    if kind is None or path.startswith(_CLOSED):
        raise Http404
    try:
        file = Path(safe_join(str(settings.MEDIA_ROOT), path))
        kept = file.is_file()
        if not kept:  # stored before there were thumbs, or its large sizes are being made
            file = file.with_name(_LARGE.sub("-320.", file.name))
        found = file.is_file()
    except OSError as error:  # a name longer than file systems allow
        raise Http404 from error
    if not found:
        raise Http404
    response = FileResponse(file.open("rb"), content_type=kind)
    lasts = kept or "-160." in path
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasts else "no-store"
    response.market_same_for_all = True  # type: ignore[attr-defined]
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

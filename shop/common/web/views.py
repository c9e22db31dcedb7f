"""Health of the machine and, without S3, the public files."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils._os import safe_join

from shop.common import access

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
    if kind is None:
        raise Http404
    file = Path(safe_join(str(settings.MEDIA_ROOT), path))
    if not file.is_file():
        raise Http404
    response = FileResponse(file.open("rb"), content_type=kind)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

"""Posters: the pictures of shared links, drawn when first asked for and kept under an address of their content."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe

from media import posters
from media.selectors import picture_url
from shop.common import access

_FOR_EVER = "public, max-age=31536000, immutable"
_RETRY_SECONDS = 60


@access.public
@require_safe
def poster(request: HttpRequest, kind: str, key: str, language: str, digest: str) -> HttpResponseBase:
    """The poster of this address. An old or made-up digest leads to the poster as it is now, if there is one.

    What it shows is asked first, even where its file is kept: the thing may be public no more.
    """
    current = posters.current(kind, key, language)
    if current is None:
        raise Http404("nothing public has such a poster")
    if current.digest != digest:
        return _redirect(current.url)
    if not default_storage.exists(current.file):
        try:
            posters.print_poster(current)
        except posters.PressBusy:
            return _busy(current)
    return _stored(request, current.file, quote_etag(digest))


def _stored(request: HttpRequest, file: str, etag: str) -> HttpResponseBase:
    headers = {"ETag": etag, "Cache-Control": _FOR_EVER, "X-Content-Type-Options": "nosniff"}
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers=headers)
    return FileResponse(default_storage.open(file), content_type="image/jpeg", headers=headers)


def _redirect(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response.headers["Cache-Control"] = "no-store"
    return response


def _busy(current: posters.Poster) -> HttpResponse:
    """Too many at once: the bare picture for now, or nothing; neither is kept."""
    if current.picture:
        return _redirect(picture_url(current.picture, 960, "jpg"))
    answer = HttpResponse(status=503, headers={"Retry-After": str(_RETRY_SECONDS), "Cache-Control": "no-store"})
    return answer

"""Photos on their way in: stored before anything else is judged, kept through another sending by a signed mark."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpRequest

from media.errors import TooManyUploads
from media.models import Picture
from media.services import take_picture
from shop.common.web.limits import within

_signer = signing.TimestampSigner(salt="catalogue.photo")
_KEPT_SECONDS = 7 * 24 * 3600
_MOST_UPLOADS = 200


def receive(request: HttpRequest, *names: str) -> Picture | None:
    """The first file sent under one of `names`, stored; None without one. Raises PictureRefused."""
    file = next((sent for name in names for sent in request.FILES.getlist(name)), None)
    return store(request, file) if file is not None else None


def store(request: HttpRequest, file: Any) -> Picture:
    """One upload as a picture. Raises PictureRefused."""
    if not within(request, "photos", most=_MOST_UPLOADS, seconds=3600):
        raise TooManyUploads
    return take_picture(file)


def mark_of(request: HttpRequest, picture: Picture | None) -> str:
    """Keeps the picture through another sending of the form; worth nothing to anybody else."""
    return _signer.sign_object([picture.pk, request.user.pk]) if picture is not None else ""


def marked(request: HttpRequest, mark: str) -> Picture | None:
    """The picture that a form brought back."""
    try:
        pk, owner = _signer.unsign_object(mark, max_age=_KEPT_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Picture.objects.filter(pk=pk).first() if owner == request.user.pk else None

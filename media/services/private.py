"""Private files: papers that only a policy opens. A photo is re-encoded, a PDF is looked through; the name is ours.

What stands on the disk lies outside every public folder and has no name that anybody could guess.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import secrets
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from PIL import Image

from media import pdf
from media.errors import FileEmpty, FileRefused, FileTooHeavy, PictureRefused
from media.models import PrivateFile
from media.services.pictures import decode
from shop.common import clock
from shop.common.thai import clean_text

PRIVATE_MEGABYTES = 10
LONGEST_SIDE = 2_400
"""Pixels of a photographed page: small print can be read, and the file stays below a megabyte."""
_QUALITY = 85
_LOOSE_FOR = dt.timedelta(days=1)
_AT_ONCE = 500


def store_private_file(*, file: IO[bytes], by: Any, folder: str) -> PrivateFile:
    """Checks an upload by its content and keeps it. No transaction should be open: pixels are computed.

    Raises FileRefused (and what is below it) or PictureRefused; then nothing is kept.
    """
    data = _read(file)
    if pdf.is_pdf(data):
        pdf.check(data)
        kind, suffix = "application/pdf", "pdf"
    else:
        data, kind, suffix = _as_jpeg(data), "image/jpeg", "jpg"
    name = f"{folder}/{clock.today():%Y-%m}/{secrets.token_hex(16)}.{suffix}"
    stored = storages["private"].save(name, ContentFile(data))
    return PrivateFile.objects.create(
        stored_name=stored,
        shown_name=_shown_name(str(getattr(file, "name", "") or ""), suffix),
        content_type=kind,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=by if by is not None and by.is_authenticated else None,
    )


def _read(file: IO[bytes]) -> bytes:
    limit = PRIVATE_MEGABYTES * 1024 * 1024
    size = getattr(file, "size", None)
    if isinstance(size, int) and size > limit:
        raise FileTooHeavy(megabytes=PRIVATE_MEGABYTES)
    file.seek(0)
    data = file.read(limit + 1)
    if len(data) > limit:
        raise FileTooHeavy(megabytes=PRIVATE_MEGABYTES)
    if not data:
        raise FileEmpty
    return data


def _as_jpeg(data: bytes) -> bytes:
    try:
        image = decode(data, least=LONGEST_SIDE)
    except PictureRefused as refusal:
        if refusal.code == "media.picture_kind_unknown":
            raise FileRefused from refusal
        raise
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return buffer.getvalue()


def _shown_name(name: str, suffix: str) -> str:
    """What people called it, without folders and marks that could turn a name around, and with the ending it has now."""
    last = clean_text(name.replace("\\", "/").rpartition("/")[2])
    plain = "".join(char for char in last if char.isprintable() and char not in '<>:"|?*;%')
    stem = plain.rpartition(".")[0] or plain
    return f"{stem.strip('. ')[:120] or 'file'}.{suffix}"


def forget_loose_files() -> int:
    """Deletes private files that nothing points at any more, once they are a day old; returns how many."""
    loose = PrivateFile.objects.filter(created_at__lt=clock.now() - _LOOSE_FOR)
    for relation in _relations():
        pointing = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
        loose = loose.filter(~Q(Exists(pointing)))
    return sum(_forget(pk) for pk in loose.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])


def _forget(pk: int) -> int:
    """The row first: a file without a row harms nobody, a row without its file shows an error."""
    with transaction.atomic():
        row = PrivateFile.objects.select_for_update().filter(pk=pk).first()
        if row is None or _is_pointed_at(row):
            return 0
        name = row.stored_name
        row.delete()
    storages["private"].delete(name)
    return 1


def _is_pointed_at(row: PrivateFile) -> bool:
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: row}).exists()
        for relation in _relations()
    )


def _relations() -> list[Any]:
    """Every foreign key to private files, those without a name on this side included."""
    return [
        entry
        for entry in PrivateFile._meta.get_fields(include_hidden=True)
        if entry.auto_created and not entry.concrete and (entry.one_to_many or entry.one_to_one)
    ]

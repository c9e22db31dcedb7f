"""An upload in two steps: the small sizes at once, so that its owner sees it, the large ones by the worker.

What was sent is kept as it came, private and under a name of ours: other cuts are made from it. Nothing of its bytes or
its name is ever served. No transaction is open while pixels are computed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import secrets
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import transaction
from PIL import Image

from media.encoding import SMALL, Encoded, encode_picture
from media.models import Picture
from media.selectors import FOLDER
from media.services.pictures import decode, keep_encoded, read_upload
from media.tasks import finish_picture as finish_later
from shop.common import clock

_ORIGINALS = "originals"
_LATE = dt.timedelta(minutes=2)
_AT_ONCE = 20


def take_picture(file: IO[bytes]) -> Picture:
    """Checks an upload and stores its small sizes; the worker makes the others. The same picture is stored once.

    Raises PictureTooHeavy, PictureEmpty, PictureKindUnknown, PictureTooLarge or PictureDamaged; then nothing is kept.
    """
    data = read_upload(file)
    digest = hashlib.sha256(data).hexdigest()[:32]
    kept = Picture.objects.filter(name=digest).first()
    if kept is not None:
        return kept
    encoded = encode_picture(decode(data, least=2 * max(SMALL)), widths=SMALL, effort=2)
    original = storages["private"].save(
        f"{_ORIGINALS}/{clock.today():%Y-%m}/{secrets.token_hex(16)}", ContentFile(data)
    )
    with transaction.atomic():
        picture = keep_encoded(name=digest, encoded=encoded, original=original)
        if picture.original == original:
            finish_later.enqueue(picture.pk)
    if picture.original != original:  # somebody sent the same picture at the same moment
        storages["private"].delete(original)
    return picture


def finish_picture(*, key: int) -> None:
    """Makes the sizes that are still missing, from what was sent."""
    picture = Picture.objects.filter(pk=key, is_ready=False).first()
    if picture is None:
        return
    encoded = encode_picture(_opened(picture))
    _store(picture.name, encoded)
    Picture.objects.filter(pk=key).update(is_ready=True, width=encoded.width, height=encoded.height, blur=encoded.blur)


def finish_by_name(*, name: str) -> None:
    """Makes them now, for somebody who needs the large sizes before the worker came to it."""
    key = Picture.objects.filter(name=name, is_ready=False).values_list("pk", flat=True).first()
    if key is not None:
        finish_picture(key=key)


def _store(name: str, encoded: Encoded) -> None:
    for file_name, content in encoded.files.items():
        path = f"{FOLDER}/{name}-{file_name}"
        if not default_storage.exists(path):
            default_storage.save(path, ContentFile(content))


def cut_picture(*, picture: Picture, x: int, y: int) -> Picture:
    """The square of a picture around a point (percent from the left and the top), as a picture of its own."""
    name = hashlib.sha256(f"{picture.name}:{x}:{y}".encode()).hexdigest()[:32]
    kept = Picture.objects.filter(name=name).first()
    return kept or keep_encoded(name=name, encoded=encode_picture(_square(_opened(picture), x, y)))


def _square(image: Image.Image, x: int, y: int) -> Image.Image:
    side = min(image.size)
    left = _within(round(image.width * x / 100 - side / 2), image.width - side)
    top = _within(round(image.height * y / 100 - side / 2), image.height - side)
    return image.crop((left, top, left + side, top + side))


def _within(value: int, most: int) -> int:
    return max(0, min(value, most))


def _opened(picture: Picture) -> Image.Image:
    """The pixels: of what was sent, or of our largest file where pictures came in another way."""
    if picture.original:
        with storages["private"].open(picture.original) as file:
            return decode(file.read())
    with default_storage.open(f"{FOLDER}/{picture.name}-{max(Picture.WIDTHS)}.jpg") as file:
        return decode(io.BytesIO(file.read()).getvalue())


def finish_late_pictures() -> int:
    """Asks the worker again for what it has not made after two minutes (it stood still, or was stopped in between)."""
    late = Picture.objects.filter(is_ready=False, created_at__lt=clock.now() - _LATE)
    keys = list(late.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
    for key in keys:
        finish_later.enqueue(key)
    return len(keys)

"""An editor's image and what visitors see of it: one cut of 3:2 around its focus, re-encoded like everybody's pictures.

The file that the editor sent is never sent to visitors. `cut_key` says which file and focus the cut was made of, so that
making it again changes nothing; empty means that the worker still has to look at it.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image
from wagtail.models import Collection

from media.encoding import encode_picture
from media.errors import PictureRefused
from media.models import MarketImage, Picture
from media.selectors import FOLDER
from media.services.pictures import decode, keep_encoded, read_upload
from media.tasks import cut_image as cut_later
from shop.common import versions

RATIO = 3 / 2
_AT_ONCE = 20
_LEAST = 2_400


def image_of(
    picture: Picture,
    *,
    title: str,
    alt_th: str = "",
    alt_en: str = "",
    credit: str = "",
    collection: Collection | None = None,
) -> MarketImage:
    """A public picture as an image that editors can choose; it is its own cut. The same picture becomes one image.

    Who may choose it follows from the collection; the root one, which only the department uses, if none is given.
    """
    known = MarketImage.objects.filter(cut=picture).first()
    if known is not None:
        return known
    with default_storage.open(f"{FOLDER}/{picture.name}-{max(Picture.WIDTHS)}.jpg") as file:
        content = ContentFile(file.read(), name=f"{picture.name}.jpg")
    image = MarketImage(
        title=title,
        file=content,
        file_hash=hashlib.sha1(content.read(), usedforsecurity=False).hexdigest(),
        alt_th=alt_th,
        alt_en=alt_en,
        credit=credit,
        cut=picture,
        description=alt_th,
        **({"collection": collection} if collection is not None else {}),
    )
    image.cut_key = key_of(image)
    image.save()
    return image


def key_of(image: MarketImage) -> str:
    """What the cut depends on: the file's content and the focus."""
    focus = image.get_focal_point()
    point = f"{focus.centroid.x:.0f}-{focus.centroid.y:.0f}" if focus else "middle"
    return f"{image.file_hash or image.file.name}:{point}"[-100:]


def check_image(file: Any) -> None:
    """Raises what `take_picture` raises: the content decides, not the name."""
    decode(read_upload(file), least=640)


def order_cut(image: MarketImage) -> bool:
    """After a change of file or focus: asks the worker for the cut. The old one is shown until then."""
    if image.cut_key == key_of(image):
        return False
    MarketImage.objects.filter(pk=image.pk).update(cut_key="")
    image.cut_key = ""
    cut_later.enqueue(image.pk)
    return True


def cut_image(*, key: int) -> Picture | None:
    """Makes the cut unless it is there. A file that is no picture has none, and is not tried again."""
    image = MarketImage.objects.select_related("cut").filter(pk=key).first()
    if image is None:
        return None
    wanted = key_of(image)
    if image.cut_key == wanted:
        return image.cut
    try:
        cut = _cut(image, wanted)
    except (PictureRefused, OSError):
        cut = None
    done = MarketImage.objects.filter(pk=key, cut_key=image.cut_key, file=image.file.name)
    if done.update(cut=cut, cut_key=wanted):
        versions.bump()
    return cut


def _cut(image: MarketImage, key: str) -> Picture:
    name = hashlib.sha256(f"cut:{key}:{image.file.name}".encode()).hexdigest()[:32]
    kept = Picture.objects.filter(name=name).first()
    return kept or keep_encoded(name=name, encoded=encode_picture(_around(open_image(image), image)))


def open_image(image: MarketImage, *, least: int = _LEAST) -> Image.Image:
    """The pixels of an image, upright and plain."""
    with image.file.storage.open(image.file.name) as file:
        return decode(read_upload(file), least=least)


def _around(pixels: Image.Image, image: MarketImage) -> Image.Image:
    """The largest part of 3:2 whose middle is as near to the focus as the edges allow."""
    focus = image.get_focal_point()
    across, down = (0.5, 0.5)
    if focus and image.width and image.height:
        across, down = focus.centroid.x / image.width, focus.centroid.y / image.height
    width = min(pixels.width, round(pixels.height * RATIO))
    height = min(pixels.height, round(pixels.width / RATIO))
    left = max(0, min(round(pixels.width * across - width / 2), pixels.width - width))
    top = max(0, min(round(pixels.height * down - height / 2), pixels.height - height))
    return pixels.crop((left, top, left + width, top + height))


def cut_late_images() -> int:
    """Asks the worker for cuts that nobody has made; returns how many."""
    keys = list(MarketImage.objects.filter(cut_key="").order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
    for key in keys:
        cut_later.enqueue(key)
    return len(keys)

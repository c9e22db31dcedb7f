"""What a published page shows is made before anybody asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Page

from cms import press
from cms.models import NewsPage
from cms.parts import images_in, raw_blocks
from media.models import MarketImage
from media.services import cut_image


def images_on(page: Any) -> set[int]:
    """The images that a page shows: its own, and those of every body it has."""
    found = {page.image_id} if getattr(page, "image_id", None) else set()
    for body in _bodies(page):
        for kind, value in raw_blocks(body):
            found |= {row["image"] for row in images_in(kind, value)}
    return found


def _bodies(page: Any) -> Iterator[Any]:
    for entry in page._meta.get_fields():
        if isinstance(entry, StreamField):
            yield getattr(page, entry.name)


def prepare(*, page_id: int) -> None:
    """Cuts its images and packs its press kit; for a page that is gone or hidden nothing."""
    page: Any = Page.objects.live().filter(pk=page_id).specific().first()
    if page is None:
        return
    for key in MarketImage.objects.filter(pk__in=images_on(page)).values_list("pk", flat=True):
        cut_image(key=key)
    if isinstance(page, NewsPage):
        press.make_kit(page_id=page.pk)

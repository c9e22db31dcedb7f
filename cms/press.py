"""The press kit of a story: its text, its pictures in full size with their credits, and its attachments, as one zip.

The worker makes it after publishing and a clock's job makes what is missing; a visitor is only ever handed what lies
ready. Pictures are decoded and encoded anew: what the editor sent, with its notes of place and camera, is not in it.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.http import FileResponse, Http404
from django.utils import translation
from django.utils.translation import gettext

from cms.models import NewsPage, PressKit
from cms.parts import documents_in, images_in, plain_text, raw_blocks
from media.errors import PictureRefused
from media.models import MarketDocument, MarketImage
from media.services import open_image
from shop.common import clock, versions
from shop.theme import formats
from shop.theme.meta import absolute

_FOLDER = "press"
_WIDEST = 3_000
_MOST_BYTES = 60 * 1024 * 1024
_FORM = 2
"""Of the kit itself: another number makes every kit anew."""
_NOT_IN_NAMES = re.compile(r"[^\w฀-๿.() -]+")


@dataclass
class _Content:
    page: NewsPage
    images: list[tuple[MarketImage, str, str]] = field(default_factory=list)
    """Image, description, credit; each image once, the story's own first."""
    documents: list[MarketDocument] = field(default_factory=list)


def _content(page: NewsPage) -> _Content:
    images: dict[int, tuple[str, str]] = {page.image_id: (page.picture_alt, "")} if page.image_id else {}
    documents: list[int] = []
    for kind, value in raw_blocks(page.body):
        for row in images_in(kind, value):
            images.setdefault(row["image"], (row.get("alt_text") or "", row.get("credit") or ""))
        documents += [row["document"] for row in documents_in(kind, value)]
    known = MarketImage.objects.in_bulk(list(images))
    files = MarketDocument.objects.in_bulk(documents)
    rows = [(known[key], *words) for key, words in images.items() if key in known]
    return _Content(page, rows, [files[key] for key in dict.fromkeys(documents) if key in files])


def _key(content: _Content) -> str:
    page = content.page
    told = [_FORM, page.pk, page.live_revision_id, page.title, page.slug, str(page.last_published_at)]
    told += [(image.pk, image.file.name, words, credit) for image, words, credit in content.images]
    told += [(document.pk, document.file.name) for document in content.documents]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def make_kit(*, page_id: int) -> PressKit | None:
    """Makes the kit of a published story unless it lies there already. No transaction is open while pixels are read."""
    page = NewsPage.objects.live().select_related("locale", "province").filter(pk=page_id).first()
    if page is None:
        return None
    content = _content(page)
    key = _key(content)
    kept = PressKit.objects.filter(page_id=page.pk, key=key).first()
    if kept is not None:
        return kept
    data, pictures = _packed(content)
    name = storages["private"].save(f"{_FOLDER}/{page.pk}-{key[:24]}.zip", ContentFile(data))
    with transaction.atomic():
        NewsPage.objects.select_for_update().filter(pk=page.pk).first()
        before = PressKit.objects.filter(page_id=page.pk).first()
        facts = {"key": key, "stored_name": name, "size": len(data), "pictures": pictures, "made_at": clock.now()}
        kit, _made = PressKit.objects.update_or_create(page_id=page.pk, defaults=facts)
        versions.bump()
    if before is not None and before.stored_name != name:
        storages["private"].delete(before.stored_name)
    return kit


def _packed(content: _Content) -> tuple[bytes, int]:
    buffer, language, number = io.BytesIO(), content.page.locale.language_code, 0
    with translation.override(language), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as whole:
        credits, room = [], _MOST_BYTES
        for image, words, credit in content.images:
            data = _picture(image)
            if data is None or len(data) > room:
                continue
            number, room = number + 1, room - len(data)
            name = f"{number:02d}.jpg"
            whole.writestr(zipfile.ZipInfo(f"pictures/{name}", _ZERO), data)
            credits.append("\t".join((name, words, credit or image.credit or settings.SITE_NAME)))
        for document in content.documents:
            if (document.file_size or 0) <= room and document.file.storage.exists(document.file.name):
                room -= document.file_size or 0
                with document.file.storage.open(document.file.name) as file:
                    whole.writestr(
                        zipfile.ZipInfo(f"files/{document.pk}-{_plain(document.filename)}", _ZERO), file.read()
                    )
        whole.writestr(zipfile.ZipInfo("text.txt", _ZERO), _text(content.page, language).encode("utf-8-sig"))
        if credits:
            head = "\t".join((gettext("File"), gettext("What is seen"), gettext("Credit")))
            whole.writestr(zipfile.ZipInfo("credits.txt", _ZERO), "\r\n".join([head, *credits]).encode("utf-8-sig"))
    return buffer.getvalue(), number


_ZERO = (2020, 1, 1, 0, 0, 0)


def _plain(name: str) -> str:
    return _NOT_IN_NAMES.sub("", name)[-100:].lstrip(". ") or "file"


def _picture(image: MarketImage) -> bytes | None:
    """As large as it came, up to 3,000 pixels, without notes."""
    try:
        pixels = open_image(image, least=_WIDEST)
    except (PictureRefused, OSError):
        return None
    pixels.thumbnail((_WIDEST, _WIDEST))
    buffer = io.BytesIO()
    pixels.save(buffer, "JPEG", quality=90, optimize=True)
    return buffer.getvalue()


def _text(page: NewsPage, language: str) -> str:
    told = [page.title, formats.date(page.published_on, language), page.summary, *plain_text(page.body)]
    names = (
        page.contact_name,
        f"{gettext('Phone')} {page.contact_phone}" if page.contact_phone else "",
        f"{gettext('Fax')} {page.contact_fax}" if page.contact_fax else "",
        page.contact_email,
        page.contact_web,
    )
    whom = [name for name in names if name]
    if whom:
        told.append("\n".join([gettext("Contact for the press"), *whom]))
    told.append(absolute(page.get_url() or "/"))
    return "\n\n".join(part for part in told if part).replace("\n", "\r\n")


def kit_of(page: NewsPage) -> PressKit | None:
    """The kit that lies ready."""
    return getattr(page, "press_kit", None) if page.pk else None


def answer(page: NewsPage) -> FileResponse:
    """The kit for a visitor who may read the page (Wagtail has asked); 404 until it has been made."""
    kit = kit_of(page) if page.live else None
    if kit is None:
        raise Http404("no press kit")
    try:
        opened = storages["private"].open(kit.stored_name)
    except FileNotFoundError as error:
        raise Http404("the kit is being made anew") from error
    response = FileResponse(opened, as_attachment=True, filename=f"{page.slug}.zip", content_type="application/zip")
    response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def make_missing_kits(limit: int = 10) -> int:
    """Asks the worker for kits of stories that have none or an older one; returns how many."""
    from django.db.models import F, Q

    from cms.tasks import prepare_page

    stale = Q(press_kit=None) | Q(press_kit__made_at__lt=F("last_published_at"))
    keys: list[Any] = list(NewsPage.objects.live().filter(stale).order_by("pk").values_list("pk", flat=True)[:limit])
    for key in keys:
        prepare_page.enqueue(key)
    return len(keys)

"""Old releases become drafts: recognised by their words, in the place of their office, never published."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from cms.links import safe_html
from cms.models import ImportedRelease, NewsIndexPage, NewsPage
from cms.old_files import lines_of
from cms.recognised import NAME, TITLE, Release, recognise
from cms.scanned import is_item
from cms.services.editors import ensure_sections, section_of
from shop.common import clock
from shop.common.slugs import unique_slug
from vendors.models import Province


class Taken:
    """What became of one file: the draft, if there is one, whether it was made now, and what to look at."""

    def __init__(self, page: NewsPage | None, *, is_new: bool, release: Release) -> None:
        self.page = page
        self.is_new = is_new
        self.release = release


def digest_of(lines: Sequence[str]) -> str:
    """The same for the same words, however they are broken into lines and whatever file they come in."""
    return hashlib.sha256("".join("".join(lines).split()).encode()).hexdigest()


def read_release(path: Path) -> tuple[Release, str]:
    """A file by its fields, and the digest of its words. Raises FileRefused."""
    lines = lines_of(path)
    return recognise(lines, today=clock.today()), digest_of(lines)


@transaction.atomic
def take_release(*, path: Path, by: Any = None) -> Taken:
    """A file as a draft of the news; the draft that is there, when the same words came before. Raises FileRefused."""
    release, words = read_release(path)
    index = NewsIndexPage.objects.select_for_update(of=("self",)).get(locale__language_code="th")
    known = ImportedRelease.objects.filter(words=words).select_related("page").first()
    if known is not None:
        return Taken(known.page, is_new=False, release=release)
    province = Province.objects.filter(name_th=release.province).first() if release.province else None
    if release.province and province is None:
        release.doubts.append(_("There is no province “%(name)s”.") % {"name": release.province})
    if province is not None:
        ensure_sections(province)
    page = _draft(release, path, index, province, by)
    parent = section_of(index, province) if province is not None else index
    Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
    log(instance=page, action="wagtail.create", user=by, content_changed=True)
    page.save_revision(user=by, log_action=False, clean=False)
    ImportedRelease.objects.create(words=words, file_name=path.name[-255:], page=page, imported_at=clock.now())
    return Taken(page, is_new=True, release=release)


def _draft(release: Release, path: Path, index: NewsIndexPage, province: Province | None, by: Any) -> NewsPage:
    day = release.day or clock.today()
    title = release.title or path.stem[:TITLE]
    taken = Page.objects.descendant_of(index)
    return NewsPage(
        title=title,
        draft_title=title,
        slug=unique_slug(taken, f"release-{day:%Y%m%d}"),
        summary=release.summary,
        published_on=day,
        body=[("text", safe_html(html_of(release.paragraphs)))] if release.paragraphs else [],
        contact_name=release.office[:NAME],
        contact_phone=release.phone,
        contact_fax=release.fax,
        contact_email=release.email,
        contact_web=release.web,
        province=province,
        locale=index.locale,
        live=False,
        owner=by,
    )


def html_of(paragraphs: Sequence[str]) -> str:
    """Paragraphs and lists. Whatever stood in the file are words here, never marks."""
    parts = []
    for listed, rows in groupby(paragraphs, is_item):
        if listed:
            parts.append(f"<ul>{''.join(f'<li>{escape(_without_sign(row))}</li>' for row in rows)}</ul>")
        else:
            parts += [f"<p>{escape(row)}</p>" for row in rows]
    return "".join(parts)


def _without_sign(item: str) -> str:
    """Numbers stay, they may be spoken of; dots and dashes are the list's own."""
    return item.lstrip("-–—•*▪◦ ")

"""A press release is begun from the office's template: head, contact and sections stand there, the editor fills them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.html import escape
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from cms import errors
from cms.models import NewsIndexPage, NewsPage
from cms.readiness import TO_WRITE
from cms.services.editors import ensure_sections, section_of
from shop.common import clock
from shop.common.slugs import ascii_slug
from shop.common.thai import clean_text
from vendors.models import Membership, Organisation

_SECTIONS = (
    ("", "ใคร ทำอะไร ที่ไหน เมื่อไร เขียนให้จบในย่อหน้าเดียว"),
    ("ความเป็นมา", "เรื่องนี้เริ่มจากอะไร และสำคัญกับใคร"),
    ("รายละเอียด", "สิ่งที่ผู้อ่านควรรู้หรือทำต่อ เช่น วันเวลา สถานที่ วิธีเข้าร่วม"),
)


def office_of(by: Any) -> Organisation | None:
    """The office whose editor somebody is; the department's first. None for an administrator."""
    rows = Membership.objects.filter(
        user=by, organisation__kind=Organisation.Kind.OFFICE, role=Membership.Role.EDITOR
    ).select_related("organisation__province")
    posts = sorted(rows, key=lambda post: (post.organisation.province_id is not None, post.pk))
    return posts[0].organisation if posts else None


@transaction.atomic
def begin_press_release(*, title: str, by: Any) -> NewsPage:
    """A draft in the right place, with the office's head and contact; asked for twice it is the same. Raises TitleMissing."""
    with translation.override("th"):
        words = clean_text(title)[:200]
    if not words:
        raise errors.TitleMissing
    office = office_of(by)
    province = office.province if office else None
    index = NewsIndexPage.objects.select_for_update(of=("self",)).get(locale__language_code="th")
    if province is not None:
        ensure_sections(province)
    parent = section_of(index, province) if province is not None else index
    day = clock.today()
    if begun := _just_begun(parent, words, day, by):
        return begun
    page = NewsPage(
        title=words,
        draft_title=words,
        slug=_free(index, ascii_slug(words, fallback=f"release-{day:%Y%m%d}")),
        summary="",
        published_on=day,
        body=_body(office),
        locale=index.locale,
        live=False,
        owner=by,
        **_contact(office),
    )
    Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
    log(instance=page, action="wagtail.create", user=by, content_changed=True)
    page.save_revision(user=by, log_action=False, clean=False)
    return page


def _just_begun(parent: Page, title: str, day: dt.date, by: Any) -> NewsPage | None:
    """What a first click has made: the person's own draft of today that nobody has saved since."""
    rows = NewsPage.objects.child_of(parent).filter(title=title, owner=by, published_on=day, first_published_at=None)
    return next((page for page in rows.order_by("pk") if page.revisions.count() == 1), None)


def _free(index: NewsIndexPage, wish: str) -> str:
    wish = wish[:80].strip("-")
    taken = set(Page.objects.descendant_of(index).filter(slug__startswith=wish).values_list("slug", flat=True))
    number, slug = 1, wish
    while slug in taken:
        number += 1
        slug = f"{wish}-{number}"
    return slug


def _contact(office: Organisation | None) -> dict[str, str]:
    if office is None:
        return {}
    return {"contact_name": office.name_th, "contact_phone": office.phone, "contact_email": office.email}


def _body(office: Organisation | None) -> list[tuple[str, str]]:
    head = f"<p><b>{escape(office.name_th)}</b></p>" if office else ""
    parts = [f"{f'<h2>{heading}</h2>' if heading else head}<p>{TO_WRITE} {what})</p>" for heading, what in _SECTIONS]
    return [("text", part) for part in parts]


@transaction.atomic
def begin_english(*, page: Page, by: Any) -> Page:
    """The English version of a Thai page as a draft to translate; the one that is there, if it is."""
    english = Locale.objects.get(language_code="en")
    locked = Page.objects.select_for_update().get(pk=page.pk)
    found = locked.get_translation_or_none(english)
    if found is not None:
        return found  # type: ignore[no-any-return]
    latest = locked.specific.get_latest_revision_as_object()
    made = latest.copy_for_translation(english, copy_parents=True)
    log(instance=made, action="wagtail.copy_for_translation", user=by)
    return made  # type: ignore[no-any-return]

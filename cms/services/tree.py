"""The page tree: built once, grown with each approved group, filled by editors."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sites import models as sites
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Locale, Page, Site

from cms import texts
from cms.models import (
    FairIndexPage,
    GroupIndexPage,
    GroupPage,
    HomePage,
    KnowledgeIndexPage,
    NetworkIndexPage,
    NewsIndexPage,
    PlainPage,
    TrainingIndexPage,
)
from cms.services.editors import ensure_editing
from media.models import MarketImage
from shop.common import versions
from shop.common.outbox import announce
from vendors.models import Organisation

_GROUP_PAGE = (
    "INSERT INTO cms_grouppage (page_ptr_id, group_id, story, visit, opening, banner, faces, gallery, featured, line_id, "
    "facebook, phone, video) VALUES (%s, %s, %s, '', '', '{}', '[]', '[]', '[]', '', '', '', '')"
)
_INDEXED_AT_ONCE = 50


@transaction.atomic
def ensure_site() -> HomePage:
    """Makes the Thai and the English tree unless they are there; returns the Thai home page."""
    thai, _made = Locale.objects.get_or_create(language_code="th")
    english, _made = Locale.objects.get_or_create(language_code="en")
    home = HomePage.objects.filter(locale=thai).first()
    if home is None:
        root = Page.objects.filter(depth=1).get()
        for page in root.get_children().filter(slug="home"):
            page.specific.delete()
        root = Page.objects.get(pk=root.pk)
        home = root.add_child(
            instance=HomePage(title="ตลาดร่วม", slug="home", headline=texts.HEADLINE_TH, lead=texts.LEAD_TH, locale=thai)
        )
    home_en = _translated(home, english, title="Talat Ruam", headline=texts.HEADLINE_EN, lead=texts.LEAD_EN)
    parts = _host_and_port()
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": parts[0], "port": parts[1], "root_page": home, "site_name": settings.SITE_NAME},
    )
    address = settings.SITE_URL.partition("://")[2]
    named = {"domain": address[:100], "name": settings.SITE_NAME[:50]}
    sites.Site.objects.update_or_create(
        pk=settings.SITE_ID, defaults=named
    )  # letters about accounts are signed with it
    _section(home, home_en, NewsIndexPage, "news", "ข่าวจากเครือข่าย", "News")
    _section(home, home_en, TrainingIndexPage, "trainings", "อบรมและเวิร์กชอป", "Trainings")
    _section(home, home_en, FairIndexPage, "fairs", "งานแสดงสินค้า", "Fairs")
    _section(home, home_en, GroupIndexPage, "groups", "กลุ่มอาชีพ", "Groups")
    _section(home, home_en, KnowledgeIndexPage, "knowledge", "คลังความรู้", "Knowledge")
    _section(home, home_en, NetworkIndexPage, "networks", "เครือข่าย", "Networks")
    for text in texts.PLAIN_PAGES:
        _section(home, home_en, PlainPage, text.slug, text.title_th, text.title_en, text.body_th, text.body_en)
    ensure_editing()
    return home


@transaction.atomic
def set_home_picture(image: MarketImage) -> None:
    """The picture of the front page's poster, in both languages."""
    HomePage.objects.update(image=image)
    versions.bump()


@transaction.atomic
def set_season(*, category_id: int, language: str, headline: str, lead: str, link: str) -> None:
    """What the front page says in this season, and the category that its button leads to."""
    changes = {"headline": headline, "lead": lead, "season_link": link, "season_category_id": category_id}
    HomePage.objects.filter(locale__language_code=language).update(**changes)
    versions.bump()


def _host_and_port() -> tuple[str, int]:
    """Host and port of SITE_URL."""
    parts = urlsplit(settings.SITE_URL)
    return parts.hostname or "localhost", parts.port or (443 if parts.scheme == "https" else 80)


def _section(
    home: Page, home_en: Page, model: Any, slug: str, title_th: str, title_en: str, body_th: str = "", body_en: str = ""
) -> None:
    page = model.objects.child_of(home).filter(slug=slug).first()
    if page is None:
        values = {"body": body_th} if body_th else {}
        page = Page.objects.get(pk=home.pk).add_child(
            instance=model(title=title_th, slug=slug, locale=home.locale, **values)
        )
    changes = {"body": body_en} if body_en else {}
    _translated(page, home_en.locale, title=title_en, **changes)


def _translated(page: Any, locale: Locale, **changes: Any) -> Any:
    found = page.get_translation_or_none(locale)
    if found is not None:
        return found
    copy = page.copy_for_translation(locale)
    for name, value in changes.items():
        setattr(copy, name, value)
    copy.slug = page.slug if page.depth > 2 else f"{page.slug}-{locale.language_code}"
    copy.save()
    copy.save_revision().publish()
    return copy


@transaction.atomic
def publish_group_page(group: Organisation) -> GroupPage:
    """The shop page of an approved group in both languages; again changes nothing."""
    page = GroupPage.objects.filter(group=group, locale__language_code="th").first()
    if page is not None:
        return page
    ensure_tree_for_groups()
    index = GroupIndexPage.objects.select_for_update().get(locale__language_code="th")
    index_en = GroupIndexPage.objects.select_for_update().get(locale__language_code="en")
    page = index.add_child(
        instance=GroupPage(
            title=group.name_th, slug=group.slug, group=group, locale=index.locale, story=paragraphs(group.summary_th)
        )
    )
    index_en.add_child(
        instance=GroupPage(
            title=group.name_en or group.name_th,
            slug=group.slug,
            group=group,
            locale=index_en.locale,
            translation_key=page.translation_key,
            story=paragraphs(group.summary_en or group.summary_th),
        )
    )
    return page


@transaction.atomic
def publish_group_pages(groups: Sequence[Organisation]) -> None:
    """The shop pages of many approved groups at once; those that have one are left as they are.

    The rows are those of `publish_group_page`. What the CMS keeps about pages for its search follows by the outbox.
    """
    known = set(GroupPage.objects.filter(group__in=groups).values_list("group_id", flat=True))
    new = [group for group in groups if group.pk not in known]
    if not new:
        return
    ensure_tree_for_groups()
    keys = [uuid.uuid4() for _group in new]
    for language in ("th", "en"):
        index = GroupIndexPage.objects.select_for_update().get(locale__language_code=language)
        _add_group_pages(index, new, keys, language)


def _add_group_pages(index: GroupIndexPage, groups: list[Organisation], keys: list[uuid.UUID], language: str) -> None:
    last = index.get_last_child()
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    kind, moment = ContentType.objects.get_for_model(GroupPage), timezone.now()
    pages = []
    for number, (group, key) in enumerate(zip(groups, keys, strict=True), start=step + 1):
        title = group.name_th if language == "th" else group.name_en or group.name_th
        pages.append(
            Page(
                path=Page._get_path(index.path, index.depth + 1, number),
                depth=index.depth + 1,
                title=title,
                draft_title=title,
                slug=group.slug,
                url_path=f"{index.url_path}{group.slug}/",
                content_type=kind,
                locale=index.locale,
                translation_key=key,
                latest_revision_created_at=None,
                last_published_at=moment,
                first_published_at=moment,
            )
        )
    Page.objects.bulk_create(pages, batch_size=500)
    stories = [
        paragraphs(group.summary_th if language == "th" else group.summary_en or group.summary_th) for group in groups
    ]
    rows = [(page.pk, group.pk, story) for page, group, story in zip(pages, groups, stories, strict=True)]
    with connection.cursor() as cursor:  # Django makes no rows of several tables at once
        cursor.executemany(_GROUP_PAGE, rows)
    Page.objects.filter(pk=index.pk).update(numchild=F("numchild") + len(pages))
    for start in range(0, len(pages), _INDEXED_AT_ONCE):
        announce("pages.added", {"pages": [page.pk for page in pages[start : start + _INDEXED_AT_ONCE]]})


def ensure_tree_for_groups() -> None:
    """Builds the tree when the first group is approved before anybody opened the site."""
    if not GroupIndexPage.objects.filter(locale__language_code="en").exists():
        ensure_site()


def ensure_fairs() -> None:
    """Builds the tree when the first fair is made before anybody opened the site."""
    if not FairIndexPage.objects.filter(locale__language_code="en").exists():
        ensure_site()


def paragraphs(text: str) -> str:
    """Typed lines as escaped paragraphs."""
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n") if part.strip())

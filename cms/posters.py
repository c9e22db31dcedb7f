"""What stands on the posters of the front page, of stories and of groups."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext

from cms.models import ArticlePage, HomePage, NewsPage, TrainingPage
from cms.public import readable
from cms.selectors import home_page, shop_page
from cms.shop_page import Shown
from media.posters import Poster, register
from shop.theme import formats
from vendors.models import Organisation
from vendors.selectors import selling_groups

HOME, STORY, ARTICLE, GROUP, TRAINING = "home", "story", "article", "group", "training"
ALL = "all"


def of_home(page: HomePage, language: str) -> Poster:
    """The front page: the season's picture and words."""
    return Poster(
        kind=HOME,
        key=ALL,
        language=language,
        title=page.headline or page.title,
        lead=page.lead,
        picture=page.picture.name if page.picture else "",
    )


def of_story(page: NewsPage, language: str) -> Poster:
    """A story: its picture, title, summary and day."""
    return Poster(
        kind=STORY,
        key=str(page.pk),
        language=language,
        title=page.title,
        lead=page.summary,
        place=formats.date(page.published_on, language),
        picture=page.picture.name if page.picture else "",
    )


def of_training(page: TrainingPage, language: str) -> Poster:
    """A training: its picture, title and summary, the first day and the place."""
    where = formats.local(page.course.province, "name_th", language) if page.course.province else ""
    return Poster(
        kind=TRAINING,
        key=str(page.pk),
        language=language,
        title=page.title,
        lead=page.summary,
        place=" · ".join(filter(None, (formats.date(page.course.first_day, language), where))),
        picture=page.picture.name if page.picture else "",
    )


def of_article(page: ArticlePage, language: str) -> Poster:
    """An article: its picture, title and summary, and whom it is for."""
    with translation.override(language):
        audience = str(page.get_audience_display())
    return Poster(
        kind=ARTICLE,
        key=str(page.pk),
        language=language,
        title=page.title,
        lead=page.summary,
        place=audience,
        picture=page.picture.name if page.picture else "",
    )


def of_group(group: Organisation, language: str, page: Shown | None) -> Poster:
    """A group: the photo and first words of its shop page, else its face and what it does; its name and place."""
    province = formats.local(group.province, "name_th", language) if group.province else ""
    face = group.picture.name if group.picture else ""
    with translation.override(language):
        kind = gettext("Occupational group") if not group.members_count else gettext("%(number)s members")
    return Poster(
        kind=GROUP,
        key=str(group.pk),
        language=language,
        title=formats.local(group, "name_th", language),
        lead=(page.opening if page else "") or formats.local(group, "summary_th", language),
        maker=kind % {"number": group.members_count} if group.members_count else kind,
        place=province,
        picture=(page.photo if page else "") or face,
        face=face if page and page.photo else "",
    )


@register(HOME)
def _home(key: str, language: str) -> Poster | None:
    page = home_page(language) if key == ALL else None
    return of_home(page, language) if page else None


@register(STORY)
def _story(key: str, language: str) -> Poster | None:
    pages = readable(NewsPage, language).filter(pk=_number(key))
    page = pages.select_related("image__cut").first()
    return of_story(page, language) if page else None


@register(TRAINING)
def _training(key: str, language: str) -> Poster | None:
    pages = readable(TrainingPage, language).filter(pk=_number(key))
    page = pages.select_related("image__cut", "course__province").first()
    return of_training(page, language) if page else None


@register(ARTICLE)
def _article(key: str, language: str) -> Poster | None:
    pages = readable(ArticlePage, language).filter(pk=_number(key))
    page = pages.select_related("image__cut").first()
    return of_article(page, language) if page else None


@register(GROUP)
def _group(key: str, language: str) -> Poster | None:
    group = selling_groups().filter(pk=_number(key)).first()
    return of_group(group, language, shop_page(group.pk, language)) if group else None


def _number(key: str) -> int:
    """A primary key of an address; 0, which nothing has, for anything else."""
    return int(key) if key.isascii() and key.isdigit() and len(key) <= 18 else 0

"""Stories written by a program: the demo, imports. Editors write theirs in the CMS."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from cms.links import safe_html
from cms.models import ArticlePage, KnowledgeIndexPage, NetworkIndexPage, NetworkPage, NewsIndexPage, NewsPage, Topic
from media.models import MarketImage
from shop.common.slugs import ascii_slug
from vendors.models import Organisation

Body = Sequence[tuple[str, Any]]


def _body(body: Body) -> list[tuple[str, Any]]:
    """Text is cleaned as the editors' is."""
    return [(kind, safe_html(value) if kind == "text" else value) for kind, value in body]


@transaction.atomic
def keep_topics(rows: Sequence[tuple[str, str, str]]) -> dict[str, Topic]:
    """Topics by slug: (slug, Thai, English); those that are there keep their names."""
    for position, (slug, thai, english) in enumerate(rows):
        Topic.objects.get_or_create(slug=slug, defaults={"name_th": thai, "name_en": english, "position": position})
    return {topic.slug: topic for topic in Topic.objects.all()}


def _publish(index: Any, page: Any, translation_of: Any, topics: Sequence[Topic]) -> None:
    page.locale = index.locale
    if translation_of is not None:
        page.translation_key = translation_of.translation_key
    page.topics = list(topics)
    index.add_child(instance=page)
    page.save_revision().publish()


@transaction.atomic
def publish_news(
    *,
    title: str,
    summary: str,
    body: Body,
    published_on: dt.date,
    language: str = "th",
    slug: str = "",
    translation_of: NewsPage | None = None,
    image: MarketImage | None = None,
    picture_alt: str = "",
    province: Any = None,
    topics: Sequence[Topic] = (),
    contact: Mapping[str, str] | None = None,
) -> NewsPage:
    """A published story. `body` in order: ("text", html), ("quote", words), ("goods", products) … as in `cms.blocks`.

    `contact`: name, phone, fax, email, web of whom the press may ask.
    """
    index = NewsIndexPage.objects.select_for_update().get(locale__language_code=language)
    page = NewsPage(
        title=title,
        slug=slug or ascii_slug(title, fallback=f"news-{published_on:%Y%m%d}"),
        summary=summary,
        published_on=published_on,
        body=_body(body),
        image=image,
        picture_alt=picture_alt,
        province=province,
        **{f"contact_{name}": value for name, value in (contact or {}).items()},
    )
    _publish(index, page, translation_of, topics)
    return page


@transaction.atomic
def publish_article(
    *,
    title: str,
    summary: str,
    body: Body,
    checked_on: dt.date,
    slug: str,
    language: str = "th",
    audience: str = ArticlePage.Audience.ALL,
    translation_of: ArticlePage | None = None,
    image: MarketImage | None = None,
    picture_alt: str = "",
    topics: Sequence[Topic] = (),
) -> ArticlePage:
    """A published article of knowledge."""
    index = KnowledgeIndexPage.objects.select_for_update().get(locale__language_code=language)
    page = ArticlePage(
        title=title,
        slug=slug,
        summary=summary,
        body=_body(body),
        checked_on=checked_on,
        audience=audience,
        image=image,
        picture_alt=picture_alt,
    )
    _publish(index, page, translation_of, topics)
    return page


@transaction.atomic
def publish_network_page(
    *,
    network: Organisation,
    title: str,
    summary: str,
    body: Body,
    language: str = "th",
    translation_of: NetworkPage | None = None,
    image: MarketImage | None = None,
    picture_alt: str = "",
) -> NetworkPage:
    """What editors tell of a network."""
    index = NetworkIndexPage.objects.select_for_update().get(locale__language_code=language)
    page = NetworkPage(
        title=title,
        slug=network.slug,
        network=network,
        summary=summary,
        body=_body(body),
        image=image,
        picture_alt=picture_alt,
    )
    _publish(index, page, translation_of, ())
    return page

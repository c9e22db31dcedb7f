"""News for feed readers: RSS 2.0 and Atom, in each language, of all stories or of one topic or province."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import gettext

from cms.archive import Chosen, feed
from cms.models import NewsPage
from media.selectors import picture_url
from shop.common import clock
from shop.theme import formats
from shop.theme.meta import absolute

KINDS: dict[str, Any] = {"rss": feedgenerator.Rss201rev2Feed, "atom": feedgenerator.Atom1Feed}


def news_feed(kind: str, *, language: str, title: str, path: str, chosen: Chosen) -> tuple[bytes, str]:
    """The feed and its content type."""
    news = absolute(f"{reverse('home')}news/")
    made = KINDS[kind](
        title=f"{title} · {settings.SITE_NAME}",
        link=news,
        description=gettext("News of the joint market, its groups and networks"),
        language=language,
        feed_url=absolute(path) + (f"?{chosen.query}" if chosen.query else ""),
        feed_guid=absolute(path),
    )
    for story in feed(language, chosen):
        _add(made, story, f"{news}{story.slug}/", language)
    return made.writeString("utf-8").encode(), made.content_type


def _add(made: Any, story: NewsPage, address: str, language: str) -> None:
    cut = story.picture
    day = dt.datetime.combine(story.published_on, dt.time(), tzinfo=clock.BANGKOK)
    first = story.first_published_at
    moment = first if first and first.astimezone(clock.BANGKOK).date() == story.published_on else day
    made.add_item(
        title=story.title,
        link=address,
        description=story.summary,
        unique_id=address,
        pubdate=moment,
        updateddate=max(moment, story.last_published_at or moment),
        categories=[formats.local(topic, "name_th", language) for topic in story.topics.all()],
        enclosures=[_enclosure(picture_url(cut.name, 960, "jpg"))] if cut else [],
    )


def _enclosure(path: str) -> feedgenerator.Enclosure:
    """Its size is not known without opening the file; the standard takes 0 for that."""
    return feedgenerator.Enclosure(absolute(path), "0", "image/jpeg")

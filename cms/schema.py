"""Stories for machines: schema.org's NewsArticle and Article."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.templatetags.static import static

from cms.models import StoryPage
from media.selectors import picture_url
from shop.common import clock
from shop.theme import formats
from shop.theme.meta import Data, absolute


def article(
    page: StoryPage, kind: str, poster: str, alternates: dict[str, str], *, published: dt.date | dt.datetime | None
) -> Data:
    """All that a search engine asks of an article. `published` may be a day or a moment."""
    language = page.locale.language_code
    changed = page.last_published_at or page.first_published_at
    address = absolute(alternates.get(language, "/"))
    picture = page.picture
    data: Data = {
        "@type": kind,
        "@id": f"{address}#article",
        "headline": page.title[:110],
        "description": page.summary,
        "inLanguage": language,
        "url": address,
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "image": [absolute(poster), *([absolute(picture_url(picture.name, 960, "jpg"))] if picture else [])],
        "datePublished": _moment(published),
        "dateModified": _moment(changed) or _moment(published),
        "author": publisher(),
        "publisher": publisher(),
        "isAccessibleForFree": True,
    }
    names = [formats.local(topic, "name_th", language) for topic in page.shown_topics]
    if names:
        data |= {"articleSection": names[0], "keywords": names}
    if page.province_id and page.province:
        place = formats.local(page.province, "name_th", language)
        data["contentLocation"] = {"@type": "AdministrativeArea", "name": place}
    return data


def publisher() -> dict[str, Any]:
    """Who publishes."""
    return {
        "@type": "Organization",
        "@id": f"{settings.SITE_URL}/#market",
        "name": settings.SITE_NAME,
        "url": absolute("/"),
        "logo": {"@type": "ImageObject", "url": absolute(static("theme/icon.svg"))},
    }


def _moment(when: dt.date | dt.datetime | None) -> str:
    if isinstance(when, dt.datetime):
        return when.astimezone(clock.BANGKOK).isoformat(timespec="seconds")
    return when.isoformat() if when else ""

"""Stories and shop pages in the visitor's language, Thai where English is missing."""

from __future__ import annotations

from django.db.models import QuerySet

from cms.models import GroupPage, HomePage, NewsPage


def latest_news(language: str, limit: int = 3) -> QuerySet[NewsPage]:
    """The newest published stories."""
    rows = NewsPage.objects.live().filter(locale__language_code=language)
    return rows.select_related("picture").order_by("-published_on", "-pk")[:limit]


def home_page(language: str) -> HomePage | None:
    """The front page's words."""
    return HomePage.objects.live().select_related("picture").filter(locale__language_code=language).first()


def group_page(group_id: int, language: str) -> GroupPage | None:
    """The shop page of a group."""
    pages = {
        page.locale.language_code: page
        for page in GroupPage.objects.live().filter(group_id=group_id).select_related("locale")
    }
    return pages.get(language) or pages.get("th")

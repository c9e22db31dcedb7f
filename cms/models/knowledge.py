"""Knowledge: articles by theme, for groups and for everybody."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from catalogue.freshness import until_midnight
from cms.blocks import STORY
from cms.models.base import SameForAll, StoryPage, Told
from cms.models.sections import Sectioned
from shop.theme.meta import Meta as Head


class KnowledgeIndexPage(Sectioned, Told, SameForAll):
    """All articles, by theme and by whom they are for."""

    query_keys: ClassVar[tuple[str, ...]] = ("topic", "for")
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ArticlePage"]
    max_count_per_parent = 1
    template = "cms/knowledge_index_page.html"

    class Meta:
        verbose_name = _("knowledge index")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms import archive  # it reads this module

        language = self.locale.language_code
        chosen = archive.Chosen.of(request.GET)
        found = {
            "chosen": chosen,
            "articles": list(archive.articles(language, chosen)),
            "topics": archive.topics_of_articles(language),
            "audiences": ArticlePage.Audience.choices,
        }
        return {**super().get_context(request, *args, **kwargs), **found}


class ArticlePage(StoryPage):
    """How something is done: steps, pictures, a video, files to take along."""

    class Audience(models.TextChoices):
        ALL = "all", _("For everybody")
        GROUPS = "groups", _("For groups")

    audience = models.CharField(_("For whom"), max_length=10, choices=Audience.choices, default=Audience.ALL)
    checked_on = models.DateField(
        _("Checked on"), help_text=_("The day on which somebody last saw that all of it is still true")
    )
    body = StreamField(STORY, blank=True)
    parent_page_types = ["cms.KnowledgeIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("audience"),
        FieldPanel("checked_on"),
        *StoryPage.told_panels,
        FieldPanel("body", heading=_("Text")),
        *StoryPage.sorted_panels,
    ]
    template = "cms/article_page.html"

    class Meta:
        verbose_name = _("article")

    def sections(self) -> list[tuple[str, str]]:
        """An article stands below knowledge."""
        return [(gettext("Knowledge"), f"{reverse('home')}knowledge/")]

    def meta(self, alternates: dict[str, str]) -> Head:
        """An article for machines."""
        from cms import posters, schema

        poster = posters.of_article(self, self.locale.language_code).url
        data = schema.article(self, "Article", poster, alternates, published=self.first_published_at)
        return Head(kind="article", poster=poster, data=[data], alternates=alternates)

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Its goods are those of today."""
        return until_midnight(super().serve)(request, *args, **kwargs)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.selectors import other_articles, story_context  # it reads this module

        context = super().get_context(request, *args, **kwargs)
        useful = reverse("knowledge:useful", args=[self.slug]) if self.live else ""
        return {**context, **story_context(self), "more": other_articles(self), "useful_url": useful}

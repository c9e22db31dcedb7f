"""News: the index with its archive and feeds, and a press release or story."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from catalogue.freshness import until_midnight
from cms.blocks import STORY
from cms.models.base import Routed, SameForAll, StoryPage, Told, below
from cms.models.sections import Sectioned
from shop.theme.meta import Meta as Head
from shop.theme.meta import trail_to

_PER_PAGE, _STORIES_BELOW = 24, 2
_TAKEN = re.compile(r"^(?:[0-9]{4}|feed|atom)$")
"""Addresses of the archive and the feeds."""


class NewsIndexPage(Sectioned, Routed, Told, SameForAll):
    """All news, newest first; by topic and province, by year and month of the Buddhist Era; as feeds."""

    query_keys: ClassVar[tuple[str, ...]] = ("topic", "province", "page")
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NewsPage"]
    template = "cms/news_index_page.html"

    class Meta:
        verbose_name = _("news index")

    @below(r"^$")
    def index_route(self, request: Any) -> HttpResponse:
        """All of it."""
        return self._list(request)

    @below(r"^(?P<year>2[0-9]{3})/$")
    def year(self, request: Any, year: str) -> HttpResponse:
        """One year."""
        return self._list(request, int(year))

    @below(r"^(?P<year>2[0-9]{3})/(?P<month>0[1-9]|1[0-2])/$")
    def month(self, request: Any, year: str, month: str) -> HttpResponse:
        """One month."""
        return self._list(request, int(year), int(month))

    @below(r"^feed/$")
    def feed(self, request: Any) -> HttpResponse:
        """RSS."""
        return self._feed(request, "rss")

    @below(r"^feed/atom/$")
    def atom(self, request: Any) -> HttpResponse:
        """Atom."""
        return self._feed(request, "atom")

    def _feed(self, request: Any, kind: str) -> HttpResponse:
        from cms import archive, feeds  # they read this module

        chosen = archive.Chosen.of(request.GET)
        text, content_type = feeds.news_feed(
            kind, language=self.locale.language_code, title=self.title, path=request.path, chosen=chosen
        )
        return HttpResponse(text, content_type=content_type)

    def _list(self, request: Any, year: int = 0, month: int = 0) -> HttpResponse:
        from cms import archive, teasers  # they read this module

        language = self.locale.language_code
        chosen = archive.Chosen.of(request.GET, year=year, month=month)
        rows: Any = Paginator(archive.news(language, chosen), _PER_PAGE).get_page(request.GET.get("page", "1"))
        rows.object_list = teasers.teasers(rows.object_list, language)
        found = archive.choices(language)
        if year and not found.has(year, month):
            raise Http404("no story of that time")
        below = f"{year}/{month:02d}/" if month else f"{year}/" if year else ""
        names = _names(year, month, language)
        context = self.get_context(request)
        own, meta = self._own(), context["meta"]
        context |= {
            "rows": rows,
            "chosen": chosen,
            "choices": found,
            "heading": names[-1] if names else "",
            "feed_query": f"?{chosen.query}" if chosen.query else "",
            "own": own,
            "meta": Head(alternates={code: f"{url}{below}" for code, url in meta.alternates.items()}),
        }
        if names:
            steps = [(names[0], f"{own}{year}/"), (names[-1], request.path)][-len(names) :]
            context["trail"] = trail_to((self.title, own), *steps)
        return TemplateResponse(request, self.get_template(request), context)

    def _own(self) -> str:
        return f"{reverse('home')}news/"


def _names(year: int, month: int, language: str) -> list[str]:
    from cms import archive

    names = [archive.year_name(year, language)] if year else []
    if month:
        first = dt.date(year - archive.BUDDHIST, month, 1)
        names.append(f"{archive.month_name(first, language)} {names[0]}")
    return names


class NewsPage(Routed, StoryPage):
    """One story, or a press release with whom to ask and a kit for the press."""

    published_on = models.DateField(_("Date"))
    contact_name = models.CharField(_("Office or person"), max_length=160, blank=True)
    contact_phone = models.CharField(_("Phone"), max_length=60, blank=True)
    contact_fax = models.CharField(_("Fax"), max_length=60, blank=True)
    contact_email = models.EmailField(_("E-mail"), blank=True)
    contact_web = models.URLField(_("Website"), blank=True)
    body = StreamField(STORY, blank=True)
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("published_on"),
        *StoryPage.told_panels,
        FieldPanel("body", heading=_("Text")),
        MultiFieldPanel(
            [
                FieldPanel("contact_name"),
                FieldPanel("contact_phone"),
                FieldPanel("contact_fax"),
                FieldPanel("contact_email"),
                FieldPanel("contact_web"),
            ],
            heading=_("Contact for the press"),
        ),
        *StoryPage.sorted_panels,
    ]
    template = "cms/news_page.html"

    class Meta:
        verbose_name = _("news story")

    def clean(self) -> None:
        """The archive's and the feeds' addresses are taken."""
        super().clean()
        if _TAKEN.match(self.slug or ""):
            raise ValidationError({"slug": _("This address belongs to the archive. Add a word to it.")})

    def sections(self) -> list[tuple[str, str]]:
        """A story stands below the news."""
        return [(gettext("News from the network"), f"{reverse('home')}news/")]

    def meta(self, alternates: dict[str, str]) -> Head:
        """A story is an article for machines; its picture is the story's poster."""
        from cms import posters, schema

        poster = posters.of_story(self, self.locale.language_code).url
        data = schema.article(self, "NewsArticle", poster, alternates, published=self.published_on)
        return Head(kind="article", poster=poster, data=[data], alternates=alternates)

    def serve(self, request: Any, view: Any = None, args: Any = None, kwargs: Any = None) -> Any:
        """Its goods are those of today."""
        return until_midnight(super().serve)(request, view, args, kwargs)

    @below(r"^press-kit/$")
    def press_kit_route(self, request: Any) -> Any:
        """Text, pictures and files in one, for the press."""
        from cms import press  # it reads this module

        return press.answer(self)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms import press  # they read this module
        from cms.selectors import latest_news, network_slug, press_contact, story_context

        context = super().get_context(request, *args, **kwargs)
        more = latest_news(self.locale.language_code, _STORIES_BELOW, but=self.pk)
        told = {
            "network": network_slug(self.province_id),
            "more": more,
            "contact": press_contact(self),
            "kit": press.kit_of(self),
        }
        return {**context, **story_context(self), **told}

"""Page types: home, news with its index, the shop page of a group, plain pages. Thin for now, real Wagtail pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageViewRestriction

from catalogue.freshness import until_midnight
from cms.blocks import STORY, TEXT_FEATURES
from shop.common.public import public_page
from shop.theme.meta import Meta as Head
from shop.theme.meta import absolute, trail_to
from vendors.selectors import network_of

_STORIES_OF_THE_INDEX, _STORIES_BELOW = 60, 2


class SameForAll(Page):
    """A page without anything personal: it may be kept, and goes packed over the line, unless it is for members only."""

    class Meta:
        abstract = True

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "cacheable": True}

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().serve
        if not PageViewRestriction.objects.exists() or not self.get_view_restrictions().exists():
            answer = public_page()(answer)
        return answer(request, *args, **kwargs)


class Told:
    """What every page of the tree says in its head: the way to it and its translations."""

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.selectors import for_all  # it reads this module

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        versions = self.get_translations(inclusive=True).live()  # type: ignore[attr-defined]
        pages = versions.filter(models.Q(pk=self.pk) | for_all()).select_related("locale")  # type: ignore[attr-defined]
        found = {page.locale.language_code: page.get_url(request) for page in pages}
        return {**context, "trail": self.trail(request), "meta": self.meta(found)}

    def trail(self, request: Any) -> Any:
        """The way to the page; its sections are known without a query."""
        return trail_to(*self.sections(), (self.title, request.path))  # type: ignore[attr-defined]

    def sections(self) -> list[tuple[str, str]]:
        """The pages between the front page and this one: name and address."""
        return []

    def meta(self, alternates: dict[str, str]) -> Head:
        """What machines read of the page."""
        return Head(alternates=alternates)


class HomePage(Page):
    """The front door; its lists are live, its words are the editors'. The season leads to the goods of one category."""

    headline = models.CharField(_("Headline"), max_length=160, blank=True)
    lead = models.TextField(_("Lead"), blank=True)
    picture = models.ForeignKey("media.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    season_link = models.CharField(_("Words of the season's button"), max_length=60, blank=True)
    season_category = models.ForeignKey(
        "catalogue.Category", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("season_link"),
        FieldPanel("season_category"),
    ]
    max_count_per_parent = 1
    template = "cms/home_page.html"

    class Meta:
        verbose_name = _("home page")


class NewsIndexPage(Told, SameForAll):
    """All news, newest first."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NewsPage"]
    template = "cms/news_index_page.html"

    class Meta:
        verbose_name = _("news index")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.selectors import latest_news  # it reads this module

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "stories": latest_news(get_language() or "th", _STORIES_OF_THE_INDEX)}


class NewsPage(Told, SameForAll):
    """One story."""

    summary = models.CharField(_("Summary"), max_length=300)
    published_on = models.DateField(_("Date"))
    picture = models.ForeignKey("media.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    picture_alt = models.CharField(_("Description of the picture"), max_length=200, blank=True)
    province = models.ForeignKey("vendors.Province", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    body = StreamField(STORY, blank=True)
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("published_on"),
        FieldPanel("picture_alt"),
        FieldPanel("province"),
        FieldPanel("body"),
    ]
    template = "cms/news_page.html"

    def sections(self) -> list[tuple[str, str]]:
        """A story stands below the news."""
        return [(gettext("News from the network"), f"{reverse('home')}news/")]

    def meta(self, alternates: dict[str, str]) -> Head:
        """A story is an article for machines; its picture is the story's poster."""
        from cms import posters

        poster = posters.of_story(self, self.locale.language_code).url
        return Head(kind="article", poster=poster, data=[self._article(poster, alternates)], alternates=alternates)

    def _article(self, poster: str, alternates: dict[str, str]) -> dict[str, Any]:
        language = self.locale.language_code
        changed = self.last_published_at or self.first_published_at
        publisher = {"@type": "Organization", "name": settings.SITE_NAME, "url": absolute("/")}
        return {
            "@type": "NewsArticle",
            "headline": self.title[:110],
            "description": self.summary,
            "inLanguage": language,
            "image": [absolute(poster)],
            "datePublished": self.published_on.isoformat(),
            "dateModified": changed.isoformat() if changed else self.published_on.isoformat(),
            "mainEntityOfPage": absolute(alternates.get(language, "/")),
            "author": publisher,
            "publisher": publisher,
        }

    class Meta:
        verbose_name = _("news story")

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Its goods are those of today."""
        return until_midnight(super().serve)(request, *args, **kwargs)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.selectors import latest_news, story_parts  # it reads this module

        context = super().get_context(request, *args, **kwargs)
        network = network_of(self.province_id) if self.province_id else None
        more = latest_news(self.locale.language_code, _STORIES_BELOW, but=self.pk)
        return {**context, "network": network, "parts": story_parts(self), "more": more}


class GroupIndexPage(Page):
    """The parent of all shop pages; its own address shows the directory of groups."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.GroupPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("directory of groups")


class GroupPage(Page):
    """The shop page of one group, published together with the group's approval.

    Each language's page holds its own words. What is the same for both (pictures, goods, contact) stands on the Thai
    page, in the shapes that `cms.shop_page` describes. The group edits it in its workspace (`cms.services.shop_pages`).
    """

    group = models.ForeignKey("vendors.Organisation", on_delete=models.PROTECT, related_name="shop_pages")
    opening = models.CharField(_("First words"), max_length=300, blank=True)
    story = RichTextField(_("Our story"), blank=True, features=TEXT_FEATURES)
    visit = models.TextField(_("How to visit"), blank=True)
    banner = models.JSONField(default=dict, blank=True)
    faces = models.JSONField(default=list, blank=True)
    gallery = models.JSONField(default=list, blank=True)
    featured = models.JSONField(default=list, blank=True)
    line_id = models.CharField("LINE", max_length=60, blank=True)
    facebook = models.CharField("Facebook", max_length=200, blank=True)
    phone = models.CharField(_("Phone"), max_length=10, blank=True)
    video = models.CharField(_("Video"), max_length=300, blank=True)
    parent_page_types = ["cms.GroupIndexPage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("opening"), FieldPanel("story"), FieldPanel("visit")]
    template = "cms/group_page.html"

    class Meta:
        verbose_name = _("shop page")


class PlainPage(Told, SameForAll):
    """Words only: how to buy, returns, privacy, contact."""

    body = RichTextField(_("Text"), blank=True, features=TEXT_FEATURES)
    content_panels = [*Page.content_panels, FieldPanel("body")]
    template = "cms/plain_page.html"

    class Meta:
        verbose_name = _("plain page")


class PageReview(models.Model):
    """A draft of a shop page that waits for the department, or what was decided about it. At most one waits."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Waiting for the officer")
        APPROVED = "approved", _("Approved")
        SENT_BACK = "sent_back", _("Sent back")
        WITHDRAWN = "withdrawn", _("Taken back by the group")

    group = models.ForeignKey("vendors.Organisation", on_delete=models.CASCADE, related_name="page_reviews")
    state = models.CharField(_("State"), max_length=20, choices=State.choices, default=State.SUBMITTED)
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+")
    revision_en = models.ForeignKey("wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("Reason"), blank=True)

    class Meta:
        verbose_name = _("review of a shop page")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=models.Q(state="submitted"), name="one_waiting_review_of_a_page"
            ),
        ]
        indexes = [models.Index(fields=["state", "submitted_at"], name="reviews_of_pages_waiting")]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.state}"


class PageModeration(models.Model):
    """Does an office want to see shop pages before they are shown? An office of a province stands above the national one."""

    office = models.OneToOneField("vendors.Organisation", on_delete=models.CASCADE, related_name="+")
    is_on = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("checking of shop pages")

    def __str__(self) -> str:
        return f"{self.office_id}: {self.is_on}"

"""Page types: home, news with its index, the shop page of a group, plain pages. Thin for now, real Wagtail pages."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, RichTextBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

_TEXT_FEATURES = ["h2", "h3", "bold", "link", "ol", "ul"]


class HomePage(Page):
    """The front door; its lists are live, its words are the editors'."""

    headline = models.CharField(_("Headline"), max_length=160, blank=True)
    lead = models.TextField(_("Lead"), blank=True)
    picture = models.ForeignKey("media.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("lead")]
    max_count_per_parent = 1
    template = "cms/home_page.html"

    class Meta:
        verbose_name = _("home page")


class NewsIndexPage(Page):
    """All news, newest first."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NewsPage"]
    template = "cms/news_index_page.html"

    class Meta:
        verbose_name = _("news index")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        stories = NewsPage.objects.live().child_of(self).select_related("picture").order_by("-published_on", "-pk")
        return {**context, "stories": stories[:60]}


class NewsPage(Page):
    """One story."""

    summary = models.CharField(_("Summary"), max_length=300)
    published_on = models.DateField(_("Date"))
    picture = models.ForeignKey("media.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    picture_alt = models.CharField(_("Description of the picture"), max_length=200, blank=True)
    province = models.ForeignKey("vendors.Province", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    body = StreamField(
        [
            ("text", RichTextBlock(features=_TEXT_FEATURES)),
            ("quote", CharBlock(max_length=300)),
            ("image", ImageBlock()),
        ],
        blank=True,
    )
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

    class Meta:
        verbose_name = _("news story")


class GroupIndexPage(Page):
    """The parent of all shop pages; its own address shows the directory of groups."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.GroupPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("directory of groups")


class GroupPage(Page):
    """The shop page of one group, published together with the group's approval."""

    group = models.ForeignKey("vendors.Organisation", on_delete=models.PROTECT, related_name="shop_pages")
    story = RichTextField(_("Our story"), blank=True, features=_TEXT_FEATURES)
    visit = models.TextField(_("How to visit"), blank=True)
    parent_page_types = ["cms.GroupIndexPage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("story"), FieldPanel("visit")]
    template = "cms/group_page.html"

    class Meta:
        verbose_name = _("shop page")


class PlainPage(Page):
    """Words only: how to buy, returns, privacy, contact."""

    body = RichTextField(_("Text"), blank=True, features=_TEXT_FEATURES)
    content_panels = [*Page.content_panels, FieldPanel("body")]
    template = "cms/plain_page.html"

    class Meta:
        verbose_name = _("plain page")

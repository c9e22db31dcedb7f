"""The front page and the plain pages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms.blocks import TEXT_FEATURES
from cms.models.base import Pictured, SameForAll, Told


class HomePage(Pictured, Page):
    """The front door; its lists are live, its words are the editors'. The season leads to the goods of one category."""

    headline = models.CharField(_("Headline"), max_length=160, blank=True)
    lead = models.TextField(_("Lead"), blank=True)
    season_link = models.CharField(_("Words of the season's button"), max_length=60, blank=True)
    season_category = models.ForeignKey(
        "catalogue.Category", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("image"),
        FieldPanel("season_link"),
        FieldPanel("season_category"),
    ]
    max_count_per_parent = 1
    template = "cms/home_page.html"

    class Meta:
        verbose_name = _("home page")


class PlainPage(Told, SameForAll):
    """Words only: how to buy, returns, privacy, contact."""

    body = RichTextField(_("Text"), blank=True, features=TEXT_FEATURES)
    content_panels = [*Page.content_panels, FieldPanel("body")]
    template = "cms/plain_page.html"

    class Meta:
        verbose_name = _("plain page")

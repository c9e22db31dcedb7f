"""What editors tell of a network, shown on its page below /networks/."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.blocks import STORY
from cms.models.base import StoryPage


class NetworkIndexPage(Page):
    """The parent of the networks' pages; its own address shows all networks."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NetworkPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("directory of networks")


class NetworkPage(StoryPage):
    """Words, picture and blocks of one network. Its address is the network's: there hubs, groups and goods stand around."""

    network = models.ForeignKey(
        "vendors.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind__in": ["national", "regional", "provincial"]},
        verbose_name=_("Network"),
    )
    body = StreamField(STORY, blank=True)
    parent_page_types = ["cms.NetworkIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("network"),
        *StoryPage.told_panels,
        FieldPanel("body", heading=_("Text")),
        *StoryPage.sorted_panels,
    ]

    class Meta:
        verbose_name = _("page of a network")

    def clean(self) -> None:
        """It stands where its network does."""
        super().clean()
        if self.network_id and self.slug != self.network.slug:
            raise ValidationError(
                {"slug": _("The address of this network is “%(slug)s”.") % {"slug": self.network.slug}}
            )

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """An address that was left open is the network's."""
        if self.network_id and not getattr(self, "slug", ""):
            setattr(self, "slug", self.network.slug)  # noqa: B010  (Wagtail's field has no type yet here)
        super().full_clean(*args, **kwargs)

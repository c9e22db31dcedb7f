"""The pages of fairs: what is on, what comes, what was; and one fair with its programme and who comes."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, DateBlock, ListBlock, StructBlock, TimeBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from catalogue.freshness import until_midnight
from cms.blocks import STORY
from cms.models.base import SameForAll, StoryPage, Told
from cms.models.fairs import Fair
from cms.models.sections import Sectioned
from shop.common.public import public_page
from shop.theme.formats import local
from shop.theme.meta import Meta as Head


class PointBlock(StructBlock):
    """One point of a day's programme."""

    starts = TimeBlock(label=_("From"))
    ends = TimeBlock(label=_("Until"), required=False)
    what = CharBlock(label=_("What happens"), max_length=160)
    where = CharBlock(label=_("Where"), max_length=80, required=False)


class DayBlock(StructBlock):
    """One day of the programme."""

    day = DateBlock(label=_("Day"))
    points = ListBlock(PointBlock(), label=_("Programme of the day"))

    class Meta:
        label = _("Day")


class FairIndexPage(Sectioned, Told, SameForAll):
    """All fairs that have a page: on now, coming, over."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.FairPage"]
    max_count_per_parent = 1
    template = "cms/fair_index_page.html"

    class Meta:
        verbose_name = _("fairs index")

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Its days are counted anew each day."""
        return until_midnight(super().serve)(request, *args, **kwargs)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.fair_pages import by_phase  # it reads this module

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **by_phase(self.locale.language_code)}


class FairPage(StoryPage):
    """One fair in one language. The office makes it together with the fair; editors write its words."""

    fair = models.ForeignKey(Fair, on_delete=models.PROTECT, related_name="pages", editable=False)
    programme = StreamField([("day", DayBlock())], blank=True, verbose_name=_("Programme of the fair"))
    body = StreamField(STORY, blank=True, verbose_name=_("Text"))
    parent_page_types = ["cms.FairIndexPage"]
    subpage_types: list[str] = []
    is_creatable = False
    content_panels = [
        *Page.content_panels,
        *StoryPage.told_panels,
        FieldPanel("programme"),
        FieldPanel("body"),
        *StoryPage.sorted_panels,
    ]
    template = "cms/fair_page.html"

    class Meta:
        verbose_name = _("fair page")

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Its goods and its countdown are those of today; only what is searched for makes it another page."""
        answer = super().serve(request, *args, **kwargs)
        if hasattr(answer, "market_public"):
            answer = public_page("q")(lambda _request: answer)(request)
        return until_midnight(lambda _request: answer)(request)

    def sections(self) -> list[tuple[str, str]]:
        """A fair stands below the fairs."""
        return [(gettext("Fairs"), f"{reverse('home')}fairs/")]

    def meta(self, alternates: dict[str, str]) -> Head:
        """An event for machines."""
        from cms.fair_pages import event_of  # it reads this module

        return Head(kind="article", data=[event_of(self, alternates)], alternates=alternates)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.fair_pages import facts_of  # they read this module
        from cms.selectors import network_slug, story_context

        context = super().get_context(request, *args, **kwargs)
        told = {"network": network_slug(self.fair.province_id), **story_context(self)}
        return {**context, **facts_of(self, request.GET.get("q", "")), **told}

    @property
    def name(self) -> str:
        """The fair's name in the page's language."""
        return local(self.fair, "name_th", self.locale.language_code)

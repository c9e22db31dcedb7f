"""What page types have in common: kept for all, told in their head, a story with picture, province, topics and related pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django import forms
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, re_path
from wagtail.models import Orderable, Page, PageViewRestriction

from cms.models.sections import InSections
from cms.story_form import PageForm, ReadinessPanel, StoryForm
from shop.common.public import public_page
from shop.theme.meta import Meta as Head
from shop.theme.meta import trail_to

if TYPE_CHECKING:
    from media.models import Picture


class SameForAll(Page):
    """A page without anything personal: it may be kept, and goes packed over the line, unless it is for members only."""

    query_keys: ClassVar[tuple[str, ...]] = ()
    """The query keys that the page looks at."""
    base_form_class = PageForm

    class Meta:
        abstract = True

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "cacheable": True}

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return self.kept(super().serve)(request, *args, **kwargs)

    def kept(self, answer: Any) -> Any:
        """A view of this page, marked as the same for everybody unless the page is for members only."""
        return answer if self.get_view_restrictions().exists() else public_page(*self.query_keys)(answer)

    def get_view_restrictions(self) -> Any:
        """None, without asking again, for a page that was found by its address as one for everybody (`cms.public`)."""
        if self.__dict__.get("is_for_all"):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()


View = TypeVar("View", bound=Callable[..., Any])


def below(pattern: str) -> Callable[[View], View]:
    """The address of a method of a `Routed` page, as a regular expression below the page's own."""

    def mark(view: View) -> View:
        return re_path(pattern)(view)  # type: ignore[no-any-return]

    return mark


class Routed(RoutablePageMixin):
    """A page with addresses below it that are no pages of the tree: kept as the page is."""

    def serve(self, request: Any, view: Any = None, args: Any = None, kwargs: Any = None) -> Any:
        """The page, or what stands below it."""
        return self.kept(super().serve)(request, view, args, kwargs)  # type: ignore[attr-defined]


class Told:
    """What every page of the tree says in its head: the way to it and its translations."""

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.public import addresses_of  # it reads this module

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        return {**context, "trail": self.trail(request), "meta": self.meta(addresses_of(self))}  # type: ignore[arg-type]

    def trail(self, request: Any) -> Any:
        """The way to the page; its sections are known without a query."""
        return trail_to(*self.sections(), (self.title, request.path))  # type: ignore[attr-defined]

    def sections(self) -> list[tuple[str, str]]:
        """The pages between the front page and this one: name and address."""
        return []

    def meta(self, alternates: dict[str, str]) -> Head:
        """What machines read of the page."""
        return Head(alternates=alternates)


class Topic(models.Model):
    """What stories are about: silk, standards, packaging. Staff keep the list; it is the same in both languages."""

    slug = models.SlugField(_("Address"), max_length=60, unique=True)
    name_th = models.CharField(_("Name (Thai)"), max_length=80, unique=True)
    name_en = models.CharField(_("Name (English)"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(_("Position"), default=0)
    panels = [FieldPanel("name_th"), FieldPanel("name_en"), FieldPanel("slug"), FieldPanel("position")]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "name_th"]

    def __str__(self) -> str:
        return self.name_th


class RelatedPage(Orderable):
    """Another page that readers of a page are led to."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="related_pages")
    related = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("Page"))
    panels = [FieldPanel("related")]

    class Meta(Orderable.Meta):
        verbose_name = _("related page")


class Pictured(models.Model):
    """A page with one image: the editor chooses it and its focus, visitors see its `cut`."""

    image = models.ForeignKey(
        "media.MarketImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Picture"),
    )

    class Meta:
        abstract = True

    @property
    def picture(self) -> Picture | None:
        """What visitors see of the image; None while there is none or the worker has not made it."""
        return self.image.cut if self.image else None


class StoryPage(InSections, Told, Pictured, SameForAll):
    """The base of news, fairs, trainings and articles: summary, picture with focus and description, province, topics."""

    summary = models.CharField(pgettext_lazy("of a story", "Summary"), max_length=300)
    picture_alt = models.CharField(_("Description of the picture"), max_length=200, blank=True)
    province = models.ForeignKey(
        "vendors.Province",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Province"),
    )
    topics = ParentalManyToManyField("cms.Topic", blank=True, related_name="+", verbose_name=_("Topics"))
    base_form_class = StoryForm
    told_panels = [
        ReadinessPanel(heading=_("Ready to publish?")),
        FieldPanel(
            "summary", heading=_("In two sentences"), help_text=_("Stands below the title, in lists and in feeds")
        ),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("picture_alt")], heading=_("Picture")),
    ]
    sorted_panels = [
        MultiFieldPanel(
            [FieldPanel("province"), FieldPanel("topics", widget=forms.CheckboxSelectMultiple)],
            heading=_("Where and about what"),
        ),
        MultipleChooserPanel("related_pages", chooser_field_name="related", label=_("Related pages")),
    ]

    class Meta:
        abstract = True

    @cached_property
    def shown_topics(self) -> list[Topic]:
        """Its topics, read once."""
        from cms.public import topics_of  # it reads this module

        return topics_of(self)

"""Trainings: the course with its seats, who comes, and the pages that tell of it in both languages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from cms.blocks import TEXT_FEATURES
from cms.models.base import SameForAll, StoryPage, Told
from cms.models.sections import Sectioned
from shop.common import clock
from shop.common.thai import BUDDHIST_OFFSET
from shop.theme.meta import Meta as Head

PERSON = settings.AUTH_USER_MODEL
MOST_SEATS = 2000


class Course(models.Model):
    """A training or workshop of one office, the same in both languages. Its row is locked by whoever changes its seats."""

    code = models.CharField(max_length=12, unique=True, editable=False)
    office = models.ForeignKey("vendors.Organisation", on_delete=models.PROTECT, related_name="courses")
    name_th = models.CharField(_("Thai name"), max_length=160)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    starts_at = models.DateTimeField(_("Begins"), db_index=True)
    ends_at = models.DateTimeField(_("Ends"), db_index=True)
    venue_th = models.CharField(_("Place (Thai)"), max_length=200, blank=True)
    venue_en = models.CharField(_("Place (English)"), max_length=200, blank=True)
    province = models.ForeignKey(
        "vendors.Province",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Province"),
    )
    online_url = models.URLField(_("Address of the online room"), max_length=300, blank=True)
    seats = models.PositiveIntegerField(_("Seats"))
    register_from = models.DateTimeField(_("Registration opens"))
    register_until = models.DateTimeField(_("Registration closes"))
    open_to = models.ManyToManyField(
        "vendors.Province", blank=True, related_name="+", verbose_name=_("Only for groups of these provinces")
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancel_reason = models.TextField(_("Reason"), blank=True)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)
    forgotten_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("training")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="course_ends_later"),
            models.CheckConstraint(
                condition=models.Q(register_until__gt=models.F("register_from")), name="registration_ends_later"
            ),
        ]

    def __str__(self) -> str:
        day = self.starts_at.astimezone(clock.BANGKOK)
        return f"{self.name_th} ({day:%d/%m}/{day.year + BUDDHIST_OFFSET})"

    @property
    def first_day(self) -> dt.date:
        """The day in Thailand on which it begins."""
        return self.starts_at.astimezone(clock.BANGKOK).date()

    @property
    def last_day(self) -> dt.date:
        """The day in Thailand on which it ends; one that ends at midnight ends the day before."""
        return (self.ends_at.astimezone(clock.BANGKOK) - dt.timedelta(microseconds=1)).date()

    @property
    def last_day_to_register(self) -> dt.date:
        """The last day in Thailand on which groups may register."""
        return (self.register_until.astimezone(clock.BANGKOK) - dt.timedelta(microseconds=1)).date()

    @property
    def is_over(self) -> bool:
        """Has it ended?"""
        return self.ends_at <= clock.now()

    @property
    def has_begun(self) -> bool:
        """Has it begun, or is it over?"""
        return self.starts_at <= clock.now()

    @property
    def is_cancelled(self) -> bool:
        """Was it called off?"""
        return self.cancelled_at is not None

    @property
    def opens_later(self) -> bool:
        """Has registration not opened yet?"""
        return clock.now() < self.register_from

    @property
    def takes_registrations(self) -> bool:
        """May a group register now, by the dates?"""
        return not self.is_cancelled and self.register_from <= clock.now() < min(self.register_until, self.ends_at)


class Registration(models.Model):
    """One person of a group at one course. Names and phones go after a time (`cms.services.attendance.forget_people`)."""

    class State(models.TextChoices):
        REGISTERED = "registered", _("Has a seat")
        WAITING = "waiting", _("On the waiting list")
        CANCELLED = "cancelled", _("Cancelled")
        ATTENDED = "attended", _("Was there")
        ABSENT = "absent", _("Was not there")

    SEATED = (State.REGISTERED, State.ATTENDED, State.ABSENT)

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="registrations")
    group = models.ForeignKey(
        "vendors.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="course_registrations"
    )
    name = models.CharField(_("Name"), max_length=120, blank=True)
    name_key = models.CharField(max_length=120, blank=True, editable=False)
    phone = models.CharField(_("Phone"), max_length=10, blank=True)
    person = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(_("State"), max_length=12, choices=State.choices)
    code = models.CharField(max_length=12, unique=True, editable=False)
    secret = models.CharField(max_length=40, unique=True, editable=False)
    certificate = models.CharField(max_length=12, unique=True, null=True, blank=True, editable=False)
    is_walk_in = models.BooleanField(default=False)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("registration")
        ordering = ["registered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "group", "name_key"],
                condition=~models.Q(state="cancelled") & ~models.Q(name_key=""),
                name="one_seat_for_one_name",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=~models.Q(state="attended") | models.Q(certificate__isnull=False),
                name="who_was_there_has_a_certificate",
            ),
        ]
        indexes = [models.Index(fields=["course", "state", "registered_at"], name="registrations_in_line")]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.code}"


class RegistrationEvent(models.Model):
    """Who did what with a registration, and when."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="events")
    state = models.CharField(max_length=12, choices=Registration.State.choices)
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("change of a registration")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.state}"


class Attendance(models.Model):
    """The entry of a course in a group's record: one for all its people who were there."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="attendances")
    group = models.ForeignKey("vendors.Organisation", on_delete=models.CASCADE, related_name="+")
    entry = models.OneToOneField("vendors.Training", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("attendance in a record")
        constraints = [models.UniqueConstraint(fields=["course", "group"], name="one_entry_of_a_course")]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.group_id}"


class TrainingIndexPage(Sectioned, Told, SameForAll):
    """All trainings: those that come, and those that were."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.TrainingPage"]
    template = "cms/training_index_page.html"

    class Meta:
        verbose_name = _("list of trainings")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.training_selectors import pages_of_index  # it reads this module

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **pages_of_index(self.locale.language_code)}


class TrainingPage(StoryPage):
    """What the public reads about a course: programme, seats left, how to register, and its materials afterwards."""

    class MaterialsFor(models.TextChoices):
        ALL = "all", _("everybody, once the training is over")
        ATTENDED = "attended", _("the groups whose people were there")

    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="pages", verbose_name=_("Training (dates, place and seats)")
    )
    programme = RichTextField(_("Programme"), blank=True, features=TEXT_FEATURES)
    materials_for = models.CharField(
        _("Materials are for"), max_length=10, choices=MaterialsFor.choices, default=MaterialsFor.ATTENDED
    )
    parent_page_types = ["cms.TrainingIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("course"),
        *StoryPage.told_panels,
        FieldPanel("programme"),
        MultiFieldPanel([InlinePanel("materials"), FieldPanel("materials_for")], heading=_("Materials")),
        *StoryPage.sorted_panels,
    ]
    template = "cms/training_page.html"

    class Meta:
        verbose_name = _("page of a training")

    def clean(self) -> None:
        """A course has one page in each language."""
        super().clean()
        same = TrainingPage.objects.filter(course_id=self.course_id, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.course_id and same.exists():
            raise ValidationError({"course": gettext("There is a page about this training already.")})

    def sections(self) -> list[tuple[str, str]]:
        """It stands below the trainings."""
        return [(gettext("Trainings"), f"{reverse('home')}trainings/")]

    def meta(self, alternates: dict[str, str]) -> Head:
        """An event for machines; its picture is the training's poster."""
        from cms import posters
        from cms.training_data import event_data

        poster = posters.of_training(self, self.locale.language_code).url
        data = event_data(self, poster, alternates.get(self.locale.language_code, "/"))
        return Head(kind="article", poster=poster, data=[data], alternates=alternates)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.selectors import beside  # they read this module
        from cms.training_selectors import context_of_page, numbered_course

        self.course = numbered_course(self.course_id)
        context = super().get_context(request, *args, **kwargs)
        return {**context, **context_of_page(self), **beside(self)}


class TrainingMaterial(Orderable):
    """A file that was handed out, or is to be read afterwards."""

    page = ParentalKey(TrainingPage, on_delete=models.CASCADE, related_name="materials")
    document = models.ForeignKey(
        "media.MarketDocument", on_delete=models.CASCADE, related_name="+", verbose_name=_("File")
    )
    title = models.CharField(_("Name"), max_length=160)
    panels = [FieldPanel("title"), FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("material of a training")

    def __str__(self) -> str:
        return self.title

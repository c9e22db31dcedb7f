"""A fair as both languages tell it: when and where, its kinds of booths, its booths, and who wants to come with what."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shop.common import clock


class Fair(models.Model):
    """A fair of the department. Its words for visitors stand on its pages; everything else stands here, once."""

    class Phase(models.TextChoices):
        NEXT = "next", _("Coming")
        RUNNING = "running", _("On now")
        PAST = "past", _("Over")
        CANCELLED = "cancelled", _("Cancelled")

    slug = models.SlugField(_("Address"), max_length=80, unique=True)
    name_th = models.CharField(_("Name (Thai)"), max_length=160)
    name_en = models.CharField(_("Name (English)"), max_length=160, blank=True)
    office = models.ForeignKey(
        "vendors.Organisation", on_delete=models.PROTECT, related_name="fairs", verbose_name=_("Office")
    )
    starts_at = models.DateTimeField(_("Begins"))
    ends_at = models.DateTimeField(_("Ends"))
    moved_from = models.DateTimeField(null=True, blank=True, editable=False)
    hours_th = models.CharField(_("Opening hours (Thai)"), max_length=160, blank=True)
    hours_en = models.CharField(_("Opening hours (English)"), max_length=160, blank=True)
    venue_th = models.CharField(_("Venue (Thai)"), max_length=160)
    venue_en = models.CharField(_("Venue (English)"), max_length=160, blank=True)
    address_th = models.CharField(_("Address (Thai)"), max_length=250, blank=True)
    address_en = models.CharField(_("Address (English)"), max_length=250, blank=True)
    latitude = models.DecimalField(_("Latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("Longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    province = models.ForeignKey(
        "vendors.Province", on_delete=models.PROTECT, related_name="+", verbose_name=_("Province")
    )
    regions = models.ManyToManyField("vendors.Region", blank=True, related_name="+", verbose_name=_("Regions invited"))
    apply_from = models.DateField(_("Applications from"))
    apply_until = models.DateField(_("Applications until"))
    place = models.ForeignKey(
        "vendors.Place",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Pick-up counter"),
    )
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("Reason"), max_length=500, blank=True)
    visitors = models.PositiveIntegerField(_("Visitors"), null=True, blank=True)
    sales_satang = models.BigIntegerField(_("Sales"), null=True, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("fair")
        ordering = ["-starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="fair_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(apply_until__gte=F("apply_from")), name="fair_applications_end_after_they_begin"
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], name="fairs_by_end")]

    def __str__(self) -> str:
        return self.name_th

    @property
    def first_day(self) -> dt.date:
        """The day in Thailand on which it begins."""
        return self.starts_at.astimezone(clock.BANGKOK).date()

    @property
    def last_day(self) -> dt.date:
        """Its last day in Thailand. What ends in the small hours belongs to the night before."""
        end = self.ends_at.astimezone(clock.BANGKOK) - dt.timedelta(minutes=1)
        return max(self.first_day, end.date() - dt.timedelta(days=1) if end.hour < _NIGHT_ENDS else end.date())

    @property
    def phase(self) -> Fair.Phase:
        """How it stands now."""
        if self.cancelled_at is not None:
            return self.Phase.CANCELLED
        now = clock.now()
        if now < self.starts_at:
            return self.Phase.NEXT
        return self.Phase.RUNNING if now < self.ends_at else self.Phase.PAST

    @property
    def days_left(self) -> int:
        """Nights until it begins; 0 on its first day and after."""
        return max(0, (self.first_day - clock.today()).days)

    @property
    def takes_applications(self) -> bool:
        """May a group apply today?"""
        return self.phase == self.Phase.NEXT and self.apply_from <= clock.today() <= self.apply_until


_NIGHT_ENDS = 5


class BoothKind(models.Model):
    """Booths that are alike: size, power, cold, price; as many as `number` says."""

    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="kinds")
    letter = models.CharField(_("Letter"), max_length=4)
    name_th = models.CharField(_("Name (Thai)"), max_length=80)
    name_en = models.CharField(_("Name (English)"), max_length=80, blank=True)
    size = models.CharField(_("Size"), max_length=40, blank=True)
    has_power = models.BooleanField(_("With electricity"), default=False)
    is_cold = models.BooleanField(_("With a cold cabinet"), default=False)
    price_satang = models.PositiveIntegerField(_("Price of a booth"), default=0)
    number = models.PositiveSmallIntegerField(_("Number of booths"))

    class Meta:
        verbose_name = _("kind of booth")
        ordering = ["letter", "pk"]
        constraints = [models.UniqueConstraint(fields=["fair", "letter"], name="one_letter_for_each_kind_of_booth")]

    def __str__(self) -> str:
        return f"{self.letter} {self.name_th}"


class Booth(models.Model):
    """One booth: its sign and its cells on the plan."""

    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="booths")
    kind = models.ForeignKey(BoothKind, on_delete=models.CASCADE, related_name="booths")
    code = models.CharField(_("Booth"), max_length=8)
    position = models.PositiveSmallIntegerField(default=0)
    x = models.PositiveSmallIntegerField(default=0)
    y = models.PositiveSmallIntegerField(default=0)
    w = models.PositiveSmallIntegerField(default=1)
    h = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("booth")
        ordering = ["kind__letter", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["fair", "code"], name="one_booth_for_each_sign")]

    def __str__(self) -> str:
        return self.code


class BoothApplication(models.Model):
    """A group wants to come to a fair: the kind of booth, what it brings, whom to call, and how it was decided."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Waiting for an answer")
        WAITING = "waiting", _("On the waiting list")
        ACCEPTED = "accepted", _("Has a booth")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    OPEN = (State.SUBMITTED, State.WAITING, State.ACCEPTED)
    code = models.CharField(_("Code"), max_length=12, unique=True)
    fair = models.ForeignKey(Fair, on_delete=models.PROTECT, related_name="applications")
    group = models.ForeignKey("vendors.Organisation", on_delete=models.PROTECT, related_name="booth_applications")
    kind = models.ForeignKey(BoothKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("Kind of booth"))
    products = models.ManyToManyField("catalogue.Product", blank=True, related_name="+", verbose_name=_("Goods"))
    words = models.TextField(_("What else you bring"), max_length=600, blank=True)
    contact_name = models.CharField(_("Who comes"), max_length=120)
    contact_phone = models.CharField(_("Phone"), max_length=10)
    state = models.CharField(_("State"), max_length=20, choices=State.choices, default=State.SUBMITTED)
    booth = models.ForeignKey(Booth, on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    submitted_at = models.DateTimeField()
    state_changed_at = models.DateTimeField()
    reminded_for = models.DateField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("application for a booth")
        ordering = ["submitted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fair", "group"],
                condition=Q(state__in=["submitted", "waiting", "accepted"]),
                name="one_open_application_of_a_group",
            ),
            models.UniqueConstraint(fields=["booth"], name="one_group_in_a_booth"),
            models.CheckConstraint(
                condition=Q(state="accepted", booth__isnull=False) | (~Q(state="accepted") & Q(booth=None)),
                name="a_booth_for_those_accepted",
            ),
        ]
        indexes = [models.Index(fields=["fair", "state"], name="applications_of_a_fair")]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Neither refused nor withdrawn."""
        return self.state in self.OPEN


class BoothEvent(models.Model):
    """One step of an application: who did it and when."""

    application = models.ForeignKey(BoothApplication, on_delete=models.CASCADE, related_name="events")
    state = models.CharField(max_length=20, choices=BoothApplication.State.choices)
    booth_code = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("step of an application for a booth")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.state}"

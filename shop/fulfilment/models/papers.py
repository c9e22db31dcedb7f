"""Papers that the worker makes for a hub."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PaperRun(models.Model):
    """One list of a hub and a day on its way to the printer. The file is private, and gone after a while."""

    class Kind(models.TextChoices):
        PICK = "pick", _("Pick list")
        BY_BUYER = "by_buyer", _("Packing list by purchase")
        BY_GROUP = "by_group", _("Packing list by group")
        BY_PRODUCT = "by_product", _("Packing list by product")
        COUNTER = "counter", _("Day sheet of the counter")
        PARCELS = "parcels", _("Labels of parcels")
        BOXES = "boxes", _("Labels of boxes that go on")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for its turn")
        READING = "reading", _("The goods are being read")
        SETTING = "setting", _("The pages are being set")
        DONE = "done", _("Ready to print")
        FAILED = "failed", _("Broken off")

    AT_WORK = (State.WAITING, State.READING, State.SETTING)

    code = models.CharField(max_length=12, unique=True)
    place = models.ForeignKey("vendors.Place", on_delete=models.CASCADE, related_name="paper_runs")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    day = models.DateField()
    size = models.CharField(max_length=4, default="a4")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    rows = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    stored_name = models.CharField(max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("paper")
        indexes = [
            models.Index(fields=["place", "-created_at"], name="paper_runs_of_a_place"),
            models.Index(fields=["touched_at"], condition=~Q(state__in=["done", "failed"]), name="paper_runs_at_work"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"

    @property
    def is_at_work(self) -> bool:
        """True while the worker has it."""
        return self.state in self.AT_WORK

"""Files of rows that officers and groups bring in: looked through first, saved as a whole afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One file on its way into the market. Nothing of it is saved before every row of it is right."""

    class Kind(models.TextChoices):
        COOPERATIVES = "cooperatives", _("Cooperatives and farmer groups")
        GROUPS = "groups", _("Occupational groups")
        MEMBERS = "members", _("Members and their roles")
        CERTIFICATES = "certificates", _("Certificates")
        GOODS = "goods", _("Goods of a group")

    class State(models.TextChoices):
        CHECKING = "checking", _("Being looked through")
        REFUSED = "refused", _("Cannot be read")
        FAULTY = "faulty", _("To be corrected")
        READY = "ready", _("Ready to save")
        SAVING = "saving", _("Being saved")
        DONE = "done", _("Saved")
        FAILED = "failed", _("Broken off")
        DROPPED = "dropped", _("Dropped")

    AT_WORK = (State.CHECKING, State.SAVING)

    code = models.CharField(max_length=16, unique=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices)
    group = models.ForeignKey(
        "vendors.Organisation",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="import_runs",
        help_text="whose goods they are; none for sheets of the office",
    )
    state = models.CharField(_("State"), max_length=20, choices=State.choices, default=State.CHECKING)
    approves = models.BooleanField(
        default=False, help_text="new groups are approved at once, as the officer said at the upload"
    )
    file = models.ForeignKey("media.PrivateFile", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    file_name = models.CharField(_("File"), max_length=200)
    rows = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    problems_count = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, blank=True)
    preview = models.JSONField(default=list, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="import_runs")
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        indexes = [
            models.Index(fields=["by", "-created_at"], name="import_runs_of_person"),
            models.Index(fields=["group", "-created_at"], name="import_runs_of_group"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"

    @property
    def is_at_work(self) -> bool:
        """True while the worker has it."""
        return self.state in self.AT_WORK

    @property
    def changes(self) -> int:
        """How many rows bring something."""
        return self.new + self.changed

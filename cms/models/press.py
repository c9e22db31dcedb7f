"""The press kit of a story: text, pictures in full size and attachments in one file, made by the worker."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class PressKit(models.Model):
    """The kit that lies ready for a published story. `key` says of which content it was made."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="press_kit")
    key = models.CharField(max_length=64)
    stored_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    pictures = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("press kit")

    def __str__(self) -> str:
        return self.stored_name

"""Whether an article helped: one answer of each visit, nothing about the person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class UsefulAnswer(models.Model):
    """Yes or no, with a few words if there were any.

    `mark` tells this visit's answers to this page apart from others for a day and is emptied then; it leads to nobody.
    """

    WORDS = 500

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="answers")
    is_useful = models.BooleanField(_("Useful"))
    words = models.CharField(_("In their words"), max_length=WORDS, blank=True)
    day = models.DateField(_("Day"))
    mark = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("answer of a reader")
        constraints = [
            models.UniqueConstraint(fields=["page", "mark"], condition=~Q(mark=""), name="one_answer_of_a_visit")
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.day}: {self.is_useful}"

"""People: one account each, signed in by e-mail; what they agreed to; who left."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.customer.abstract_models import AbstractUser


class User(AbstractUser):
    """A person. What they may do follows from memberships (vendors) and `is_superuser`, never from this row."""

    display_name = models.CharField(_("Name"), max_length=120, blank=True)
    phone = models.CharField(_("Phone"), max_length=10, blank=True)
    preferred_language = models.CharField(_("Language"), max_length=5, default="th")

    class Meta(AbstractUser.Meta):
        abstract = False
        swappable = "AUTH_USER_MODEL"

    def get_full_name(self) -> str:
        return self.display_name or " ".join(filter(None, [self.first_name, self.last_name]))


class Consent(models.Model):
    """One answer of a person to one purpose, as they gave it; the last one counts, none is ever changed."""

    class Purpose(models.TextChoices):
        NEWSLETTER = "newsletter", _("Newsletter of the market")
        FOLLOWED = "followed", _("E-mails about groups that you follow")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    given = models.BooleanField()
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("consent")
        indexes = [models.Index(fields=["user", "purpose", "id"], name="consents_of_person")]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.purpose}: {self.given}"


class AccountDeletion(models.Model):
    """That an account was deleted by its owner, when, and how much went; who it was, nobody can tell any more."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="deletion")
    at = models.DateTimeField()
    removed = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("deleted account")

    def __str__(self) -> str:
        return f"{self.user_id} · {self.at:%Y-%m-%d}"

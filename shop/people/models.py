"""People: one account each, signed in by e-mail."""

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

"""What a person likes: products with a heart, and groups that they follow."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Favourite(models.Model):
    """A product (never a variant) that a person put a heart on; one row each, however often they press."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourites")
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("favourite")
        constraints = [models.UniqueConstraint(fields=["user", "product"], name="one_heart_per_product")]
        indexes = [models.Index(fields=["user", "-created_at", "-id"], name="favourites_of_person")]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.product_id}"


class Follow(models.Model):
    """A group that a person follows."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    group = models.ForeignKey("vendors.Organisation", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("followed group")
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="one_follow_per_group")]
        indexes = [models.Index(fields=["user", "-created_at", "-id"], name="follows_of_person")]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.group_id}"

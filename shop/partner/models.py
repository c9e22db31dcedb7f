"""An approved group's Oscar partner, and its stock by place."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.abstract_models import AbstractPartner, AbstractStockRecord


class Partner(AbstractPartner):
    """The selling side of a group in Oscar's terms. It exists only once the group is approved."""

    group = models.OneToOneField(
        "vendors.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="partner"
    )


class StockRecord(AbstractStockRecord):
    """Price and stock of one product at one place. `num_allocated` is what placed orders hold.

    The database itself refuses to hold more than there is.
    """

    place = models.ForeignKey(
        "vendors.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="stockrecords"
    )

    class Meta(AbstractStockRecord.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["product", "place"], name="one_stockrecord_per_place"),
            models.CheckConstraint(
                condition=models.Q(num_in_stock=None)
                | models.Q(num_in_stock__gte=Coalesce(models.F("num_allocated"), 0)),
                name="never_more_reserved_than_there_is",
            ),
            models.CheckConstraint(
                condition=models.Q(num_allocated=None) | models.Q(num_allocated__gte=0),
                name="reserved_not_negative",
            ),
            models.CheckConstraint(condition=models.Q(price=None) | models.Q(price__gt=0), name="price_above_zero"),
        ]
        verbose_name = _("stock record")


class PriceChange(models.Model):
    """Who set which price when; written by the one service that sets prices, never changed."""

    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="price_changes")
    place = models.ForeignKey("vendors.Place", on_delete=models.CASCADE, related_name="+")
    from_satang = models.BigIntegerField(null=True, blank=True)
    to_satang = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("price change")

    def __str__(self) -> str:
        return f"{self.product_id}: {self.from_satang} → {self.to_satang}"


from oscar.apps.partner.models import *

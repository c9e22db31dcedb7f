"""An approved group's Oscar partner, and its stock by place."""

from __future__ import annotations

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


from oscar.apps.partner.models import *

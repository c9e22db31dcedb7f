"""What delivery costs, how long it takes and on which days it goes: dated rows that staff edit (docs/algorithms/delivery.md).

A row is in force from `valid_from` until `valid_until` (its last day; none: until further notice). What changes gets a new row, so that
a past price can be told.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from vendors.models import Place


class Zone(models.TextChoices):
    """How far a parcel goes."""

    SAME_PROVINCE = "same_province", _("Same province")
    SAME_REGION = "same_region", _("Same region")
    OTHER_REGION = "other_region", _("Another region")


class Way(models.TextChoices):
    """How a basket comes to its buyer."""

    DIRECT = "direct", _("Sent by each group")
    HUBS = "hubs", _("Through the hubs, one parcel")
    PICKUP = "pickup", _("Picked up at a counter")


def in_force(day: dt.date) -> models.Q:
    """The rows that count on `day`."""
    return models.Q(valid_from__lte=day) & (models.Q(valid_until=None) | models.Q(valid_until__gte=day))


def _dates_in_order(name: str) -> models.CheckConstraint:
    ordered = models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from"))
    return models.CheckConstraint(condition=ordered, name=name)


class Dated(models.Model):
    """In force from a day on, and until another."""

    valid_from = models.DateField(_("From"))
    valid_until = models.DateField(_("Until (last day)"), null=True, blank=True)

    class Meta:
        abstract = True


class Tariff(Dated):
    """Price in satang of posting one parcel of a storage class up to `max_weight_g` in `zone`."""

    carrier = models.CharField(_("Carrier"), max_length=60)
    storage = models.CharField(
        _("Storage"), max_length=12, choices=Product.Storage.choices, default=Product.Storage.AMBIENT
    )
    zone = models.CharField(_("Zone"), max_length=20, choices=Zone.choices)
    max_weight_g = models.PositiveIntegerField(_("Up to (grams)"))
    price_satang = models.PositiveIntegerField(_("Price (satang)"))

    class Meta:
        ordering = ["storage", "zone", "max_weight_g"]
        verbose_name = _("tariff")
        constraints = [
            models.UniqueConstraint(
                fields=["carrier", "storage", "zone", "max_weight_g", "valid_from"], name="one_tariff_per_step_and_day"
            ),
            _dates_in_order("tariff_dates_in_order"),
            models.CheckConstraint(condition=models.Q(max_weight_g__gte=1), name="tariff_weighs_something"),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.storage} {self.zone} ≤ {self.max_weight_g} g"


class HubFee(Dated):
    """Price in satang of what hubs do with goods up to `max_weight_g`; only the way between two hubs knows a zone."""

    class Service(models.TextChoices):
        COLLECT = "collect", _("Taken in from groups")
        TRUNK = "trunk", _("Carried to another hub")
        HANDLING = "handling", _("Put together into one parcel")
        COUNTER = "counter", _("Kept and handed over at the counter")

    service = models.CharField(_("Service"), max_length=12, choices=Service.choices)
    zone = models.CharField(_("Zone"), max_length=20, choices=Zone.choices, blank=True)
    max_weight_g = models.PositiveIntegerField(_("Up to (grams)"))
    price_satang = models.PositiveIntegerField(_("Price (satang)"))

    class Meta:
        ordering = ["service", "zone", "max_weight_g"]
        verbose_name = _("hub fee")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "zone", "max_weight_g", "valid_from"], name="one_hub_fee_per_step_and_day"
            ),
            _dates_in_order("hub_fee_dates_in_order"),
            models.CheckConstraint(
                condition=(models.Q(service="trunk") & ~models.Q(zone=""))
                | (~models.Q(service="trunk") & models.Q(zone="")),
                name="hub_fee_zone_of_the_trunk_only",
            ),
            models.CheckConstraint(condition=models.Q(max_weight_g__gte=1), name="hub_fee_weighs_something"),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.zone} ≤ {self.max_weight_g} g"


class TransitTime(Dated):
    """Working days that something takes, at best and at most. Packing knows no zone."""

    class Service(models.TextChoices):
        PACKING = "packing", _("Packed by the group")
        POST = "post", _("Posted by the group")
        TRUNK = "trunk", _("Carried to another hub")
        COURIER = "courier", _("Sent on by the hub")

    service = models.CharField(_("Service"), max_length=12, choices=Service.choices)
    zone = models.CharField(_("Zone"), max_length=20, choices=Zone.choices, blank=True)
    fastest_days = models.PositiveSmallIntegerField(_("Days at best"))
    slowest_days = models.PositiveSmallIntegerField(_("Days at most"))

    class Meta:
        ordering = ["service", "zone"]
        verbose_name = _("transit time")
        constraints = [
            models.UniqueConstraint(fields=["service", "zone", "valid_from"], name="one_transit_time_per_zone_and_day"),
            _dates_in_order("transit_time_dates_in_order"),
            models.CheckConstraint(
                condition=models.Q(fastest_days__lte=models.F("slowest_days"), slowest_days__lte=30),
                name="transit_time_fastest_first",
            ),
            models.CheckConstraint(
                condition=(models.Q(service="packing") & models.Q(zone=""))
                | (~models.Q(service="packing") & ~models.Q(zone="")),
                name="transit_time_zone_unless_packing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.zone} {self.fastest_days}–{self.slowest_days}"


class ServiceArea(Dated):
    """Addresses that carriers reach only at a surcharge, or not: by the beginning of a postcode or a sub-district's code."""

    class By(models.TextChoices):
        POSTCODE = "postcode", _("Postcode")
        SUBDISTRICT = "subdistrict", _("Sub-district")

    by = models.CharField(_("Known by"), max_length=12, choices=By.choices, default=By.POSTCODE)
    prefix = models.CharField(_("Begins with"), max_length=6)
    is_served = models.BooleanField(_("Carriers go there"), default=True)
    surcharge_satang = models.PositiveIntegerField(_("Surcharge for each parcel (satang)"), default=0)
    name_th = models.CharField(_("Thai name"), max_length=80, blank=True)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)

    class Meta:
        ordering = ["by", "prefix"]
        verbose_name = _("address that carriers reach at a surcharge, or not")
        constraints = [
            models.UniqueConstraint(fields=["by", "prefix", "valid_from"], name="one_service_area_per_prefix_and_day"),
            _dates_in_order("service_area_dates_in_order"),
            models.CheckConstraint(condition=~models.Q(prefix=""), name="service_area_begins_with_something"),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.prefix}…"


class HubDay(Dated):
    """What a hub does on one weekday; without `place` what every hub does that has no day of its own in force.

    `bring_until`: groups bring their goods until then (none: nothing is taken in). An order counts for that day when it comes before
    `cutoff_time` of the day that lies `cutoff_days_before` earlier. `leaves`: trunk and courier go that day.
    """

    place = models.ForeignKey(Place, on_delete=models.CASCADE, null=True, blank=True, related_name="hub_days")
    weekday = models.PositiveSmallIntegerField(_("Weekday"), help_text="0 = Monday")
    bring_until = models.TimeField(_("Groups bring until"), null=True, blank=True)
    cutoff_days_before = models.PositiveSmallIntegerField(_("Cut-off, days before"), default=1)
    cutoff_time = models.TimeField(_("Cut-off, time"), default=dt.time(12))
    leaves = models.BooleanField(_("Goods leave"), default=False)
    counter_from = models.TimeField(_("Counter opens"), null=True, blank=True)
    counter_until = models.TimeField(_("Counter closes"), null=True, blank=True)

    class Meta:
        ordering = ["place", "weekday", "valid_from"]
        verbose_name = _("day of a hub")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "weekday", "valid_from"], nulls_distinct=False, name="one_hub_day_per_weekday_and_day"
            ),
            _dates_in_order("hub_day_dates_in_order"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="hub_day_of_the_week"),
            models.CheckConstraint(
                condition=models.Q(counter_from=None, counter_until=None)
                | models.Q(counter_from__lt=models.F("counter_until")),
                name="hub_day_counter_times_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id or '*'} {self.weekday}"


class Closure(models.Model):
    """Days on which a hub is closed; without `place` a holiday of the whole country, on which no carrier goes either."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, null=True, blank=True, related_name="closures")
    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"))
    reason_th = models.CharField(_("Reason (Thai)"), max_length=120)
    reason_en = models.CharField(_("Reason (English)"), max_length=120, blank=True)

    class Meta:
        ordering = ["first_day", "place"]
        verbose_name = _("closed days")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="closure_days_in_order"
            ),
        ]
        indexes = [models.Index(fields=["last_day", "first_day"], name="closures_of_days")]

    def __str__(self) -> str:
        return f"{self.place_id or '*'} {self.first_day}–{self.last_day}"


from oscar.apps.shipping.models import *

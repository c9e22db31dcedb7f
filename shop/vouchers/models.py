"""Vouchers and their uses. What a voucher gives is written once; only its counters, its state and its end move."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Voucher(models.Model):
    """A code that takes something off the goods, and who pays for it.

    Of the fund: `payer` is the network whose part of the fund bears it, `spending` the decision of two people that set the money aside.
    Of a group: `payer` is the group, and only its own goods become cheaper.
    """

    class Bearer(models.TextChoices):
        FUND = "fund", _("The joint marketing fund")
        GROUP = "group", _("The group itself")

    class Kind(models.TextChoices):
        PERCENT = "percent", _("Percent of the goods")
        FIXED = "fixed", _("A fixed sum")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a second person")
        RUNNING = "running", _("Can be used")
        REFUSED = "refused", _("Refused")
        ENDED = "ended", _("Ended")

    code = models.CharField(_("Code"), max_length=20, unique=True)
    what = models.CharField(_("What for"), max_length=120)
    bearer = models.CharField(_("Who pays for it"), max_length=8, choices=Bearer.choices)
    payer = models.ForeignKey("vendors.Organisation", on_delete=models.PROTECT, related_name="vouchers_paid")
    group = models.ForeignKey(
        "vendors.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="vouchers_for"
    )
    """Whose goods become cheaper; none are all groups."""
    kind = models.CharField(_("Discount"), max_length=8, choices=Kind.choices)
    basis_points = models.PositiveIntegerField(null=True, blank=True)
    amount_satang = models.BigIntegerField(null=True, blank=True)
    most_satang = models.BigIntegerField(null=True, blank=True)
    """The largest discount of one order, of a percentage."""
    least_satang = models.BigIntegerField(default=0)
    """From how much on: the price of the goods that it is for."""
    valid_from = models.DateField(_("From"))
    valid_until = models.DateField(_("Until (last day)"))
    most_uses = models.PositiveIntegerField(null=True, blank=True)
    most_per_buyer = models.PositiveSmallIntegerField(null=True, blank=True, default=1)
    budget_satang = models.BigIntegerField(null=True, blank=True)
    """All its discounts together are never more: of the fund what was set aside."""
    uses = models.PositiveIntegerField(default=0)
    given_satang = models.BigIntegerField(default=0)
    """Of orders that are not cancelled."""
    state = models.CharField(_("State"), max_length=8, choices=State.choices)
    spending = models.OneToOneField(
        "fund.Spending", on_delete=models.PROTECT, null=True, blank=True, related_name="voucher"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("voucher")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(most_uses=None) | models.Q(uses__lte=models.F("most_uses")),
                name="voucher_never_used_more_often",
            ),
            models.CheckConstraint(
                condition=models.Q(given_satang__gte=0)
                & (models.Q(budget_satang=None) | models.Q(given_satang__lte=models.F("budget_satang"))),
                name="voucher_never_gives_more",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="percent", basis_points__gt=0, basis_points__lte=10_000, amount_satang=None)
                | models.Q(kind="fixed", basis_points=None, amount_satang__gt=0, most_satang=None),
                name="voucher_percent_or_fixed",
            ),
            models.CheckConstraint(
                condition=models.Q(bearer="fund", spending__isnull=False, budget_satang__gt=0)
                | models.Q(bearer="group", spending=None, group=models.F("payer")),
                name="voucher_says_who_pays",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")), name="voucher_dates_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(most_satang=None) | models.Q(most_satang__gt=0), name="voucher_most_is_something"
            ),
            models.CheckConstraint(condition=models.Q(least_satang__gte=0), name="voucher_least_not_negative"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def uses_left(self) -> int | None:
        """How often it can still be used; None without a limit."""
        return None if self.most_uses is None else max(0, self.most_uses - self.uses)

    @property
    def left_satang(self) -> int | None:
        """What it can still give; None without a limit."""
        return None if self.budget_satang is None else max(0, self.budget_satang - self.given_satang)


class VoucherUse(models.Model):
    """A voucher taken by an order. Given back when the order is cancelled, taken again when its late money comes."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="used")
    order = models.OneToOneField("order.Order", on_delete=models.PROTECT, related_name="voucher_use")
    discount_satang = models.BigIntegerField()
    taken_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("use of a voucher")
        ordering = ["-taken_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(discount_satang__gt=0), name="voucher_use_gives_something")
        ]
        indexes = [
            models.Index(fields=["voucher"], condition=models.Q(returned_at=None), name="voucher_uses_that_count")
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id}: {self.order_id}"

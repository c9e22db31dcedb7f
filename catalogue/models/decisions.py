"""What was decided about goods, what waits for a decision, and what is being begun."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models.goods import Category, Product


class ProductEvent(models.Model):
    """What officers and groups decided about a product, in order, with the person and the reason."""

    class Act(models.TextChoices):
        HELD = "held", _("Held for an officer")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        EXEMPTION_ASKED = "exemption_asked", _("Exemption asked for")
        EXEMPTION_GRANTED = "exemption_granted", _("Exemption granted")
        EXEMPTION_REFUSED = "exemption_refused", _("Exemption refused")
        EXEMPTION_REVOKED = "exemption_revoked", _("Exemption revoked")
        CREATED = "created", _("Entered a product")
        CHANGED = "changed", _("Changed a product")
        PRICED = "priced", _("Changed price or stock")
        PUBLISHED = "published", _("Put a product on the market")
        WITHDRAWN = "withdrawn", _("Withdrew a product")
        EDIT_ASKED = "edit_asked", _("Sent a change to the officer")
        EDIT_DROPPED = "edit_dropped", _("Took a change back")
        EDIT_APPROVED = "edit_approved", _("Change approved")
        EDIT_REFUSED = "edit_refused", _("Change refused")

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="events")
    act = models.CharField(max_length=20, choices=Act.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("product event")

    def __str__(self) -> str:
        return f"{self.product_id}: {self.act}"


class GateExemption(models.Model):
    """An officer's word that a product needs no licence of its category. It counts while granted, within its days.

    It is bound to the category for which it was asked: in another category the product needs that one's licence.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        REVOKED = "revoked", _("Revoked")

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="exemptions")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.ASKED)
    reason = models.TextField(_("Exempt from the licence because"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    decision = models.TextField(_("Reason of the officer"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(_("Last day"), null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name = _("exemption from a licence")
        constraints = [
            models.UniqueConstraint(
                fields=["product"], condition=models.Q(state="asked"), name="one_open_question_per_product"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="granted") | models.Q(first_day__isnull=False),
                name="granted_exemption_has_a_first_day",
            ),
            models.CheckConstraint(
                condition=models.Q(last_day=None) | models.Q(last_day__gte=models.F("first_day")),
                name="exemption_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.state}"


class GoodsDraft(models.Model):
    """What somebody has begun to type about a new product: one for each member of a group, gone once it is saved."""

    group = models.ForeignKey("vendors.Organisation", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, help_text="the public code that the product will have")
    typed = models.JSONField(default=dict, help_text="as typed, field by field")
    picture = models.ForeignKey("media.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("begun product")
        constraints = [models.UniqueConstraint(fields=["group", "by"], name="one_begun_product_per_member")]

    def __str__(self) -> str:
        return self.code


class PendingEdit(models.Model):
    """A change of what an officer had certified; the old version stays on sale until it is decided.

    `changes` holds the new values, `before` those that they replace: an approval that finds others refuses itself.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for an officer")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        DROPPED = "dropped", _("Taken back")

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="edits")
    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.WAITING)
    changes = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1, help_text="counts changes of the change")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("Reason"), blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name = _("pending change")
        constraints = [
            models.UniqueConstraint(
                fields=["product"], condition=models.Q(state="waiting"), name="one_open_change_per_product"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.state}"

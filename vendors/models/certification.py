"""Certificates: which scheme, whose, from when to when, who verified it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vendors.models.organisation import Organisation


class CertificationScheme(models.Model):
    """A standard or licence, from data: who issues it, how its numbers look, what it covers."""

    class Level(models.TextChoices):
        PRODUCT = "product", _("Product")
        PRODUCER = "producer", _("Producer")

    code = models.CharField(primary_key=True, max_length=30)
    name_th = models.CharField(_("Thai name"), max_length=160)
    name_en = models.CharField(_("English name"), max_length=160)
    short_th = models.CharField(_("Short Thai name"), max_length=40)
    short_en = models.CharField(_("Short English name"), max_length=40)
    issuer_th = models.CharField(_("Issuer"), max_length=200)
    issuer_en = models.CharField(_("Issuer (English)"), max_length=200)
    number_regex = models.CharField(max_length=300, blank=True)
    number_example = models.CharField(max_length=80, blank=True)
    validity_years = models.PositiveSmallIntegerField(null=True, blank=True)
    applies_to = models.JSONField(default=list)
    level = models.CharField(max_length=20, choices=Level.choices, default=Level.PRODUCT)
    check_url = models.URLField(max_length=200, blank=True, help_text="where the issuer lets a number be checked")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("certification scheme")

    def __str__(self) -> str:
        return self.short_th


class Certificate(models.Model):
    """One certificate of a group. It counts while it is verified and today lies within its dates (both included)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        SENT_BACK = "sent_back", _("Sent back")
        VERIFIED = "verified", _("Verified")
        REVOKED = "revoked", _("Revoked")
        WITHDRAWN = "withdrawn", _("Withdrawn by the group")

    class Scope(models.TextChoices):
        GROUP = "group", _("The whole group")
        PRODUCTS = "products", _("Named products")

    code = models.CharField(_("Public code"), max_length=12, unique=True)
    scheme = models.ForeignKey(CertificationScheme, on_delete=models.PROTECT, related_name="certificates")
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="certificates")
    scope = models.CharField(_("Scope"), max_length=20, choices=Scope.choices, default=Scope.PRODUCTS)
    number = models.CharField(_("Number as printed"), max_length=80)
    number_normalised = models.CharField(max_length=80, db_index=True)
    issued_on = models.DateField(_("Issued on"))
    expires_on = models.DateField(_("Last day in force"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=20, choices=State.choices, default=State.DRAFT, db_index=True)
    state_reason = models.TextField(_("Reason"), blank=True)
    evidence = models.ForeignKey("media.PrivateFile", on_delete=models.SET_NULL, null=True, blank=True)
    renews = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="renewals")
    version = models.PositiveIntegerField(
        default=0, help_text="counts changes: who decides, decides about what was seen"
    )
    handed_in_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("certificate")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_on=None) | models.Q(expires_on__gte=models.F("issued_on")),
                name="certificate_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="verified") | models.Q(verified_at__isnull=False),
                name="certificate_verified_at_known",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "expires_on"], name="certificate_in_force"),
            models.Index(fields=["holder"], condition=models.Q(scope="group"), name="certificate_of_whole_group"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.number}"

    @property
    def bare_number(self) -> str:
        """The number beside its scheme's short name: "มผช. 12/2563" of มผช. is 12/2563, said once."""
        short = self.scheme.short_th
        rest = self.number.removeprefix(short)
        return rest.strip() if rest != self.number and rest[:1] in (" ", "") and rest.strip() else self.number


class CertificateEvent(models.Model):
    """What happened to a certificate, in order, with the person."""

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="events")
    state = models.CharField(max_length=20, choices=Certificate.State.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("certificate event")

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.state}"


class CertificateReminder(models.Model):
    """People were told that a certificate ends soon, or has ended: once for each kind, whoever runs the clock."""

    class Kind(models.TextChoices):
        NINETY = "90", _("90 days before the end")
        THIRTY = "30", _("30 days before the end")
        SEVEN = "7", _("7 days before the end")
        ENDED = "ended", _("After the end")

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("certificate reminder")
        constraints = [models.UniqueConstraint(fields=["certificate", "kind"], name="one_reminder_of_each_kind")]

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.kind}"

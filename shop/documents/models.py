"""What sellers hand to buyers on paper, frozen when it is numbered; and what decides how: tax standing, rates, the buyer's details.

Nothing numbered is ever changed or deleted (triggers of migration 0001): a document is made void by another one.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

HEAD_OFFICE = "00000"
_BRANCH = r"^[0-9]{5}$"


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )


class Kind(models.TextChoices):
    """What a document is. The first three say what was sold, the others refer to one that did."""

    RECEIPT = "receipt", _("Receipt")
    ABBREVIATED = "abbreviated", _("Abbreviated tax invoice")
    TAX_INVOICE = "tax_invoice", _("Tax invoice")
    CREDIT_NOTE = "credit_note", _("Credit note")
    REFUND_NOTE = "refund_note", _("Refund note")
    CANCELLATION = "cancellation", _("Cancellation")


SALES = (Kind.RECEIPT, Kind.ABBREVIATED, Kind.TAX_INVOICE)
BACK = (Kind.CREDIT_NOTE, Kind.REFUND_NOTE)
OF_TAX = (Kind.ABBREVIATED, Kind.TAX_INVOICE, Kind.CREDIT_NOTE)
"""What stands in the report of output tax."""


class TaxStanding(models.Model):
    """What a seller is to the Revenue Department from a day on, as the office entered it from its papers (ภ.พ.20)."""

    seller = models.ForeignKey("vendors.Organisation", on_delete=models.PROTECT, related_name="tax_standings")
    valid_from = models.DateField(_("From"))
    is_vat_registered = models.BooleanField(_("Registered for VAT"))
    tax_id = models.CharField(_("Tax number"), max_length=13, blank=True)
    branch = models.CharField(_("Branch"), max_length=5, default=HEAD_OFFICE)
    name = models.CharField(_("Name as registered"), max_length=200)
    address = models.CharField(_("Address as registered"), max_length=300)
    made_at = models.DateTimeField()
    made_by = _person()

    class Meta:
        verbose_name = _("tax standing")
        ordering = ["seller_id", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["seller", "valid_from"], name="one_tax_standing_per_day"),
            models.CheckConstraint(condition=models.Q(branch__regex=_BRANCH), name="tax_standing_branch_five_digits"),
            models.CheckConstraint(
                condition=~models.Q(name="")
                & ~models.Q(address="")
                & (models.Q(is_vat_registered=False) | models.Q(tax_id__regex=r"^[0-9]{13}$")),
                name="tax_standing_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seller_id} {self.valid_from}"


class VatRate(models.Model):
    """The rate of value added tax from a day on. Thailand renews it by decree: `confirmed_until` is how far the known decree goes."""

    valid_from = models.DateField(_("From"), unique=True)
    basis_points = models.PositiveIntegerField(_("Rate in hundredths of a percent"))
    confirmed_until = models.DateField(_("Decree until"), null=True, blank=True)
    note = models.CharField(_("Decree"), max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = _person()

    class Meta:
        verbose_name = _("rate of VAT")
        ordering = ["-valid_from"]
        constraints = [models.CheckConstraint(condition=models.Q(basis_points__lte=3_000), name="vat_rate_sensible")]

    def __str__(self) -> str:
        return f"{self.valid_from} {self.basis_points}"

    @property
    def percent(self) -> str:
        """700 → 7."""
        return f"{self.basis_points / 100:g}"


class TaxDetails(models.Model):
    """In whose name a buyer wants the documents of an order. Deleted with the buyer's other data; a document keeps its own copy."""

    class Who(models.TextChoices):
        COMPANY = "company", _("A company or office")
        PERSON = "person", _("A person")

    order = models.OneToOneField("order.Order", on_delete=models.CASCADE, related_name="tax_details")
    who = models.CharField(_("For whom"), max_length=10, choices=Who.choices)
    name = models.CharField(_("Name"), max_length=200)
    tax_id = models.CharField(_("Tax number"), max_length=13)
    branch = models.CharField(_("Branch"), max_length=5, blank=True)
    line1 = models.CharField(_("Address"), max_length=200)
    area_code = models.CharField(max_length=6)
    postcode = models.CharField(_("Postcode"), max_length=5)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tax details")
        constraints = [
            models.CheckConstraint(condition=models.Q(tax_id__regex=r"^[0-9]{13}$"), name="tax_details_number"),
            models.CheckConstraint(
                condition=models.Q(who="company", branch__regex=_BRANCH) | models.Q(who="person", branch=""),
                name="tax_details_branch_of_companies",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}"


class Series(models.Model):
    """The numbers of one kind of document of one branch of a seller in a year (Buddhist Era): 1, 2, 3, … without a gap.

    `last` rises by one in the transaction that writes the document of that number; the database refuses anything else.
    """

    seller = models.ForeignKey("vendors.Organisation", on_delete=models.PROTECT, related_name="document_series")
    branch = models.CharField(max_length=5)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    year = models.PositiveSmallIntegerField()
    is_test = models.BooleanField(default=False)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("series of documents")
        constraints = [
            models.UniqueConstraint(fields=["seller", "branch", "kind", "year", "is_test"], name="one_document_series"),
            models.CheckConstraint(condition=models.Q(branch__regex=_BRANCH), name="document_series_branch"),
            models.CheckConstraint(condition=models.Q(year__gte=2560, year__lte=2999), name="document_series_year_be"),
        ]

    def __str__(self) -> str:
        return f"{self.seller_id} {self.kind} {self.year}"


class Document(models.Model):
    """One numbered paper. `snapshot` holds every word that is printed, as it was that day; the columns are for sums and lists.

    `dated` is the day of the tax point (Asia/Bangkok), and its year the year of the series. `about` is the document that this
    one credits, cancels or takes the place of. `cause` makes it once. Amounts are satang; of documents that take back they
    are positive all the same.
    """

    code = models.CharField(max_length=12, unique=True)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField()
    reference = models.CharField(_("Number"), max_length=32)
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind.choices)
    seller = models.ForeignKey("vendors.Organisation", on_delete=models.PROTECT, related_name="documents")
    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="documents")
    attempt = models.ForeignKey("payment.PaymentAttempt", on_delete=models.PROTECT, null=True, related_name="documents")
    refund = models.ForeignKey("payment.Refund", on_delete=models.PROTECT, null=True, related_name="documents")
    about = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followers")
    cause = models.CharField(max_length=120, unique=True)
    dated = models.DateField(_("Date"))
    issued_at = models.DateTimeField()
    is_test = models.BooleanField(default=False)
    vat_basis_points = models.PositiveIntegerField(null=True)
    """None where the seller was not registered for VAT."""
    untaxed_satang = models.BigIntegerField()
    taxable_satang = models.BigIntegerField()
    vat_satang = models.BigIntegerField()
    total_satang = models.BigIntegerField()
    borne_satang = models.BigIntegerField(default=0)
    """Of the total, what somebody else than the buyer paid (a voucher of the fund): it is part of the price all the same."""
    snapshot = models.JSONField()

    class Meta:
        verbose_name = _("document")
        ordering = ["order_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="document_number_once"),
            models.UniqueConstraint(
                fields=["about"], condition=models.Q(kind="cancellation"), name="document_cancelled_once"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    total_satang=models.F("untaxed_satang") + models.F("taxable_satang") + models.F("vat_satang")
                )
                & models.Q(untaxed_satang__gte=0, taxable_satang__gte=0, vat_satang__gte=0, total_satang__gt=0)
                & models.Q(borne_satang__gte=0, borne_satang__lte=models.F("total_satang")),
                name="document_parts_are_the_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["receipt", "abbreviated", "tax_invoice"]) | models.Q(about__isnull=False),
                name="document_refers_to_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["abbreviated", "tax_invoice", "credit_note"])
                | models.Q(vat_basis_points__isnull=False),
                name="tax_document_of_registered_seller",
            ),
            models.CheckConstraint(
                condition=models.Q(vat_basis_points__isnull=False) | models.Q(taxable_satang=0, vat_satang=0),
                name="no_vat_of_unregistered_seller",
            ),
        ]
        indexes = [
            models.Index(fields=["seller", "dated"], name="documents_of_seller"),
            models.Index(fields=["dated", "id"], name="documents_by_day"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_sale(self) -> bool:
        """Does it say what was sold?"""
        return self.kind in SALES

    @property
    def is_credit(self) -> bool:
        """Does it take back a part of one that says what was sold?"""
        return self.kind in BACK

"""What is sold: goods of one group, in categories, with certificates and an interval of sale."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractCategory, AbstractProduct

from catalogue.restricted import Found, forbid, to_look_at
from shop.common.errors import MarketError

SHOWN = models.Q(sellable_from__isnull=False) & ~models.Q(structure="child")
"""What listings are made of: the condition of every listing index, which queries repeat word for word."""

_COUNTED = [
    "sellable_from",
    "sellable_until",
    "price_from_satang",
    "price_to_satang",
    "in_stock",
    "region_code",
    "province",
    "schemes",
    "group",
]
"""What counts of a listing read; the two indices that hold it spare them the wide rows."""

NAMED_IN_PUBLIC = models.Q(is_public=True) & ~models.Q(structure="child")
"""The goods of the index of names, which its query repeats word for word."""


class Category(AbstractCategory):
    """A shelf of the market. `gating_any_of` names the schemes of which the law requires one before sale."""

    class Gate(models.TextChoices):
        NONE = "", _("None")
        ALL = "all", _("Everything in it")
        PREPACKAGED = "prepackaged_processed", _("Packed processed food")
        INPUTS = "fertiliser_or_seed", _("Fertiliser and controlled seed")

    name_en = models.CharField(_("English name"), max_length=255, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    otop_group = models.CharField(max_length=30, blank=True)
    storage_default = models.CharField(max_length=10, default="ambient")
    vat_treatment = models.CharField(max_length=30, default="standard")
    gating_any_of = models.JSONField(default=list)
    gating_applies_to = models.CharField(max_length=30, choices=Gate.choices, blank=True)
    picture = models.ForeignKey("media.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta(AbstractCategory.Meta):
        abstract = False

    @property
    def name_th(self) -> str:
        """The Thai name by the name that pages know everywhere."""
        return str(self.name)

    def get_absolute_url(self, parent_slug: str | None = None) -> str:
        return reverse("catalogue:category", kwargs={"slug": self.slug})


class Product(AbstractProduct):
    """A good of one group. `sellable_from` ≤ now < `sellable_until` is the whole answer to "may it be sold?".

    The interval, `price_from_satang`, `in_stock` and the picture columns are computed by `catalogue.services.refresh`
    on every change of what they follow from; listings read nothing else. Null `sellable_from` = never.
    """

    class Storage(models.TextChoices):
        AMBIENT = "ambient", _("Keep at room temperature")
        CHILLED = "chilled", _("Keep chilled")
        FROZEN = "frozen", _("Keep frozen")

    class Vat(models.TextChoices):
        EXEMPT = "exempt_raw_agri", _("Raw farm produce, VAT exempt")
        STANDARD = "standard", _("Standard VAT")

    class Review(models.TextChoices):
        NOT_NEEDED = "", _("Not needed")
        WAITING = "waiting", _("Waiting for an officer")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")

    group = models.ForeignKey(
        "vendors.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="products"
    )
    public_code = models.CharField(_("Public code"), max_length=12, unique=True, null=True, blank=True)
    title_en = models.CharField(_("English name"), max_length=255, blank=True)
    description_en = models.TextField(_("English description"), blank=True)
    variant_th = models.CharField(_("Variant"), max_length=80, blank=True)
    variant_en = models.CharField(_("Variant (English)"), max_length=80, blank=True)
    unit_th = models.CharField(_("Unit"), max_length=60, blank=True)
    unit_en = models.CharField(_("Unit (English)"), max_length=60, blank=True)
    weight_g = models.PositiveIntegerField(_("Weight with packing (grams)"), null=True, blank=True)
    storage = models.CharField(_("Storage"), max_length=10, choices=Storage.choices, default=Storage.AMBIENT)
    vat_class = models.CharField(_("VAT"), max_length=20, choices=Vat.choices, default=Vat.STANDARD)
    is_prepacked_processed = models.BooleanField(_("Packed processed food"), default=False)
    is_fertiliser_or_seed = models.BooleanField(_("Fertiliser or controlled seed"), default=False)
    review = models.CharField(_("Review"), max_length=10, choices=Review.choices, blank=True)
    reviewed_words = models.JSONField(default=list, editable=False)
    province = models.ForeignKey(
        "vendors.Province", on_delete=models.PROTECT, null=True, blank=True, related_name="products"
    )
    main_category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="main_products"
    )
    certificates: models.ManyToManyField = models.ManyToManyField(
        "vendors.Certificate", through="ProductCertificate", related_name="products"
    )

    # computed by catalogue.services.refresh
    sellable_from = models.DateTimeField(null=True, blank=True, editable=False)
    sellable_until = models.DateTimeField(null=True, blank=True, editable=False)
    price_from_satang = models.BigIntegerField(null=True, blank=True, editable=False)
    price_to_satang = models.BigIntegerField(null=True, blank=True, editable=False)
    in_stock = models.BooleanField(default=False, editable=False)
    picture_name = models.CharField(max_length=64, blank=True, editable=False)
    region_code = models.CharField(max_length=20, blank=True, editable=False)
    schemes = models.JSONField(default=list, editable=False)
    sold_count = models.PositiveIntegerField(default=0, editable=False)
    sort_title = models.CharField(max_length=300, blank=True, editable=False)
    on_sale_since = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(AbstractProduct.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["-on_sale_since", "-id"], condition=SHOWN, name="product_listing"),
            models.Index(fields=["price_from_satang", "id"], condition=SHOWN, name="product_by_price"),
            models.Index(fields=["-sold_count", "-id"], condition=SHOWN, name="product_by_sales"),
            models.Index(fields=["sort_title", "id"], condition=SHOWN, name="product_by_name"),
            models.Index(
                fields=["main_category", "-on_sale_since", "-id"], condition=SHOWN, name="product_category_listing"
            ),
            models.Index(
                fields=["main_category", "price_from_satang", "id"], condition=SHOWN, name="category_by_price"
            ),
            models.Index(fields=["main_category", "-sold_count", "-id"], condition=SHOWN, name="category_by_sales"),
            models.Index(fields=["province", "-on_sale_since", "-id"], condition=SHOWN, name="province_listing"),
            models.Index(fields=["group", "-on_sale_since", "-id"], condition=SHOWN, name="group_listing"),
            models.Index(
                fields=["main_category"],
                include=_COUNTED,
                condition=SHOWN,
                name="product_counts",
            ),  # filter counts are read from this alone, without touching the wide rows
            models.Index(
                fields=["id"],
                include=[*_COUNTED, "main_category", "storage"],
                condition=SHOWN,
                name="product_found",
            ),  # so are the goods that a search has found
            models.Index(fields=["group", "structure"], name="product_of_group"),
            models.Index(fields=["sellable_until"], name="product_sale_ends"),
            models.Index(
                fields=["group"], include=["title", "title_en", "id"], condition=NAMED_IN_PUBLIC, name="product_names"
            ),  # the certificate register finds goods by a part of their name: narrow rows, no heap
            models.Index(fields=["review"], condition=models.Q(review="waiting"), name="product_waits_for_review"),
        ]

    newly_held = False
    """True after a save that put the product before an officer; `catalogue.subscribers` takes it off sale."""

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called, what it is sold by included (“bottle of wine”)."""
        return self.title or "", self.title_en, self.variant_th, self.variant_en, self.unit_th, self.unit_en

    def to_look_at(self) -> list[Found]:
        """Delicate words that no officer has approved yet."""
        found = to_look_at(names=self.names, descriptions=(self.description or "", self.description_en))
        return [entry for entry in found if entry.mark not in self.reviewed_words]

    def clean(self) -> None:
        super().clean()
        try:
            forbid(*self.names)
        except MarketError as refusal:
            raise ValidationError(refusal.text) from refusal

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever saves (services, an importer, Oscar's dashboard): forbidden names are refused, delicate ones held."""
        forbid(*self.names)
        self.newly_held = self.review in (self.Review.NOT_NEEDED, self.Review.APPROVED) and bool(self.to_look_at())
        if self.newly_held:
            self.review = self.Review.WAITING
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "review"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("catalogue:detail", kwargs={"slug": self.slug, "pk": self.parent_id or self.pk})


class ProductCertificate(models.Model):
    """This product is covered by this certificate (of its own group: kept by services and a guard)."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="certificate_links")
    certificate = models.ForeignKey("vendors.Certificate", on_delete=models.CASCADE, related_name="product_links")

    class Meta:
        verbose_name = _("certificate of a product")
        constraints = [
            models.UniqueConstraint(fields=["product", "certificate"], name="one_link_per_certificate"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} · {self.certificate_id}"


class RawMaterial(models.Model):
    """One raw material of a product and where it comes from."""

    class Origin(models.TextChoices):
        OWN = "own", _("The group's own")
        MARKET = "market", _("Another group of this market")
        BOUGHT = "bought", _("Bought in")

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="raw_materials")
    name_th = models.CharField(_("Raw material"), max_length=120)
    name_en = models.CharField(_("Raw material (English)"), max_length=120, blank=True)
    origin = models.CharField(_("Origin"), max_length=10, choices=Origin.choices, default=Origin.OWN)
    group = models.ForeignKey(
        "vendors.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    province = models.ForeignKey("vendors.Province", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("raw material")

    def __str__(self) -> str:
        return self.name_th


class ProductPicture(models.Model):
    """A public picture of a product, in order; the first one stands in listings."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey("media.Picture", on_delete=models.PROTECT, related_name="+")
    alt_th = models.CharField(_("Description"), max_length=200, blank=True)
    alt_en = models.CharField(_("Description (English)"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    focus_x = models.PositiveSmallIntegerField(null=True, blank=True, help_text="percent from the left; null = middle")
    focus_y = models.PositiveSmallIntegerField(null=True, blank=True, help_text="percent from the top")
    cut = models.ForeignKey("media.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    """The square around the focus, for listings; none while the middle does."""

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("picture of a product")

    def __str__(self) -> str:
        return f"{self.product_id} · {self.picture_id}"

"""What search keeps: one row of tokens for each thing that can be found, what changed since, words, and what staff decide."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _


class TokensField(models.Field):
    """A `tsvector` written from our own tokens: a text of lexemes in quotes, never parsed by a dictionary of PostgreSQL."""

    def db_type(self, connection: Any) -> str:
        return "tsvector"

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        return "%s::tsvector"


class Kind(models.TextChoices):
    """The kinds of things that are found, in the order in which pages show them."""

    PRODUCT = "product", _("Goods")
    GROUP = "group", _("Groups")
    NETWORK = "network", _("Networks and hubs")
    CERTIFICATE = "certificate", _("Certificates")
    NEWS = "news", _("News")
    KNOWLEDGE = "knowledge", _("Knowledge")
    FAIR = "fair", _("Fairs")
    TRAINING = "training", _("Trainings")


class Document(models.Model):
    """The tokens of one thing (`search.documents`). Whether it may be shown is asked of the thing itself, except `shown`.

    `digest` names the texts and the analysis that the tokens were made of: an equal one is not written again.
    """

    kind = models.CharField(max_length=12, choices=Kind.choices)
    object_id = models.BigIntegerField()
    product = models.OneToOneField(
        "catalogue.Product",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="search_document",
    )
    language = models.CharField(max_length=5, blank=True)
    shown = models.BooleanField(default=True)
    title_th = models.CharField(max_length=255)
    title_en = models.CharField(max_length=255, blank=True)
    head = models.CharField(max_length=80, blank=True)
    head_en = models.CharField(max_length=80, blank=True)
    length = models.PositiveIntegerField(default=0)
    tokens = TokensField()
    digest = models.CharField(max_length=40)
    analysis = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "search document"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_document_of_each_thing")]
        indexes = [
            GinIndex(fields=["tokens"], name="document_tokens", fastupdate=False),
            models.Index(OpClass("head", name="varchar_pattern_ops"), name="document_head"),
            models.Index(OpClass("head_en", name="varchar_pattern_ops"), name="document_head_en"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Change(models.Model):
    """Something that can be found has changed: written by triggers in the change's own transaction, whoever changes it.

    The primary key is the version under which Elasticsearch keeps the document.
    """

    kind = models.CharField(max_length=12)
    object_id = models.BigIntegerField()

    class Meta:
        verbose_name = "change to index"

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} #{self.pk}"


class EngineIndex(models.Model):
    """One index in Elasticsearch that is being made, is asked, or was asked before. All but retired ones follow changes."""

    class State(models.TextChoices):
        BUILDING = "building", _("Being built")
        LIVE = "live", _("Asked")
        RETIRED = "retired", _("Asked before")

    name = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=10, choices=State.choices)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    swapped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "index in Elasticsearch"

    def __str__(self) -> str:
        return self.name


class Rejected(models.Model):
    """A document that Elasticsearch did not take, with its words: kept and shown until a later version is taken."""

    index = models.CharField(max_length=80)
    kind = models.CharField(max_length=12)
    object_id = models.BigIntegerField()
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "rejected document"
        constraints = [models.UniqueConstraint(fields=["index", "kind", "object_id"], name="one_rejection_of_each")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.reason[:80]}"


class Word(models.Model):
    """A word, or a few neighbouring words, of the names that can be found: what a mistyped word is compared with.

    `near` holds what remains of it with one or two letters left out; two words share one of these when few letters differ.
    """

    bare = models.CharField(max_length=40, unique=True)
    text = models.CharField(max_length=80)
    count = models.PositiveIntegerField(default=1)
    near = ArrayField(models.CharField(max_length=40))

    class Meta:
        verbose_name = "word"
        indexes = [
            GinIndex(fields=["near"], name="word_near", fastupdate=False),
            models.Index(OpClass("bare", name="varchar_pattern_ops"), name="word_beginning"),
        ]

    def __str__(self) -> str:
        return self.text


class Synonym(models.Model):
    """Words that mean the same; staff keep them, and the next search knows them."""

    word = models.CharField(_("What is typed"), max_length=80, unique=True)
    means = models.CharField(_("Is found as well (several with commas between them)"), max_length=300)
    both_ways = models.BooleanField(_("The other way round too"), default=True)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["word"]

    def __str__(self) -> str:
        return f"{self.word} = {self.means}"


class Boost(models.Model):
    """Goods that stand higher for some days (season, fair): points are added to those of the words found."""

    product = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Product"),
    )
    category = models.ForeignKey(
        "catalogue.Category",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Category"),
    )
    points = models.PositiveSmallIntegerField(_("Points"), default=1)
    first_day = models.DateField(_("From"))
    last_day = models.DateField(_("Until"))
    note = models.CharField(_("Why"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("boost")
        verbose_name_plural = _("boosts")
        ordering = ["-last_day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(product__isnull=False, category=None)
                | models.Q(product=None, category__isnull=False),
                name="boost_of_one_thing",
            ),
            models.CheckConstraint(condition=models.Q(last_day__gte=models.F("first_day")), name="boost_days_in_order"),
            models.CheckConstraint(condition=models.Q(points__gte=1, points__lte=50), name="boost_points"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id or self.category_id}: +{self.points}"


class Sought(models.Model):
    """How often words were sought on a day and how many goods were found last. It names no person."""

    day = models.DateField()
    words = models.CharField(max_length=100)
    times = models.PositiveIntegerField(default=1)
    found = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "sought words"
        constraints = [models.UniqueConstraint(fields=["day", "words"], name="words_of_a_day")]
        indexes = [models.Index(fields=["found", "-day"], name="sought_in_vain")]

    def __str__(self) -> str:
        return f"{self.words} × {self.times}"

"""How a group comes in and what the department keeps about it: application, record, attestations, checks, support, trainings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vendors.models.organisation import Organisation

PERSON = settings.AUTH_USER_MODEL


class Bank(models.TextChoices):
    """Banks in Thailand by the code that the Bank of Thailand gives them."""

    BBL = "002", _("Bangkok Bank")
    KBANK = "004", _("Kasikornbank")
    KTB = "006", _("Krungthai Bank")
    TTB = "011", _("TMBThanachart Bank")
    SCB = "014", _("Siam Commercial Bank")
    CIMBT = "022", _("CIMB Thai Bank")
    UOBT = "024", _("United Overseas Bank (Thai)")
    BAY = "025", _("Bank of Ayudhya")
    GSB = "030", _("Government Savings Bank")
    GHB = "033", _("Government Housing Bank")
    BAAC = "034", _("Bank for Agriculture and Agricultural Cooperatives")
    ISBT = "066", _("Islamic Bank of Thailand")
    TISCO = "067", _("TISCO Bank")
    KKP = "069", _("Kiatnakin Phatra Bank")
    LHB = "073", _("Land and Houses Bank")


class Whose(models.TextChoices):
    """A group is no juristic person in general: account and tax are its parent's unless it says otherwise."""

    PARENT = "parent", _("The cooperative's")
    OWN = "own", _("The group's own")


class Facts(models.Model):
    """What an application and a record both say: goods, capacity, account, tax standing."""

    main_goods = models.CharField(_("Main goods"), max_length=300, blank=True)
    categories = models.JSONField(_("Categories"), default=list, blank=True)
    capacity_amount = models.PositiveIntegerField(_("Capacity a month"), null=True, blank=True)
    capacity_unit = models.CharField(_("Unit"), max_length=40, blank=True)
    otop_id = models.CharField(_("OTOP producer number"), max_length=30, blank=True)
    account_of = models.CharField(_("Whose account"), max_length=10, choices=Whose.choices, default=Whose.PARENT)
    bank = models.CharField(_("Bank"), max_length=3, choices=Bank.choices, blank=True)
    account_number = models.CharField(_("Account number"), max_length=15, blank=True)
    account_name = models.CharField(_("Name of the account"), max_length=160, blank=True)
    tax_of = models.CharField(_("Who is the taxpayer"), max_length=10, choices=Whose.choices, default=Whose.PARENT)
    is_vat_registered = models.BooleanField(_("Registered for VAT"), null=True, blank=True)

    class Meta:
        abstract = True


class GroupApplication(Facts):
    """An application, from the first typed word on. It becomes an Organisation when it is handed in, not before.

    `revisions` counts the changes of each step, so that two tabs notice each other; `remarks` is what an officer asks
    to be put right, by step.
    """

    class Step(models.TextChoices):
        WHO = "who", _("The group")
        WHERE = "where", _("Address and contact")
        WHAT = "what", _("What you make")
        MONEY = "money", _("Account and rules")

    code = models.CharField(_("Code"), max_length=12, unique=True)
    applicant = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="group_applications")
    for_cooperative = models.BooleanField(default=False)
    parent = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="applications")
    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="application"
    )
    name_th = models.CharField(_("Thai name"), max_length=160, blank=True)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    is_surely_new = models.BooleanField(default=False)
    contact_name = models.CharField(_("Contact person"), max_length=120, blank=True)
    line1 = models.CharField(_("Address"), max_length=200, blank=True)
    area_code = models.CharField(max_length=6, blank=True)
    postcode = models.CharField(_("Postcode"), max_length=5, blank=True)
    phone = models.CharField(_("Phone"), max_length=10, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    line_id = models.CharField("LINE", max_length=60, blank=True)
    members_count = models.PositiveIntegerField(_("Members"), null=True, blank=True)
    founded_on = models.DateField(_("Founded on"), null=True, blank=True)
    tax_id = models.CharField(_("Tax number"), max_length=13, blank=True)
    revisions = models.JSONField(default=dict)
    remarks = models.JSONField(default=dict)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("application")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name_th or self.code


class GroupRecord(Facts):
    """What the department keeps about a group beside its public face."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="record")
    programme = models.CharField(_("Programme"), max_length=160, blank=True)
    adviser = models.CharField(_("Adviser"), max_length=160, blank=True)
    joined_year = models.PositiveSmallIntegerField(_("Year joined"), null=True, blank=True)
    packaging = models.CharField(_("Packaging for long journeys"), max_length=300, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True, db_index=True)
    reviewer = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("group's record")

    def __str__(self) -> str:
        return f"{self.organisation_id}"


class Attestation(models.Model):
    """A person accepted a set of rules for a group, in the wording of a day."""

    class What(models.TextChoices):
        TERMS = "terms", _("Terms of the market")
        PRICES = "prices", _("Price rules")
        QUALITY = "quality", _("Quality rules")

    application = models.ForeignKey(
        GroupApplication, on_delete=models.CASCADE, null=True, blank=True, related_name="attestations"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="attestations"
    )
    what = models.CharField(max_length=10, choices=What.choices)
    wording = models.DateField()
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("attestation")
        constraints = [
            models.UniqueConstraint(fields=["application", "what"], name="one_attestation_per_application"),
            models.UniqueConstraint(fields=["organisation", "what"], name="one_attestation_per_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.at}"


class OfficerCheck(models.Model):
    """An officer looked, and says how."""

    class What(models.TextChoices):
        IDENTITY = "identity", _("The cooperative knows this group")
        SITE = "site", _("The workshop was seen")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="officer_checks")
    what = models.CharField(max_length=10, choices=What.choices)
    note = models.CharField(_("How it was checked"), max_length=200, blank=True)
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("officer's check")
        constraints = [models.UniqueConstraint(fields=["organisation", "what"], name="one_check_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.what}"


class Support(models.Model):
    """Capital or knowledge that a group received, on a day, from somebody."""

    class Kind(models.TextChoices):
        CAPITAL = "capital", _("Capital")
        KNOWLEDGE = "knowledge", _("Knowledge")

    code = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="supports")
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    on = models.DateField(_("Date"))
    what = models.CharField(_("What was received"), max_length=200)
    amount_satang = models.PositiveBigIntegerField(_("Amount"), null=True, blank=True)
    giver = models.CharField(_("From whom"), max_length=160)
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("support received")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.what


class Training(models.Model):
    """A training that people of a group attended."""

    code = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="trainings")
    on = models.DateField(_("Date"))
    title = models.CharField(_("Subject"), max_length=200)
    organiser = models.CharField(_("Organiser"), max_length=160, blank=True)
    people = models.PositiveSmallIntegerField(_("People who attended"), null=True, blank=True)
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("training")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.title

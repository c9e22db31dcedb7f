"""The network is a tree: national → regional → provincial networks → cooperatives → groups. Offices stand beside it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from vendors.models.geography import Province, Region


class Organisation(MP_Node):
    """Any organisation of the market. What it is, is its `kind`; where it stands, its path in the tree.

    Everything below an organisation has a path that begins with its own: sight is one prefix filter.
    """

    class Kind(models.TextChoices):
        NATIONAL = "national", _("National network")
        REGIONAL = "regional", _("Regional network")
        PROVINCIAL = "provincial", _("Provincial network")
        COOPERATIVE = "cooperative", _("Cooperative")
        FARMER_GROUP = "farmer_group", _("Farmer group")
        GROUP = "group", _("Occupational group")
        OFFICE = "office", _("Office of the department")

    class State(models.TextChoices):
        APPLIED = "applied", _("Applied")
        IN_REVIEW = "in_review", _("In review")
        SENT_BACK = "sent_back", _("Sent back")
        APPROVED = "approved", _("Approved")
        SUSPENDED = "suspended", _("Suspended")
        CLOSED = "closed", _("Closed")

    NETWORKS = (Kind.NATIONAL, Kind.REGIONAL, Kind.PROVINCIAL)
    PARENTS = (Kind.COOPERATIVE, Kind.FARMER_GROUP)

    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices, db_index=True)
    state = models.CharField(_("State"), max_length=20, choices=State.choices, default=State.APPROVED)
    code = models.CharField(_("Public code"), max_length=12, unique=True)
    slug = models.SlugField(_("Address"), max_length=80, unique=True)
    name_th = models.CharField(_("Thai name"), max_length=160)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    sort_name = models.CharField(max_length=200, blank=True, db_index=True, editable=False)
    province = models.ForeignKey(
        Province, on_delete=models.PROTECT, null=True, blank=True, related_name="organisations"
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    summary_th = models.TextField(_("In short (Thai)"), blank=True)
    summary_en = models.TextField(_("In short (English)"), blank=True)
    contact_name = models.CharField(_("Contact person"), max_length=120, blank=True)
    phone = models.CharField(_("Phone"), max_length=10, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    line_id = models.CharField("LINE", max_length=60, blank=True)
    founded_on = models.DateField(_("Founded on"), null=True, blank=True)
    members_count = models.PositiveIntegerField(_("Members"), null=True, blank=True)
    picture = models.ForeignKey("media.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    tax_id = models.CharField(_("Tax number"), max_length=13, blank=True)
    state_reason = models.TextField(_("Reason"), blank=True)
    state_changed_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: Any = MP_NodeManager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [models.Index(fields=["kind", "state", "province"], name="organisation_directory")]

    def __str__(self) -> str:
        return self.name_th

    @property
    def is_selling(self) -> bool:
        """True for a group whose goods may be on sale."""
        return self.kind == self.Kind.GROUP and self.state == self.State.APPROVED


def _manager(*kinds: Organisation.Kind) -> Any:
    class KindManager(MP_NodeManager):
        def get_queryset(self) -> MP_NodeQuerySet:
            return super().get_queryset().filter(kind__in=kinds)

    return KindManager()


class OccupationalGroup(Organisation):
    """กลุ่มอาชีพ: the seller."""

    objects = _manager(Organisation.Kind.GROUP)

    class Meta:
        proxy = True
        verbose_name = _("occupational group")


class Cooperative(Organisation):
    """สหกรณ์ or กลุ่มเกษตรกร: a juristic person, the parent of groups."""

    objects = _manager(*Organisation.PARENTS)

    class Meta:
        proxy = True
        verbose_name = _("cooperative")


class Network(Organisation):
    """เครือข่าย: national, regional or provincial; the last two run hubs."""

    objects = _manager(*Organisation.NETWORKS)

    class Meta:
        proxy = True
        verbose_name = _("network")


class Office(Organisation):
    """An office of the department: national (no province) or of one province."""

    objects = _manager(Organisation.Kind.OFFICE)

    class Meta:
        proxy = True
        verbose_name = _("office")

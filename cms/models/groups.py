"""The shop page of a group, and what the department decides about it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PagePermissionTester

from cms.blocks import TEXT_FEATURES
from cms.models.sections import Closed


class GroupIndexPage(Page):
    """The parent of all shop pages; its own address shows the directory of groups."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.GroupPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("directory of groups")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Shop pages come with the approval of a group."""
        return Closed(user, self)


class GroupPage(Page):
    """The shop page of one group, published together with the group's approval.

    Each language's page holds its own words. What is the same for both (pictures, goods, contact) stands on the Thai
    page, in the shapes that `cms.shop_page` describes. The group edits it in its workspace (`cms.services.shop_pages`).
    """

    group = models.ForeignKey("vendors.Organisation", on_delete=models.PROTECT, related_name="shop_pages")
    opening = models.CharField(_("First words"), max_length=300, blank=True)
    story = RichTextField(_("Our story"), blank=True, features=TEXT_FEATURES)
    visit = models.TextField(_("How to visit"), blank=True)
    banner = models.JSONField(default=dict, blank=True)
    faces = models.JSONField(default=list, blank=True)
    gallery = models.JSONField(default=list, blank=True)
    featured = models.JSONField(default=list, blank=True)
    line_id = models.CharField("LINE", max_length=60, blank=True)
    facebook = models.CharField("Facebook", max_length=200, blank=True)
    phone = models.CharField(_("Phone"), max_length=10, blank=True)
    video = models.CharField(_("Video"), max_length=300, blank=True)
    parent_page_types = ["cms.GroupIndexPage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("opening"), FieldPanel("story"), FieldPanel("visit")]
    template = "cms/group_page.html"

    class Meta:
        verbose_name = _("shop page")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Groups edit their page in their workspace."""
        return Closed(user, self)


class PageReview(models.Model):
    """A draft of a shop page that waits for the department, or what was decided about it. At most one waits."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Waiting for the officer")
        APPROVED = "approved", _("Approved")
        SENT_BACK = "sent_back", _("Sent back")
        WITHDRAWN = "withdrawn", _("Taken back by the group")

    group = models.ForeignKey("vendors.Organisation", on_delete=models.CASCADE, related_name="page_reviews")
    state = models.CharField(_("State"), max_length=20, choices=State.choices, default=State.SUBMITTED)
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+")
    revision_en = models.ForeignKey("wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("Reason"), blank=True)

    class Meta:
        verbose_name = _("review of a shop page")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=models.Q(state="submitted"), name="one_waiting_review_of_a_page"
            ),
        ]
        indexes = [models.Index(fields=["state", "submitted_at"], name="reviews_of_pages_waiting")]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.state}"


class PageModeration(models.Model):
    """Does an office want to see shop pages before they are shown? An office of a province stands above the national one."""

    office = models.OneToOneField("vendors.Organisation", on_delete=models.CASCADE, related_name="+")
    is_on = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("checking of shop pages")

    def __str__(self) -> str:
        return f"{self.office_id}: {self.is_on}"

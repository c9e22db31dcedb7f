"""Who serves which organisation in which role, and which organisation may act for another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vendors.models.organisation import Organisation


class Membership(models.Model):
    """A person in an organisation with a role; one row per role."""

    class Role(models.TextChoices):
        MANAGER = "manager", _("Manager")
        EDITOR = "editor", _("Editor")
        PACKER = "packer", _("Packer")
        TREASURER = "treasurer", _("Treasurer")
        OFFICER = "officer", _("Officer")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("membership")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="one_membership_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.organisation_id} · {self.role}"


class Grant(models.Model):
    """`giver` allows `taker` one named right over itself; ends the moment `revoked_at` is set."""

    class Right(models.TextChoices):
        ACT_FOR = "act_for", _("Act for the group")

    giver = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="grants_given")
    taker = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="grants_taken")
    right = models.CharField(_("Right"), max_length=20, choices=Right.choices)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("grant")
        constraints = [
            models.UniqueConstraint(
                fields=["giver", "taker", "right"], condition=models.Q(revoked_at=None), name="one_open_grant"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.taker_id}: {self.right}"


class Invitation(models.Model):
    """A person is asked by e-mail to serve an organisation. The letter's secret is kept as a hash alone, and used once."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("E-mail"))
    role = models.CharField(_("Role"), max_length=20, choices=Membership.Role.choices)
    secret_hash = models.CharField(max_length=64, blank=True, db_index=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email", "role"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(withdrawn_at=None), name="invitation_ends_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} · {self.role}"

    @property
    def is_settled(self) -> bool:
        """Accepted or withdrawn: nothing follows any more."""
        return self.accepted_at is not None or self.withdrawn_at is not None

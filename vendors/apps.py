from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VendorsConfig(AppConfig):
    name = "vendors"
    label = "vendors"
    verbose_name = "Who sells"

    def ready(self) -> None:
        from vendors import (
            history,
            jobs,  # noqa: F401
            notices,  # noqa: F401
            policies,  # noqa: F401  (tells shop.common.access who is what)
            subscribers,  # noqa: F401
        )
        from vendors.sheets import subscribers as sheets  # noqa: F401

        history.register(
            {
                "certificate.draft": _("Wrote down a certificate, or took it back to change it"),
                "certificate.submitted": _("Handed in a certificate"),
                "certificate.sent_back": _("Sent a certificate back"),
                "certificate.verified": _("Verified a certificate"),
                "certificate.revoked": _("Revoked a certificate"),
                "certificate.withdrawn": _("Withdrew a certificate"),
                "member.added": _("Gave a role"),
                "member.removed": _("Took a role away"),
                "invitation.made": _("Invited by e-mail"),
                "invitation.sent_again": _("Sent an invitation again"),
                "invitation.withdrawn": _("Withdrew an invitation"),
                "invitation.accepted": _("Accepted an invitation"),
                "grant.given": _("Allowed another organisation to act for it"),
                "grant.revoked": _("Took back the permission to act for it"),
                "grant_to_us.given": _("Was allowed to act for another organisation"),
                "grant_to_us.revoked": _("May no longer act for another organisation"),
                "province.moved": _("Moved to another region"),
            }
        )

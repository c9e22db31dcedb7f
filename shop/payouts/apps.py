from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PayoutsConfig(AppConfig):
    name = "shop.payouts"
    label = "payouts"
    verbose_name = "Payouts"

    def ready(self) -> None:
        from shop.payouts import books, jobs  # noqa: F401
        from vendors import history

        history.register(
            {
                "payouts.account_entered": _("Entered a bank account"),
                "payouts.account_verified": _("Verified a bank account"),
                "payouts.account_confirmed": _("Confirmed a bank account over a second channel"),
                "payouts.batch_made": _("Put payouts together"),
                "payouts.batch_approved": _("Approved payouts"),
                "payouts.batch_withdrawn": _("Withdrew payouts"),
                "payouts.batch_sent": _("Sent payouts to the bank"),
            }
        )

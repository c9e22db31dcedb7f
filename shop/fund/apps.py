from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundConfig(AppConfig):
    name = "shop.fund"
    label = "fund"
    verbose_name = "Fund"

    def ready(self) -> None:
        from shop.fund import books  # noqa: F401
        from vendors import history

        history.register(
            {
                "fund.asked": _("Asked for money of the fund"),
                "fund.approved": _("Approved a spending of the fund"),
                "fund.refused": _("Refused a spending of the fund"),
            }
        )

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VouchersConfig(AppConfig):
    name = "shop.vouchers"
    label = "vouchers"
    verbose_name = "Vouchers"

    def ready(self) -> None:
        from shop.vouchers import subscribers  # noqa: F401
        from vendors import history

        history.register(
            {
                "vouchers.made": _("Made a voucher"),
                "vouchers.asked": _("Asked for a voucher of the fund"),
                "vouchers.ended": _("Ended a voucher"),
            }
        )

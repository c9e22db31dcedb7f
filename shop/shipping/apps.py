from django.utils.translation import gettext_lazy as _
from oscar.apps.shipping.apps import ShippingConfig as UpstreamConfig


class ShippingConfig(UpstreamConfig):
    name = "shop.shipping"

    def ready(self) -> None:
        from vendors import history

        super().ready()
        history.register(
            {
                "delivery.changed": _("Changed delivery from a day on"),
                "delivery.ended": _("Ended a rule of delivery"),
                "delivery.taken_back": _("Took a planned change of delivery back"),
                "delivery.closed": _("Entered closed days"),
                "delivery.open_again": _("Took closed days back"),
            }
        )

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FulfilmentConfig(AppConfig):
    name = "shop.fulfilment"
    label = "fulfilment"
    verbose_name = "Fulfilment"

    def ready(self) -> None:
        from shop.fulfilment import subscribers  # noqa: F401
        from vendors import history

        history.register(
            {
                "order.to_pack": _("Accepted an order"),
                "order.short": _("Noted that pieces are missing"),
                "order.cancelled": _("Cancelled an order of which nothing was left"),
                "order.packed": _("Packed an order"),
                "order.handed_over": _("Handed an order to the carrier"),
                "order.delivered": _("Noted that the buyer has the goods"),
            }
        )

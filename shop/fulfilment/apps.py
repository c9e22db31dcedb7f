from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FulfilmentConfig(AppConfig):
    name = "shop.fulfilment"
    label = "fulfilment"
    verbose_name = "Fulfilment"

    def ready(self) -> None:
        from shop.fulfilment import subscribers  # noqa: F401
        from shop.fulfilment.papers import jobs  # noqa: F401
        from vendors import history

        history.register(
            {
                "order.to_pack": _("Accepted an order"),
                "order.short": _("Noted that pieces are missing"),
                "order.cancelled": _("Cancelled an order of which nothing was left"),
                "order.packed": _("Packed an order"),
                "order.handed_over": _("Handed an order to the carrier"),
                "order.parcel": _("Put right who carries a parcel"),
                "order.counted": _("A hub has counted an order"),
                "transfer.sent": _("Sent boxes to a hub"),
                "transfer.closed": _("Closed a transfer"),
                "parcel.ready": _("Put a parcel together"),
                "parcel.sent": _("Gave a parcel to the carrier"),
                "parcel.on_shelf": _("Put a parcel on the shelf"),
                "parcel.delivered": _("Noted that a parcel has arrived"),
                "parcel.collected": _("Handed a parcel over"),
                "parcel.opened": _("Opened a parcel again"),
                "parcel.returned": _("Took a parcel back"),
                "order.delivered": _("Noted that the buyer has the goods"),
            }
        )

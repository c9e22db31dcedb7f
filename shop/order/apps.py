from django.utils.translation import gettext_lazy as _
from oscar.apps.order.apps import OrderConfig as UpstreamConfig


class OrderConfig(UpstreamConfig):
    name = "shop.order"

    def ready(self) -> None:
        from vendors import history

        super().ready()
        from shop.order import subscribers  # noqa: F401

        history.register(
            {
                "shares.written": _("Wrote a rule of shares"),
                "shares.ended": _("Ended a rule of shares"),
                "shares.dropped": _("Took a planned rule of shares back"),
            }
        )

from oscar.apps.order.apps import OrderConfig as UpstreamConfig


class OrderConfig(UpstreamConfig):
    name = "shop.order"

    def ready(self) -> None:
        super().ready()
        from shop.order import subscribers  # noqa: F401

from oscar.apps.basket.apps import BasketConfig as UpstreamConfig


class BasketConfig(UpstreamConfig):
    name = "shop.basket"

    def ready(self) -> None:
        super().ready()
        from shop.basket import subscribers  # noqa: F401

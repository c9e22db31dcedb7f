from django.apps import AppConfig


class FulfilmentConfig(AppConfig):
    name = "shop.fulfilment"
    label = "fulfilment"
    verbose_name = "Fulfilment"

    def ready(self) -> None:
        from shop.fulfilment import subscribers  # noqa: F401

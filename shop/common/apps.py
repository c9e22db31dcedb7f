from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "shop.common"
    label = "common"
    verbose_name = "Common"

    def ready(self) -> None:
        from shop.common import checks  # noqa: F401

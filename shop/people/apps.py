from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "shop.people"
    label = "people"
    verbose_name = "People"

    def ready(self) -> None:
        from shop.people import subscribers  # noqa: F401

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = "What is told"

    def ready(self) -> None:
        from cms import posters, subscribers  # noqa: F401

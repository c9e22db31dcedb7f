from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "media"
    label = "media"
    verbose_name = "Pictures and files"

    def ready(self) -> None:
        from media import jobs, subscribers  # noqa: F401

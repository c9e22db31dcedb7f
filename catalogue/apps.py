from oscar.apps.catalogue.apps import CatalogueConfig as UpstreamConfig


class CatalogueConfig(UpstreamConfig):
    name = "catalogue"

    def ready(self) -> None:
        super().ready()
        from catalogue import posters, subscribers  # noqa: F401

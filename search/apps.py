from oscar.apps.search.apps import SearchConfig as UpstreamConfig


class SearchConfig(UpstreamConfig):
    name = "search"

    def ready(self) -> None:
        super().ready()
        from search import jobs, subscribers  # noqa: F401

from oscar.apps.search.apps import SearchConfig as UpstreamConfig


class SearchConfig(UpstreamConfig):
    name = "search"

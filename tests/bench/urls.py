"""The market's addresses and, before them, the two floors. Exists in the benchmark only."""

from django.urls import path

from search import elastic
from shop.urls import handler400, handler403, handler404, handler500
from shop.urls import urlpatterns as market
from tests.bench import floors

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [path("bench/hello/", floors.hello), path("bench/cards/", floors.cards), *market]
elastic.ASK_SECONDS = 30.0
"""On a busy machine the embedded engine would answer instead, and its costs be taken for the other's."""

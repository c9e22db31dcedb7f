"""The embedded engine: tokens in a tsvector with GIN, filters and counts from the live columns of the goods themselves."""

from __future__ import annotations

from django.db import connection

from search import facets
from search.contract import MOST_OTHERS, Asked, Found, Others
from search.matching import held
from search.models import Kind
from search.query import PAGE_SIZE
from search.terms import Node

_OTHERS = "AND product_id IS NULL AND shown AND language = ANY(%s)"
_BEST = """
SELECT kind, object_id, count(*) OVER (PARTITION BY kind) FROM ({held}) found
ORDER BY points DESC, length, kind, object_id LIMIT {most}
"""


class EmbeddedEngine:
    """Answers always: it is the database that the shop itself needs."""

    name = "embedded"

    def find(self, asked: Asked) -> Found:
        """One statement for the keys of the page and all counts, one for everything else."""
        counts, keys = facets.by_words(asked)
        pages = max(1, -(-counts.total // PAGE_SIZE))
        others = self.find_others(asked.node, asked.others_in) if asked.others_in and counts.total else None
        return Found(tuple(keys), counts, min(asked.query.page, pages), others)

    def find_others(self, node: Node, language: str) -> Others:
        """One statement for the best of all kinds and their numbers."""
        found, values = held(node, "kind, object_id, length", _OTHERS, (["", language],))
        with connection.cursor() as cursor:
            cursor.execute(_BEST.format(held=found, most=MOST_OTHERS), values)
            rows = cursor.fetchall()
        return Others(tuple((Kind(kind), key) for kind, key, _n in rows), {kind: n for kind, _key, n in rows})

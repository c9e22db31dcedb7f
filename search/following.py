"""Follows what has changed: rows of the embedded engine, words, and every index in Elasticsearch that is kept.

First the changes are read, then the version is drawn, then the list of indices and the things themselves. So a higher
version never holds an older state: whatever it misses is a change that was not in the list and still waits. And an index
that is not in the list was begun later and reads for itself what was committed before. A change is forgotten only when
all took it or refused it for good.
"""

from __future__ import annotations

from django.db import connection

from search import elastic
from search.documents import kind_of_page
from search.models import Change, Kind
from search.services import learn_words, write_documents

AT_ONCE = 500
STORIES = (Kind.NEWS, Kind.KNOWLEDGE, Kind.FAIR, Kind.TRAINING)


def follow(limit: int = AT_ONCE) -> int:
    """Works off the oldest changes; returns how many. Several may run at once. Raises when Elasticsearch does not answer."""
    rows = list(Change.objects.order_by("pk").values_list("pk", "kind", "object_id")[:limit])
    if not rows:
        return 0
    changed = {(kind, key) for _pk, name, key in rows for kind in _kinds(name, key)}
    version = draw_version()
    indices = elastic.kept_indices()
    for kind in Kind:
        keys = sorted(key for of_kind, key in changed if of_kind == kind)
        if keys:
            sources = write_documents(kind=kind, keys=keys)
            learn_words(sources=[source for source in sources if source.shown])
            for index in indices:
                elastic.write(
                    index, kind, sources, gone=set(keys) - {source.key for source in sources}, version=version
                )
    Change.objects.filter(pk__in=[pk for pk, _kind, _key in rows]).delete()
    return len(rows)


def draw_version() -> int:
    """The next version: higher than any drawn before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('search_change', 'id'))")
        return int(cursor.fetchone()[0])


def follow_all(most: int = 1_000) -> int:
    """Works off what waits, a few hundred at a time."""
    done = 0
    for _ in range(most):
        number = follow()
        done += number
        if not number:
            break
    return done


def _kinds(name: str, key: int) -> list[Kind]:
    """A page that is no story any more is taken from all kinds of stories."""
    if name != "page":
        return [Kind(name)]
    kind = kind_of_page(key)
    return [kind] if kind else list(STORIES)

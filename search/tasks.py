"""What the worker does for search. Called again, it finds nothing more to do."""

from __future__ import annotations

from django_tasks import task


@task()
def follow_changes() -> None:
    """Brings every index up to date with what changed."""
    from search.following import follow_all

    follow_all(most=100)


@task()
def make_index() -> None:
    """The first index in Elasticsearch."""
    from search.rebuilding import rebuild_elastic

    rebuild_elastic(lambda _line: None)

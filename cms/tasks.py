"""What the worker does for pages. Called again, each changes nothing more."""

from __future__ import annotations

from django_tasks import task


@task()
def prepare_page(key: int) -> None:
    """Everything that a published page shows: the cuts of its images, and the press kit of a story."""
    from cms.prepare import prepare

    prepare(page_id=key)

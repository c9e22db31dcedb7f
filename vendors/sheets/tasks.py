"""What the worker does with a file. Called again, each changes nothing more."""

from __future__ import annotations

from django_tasks import task


@task()
def look_through(key: int) -> None:
    """The dry run."""
    from vendors.sheets.services import check_run

    check_run(key=key)


@task()
def save(key: int) -> None:
    """All in one go."""
    from vendors.sheets.services import save_run

    save_run(key=key)

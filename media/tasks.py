"""What the worker does with pictures. Called again, each changes nothing more."""

from __future__ import annotations

from django_tasks import task


@task()
def finish_picture(key: int) -> None:
    """The large sizes of an upload."""
    from media.services import finish_picture as finish

    finish(key=key)


@task()
def cut_image(key: int) -> None:
    """What visitors see of an editor's image."""
    from media.services import cut_image as cut

    cut(key=key)

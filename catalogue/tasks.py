"""What the worker does for goods. Called again, each changes nothing more."""

from __future__ import annotations

from django_tasks import task


@task()
def cut_product_picture(key: int) -> None:
    """The square around the focus of a product's picture."""
    from catalogue.services.pictures import cut_around_focus

    cut_around_focus(key=key)

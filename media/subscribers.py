"""An editor's image that is saved, or gets another focus, is cut by the worker."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from media.models import MarketImage
from media.services import order_cut


@receiver(post_save, sender=MarketImage)
def cut_changed_image(instance: MarketImage, raw: bool = False, **_facts: Any) -> None:
    """The order lies in the worker's table with the change, or with it not at all."""
    if not raw:
        order_cut(instance)

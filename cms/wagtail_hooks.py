"""What the editors' pages of Wagtail gain."""

from __future__ import annotations

from typing import Any

from wagtail import hooks

from cms.blocks import group_chooser, product_chooser


def choosers() -> list[Any]:
    """Goods and groups can be chosen for a story."""
    return [product_chooser, group_chooser]


hooks.register("register_admin_viewset", choosers)

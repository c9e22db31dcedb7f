"""Writes of the page tree, of stories and of the shop pages that groups edit."""

from cms.services.reviews import approve_page, send_back_page, set_moderation
from cms.services.shop_pages import discard_draft, feature_good, hand_in_page, save_part, take_back_page
from cms.services.tree import (
    ensure_site,
    paragraphs,
    publish_group_page,
    publish_group_pages,
    publish_news,
    set_home_picture,
    set_season,
)

__all__ = [
    "approve_page",
    "discard_draft",
    "ensure_site",
    "feature_good",
    "hand_in_page",
    "paragraphs",
    "publish_group_page",
    "publish_group_pages",
    "publish_news",
    "save_part",
    "send_back_page",
    "set_home_picture",
    "set_moderation",
    "set_season",
    "take_back_page",
]

"""Writes of the catalogue."""

from catalogue.services.categories import load_categories, set_category_pictures
from catalogue.services.papers import remind_of_ends, write_paper
from catalogue.services.pictures import add_picture, remove_picture
from catalogue.services.products import (
    add_variant,
    create_product,
    goods_class,
    link_certificate,
    set_raw_materials,
    sort_title,
    unlink_certificate,
    update_product,
)
from catalogue.services.publishing import (
    approve_product,
    checklist,
    publish_product,
    refuse_product,
    request_exemption,
    withdraw_product,
)
from catalogue.services.refresh import count_sold, refresh_sale, refresh_sale_of_group

__all__ = [
    "add_picture",
    "add_variant",
    "approve_product",
    "checklist",
    "count_sold",
    "create_product",
    "goods_class",
    "link_certificate",
    "load_categories",
    "publish_product",
    "refresh_sale",
    "refresh_sale_of_group",
    "refuse_product",
    "remind_of_ends",
    "remove_picture",
    "request_exemption",
    "set_category_pictures",
    "set_raw_materials",
    "sort_title",
    "unlink_certificate",
    "update_product",
    "withdraw_product",
    "write_paper",
]

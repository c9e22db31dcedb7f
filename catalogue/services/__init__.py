"""Writes of the catalogue."""

from catalogue.services.categories import load_categories, set_category_pictures
from catalogue.services.lots import Material, enter_lot, recall_lot
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
from catalogue.services.publishing import checklist, publish_product, withdraw_product
from catalogue.services.refresh import count_sold, refresh_sale, refresh_sale_of_group
from catalogue.services.review import (
    approve_product,
    grant_exemption,
    hold_product,
    refuse_exemption,
    refuse_product,
    request_exemption,
    revoke_exemption,
)

__all__ = [
    "Material",
    "add_picture",
    "add_variant",
    "approve_product",
    "checklist",
    "count_sold",
    "create_product",
    "enter_lot",
    "goods_class",
    "grant_exemption",
    "hold_product",
    "link_certificate",
    "load_categories",
    "publish_product",
    "recall_lot",
    "refresh_sale",
    "refresh_sale_of_group",
    "refuse_exemption",
    "refuse_product",
    "remind_of_ends",
    "remove_picture",
    "request_exemption",
    "revoke_exemption",
    "set_category_pictures",
    "set_raw_materials",
    "sort_title",
    "unlink_certificate",
    "update_product",
    "withdraw_product",
    "write_paper",
]

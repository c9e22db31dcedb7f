"""Writes of the catalogue."""

from catalogue.services.categories import load_categories, set_category_pictures
from catalogue.services.copies import copy_product
from catalogue.services.drafts import forget_draft, keep_draft, new_code
from catalogue.services.edits import approve_edit, asks_officer, drop_edit, edit_product, on_paper, refuse_edit
from catalogue.services.judging import decide_as_read, judged
from catalogue.services.lots import Material, enter_lot, recall_lot
from catalogue.services.papers import remind_of_ends, write_paper
from catalogue.services.pictures import add_picture, describe_picture, move_picture, remove_picture
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
from catalogue.services.sections import SECTIONS, stamp, values_of, waiting_edit, wanted_values

__all__ = [
    "SECTIONS",
    "Material",
    "add_picture",
    "add_variant",
    "approve_edit",
    "approve_product",
    "asks_officer",
    "checklist",
    "copy_product",
    "count_sold",
    "create_product",
    "decide_as_read",
    "describe_picture",
    "drop_edit",
    "edit_product",
    "enter_lot",
    "forget_draft",
    "goods_class",
    "grant_exemption",
    "hold_product",
    "judged",
    "keep_draft",
    "link_certificate",
    "load_categories",
    "move_picture",
    "new_code",
    "on_paper",
    "publish_product",
    "recall_lot",
    "refresh_sale",
    "refresh_sale_of_group",
    "refuse_edit",
    "refuse_exemption",
    "refuse_product",
    "remind_of_ends",
    "remove_picture",
    "request_exemption",
    "revoke_exemption",
    "set_category_pictures",
    "set_raw_materials",
    "sort_title",
    "stamp",
    "unlink_certificate",
    "update_product",
    "values_of",
    "waiting_edit",
    "wanted_values",
    "withdraw_product",
    "write_paper",
]

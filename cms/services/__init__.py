"""Writes of the page tree, of stories, of the shop pages that groups edit, and of trainings."""

from cms.services.answers import answer_useful, forget_visits
from cms.services.attendance import check_in, finish_course, forget_people, undo_attendance, walk_in
from cms.services.booths import (
    apply_for_booth,
    change_application,
    give_booth,
    put_on_waiting_list,
    refuse_application,
    withdraw_application,
)
from cms.services.courses import CourseFacts, cancel_course, change_course, make_course, publish_course
from cms.services.fairs import (
    cancel_fair,
    change_fair,
    create_fair,
    drop_kind,
    publish_fair,
    set_figures,
    set_kind,
    tell_fair,
)
from cms.services.old_releases import take_release
from cms.services.registrations import Comer, cancel_registration, register_people
from cms.services.reviews import approve_page, send_back_page, set_moderation
from cms.services.shop_pages import (
    discard_draft,
    feature_good,
    hand_in_page,
    restore_version,
    save_part,
    take_back_page,
)
from cms.services.stories import keep_topics, publish_article, publish_network_page, publish_news
from cms.services.tree import (
    ensure_site,
    paragraphs,
    publish_group_page,
    publish_group_pages,
    set_home_picture,
    set_season,
)

__all__ = [
    "Comer",
    "CourseFacts",
    "answer_useful",
    "apply_for_booth",
    "approve_page",
    "cancel_course",
    "cancel_fair",
    "cancel_registration",
    "change_application",
    "change_course",
    "change_fair",
    "check_in",
    "create_fair",
    "discard_draft",
    "drop_kind",
    "ensure_site",
    "feature_good",
    "finish_course",
    "forget_people",
    "forget_visits",
    "give_booth",
    "hand_in_page",
    "keep_topics",
    "make_course",
    "paragraphs",
    "publish_article",
    "publish_course",
    "publish_fair",
    "publish_group_page",
    "publish_group_pages",
    "publish_network_page",
    "publish_news",
    "put_on_waiting_list",
    "refuse_application",
    "register_people",
    "restore_version",
    "save_part",
    "send_back_page",
    "set_figures",
    "set_home_picture",
    "set_kind",
    "set_moderation",
    "set_season",
    "take_back_page",
    "take_release",
    "tell_fair",
    "undo_attendance",
    "walk_in",
    "withdraw_application",
]

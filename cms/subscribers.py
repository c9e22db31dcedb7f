"""A group's approval publishes its shop page; editors of the department may enter the CMS."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_unpublished

from cms.selectors import footer_links
from cms.services import publish_group_page
from shop.common import versions
from shop.theme.slots import register_slot
from vendors.events import group_approved, membership_changed
from vendors.models import Membership, Organisation

EDITORS = "Editors"
register_slot("footer_shopping", footer_links)


@group_approved.register
def open_shop_page(group: Organisation) -> None:
    """In the transaction of the approval."""
    publish_group_page(group)


@membership_changed.register
def editors_enter_cms(membership: Membership) -> None:
    """Wagtail's group follows the membership, both ways."""
    is_editor = Membership.objects.filter(
        user_id=membership.user_id, organisation__kind=Organisation.Kind.OFFICE, role=Membership.Role.EDITOR
    ).exists()
    group: Any = Group.objects.get_or_create(name=EDITORS)[0]
    if is_editor:
        group.user_set.add(membership.user_id)
    else:
        group.user_set.remove(membership.user_id)


@receiver(page_published)
@receiver(page_unpublished)
@receiver([post_save, post_delete], sender=PageViewRestriction)
def forget_kept_pages(**_facts: Any) -> None:
    """What an editor publishes, takes back or closes is seen at once."""
    versions.bump()

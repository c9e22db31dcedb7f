"""A group's approval publishes its shop page; editors of the department may enter the CMS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, ReferenceIndex
from wagtail.search.index import insert_or_update_object
from wagtail.signals import page_published, page_unpublished

from cms import mails
from cms.selectors import footer_links
from cms.services import publish_group_page, publish_group_pages
from shop.common import versions
from shop.common.outbox import subscribe
from shop.theme.slots import register_slot
from vendors.events import group_approved, membership_changed
from vendors.models import Membership, Organisation

EDITORS = "Editors"
register_slot("footer_shopping", footer_links)


@group_approved.register
def open_shop_page(group: Organisation) -> None:
    """In the transaction of the approval."""
    publish_group_page(group)


@group_approved.register_many(open_shop_page)
def open_shop_pages(groups: Sequence[Organisation]) -> None:
    """The same for groups that come in by a file."""
    publish_group_pages(groups)


@subscribe("pages.added")
def index_pages(payload: dict[str, Any]) -> None:
    """Pages that were added many at once become known to the CMS's search and its lists of uses."""
    for page in Page.objects.filter(pk__in=payload["pages"]).specific():
        ReferenceIndex.create_or_update_for_object(page)
        insert_or_update_object(page)


@subscribe("page.submitted")
def tell_officers(payload: dict[str, Any]) -> None:
    """A shop page waits for the office of its province."""
    mails.to_officers(payload["review"])


@subscribe("page.decided")
def tell_group(payload: dict[str, Any]) -> None:
    """Managers and editors learn what was decided."""
    mails.to_group(payload["review"])


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

"""A group's approval publishes its shop page; editors of the department may enter the CMS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, ReferenceIndex
from wagtail.search.index import insert_or_update_object
from wagtail.signals import page_published, page_unpublished, task_submitted, workflow_approved, workflow_rejected

from catalogue.shelves import forget
from cms import mails, story_mails
from cms.models import Topic
from cms.selectors import footer_links
from cms.services import publish_group_page, publish_group_pages
from cms.services.editors import follow_memberships
from cms.tasks import prepare_page
from shop.common import versions
from shop.common.outbox import announce, subscribe
from shop.theme.slots import register_slot
from vendors.events import group_approved, membership_changed
from vendors.models import Membership, Organisation

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
    """Wagtail's groups follow the memberships of the offices, both ways."""
    if membership.organisation.kind == Organisation.Kind.OFFICE:
        follow_memberships(membership.user_id)


@receiver(task_submitted)
def story_was_handed_in(instance: Any, **_facts: Any) -> None:
    """Handed in by an office, or handed in again."""
    with transaction.atomic():
        announce("story.handed_in", {"state": instance.workflow_state_id})


@receiver([workflow_approved, workflow_rejected])
def story_was_decided(instance: Any, **_facts: Any) -> None:
    """Published, or sent back with a word."""
    with transaction.atomic():
        announce("story.decided", {"task_state": instance.current_task_state_id})


@subscribe("story.handed_in")
def tell_publishers(payload: dict[str, Any]) -> None:
    """A story waits for the editors of the department."""
    story_mails.to_publishers(payload["state"])


@subscribe("story.decided")
def tell_writer(payload: dict[str, Any]) -> None:
    """Who handed a story in learns what was decided, and why."""
    story_mails.to_writer(payload["task_state"])


@subscribe("page.published")
def prepare_published_page(payload: dict[str, Any]) -> None:
    """The worker makes what the page shows; no picture is made in a transaction."""
    prepare_page.enqueue(payload["page"])


@receiver(page_published)
def announce_published(instance: Page, **_facts: Any) -> None:
    """Published by an editor, by an approval or by the clock."""
    with transaction.atomic():
        announce("page.published", {"page": instance.pk})


@receiver(page_published)
@receiver(page_unpublished)
@receiver([post_save, post_delete], sender=Topic)
def forget_kept_pages(**_facts: Any) -> None:
    """What an editor publishes, takes back or calls by another name is seen at once."""
    versions.bump()


@receiver([post_save, post_delete], sender=PageViewRestriction)
def forget_who_may_read(**_facts: Any) -> None:
    """A page that is closed to the public, or opened to it: every process learns it with the next version."""
    forget()
    versions.bump()

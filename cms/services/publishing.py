"""Stories go live and are taken back at the minute that was set. The clock calls it; again changes nothing.

Each page is a savepoint of its own: one that fails is told of, tried again the next time, and holds up nobody else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Revision

from shop.common import clock

log = logging.getLogger("market.publishing")
_AT_ONCE = 50


def publish_due() -> tuple[int, int, int]:
    """How many pages went live, how many were taken back, how many failed; the oldest first."""
    now = clock.now()
    due = Revision.page_revisions.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    live, failed = _each(due.values_list("pk", flat=True)[:_AT_ONCE], _publish)
    over = Page.objects.filter(live=True, expire_at__lte=now).order_by("expire_at", "pk")
    gone, failed_too = _each(over.values_list("pk", flat=True)[:_AT_ONCE], _take_back)
    return live, gone, failed + failed_too


def _each(keys: Iterable[int], act: Callable[[int], bool]) -> tuple[int, int]:
    done = failed = 0
    for key in list(keys):
        try:
            with transaction.atomic():
                done += act(key)
        except Exception:
            log.exception("%s of %s failed", act.__name__, key)
            failed += 1
    return done, failed


def _publish(key: int) -> bool:
    """The page's row first, as everybody who publishes does; an editor may have changed the time meanwhile."""
    revision = Revision.page_revisions.get(pk=key)
    if not Page.objects.select_for_update().filter(pk=revision.object_id).exists():
        return False
    revision.refresh_from_db()
    if revision.approved_go_live_at is None or revision.approved_go_live_at > clock.now():
        return False
    action: Any = PublishPageRevisionAction(revision, log_action="wagtail.publish.scheduled")  # type: ignore[arg-type]
    action.object.go_live_at = None  # it has come, and is told no more
    action.execute(skip_permission_checks=True)
    return True


def _take_back(key: int) -> bool:
    page = Page.objects.select_for_update().filter(pk=key, live=True, expire_at__lte=clock.now()).first()
    if page is None:
        return False
    page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True

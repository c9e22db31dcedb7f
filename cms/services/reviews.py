"""The department looks at shop pages before they are shown, where it wishes to."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import translation

from cms import errors
from cms.models import GroupPage, PageModeration, PageReview
from cms.services.shop_pages import publish
from shop.common import clock, outbox
from shop.common.thai import clean_text
from vendors import history
from vendors.errors import NotYours, ReasonMissing
from vendors.models import Organisation
from vendors.policies import Right, forget_standing, require, runs_offices

State = PageReview.State


def _decide(review: PageReview, by: Any, seen: str, state: str, reason: str = "") -> PageReview:
    """The page's row first, as everybody who changes it does; then the review, as the officer saw it."""
    list(GroupPage.objects.select_for_update(of=("self",)).filter(group=review.group_id, locale__language_code="th"))
    locked = PageReview.objects.select_for_update(of=("self",)).select_related("group").get(pk=review.pk)
    require(by, Right.REVIEW, locked.group)
    if locked.state != State.SUBMITTED or version_of(locked) != seen:
        raise errors.NotWaiting
    locked.state, locked.reason, locked.decided_by, locked.decided_at = state, reason, by, clock.now()
    locked.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    outbox.announce("page.decided", {"review": locked.pk})
    return locked


def version_of(review: PageReview) -> str:
    """What an officer looked at; a newer version of the group is another one."""
    return f"{review.revision_id}-{review.revision_en_id}"


@transaction.atomic
def approve_page(*, review: PageReview, seen: str, by: Any) -> PageReview:
    """Shows exactly the version that the officer saw. Raises NotWaiting, NotYours or PageNotOpen."""
    locked = _decide(review, by, seen, State.APPROVED)
    if Organisation.objects.get(pk=locked.group_id).state != Organisation.State.APPROVED:
        raise errors.PageNotOpen
    publish(locked.revision, locked.revision_en, by)
    history.record(organisation=locked.group, act="page.approved", by=by)
    return locked


@transaction.atomic
def send_back_page(*, review: PageReview, seen: str, reason: str, by: Any) -> PageReview:
    """Asks the group to change something. Raises NotWaiting, NotYours or ReasonMissing."""
    with translation.override("th"):
        words = clean_text(reason)
    if not words:
        raise ReasonMissing
    locked = _decide(review, by, seen, State.SENT_BACK, words[:1000])
    history.record(organisation=locked.group, act="page.sent_back", by=by, what=words[:200])
    return locked


@transaction.atomic
def set_moderation(*, office: Organisation, is_on: bool, by: Any) -> None:
    """Are pages checked first in this office's province (in the whole country, for the national one)? Raises NotYours."""
    forget_standing(by)
    if office.kind != Organisation.Kind.OFFICE or not runs_offices(by):
        raise NotYours
    PageModeration.objects.update_or_create(office=office, defaults={"is_on": is_on})
    history.record(organisation=office, act="page.checked" if is_on else "page.unchecked", by=by)

"""Letters about shop pages, in Thai. Called by subscribers of the outbox, never in a request."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from cms.models import PageReview
from shop.common import letters
from vendors.mails import addresses_of, offices_of
from vendors.models import Membership

Role = Membership.Role


def _review(key: int) -> PageReview | None:
    return PageReview.objects.select_related("group").filter(pk=key).first()


def to_officers(review_id: int) -> None:
    """A page waits; nothing is sent when it was taken back meanwhile."""
    review = _review(review_id)
    if review is None or review.state != PageReview.State.SUBMITTED:
        return
    found = {each for office in offices_of(review.group) for each in addresses_of(office, Role.OFFICER)}
    link = settings.SITE_URL + reverse("office_pages:detail", args=[review.pk])
    _send(sorted(found), "page_waits", review, link)


def to_group(review_id: int) -> None:
    """What was decided."""
    review = _review(review_id)
    if review is None:
        return
    with translation.override("th"):
        shown = review.state == PageReview.State.APPROVED
        name = "vendors:group" if shown else "workspace_page:index"
        link = settings.SITE_URL + reverse(name, args=[review.group.slug])
    _send(addresses_of(review.group, Role.MANAGER, Role.EDITOR), "page_decided", review, link)


def _send(found: list[str], template: str, review: PageReview, link: str) -> None:
    with translation.override("th"):
        for address in found:
            letters.send(address, f"cms/mail/{template}", {"review": review, "link": link})

"""A group edits its shop page: every saving is a revision of Wagtail; publishing shows it, or asks the department.

The Thai page's row is locked first, so that two people saving at once follow each other and the second one learns of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from catalogue.cover import goods_of
from cms import errors
from cms.models import GroupPage, PageReview
from cms.selectors import Pages, goods_to_feature, is_moderated, pages_of, version_or_none
from cms.shop_page import MOST_FEATURED, PARTS, SHARED, WORDS, Values, changed_parts, digest, to_text
from shop.common import clock, outbox
from vendors import history
from vendors.models import Organisation
from vendors.policies import Right, require


@dataclass(frozen=True)
class HandedIn:
    """What publishing came to: shown now, or waiting for an officer."""

    is_public: bool


def _locked(group: Organisation, by: Any) -> Pages:
    """The pages of a group, its Thai one locked until the transaction ends; the person's right and the group's state are
    read anew, for the page may have lain open. `by` None is the market itself. Raises NotYours."""
    if by is not None:
        require(by, Right.LIST, Organisation.objects.get(pk=group.pk))
    list(GroupPage.objects.select_for_update(of=("self",)).filter(group=group, locale__language_code="th"))
    return pages_of(group.pk)


@transaction.atomic
def save_part(*, group: Organisation, part: str, changes: Values, seen: str, by: Any) -> bool:
    """Saves one part of the draft; False when it says what it said before. Raises ChangedMeanwhile."""
    pages = _locked(group, by)
    before = pages.draft
    if digest(before, part) != seen:
        raise errors.ChangedMeanwhile(values=before, by=pages.edited_by)
    wanted = {**before, **{name: changes[name] for name in PARTS[part][1] if name in changes}}
    for name in ("story", "story_en"):  # what was not touched keeps the marks that the plain field cannot show
        if to_text(wanted[name]) == to_text(before[name]):
            wanted[name] = before[name]
    if wanted == before:
        return False
    _write(pages, wanted, by)
    history.record(organisation=group, act="page.edited", by=by, part=part)
    return True


@transaction.atomic
def feature_good(*, group: Organisation, product_id: int, act: str, by: Any) -> None:
    """Adds a good of the group's own to the featured ones, takes it out, or moves it up or down.

    Raises TooMany, or NotOnSale for what nobody can buy from this group now.
    """
    pages = _locked(group, by)
    chosen = [int(pk) for pk in pages.draft["featured"]]
    place = chosen.index(product_id) if product_id in chosen else -1
    if act == "add" and place < 0:
        if not goods_to_feature(group).filter(pk=product_id).exists():
            raise errors.NotOnSale
        alive = set(goods_of(group).filter(pk__in=chosen).values_list("pk", flat=True))
        chosen = [pk for pk in chosen if pk in alive]
        if len(chosen) >= MOST_FEATURED:
            raise errors.TooMany(most=MOST_FEATURED)
        chosen.append(product_id)
    elif act == "remove" and place >= 0:
        chosen.pop(place)
    elif act in ("up", "down") and place >= 0:
        other = place + (-1 if act == "up" else 1)
        if 0 <= other < len(chosen):
            chosen[place], chosen[other] = chosen[other], chosen[place]
    if chosen != pages.draft["featured"]:
        _write(pages, {**pages.draft, "featured": chosen}, by)
        history.record(organisation=group, act="page.edited", by=by, part="goods")


def _write(pages: Pages, values: Values, by: Any) -> None:
    """A new revision of each page whose values differ; the first one keeps what was published before."""
    for page, suffix, names in ((pages.thai, "", (*WORDS, *SHARED)), (pages.english, "_en", WORDS)):
        if page.latest_revision_id is None:
            page.save_revision(changed=False, clean=False)
        draft = page.get_latest_revision_as_object()
        wanted = {name: values[f"{name}{suffix}"] for name in names}
        if all(getattr(draft, name) == value for name, value in wanted.items()):
            continue
        for name, value in wanted.items():
            setattr(draft, name, value)
        draft.save_revision(user=by, clean=False)


@transaction.atomic
def hand_in_page(*, group: Organisation, seen: str, by: Any) -> HandedIn:
    """Publishes the draft that was looked at, or sends it to the officers where the department wishes to check.

    Raises PageNotOpen, NothingToPublish or DraftMoved.
    """
    pages = _locked(group, by)
    if Organisation.objects.get(pk=group.pk).state != Organisation.State.APPROVED:
        raise errors.PageNotOpen
    if not changed_parts(pages.draft, pages.live):
        raise errors.NothingToPublish
    if pages.version != seen:
        raise errors.DraftMoved
    if is_moderated(group):
        _submit(pages, group, by)
        return HandedIn(is_public=False)
    publish(pages.thai.latest_revision, pages.english.latest_revision, by)
    _end_waiting(group, by)
    history.record(organisation=group, act="page.published", by=by)
    return HandedIn(is_public=True)


def publish(thai: Any, english: Any, by: Any) -> None:
    """Shows exactly these revisions."""
    for revision in (thai, english):
        if revision is not None:
            revision.publish(user=by, log_action=False, skip_permission_checks=True)


def _submit(pages: Pages, group: Organisation, by: Any) -> None:
    """A newer version takes the place of the one that waits."""
    review, made = PageReview.objects.update_or_create(
        group=group,
        state=PageReview.State.SUBMITTED,
        defaults={
            "revision": pages.thai.latest_revision,
            "revision_en": pages.english.latest_revision,
            "submitted_by": by,
            "submitted_at": clock.now(),
        },
    )
    history.record(organisation=group, act="page.submitted", by=by)
    if made:
        outbox.announce("page.submitted", {"review": review.pk})


def _end_waiting(group: Organisation, by: Any) -> int:
    waiting = PageReview.objects.filter(group=group, state=PageReview.State.SUBMITTED)
    return waiting.update(state=PageReview.State.WITHDRAWN, decided_by=by, decided_at=clock.now())


@transaction.atomic
def take_back_page(*, group: Organisation, by: Any) -> None:
    """Out of the officers' queue; the draft stays. Raises NotWaiting."""
    _locked(group, by)
    if not _end_waiting(group, by):
        raise errors.NotWaiting
    history.record(organisation=group, act="page.taken_back", by=by)


@transaction.atomic
def discard_draft(*, group: Organisation, seen: str, by: Any) -> None:
    """The draft becomes again what is published; the dropped one stays among the revisions. Raises DraftMoved."""
    pages = _locked(group, by)
    if pages.version != seen:
        raise errors.DraftMoved
    if changed_parts(pages.draft, pages.live):
        _write(pages, pages.live, by)
        _end_waiting(group, by)
        history.record(organisation=group, act="page.discarded", by=by)


@transaction.atomic
def restore_version(*, group: Organisation, key: int, seen: str, by: Any) -> bool:
    """The draft becomes an earlier version; False when it is that already. Raises DraftMoved or VersionUnknown."""
    pages = _locked(group, by)
    if pages.version != seen:
        raise errors.DraftMoved
    found = version_or_none(pages, key)
    if found is None:
        raise errors.VersionUnknown
    revision, values = found
    if not changed_parts(pages.draft, values):
        return False
    _write(pages, values, by)
    history.record(organisation=group, act="page.restored", by=by, version=revision.pk)
    return True

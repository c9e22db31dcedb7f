"""Writes of fairs: made and changed by an office, shown, cancelled, told in figures; their booths."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from cms import fair_errors as errors
from cms.fair_policies import require_fair
from cms.models import Booth, BoothApplication, BoothKind, Fair, FairIndexPage, FairPage
from cms.services.editors import section_of
from cms.services.tree import ensure_fairs
from media.models import MarketImage
from shop.common import clock, versions
from shop.common.outbox import announce
from shop.common.slugs import ascii_slug, unique_slug
from shop.common.thai import clean_text
from vendors import history
from vendors.models import Organisation, Region

PER_ROW = 8
_TRIES = 20
_TOLD_WHEN_CHANGED = ("starts_at", "ends_at", "venue_th", "address_th", "province_id")
_EDITABLE = (
    *("name_th", "name_en", "starts_at", "ends_at", "hours_th", "hours_en", "venue_th", "venue_en", "address_th"),
    *("address_en", "latitude", "longitude", "province", "apply_from", "apply_until", "place"),
)


@transaction.atomic
def create_fair(
    *,
    office: Organisation,
    regions: Sequence[Region] = (),
    summary_th: str = "",
    summary_en: str = "",
    by: Any = None,
    slug: str = "",
    is_demo: bool = False,
    **facts: Any,
) -> Fair:
    """A fair of an office with its two pages, which nobody sees before `publish_fair`. Raises NotYours.

    What a person tells twice in the same words is one fair.
    """
    fair = Fair(office=office, is_demo=is_demo, **{name: facts[name] for name in _EDITABLE if name in facts})
    require_fair(by, fair)
    if by is not None and (same := _told_before(fair)):
        return same
    _save_at_free_address(fair, ascii_slug(slug, fair.name_en, fallback=f"fair-{fair.first_day:%Y%m%d}"))
    fair.regions.set(regions)
    _make_pages(fair, summary_th, summary_en)
    history.record(organisation=office, act="fair.made", by=by, what=fair.name_th)
    return fair


def _told_before(fair: Fair) -> Fair | None:
    """The same fair of the same office, not called off. A second click waits here until the first is done."""
    Organisation.objects.select_for_update(no_key=True).get(pk=fair.office_id)
    facts = {name: getattr(fair, name) for name in _EDITABLE}
    return Fair.objects.filter(office=fair.office, cancelled_at=None, **facts).first()


def _save_at_free_address(fair: Fair, wanted: str) -> None:
    """Another office may take the address between the look and the write: then the next one is tried."""
    for _try in range(_TRIES):
        fair.slug = unique_slug(Fair.objects.all(), wanted)
        try:
            with transaction.atomic():
                fair.save(force_insert=True)
        except IntegrityError:
            if not Fair.objects.filter(slug=fair.slug).exists():
                raise
        else:
            return
    raise RuntimeError(f"no free address for {wanted}")


def _make_pages(fair: Fair, summary_th: str, summary_en: str) -> None:
    ensure_fairs()
    key = None
    words = (("th", fair.name_th, summary_th), ("en", fair.name_en or fair.name_th, summary_en or summary_th))
    for language, title, summary in words:
        index = FairIndexPage.objects.select_for_update().get(locale__language_code=language)
        page = FairPage(
            title=title,
            slug=fair.slug,
            summary=clean_text(summary)[:300],
            fair=fair,
            province=fair.province,
            locale=index.locale,
            live=False,
        )
        if key is not None:
            page.translation_key = key
        parent = section_of(index, fair.office.province) if fair.office.province else index
        parent.add_child(instance=page)
        key = page.translation_key
        page.save_revision()


def locked_fair(pk: int) -> Fair:
    """The fair's row, locked until the end of the transaction: whatever is decided about its booths waits in line."""
    return Fair.objects.select_for_update(no_key=True, of=("self",)).select_related("office").get(pk=pk)


@transaction.atomic
def change_fair(*, fair: Fair, seen: int, regions: Sequence[Region], by: Any, **facts: Any) -> Fair:
    """Other facts. Who has applied is written to when days or venue change. Raises FairChangedMeanwhile, NotYours."""
    locked = locked_fair(fair.pk)
    require_fair(by, locked)
    if locked.version != seen:
        raise errors.FairChangedMeanwhile
    before = {name: getattr(locked, name) for name in _TOLD_WHEN_CHANGED}
    for name in _EDITABLE:
        if name in facts:
            setattr(locked, name, facts[name])
    moved = {name for name in before if getattr(locked, name) != before[name]}
    if "starts_at" in moved:
        locked.moved_from = before["starts_at"]
    locked.version += 1
    locked.save()
    locked.regions.set(regions)
    FairPage.objects.filter(fair=locked).update(province=locked.province)
    for language, title in (("th", locked.name_th), ("en", locked.name_en or locked.name_th)):
        FairPage.objects.filter(fair=locked, locale__language_code=language).update(title=title, draft_title=title)
    if moved and locked.cancelled_at is None:
        _tell_all(locked, "moved")
    history.record(organisation=locked.office, act="fair.changed", by=by, what=locked.name_th)
    versions.bump()
    return locked


def _tell_all(fair: Fair, what: str) -> None:
    """One letter for each group that has applied and waits or has a booth."""
    for key in fair.applications.filter(state__in=BoothApplication.OPEN).values_list("pk", flat=True):
        announce("fair.changed", {"application": key, "what": what, "version": fair.version})


@transaction.atomic
def publish_fair(*, fair: Fair, by: Any = None) -> None:
    """Shows both pages to everybody; again changes nothing. Raises NotYours."""
    locked = locked_fair(fair.pk)
    require_fair(by, locked)
    pages = list(FairPage.objects.filter(fair=locked, live=False))
    for page in pages:
        draft = page.get_latest_revision() or page.save_revision(user=by)
        draft.publish(user=by, skip_permission_checks=True)
    if pages:
        history.record(organisation=locked.office, act="fair.shown", by=by, what=locked.name_th)
        versions.bump()


@transaction.atomic
def cancel_fair(*, fair: Fair, reason: str, by: Any = None) -> None:
    """It does not take place: told on its page and to every group that has applied. Raises FairOver, NotYours."""
    locked = locked_fair(fair.pk)
    require_fair(by, locked)
    if locked.phase in (Fair.Phase.CANCELLED, Fair.Phase.PAST):
        raise errors.FairOver
    if not clean_text(reason):
        raise errors.BoothReasonMissing
    locked.cancelled_at, locked.cancel_reason = clock.now(), clean_text(reason)[:500]
    locked.version += 1
    locked.save(update_fields=["cancelled_at", "cancel_reason", "version"])
    _tell_all(locked, "cancelled")
    history.record(organisation=locked.office, act="fair.cancelled", by=by, what=locked.name_th)
    versions.bump()


@transaction.atomic
def set_figures(*, fair: Fair, visitors: int | None, sales_satang: int | None, by: Any = None) -> None:
    """What the fair came to, told on its page. Raises FairNotOver, NotYours."""
    locked = locked_fair(fair.pk)
    require_fair(by, locked)
    if locked.phase != Fair.Phase.PAST:
        raise errors.FairNotOver
    Fair.objects.filter(pk=locked.pk).update(visitors=visitors, sales_satang=sales_satang, version=F("version") + 1)
    history.record(organisation=locked.office, act="fair.figures", by=by, what=locked.name_th)
    versions.bump()


@transaction.atomic
def set_kind(*, fair: Fair, kind: BoothKind | None = None, by: Any = None, **facts: Any) -> BoothKind:
    """A kind of booth and its booths: as many as `number` says, signed by its letter. Raises LetterTaken, BoothsInUse."""
    locked = locked_fair(fair.pk)
    require_fair(by, locked)
    made = kind or BoothKind(fair=locked)
    if made.fair_id != locked.pk:
        raise errors.UnknownKind
    if BoothKind.objects.filter(fair=locked, letter=facts["letter"]).exclude(pk=made.pk).exists():
        raise errors.LetterTaken
    for name, value in facts.items():
        setattr(made, name, value)
    made.save()
    _fit_booths(locked, made)
    history.record(organisation=locked.office, act="fair.kinds", by=by, what=f"{locked.name_th}: {made}")
    versions.bump()
    return made


def _fit_booths(fair: Fair, kind: BoothKind) -> None:
    """Booths to the number of the kind; free ones at the end go, a given one is not taken from under a group."""
    booths = list(Booth.objects.filter(kind=kind).order_by("position"))
    for booth in booths[kind.number :]:
        if BoothApplication.objects.filter(booth=booth).exists():
            raise errors.BoothsInUse(code=booth.code)
        booth.delete()
    kept = booths[: kind.number]
    for booth in kept:
        booth.code = f"{kind.letter}{booth.position}"
    Booth.objects.bulk_update(kept, ["code"])
    Booth.objects.bulk_create(
        Booth(fair=fair, kind=kind, code=f"{kind.letter}{number}", position=number)
        for number in range(len(kept) + 1, kind.number + 1)
    )
    _lay_out(fair)


def _lay_out(fair: Fair) -> None:
    """The plan: each kind begins a row of its own, eight booths in a row."""
    row, booths = 0, list(Booth.objects.filter(fair=fair).select_related("kind").order_by("kind__letter", "position"))
    for place, booth in enumerate(booths):
        if place and booths[place - 1].kind_id != booth.kind_id:
            row += (booths[place - 1].position - 1) // PER_ROW + 1
        booth.x, booth.y = (booth.position - 1) % PER_ROW, row + (booth.position - 1) // PER_ROW
    Booth.objects.bulk_update(booths, ["x", "y"])


@transaction.atomic
def drop_kind(*, fair: Fair, kind: BoothKind, by: Any = None) -> None:
    """Takes a kind away that nobody has applied for. Raises KindInUse, NotYours."""
    locked = locked_fair(fair.pk)
    require_fair(by, locked)
    if (
        BoothApplication.objects.filter(kind=kind).exists()
        or BoothApplication.objects.filter(booth__kind=kind).exists()
    ):
        raise errors.KindInUse
    history.record(organisation=locked.office, act="fair.kinds", by=by, what=f"{locked.name_th}: – {kind}")
    kind.delete()
    _lay_out(locked)
    versions.bump()


@transaction.atomic
def tell_fair(
    *,
    fair: Fair,
    language: str,
    programme: Sequence[tuple[dt.date, Sequence[tuple[str, str, str]]]] = (),
    body: Sequence[tuple[str, Any]] = (),
    image: MarketImage | None = None,
    picture_alt: str = "",
) -> FairPage:
    """The words of a fair's page, as an editor would write them: programme by day as (time, what, where), text, picture."""
    page = FairPage.objects.get(fair=fair, locale__language_code=language)
    page.programme = [
        ("day", {"day": day, "points": [_point(*point) for point in points]}) for day, points in programme
    ]
    page.body, page.image, page.picture_alt = list(body), image, picture_alt
    page.save()
    revision = page.save_revision()
    if page.live:
        revision.publish()
    versions.bump()
    return page


def _point(time: str, what: str, where: str) -> dict[str, Any]:
    return {"starts": dt.time.fromisoformat(time), "ends": None, "what": what, "where": where}

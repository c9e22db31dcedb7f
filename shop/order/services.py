"""What happens to purchases after years, and who writes the rules of shares."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils import translation

from shop.common import clock, versions
from shop.order import errors
from shop.order.models import Order, ShareRule, ShippingAddress
from shop.order.policies import require_shares
from shop.shipping.services.changing import keeper, said
from shop.theme.formats import date
from vendors import history

MOST_SHARED = 5_000
"""Basis points of a price that may go to others than the group."""
_AT_ONCE, _DAY = 1_000, dt.timedelta(days=1)


@transaction.atomic
def forget_buyers(*, before: dt.datetime) -> int:
    """Orders placed before this moment by guests or by accounts that are deleted lose the person; the sale itself stays."""
    nobodys = Q(user=None) | Q(user__deletion__isnull=False)
    named = ~Q(guest_email="") | ~Q(guest_phone="") | ~Q(note="") | ~Q(shipping_address__recipient="")
    rows = list(
        Order.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(nobodys, named, date_placed__lt=before)
        .order_by("pk")[:_AT_ONCE]
        .values_list("pk", "shipping_address_id")
    )
    Order.objects.filter(pk__in=[pk for pk, _address in rows]).update(
        guest_email="", guest_phone="", note="", link_nonce=""
    )
    ShippingAddress.objects.filter(pk__in=[address for _pk, address in rows if address]).update(
        recipient="", first_name="", last_name="", phone="", line1="", line2="", notes="", search_text=""
    )
    return len(rows)


@transaction.atomic
def write_share_rule(*, wanted: ShareRule, by: Any) -> ShareRule:
    """Lets a payee's share be something else from `wanted.valid_from` on; what ran there ends the day before.

    Raises NotYours, ShareFromTomorrow, ShareTie, ShareSame, SharesTooLarge.
    """
    require_shares(by)
    _lock_rules()
    running = check_share_rule(wanted=wanted)
    if running is not None:
        ShareRule.objects.filter(pk=running.pk).update(valid_until=wanted.valid_from - _DAY)
    wanted.made_at, wanted.made_by = clock.now(), by
    wanted.save(force_insert=True)
    _check_sum(wanted.valid_from)
    _note("shares.written", wanted, wanted.valid_from, by)
    return wanted


def check_share_rule(*, wanted: ShareRule) -> ShareRule | None:
    """May it begin on its day? Returns the rule that it would end; writes nothing, so a look asks the same as the writing.

    Raises ShareFromTomorrow, ShareTie, ShareSame.
    """
    if wanted.valid_from <= clock.today():
        raise errors.ShareFromTomorrow
    same = ShareRule.objects.filter(
        payee=wanted.payee,
        scope=wanted.scope,
        region=wanted.region,
        category=wanted.category,
        organisation=wanted.organisation,
    )
    planned = same.filter(valid_from__gt=clock.today()).order_by("-valid_from").first()
    if planned is not None:
        raise errors.ShareTie(day=said(planned.valid_from))
    running = same.filter(valid_until=None).first() or same.filter(valid_until__gte=wanted.valid_from).first()
    if running is not None:
        before = (running.basis_points, running.fixed_satang)
        if before == (wanted.basis_points, wanted.fixed_satang) and running.valid_until is None:
            raise errors.ShareSame
    return running


@transaction.atomic
def end_share_rule(*, rule: ShareRule, last_day: dt.date, by: Any) -> ShareRule:
    """Its last day is today or later; then the next less specific rule counts. Raises NotYours, ShareEnded, ShareFromTomorrow."""
    require_shares(by)
    _lock_rules()
    current = ShareRule.objects.get(pk=rule.pk)
    if current.valid_until is not None:
        raise errors.ShareEnded
    if last_day < max(clock.today(), current.valid_from):
        raise errors.ShareFromTomorrow
    ShareRule.objects.filter(pk=current.pk).update(valid_until=last_day)
    _check_sum(last_day + _DAY)
    _note("shares.ended", current, last_day, by)
    return ShareRule.objects.get(pk=current.pk)


@transaction.atomic
def drop_share_rule(*, rule: ShareRule, by: Any) -> None:
    """One that has not begun does not come; what it would have followed goes on. Raises NotYours, ShareBegun."""
    require_shares(by)
    _lock_rules()
    current = ShareRule.objects.get(pk=rule.pk)
    if current.valid_from <= clock.today():
        raise errors.ShareBegun
    before = ShareRule.objects.filter(
        payee=current.payee,
        scope=current.scope,
        region=current.region,
        category=current.category,
        organisation=current.organisation,
        valid_until=current.valid_from - _DAY,
    )
    following = list(before.values_list("pk", flat=True))
    _note("shares.dropped", current, current.valid_from, by)
    current.delete()
    ShareRule.objects.filter(pk__in=following).update(valid_until=None)


def _lock_rules() -> None:
    """One writer after the other; who only reads is not held up."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE order_sharerule IN SHARE ROW EXCLUSIVE MODE")


def _check_sum(day: dt.date) -> None:
    """The largest rule of each payee from that day on: together at most half, whichever good it is."""
    later = ShareRule.objects.filter(Q(valid_until=None) | Q(valid_until__gte=day))
    largest = later.order_by().values_list("payee").annotate(Max("basis_points"))
    reached = sum(points or 0 for _payee, points in largest)
    if reached > MOST_SHARED:
        raise errors.SharesTooLarge(percent=f"{reached / 100:g}")


def _note(act: str, rule: ShareRule, day: dt.date, by: Any) -> None:
    owner = keeper()
    if owner is not None:
        with translation.override("th"):
            what = f"{rule.get_payee_display()} · {rule.get_scope_display()} · {date(day, 'th')}"
        facts = {"basis_points": rule.basis_points, "fixed_satang": rule.fixed_satang, "scope": rule.scope}
        history.record(organisation=owner, act=act, by=by, what=what, **facts)
    versions.bump()

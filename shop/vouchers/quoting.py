"""What a voucher takes off a basket: whole satang, split over the lines by largest remainder. Nothing is written here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from shop.basket.selectors import BasketView, LineView
from shop.common import clock
from shop.common.money import split
from shop.common.thai import arabic_digits
from shop.order.models import LineShare
from shop.theme.formats import baht, date, pick
from shop.vouchers import errors
from shop.vouchers.models import Voucher, VoucherUse

LONGEST, _WHOLE = 20, 10_000
_FIT = re.compile(r"[A-Z0-9]{4,20}")
_AROUND = re.compile(r"[\s\-‐-―−_./]")
_TYPED = 200
_NOT_TYPED = {"Cc", "Cf"}
"""Signs that show nothing: joiners, marks of direction, what a page puts between letters."""


@dataclass(frozen=True)
class Quoted:
    """A voucher on a basket: `satang` off its goods; `lines` by the key of the basket's line."""

    voucher: Voucher
    satang: int
    lines: Mapping[int, int]

    @property
    def code(self) -> str:
        """As it is printed."""
        return self.voucher.code

    @property
    def share_kind(self) -> str:
        """Of the shares of who bears it."""
        by_fund = self.voucher.bearer == Voucher.Bearer.FUND
        return LineShare.Kind.FUND_VOUCHER if by_fund else LineShare.Kind.OWN_VOUCHER


def plain_code(text: str) -> str:
    """A code without what people type around it or copy with it: blanks, dashes, small letters, Thai and wide digits, hidden signs."""
    text = unicodedata.normalize("NFKC", text[:_TYPED])
    text = "".join(char for char in text if unicodedata.category(char) not in _NOT_TYPED)
    return _AROUND.sub("", arabic_digits(text)).upper()[:40]


def is_fit(code: str) -> bool:
    """May a voucher be called so?"""
    return bool(_FIT.fullmatch(code))


def quote(code: str, view: BasketView, language: str = "th") -> Quoted:
    """What a code takes off this basket now; one query. How often its buyer has used it is asked by `used_by` and by the taking.

    Raises a VoucherRefused.
    """
    wanted = plain_code(code)
    rows = Voucher.objects.select_related("payer", "group")
    voucher = rows.filter(code=wanted).exclude(state__in=[Voucher.State.WAITING, Voucher.State.REFUSED]).first()
    if voucher is None:
        raise errors.VoucherUnknown(code=wanted[:LONGEST] or "?")
    check_time(voucher, language)
    lines = [line for part in view.groups if _is_for(voucher, part.group_id) for line in part.lines]
    base = sum(line.total_satang for line in lines)
    if not base:
        group = voucher.group
        raise errors.VoucherNoGoods(group=pick(group.name_th, group.name_en, language) if group else "")
    satang = taken_off(voucher, base)
    if base < voucher.least_satang or not satang:
        least = max(voucher.least_satang, base + 1)
        raise errors.VoucherTooSmall(least=baht(least, language), missing=baht(least - base, language))
    if voucher.uses_left == 0 or (voucher.left_satang is not None and voucher.left_satang < satang):
        raise errors.VoucherUsedUp
    return Quoted(voucher, satang, _spread(satang, lines))


def check_time(voucher: Voucher, language: str) -> None:
    """Raises VoucherTooEarly, VoucherOver."""
    today = clock.today()
    if today < voucher.valid_from:
        raise errors.VoucherTooEarly(day=date(voucher.valid_from, language))
    ended = voucher.ended_at.astimezone(clock.BANGKOK).date() if voucher.ended_at else voucher.valid_until
    if voucher.state != Voucher.State.RUNNING or today > voucher.valid_until:
        raise errors.VoucherOver(day=date(min(ended, voucher.valid_until), language))


def taken_off(voucher: Voucher, base: int) -> int:
    """Satang off goods of `base` satang; a percentage is rounded down. A group gives at most half, so others' parts are never touched."""
    if voucher.kind == Voucher.Kind.PERCENT:
        satang = base * int(voucher.basis_points or 0) // _WHOLE
    else:
        satang = int(voucher.amount_satang or 0)
    most = [base // 2 if voucher.bearer == Voucher.Bearer.GROUP else base]
    most += [voucher.most_satang] if voucher.most_satang else []
    return min(satang, *most)


def used_by(voucher: Voucher, *, user: Any, email: str = "", phone: str = "") -> int:
    """How often a buyer has taken a voucher in orders that count: an account, or a guest's e-mail or phone."""
    rows = VoucherUse.objects.filter(voucher=voucher, returned_at=None)
    if user is not None:
        return rows.filter(order__user=user).count()
    same = Q(order__guest_email__iexact=email) if email else Q(pk=None)
    if phone:
        same |= Q(order__guest_phone=phone)
    return rows.filter(same, order__user=None).count()


def _is_for(voucher: Voucher, group_id: int) -> bool:
    return voucher.group_id in (None, group_id)


def _spread(satang: int, lines: list[LineView]) -> dict[int, int]:
    given = split(satang, [line.total_satang for line in lines])
    return {line.pk: part for line, part in zip(lines, given, strict=True) if part}

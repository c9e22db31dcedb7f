"""The code that a visitor has entered, kept for this visit: what it takes off the basket now, or why it does not count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from shop.basket.selectors import BasketView
from shop.basket.services import current_basket
from shop.common.errors import MarketError
from shop.common.web.limits import give_back, within
from shop.theme import formats
from shop.vouchers import errors
from shop.vouchers.models import Voucher
from shop.vouchers.quoting import LONGEST, Quoted, plain_code, quote, used_by

SESSION, _CHECKOUT = "voucher", "checkout"
TRIES, WINDOW = 10, 15 * 60
"""Wrong codes of one person or one guest's basket in a quarter of an hour."""
TRIES_OF_ADDRESS, HOUR = 200, 60 * 60
"""Wrong codes of all guests behind one address in an hour: a phone network or a fair has many people behind one."""
_ADDRESS = "voucher-address"
_TOO_OFTEN = _("Too many codes that we do not know. Wait a quarter of an hour, or order without a voucher.")
_TOO_MANY_HERE = _(
    "Too many codes that we do not know came over your connection. Sign in to use your voucher, wait an hour, or order without it."
)


@dataclass(frozen=True)
class Applied:
    """What the pages of basket and checkout show: the code, what it takes off, who pays it, or what is wrong with it."""

    code: str = ""
    quoted: Quoted | None = None
    problem: str = ""
    bearer: str = ""
    says: str = ""

    @property
    def satang(self) -> int:
        """Off the goods; 0 while it does not count."""
        return self.quoted.satang if self.quoted else 0


def applied(request: HttpRequest, view: BasketView) -> Applied:
    """The visitor's voucher on this basket; no query while no code is entered, else two."""
    code = str(request.session.get(SESSION, ""))
    if not code or not view.groups:
        return Applied()
    try:
        return _on(request, view, code)
    except MarketError as refusal:
        return Applied(code, problem=refusal.text)


def enter(request: HttpRequest, view: BasketView, typed: str) -> Applied:
    """Keeps a code that counts for this basket. One that does not is told with its reason and not kept; wrong ones are limited."""
    code = plain_code(typed)[:LONGEST]
    if not code:
        return Applied(typed[:40], problem=gettext("Enter the code that stands on the voucher."))
    if refusal_to_try := _count_try(request):
        return Applied(typed[:40], problem=str(refusal_to_try))
    try:
        found = _on(request, view, code)
    except errors.VoucherUnknown as refusal:
        return Applied(typed[:40], problem=refusal.text)
    except MarketError as refusal:
        _forget_try(request)
        return Applied(typed[:40], problem=refusal.text)
    _forget_try(request)
    request.session[SESSION] = code
    return found


def _count_try(request: HttpRequest) -> str | Promise:
    """Why no code may be tried now, else nothing. An account answers for itself alone, whoever else is behind its address."""
    if not within(request, SESSION, most=TRIES, seconds=WINDOW, who=_basket_key(request)):
        return _TOO_OFTEN
    if request.user.is_authenticated or within(request, _ADDRESS, most=TRIES_OF_ADDRESS, seconds=HOUR):
        return ""
    give_back(request, SESSION, who=_basket_key(request))
    return _TOO_MANY_HERE


def _forget_try(request: HttpRequest) -> None:
    give_back(request, SESSION, who=_basket_key(request))
    if not request.user.is_authenticated:
        give_back(request, _ADDRESS)


def _basket_key(request: HttpRequest) -> str:
    basket = current_basket(request)
    return f"basket{basket.pk}" if basket else ""


def leave(request: HttpRequest) -> None:
    """Takes the code out; also once an order has taken it."""
    request.session.pop(SESSION, None)


def _on(request: HttpRequest, view: BasketView, code: str) -> Applied:
    language = get_language() or "th"
    quoted = quote(code, view, language)
    voucher, most = quoted.voucher, quoted.voucher.most_per_buyer
    if most is not None and used_by(voucher, **_buyer(request)) >= most:
        raise errors.VoucherUsedByYou
    return Applied(voucher.code, quoted, bearer=bearer_name(voucher, language), says=gives(voucher, language))


def _buyer(request: HttpRequest) -> dict[str, Any]:
    if request.user.is_authenticated:
        return {"user": request.user}
    kept: dict[str, Any] = request.session.get(_CHECKOUT) or {}
    return {"user": None, "email": str(kept.get("email", "")), "phone": str(kept.get("phone", ""))}


def bearer_name(voucher: Voucher, language: str) -> str:
    """Who pays for it, as buyers read it."""
    if voucher.bearer == Voucher.Bearer.FUND:
        return gettext("the joint marketing fund")
    return formats.pick(voucher.payer.name_th, voucher.payer.name_en, language)


def gives(voucher: Voucher, language: str) -> str:
    """What it gives, in words: the discount, its bounds, whose goods, until when."""
    if voucher.basis_points:
        parts = [gettext("%(percent)s %% off") % {"percent": f"{voucher.basis_points / 100:g}"}]
    else:
        parts = [gettext("%(amount)s off") % {"amount": formats.baht(voucher.amount_satang, language)}]
    if voucher.most_satang:
        parts.append(gettext("at most %(amount)s") % {"amount": formats.baht(voucher.most_satang, language)})
    if voucher.least_satang:
        parts.append(gettext("from goods of %(amount)s on") % {"amount": formats.baht(voucher.least_satang, language)})
    if voucher.group is not None:
        name = formats.pick(voucher.group.name_th, voucher.group.name_en, language)
        parts.append(gettext("for goods of %(group)s") % {"group": name})
    parts.append(gettext("until %(day)s") % {"day": formats.date(voucher.valid_until, language)})
    return " · ".join(parts)

"""Reading vouchers: lists, what each has given, and what one takes off a visitor's basket."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.common import clock
from shop.ledger.models import Posting
from shop.ledger.purposes import BAHT
from shop.order.models import LineShare
from shop.vouchers.models import Voucher, VoucherUse
from vendors.models import Organisation


def vouchers_of(organisation: Organisation) -> QuerySet[Voucher]:
    """Those that a group has made, the newest first."""
    return Voucher.objects.filter(bearer=Voucher.Bearer.GROUP, payer=organisation).order_by("-made_at", "-pk")


def fund_vouchers() -> QuerySet[Voucher]:
    """Those of the fund, the newest first."""
    rows = Voucher.objects.filter(bearer=Voucher.Bearer.FUND).select_related("payer", "group", "spending")
    return rows.order_by("-made_at", "-pk")


def uses_of(voucher: Voucher) -> QuerySet[VoucherUse]:
    """The orders that took it, the newest first."""
    return VoucherUse.objects.filter(voucher=voucher).select_related("order").order_by("-taken_at", "-pk")


def standing(voucher: Voucher) -> str | Promise:
    """How it stands today, in words: one that runs may not have begun, be over or be used up. No query."""
    if voucher.state != Voucher.State.RUNNING:
        return voucher.get_state_display()
    today = clock.today()
    if today > voucher.valid_until:
        return _("Its last day has passed")
    if 0 in (voucher.uses_left, voucher.left_satang):
        return _("Used up")
    if today < voucher.valid_from:
        return _("Has not begun yet")
    return voucher.get_state_display()


@dataclass(frozen=True)
class Given:
    """What a voucher has cost so far."""

    promised_satang: int
    """Of all orders that count."""
    borne_satang: int
    """Of those that are not paid yet and of those that are, less what refunds gave back."""


def given_by(voucher: Voucher) -> Given:
    """What it has promised, and what of it is left after refunds; two queries."""
    return Given(int(voucher.given_satang), _shares(voucher))


def borne_satang(voucher: Voucher) -> int:
    """Baht satang that a voucher still needs of its budget: its discounts less what came back, without orders in test money."""
    return _shares(voucher, without_tests=True)


def _shares(voucher: Voucher, *, without_tests: bool = False) -> int:
    orders = VoucherUse.objects.filter(voucher=voucher, returned_at=None).values("order_id")
    rows = LineShare.objects.filter(order__in=orders, kind__in=LineShare.VOUCHERS)
    if without_tests:
        rows = rows.exclude(order__number__in=_in_test_money())
    return -int(rows.aggregate(sum=Sum("amount_satang"))["sum"] or 0)


def _in_test_money() -> list[str]:
    rows = Posting.objects.filter(entry__kind="share").exclude(account__currency=BAHT)
    causes = rows.filter(account__purpose="fund_vouchers").values_list("entry__cause", flat=True)
    return [cause.partition(":")[2] for cause in causes.distinct()]


def over_without_rest() -> QuerySet[Voucher]:
    """Vouchers of the fund that nobody can use any more."""
    over = Q(state=Voucher.State.ENDED) | Q(state=Voucher.State.RUNNING, valid_until__lt=clock.today())
    return Voucher.objects.filter(over, bearer=Voucher.Bearer.FUND).order_by("pk")

"""Vouchers for tests, made through the services as people make them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model

from media.models import PrivateFile
from shop.common import clock
from shop.fund import services as fund
from shop.ledger.services import credit, debit, post
from shop.seed.invariants import violations
from shop.vouchers import services
from shop.vouchers.models import Voucher
from tests.market import Market, make_user
from vendors.models import Organisation


def paper(name: str = "budget") -> PrivateFile:
    """A document, as one was uploaded."""
    found, _new = PrivateFile.objects.get_or_create(
        stored_name=f"fund/{name}.pdf",
        defaults={"shown_name": "x.pdf", "content_type": "application/pdf", "size": 1, "sha256": "0" * 64},
    )
    return found


def terms(code: str, **facts: Any) -> services.Terms:
    """A tenth off for a week, ten times, unless said otherwise."""
    today = clock.today()
    usual: dict[str, Any] = {"basis_points": 1_000, "most_uses": 10}
    if facts.get("amount_satang"):
        usual["basis_points"] = None
    dates = {"valid_from": today, "valid_until": today + dt.timedelta(days=7)}
    return services.Terms(code=code, what="สงกรานต์", **{**dates, **usual, **facts})


def national() -> Organisation:
    """The network whose part of the fund pays."""
    return Organisation.objects.get(kind=Organisation.Kind.NATIONAL)


def fill_fund(satang: int) -> None:
    """Money in the national part of the fund, as corrections bring it."""
    owner = f"org:{national().code}"
    number = Voucher.objects.count()
    lines = [debit("platform", "bank", satang), credit(owner, "fund", satang)]
    post(cause=f"correction:fund-{number}-{satang}", kind="correction", lines=lines)


def wrong() -> list[str]:
    """What is not as it must be, but for the money that `fill_fund` has made up."""
    return [str(one) for one in violations() if "correction:fund-" not in str(one)]


def keepers() -> tuple[Any, Any]:
    """Two people who keep the market's money."""
    known = get_user_model().objects
    return tuple(
        known.filter(email=f"{name}@example.test").first() or make_user(name, is_superuser=True, is_staff=True)
        for name in ("keeper-one", "keeper-two")
    )  # type: ignore[return-value]


def fund_voucher(code: str = "FUND10", *, group: Organisation | None = None, **facts: Any) -> Voucher:
    """A voucher of the fund, asked for by one and approved by another; its budget is 1,000 baht unless said otherwise."""
    wanted = terms(code, **{"budget_satang": 100_000, **facts})
    fill_fund(int(wanted.budget_satang or 0))
    one, two = keepers()
    made = services.ask_fund_voucher(
        network=national(), group=group, terms=wanted, document=paper(), document_number="MK-1", by=one
    )
    assert made.spending is not None
    fund.approve_spending(spending=made.spending, by=two)
    return Voucher.objects.get(pk=made.pk)


def group_voucher(market: Market, code: str = "OWN10", *, group: str = "isan", **facts: Any) -> Voucher:
    """A voucher of a group for its own goods, made by its manager."""
    organisation = market.groups[group]
    by = market.people[group]
    return services.make_group_voucher(organisation=organisation, terms=terms(code, **facts), by=by)

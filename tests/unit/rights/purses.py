"""The fund's books are everybody's; payouts and spending are kept by who keeps the market's money; a statement by its organisation."""

from __future__ import annotations

import datetime as dt

from media.models import PrivateFile
from shop.common import clock
from shop.common.access import Kind
from shop.fund.models import Spending
from shop.ledger.services import credit, debit, post
from shop.payouts.models import BankAccount, PayoutBatch, PayoutItem
from shop.vouchers.models import Voucher
from tests.unit.rights.entries import Entry, Filled, others_workspaces
from tests.unit.rights.world import World
from vendors.models import Organisation


def _keepers(filled: object = None, nothing: Filled | None = None, **data: str) -> Entry:
    """For administrators; an officer of a province finds nothing there."""

    def read(world: World) -> Filled:
        return filled(world) if callable(filled) else {}

    return Entry(
        own=lambda world, kind: None if kind is Kind.OFFICER else read(world),
        foreign=lambda world, kind: [read(world)] if kind is Kind.OFFICER else [],
        hidden=lambda world, kind: [nothing] if nothing else [],
        data=data,
    )


def _spending(world: World) -> Filled:
    known = Spending.objects.first()
    if known is None:
        file = PrivateFile.objects.create(
            stored_name="fund/rights.pdf", shown_name="x.pdf", content_type="application/pdf", size=1, sha256="0" * 64
        )
        known = Spending.objects.create(
            code="AAAAAAAAA",
            purpose="fair",
            what="บูธ",
            network=Organisation.objects.get(kind=Organisation.Kind.NATIONAL),
            amount_satang=100,
            payee_name="บริษัท",
            document_number="1",
            document=file,
            asked_at=clock.now(),
            asked_name="ผู้ขอ",
        )
    return {"code": known.code}


def _account(world: World) -> BankAccount:
    facts = {"bank": "006", "number": "1234567890", "name": "ก", "entered_at": clock.now(), "frozen_until": clock.now()}
    return BankAccount.objects.get_or_create(organisation=world.market.groups["isan"], ended_at=None, defaults=facts)[0]


def _batch(world: World) -> Filled:
    known = PayoutBatch.objects.first()
    if known is None:
        moment, account = clock.now(), _account(world)
        known = PayoutBatch.objects.create(
            code="BBBBBBBBB", state="approved", count=1, total_satang=100, digest="0" * 64, made_at=moment
        )
        PayoutItem.objects.create(
            batch=known, position=1, owner=account.organisation, account=account, bank="006", number="1234567890",
            name="ก", ready_satang=100, amount_satang=100, changed_at=moment,
        )  # fmt: skip
    return {"code": known.code}


def _item(world: World) -> Filled:
    found = _batch(world)
    assert isinstance(found, dict)
    return {**found, "position": 1}


def _year(world: World, kind: Kind) -> Filled:
    owner = f"org:{world.market.groups['isan'].get_parent().get_parent().code}"
    post(
        cause="correction:rights", kind="correction", lines=[debit("platform", "bank", 100), credit(owner, "fund", 100)]
    )
    return {"year": clock.today().year}


def _purse(world: World, kind: Kind) -> Filled | None:
    """Managers and treasurers of an organisation that earns; a packer sees no money, an office earns none."""
    if kind in (Kind.HUB_PACKER, Kind.OFFICER, Kind.EDITOR):
        return None
    own = world.workspace(kind)
    return {"workspace": own.slug} if own and own.kind != Organisation.Kind.OFFICE else None


def _isan(world: World) -> Organisation:
    return world.market.groups["isan"]


def _giver(world: World, kind: Kind) -> Filled | None:
    """Managers and treasurers of a group."""
    own = world.workspace(kind)
    return {"workspace": own.slug} if own and own.kind == Organisation.Kind.GROUP and _purse(world, kind) else None


def _voucher(world: World) -> Filled:
    """Of the group of whoever asks: there is one for each."""
    own = world.workspace(Kind.GROUP_MEMBER) or _isan(world)
    today = clock.today()
    facts = {"payer": own, "group": own, "what": "ลด", "bearer": "group", "kind": "fixed", "amount_satang": 100}
    dates = {"valid_from": today, "valid_until": today, "state": "running", "made_at": clock.now()}
    return {"code": Voucher.objects.get_or_create(code="RIGHTS", defaults={**facts, **dates})[0].code}


_NO_CODE: Filled = {"code": "000000000"}
_PURSE = Entry(own=_purse, foreign=others_workspaces)
_GIVER = Entry(own=_giver, foreign=others_workspaces)
_DAY = dt.timedelta(days=1)
PURSES: dict[str, Entry] = {
    "fund:index": Entry(),
    "fund:entries-csv": Entry(),
    "fund:statement": Entry(own=_year, hidden=lambda world, kind: [{"year": 1900}]),
    "office_fund:index": _keepers(),
    "office_fund:new": _keepers(),
    "office_fund:detail": _keepers(_spending, _NO_CODE, decision="refuse"),
    "office_fund:document": Entry(
        own=lambda world, kind: None, foreign=lambda world, kind: [_spending(world)]
    ),  # the paper of the walk has no file: its answer is 404 for everybody
    "office_payouts:index": _keepers(),
    "office_payouts:purses-csv": _keepers(),
    "office_payouts:make": _keepers(),
    "office_payouts:accounts": _keepers(),
    "office_payouts:account": _keepers(lambda world: {"pk": _account(world).pk}, {"pk": 999_999_999}, act="verify"),
    "office_payouts:batch": _keepers(_batch, _NO_CODE),
    "office_payouts:batch-file": _keepers(_batch, _NO_CODE),
    "office_payouts:item": _keepers(_item, {"code": "000000000", "position": 1}),
    "vouchers:enter": Entry(data={"voucher": "NOSUCH"}),
    "vouchers:leave": Entry(),
    "office_vouchers:index": _keepers(),
    "office_vouchers:new": _keepers(),
    "office_vouchers:end": _keepers(_voucher, _NO_CODE),
    "group_vouchers:index": _GIVER,
    "group_vouchers:new": _GIVER,
    "group_vouchers:end": Entry(
        own=lambda world, kind: (_giver(world, kind) or {}) | _voucher(world) if _giver(world, kind) else None,
        foreign=lambda world, kind: (
            [] if _giver(world, kind) else [{"workspace": _isan(world).slug, **_voucher(world)}]
        ),
        hidden=lambda world, kind: [{**found, **_NO_CODE}] if (found := _giver(world, kind)) else [],
    ),
    "purse:statement": _PURSE,
    "purse:statement-csv": _PURSE,
    "purse:statement-pdf": _PURSE,
    "purse:account": _PURSE,
}

"""What accounts and entries are for: tables of data, each with its name for people.

An account belongs to an owner (`platform`, `org:<public code>`), a purpose and a currency. Assets and expenses grow by
debits, liabilities and income by credits. Money that nobody paid in earnest is posted in XTS, ISO's currency for
tests, so that the books in baht hold nothing of it.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLATFORM = "platform"
BAHT, TEST_MONEY = "THB", "XTS"
CURRENCIES = (BAHT, TEST_MONEY)
OWNER = re.compile(r"platform|org:[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_ORGANISATION = "org:"


class AccountKind(TextChoices):
    """On which side of the books an account stands."""

    ASSET = "asset", _("what the market has")
    LIABILITY = "liability", _("what the market owes")
    INCOME = "income", _("what the market earns")
    EXPENSE = "expense", _("what the market pays for")


DEBIT_SIDE = frozenset({AccountKind.ASSET, AccountKind.EXPENSE})


class Holder(enum.Enum):
    """Who has accounts of a purpose."""

    PLATFORM = "platform"
    ORGANISATION = "organisation"
    ANYBODY = "anybody"

    def allows(self, owner: str) -> bool:
        """May this owner have an account of the purpose?"""
        if self is Holder.ANYBODY:
            return True
        return owner.startswith(_ORGANISATION) is (self is Holder.ORGANISATION)


@dataclass(frozen=True)
class Purpose:
    """One purpose; `code` is what the database keeps."""

    code: str
    kind: AccountKind
    holder: Holder
    name: str | Promise


_ASSET, _LIABILITY, _INCOME, _EXPENSE = AccountKind
_P, _O = Holder.PLATFORM, Holder.ORGANISATION
_TABLE = (
    Purpose("stripe_clearing", _ASSET, _P, _("Money that Stripe holds for us")),
    Purpose("test_clearing", _ASSET, _P, _("Test payments")),
    Purpose("bank", _ASSET, _P, _("Bank account")),
    Purpose("cash_held", _ASSET, Holder.ANYBODY, _("Cash collected at the door")),
    Purpose("disputed", _ASSET, _P, _("Money taken back by the payer's bank")),
    Purpose("receivable", _ASSET, _O, _("To be handed in to the market")),
    Purpose("buyers_unallocated", _LIABILITY, _P, _("Buyers' money, not divided yet")),
    Purpose("unmatched", _LIABILITY, _P, _("Money that came in and belongs to no order yet")),
    Purpose("refunds_pending", _LIABILITY, _P, _("Refunds on their way")),
    Purpose("held", _LIABILITY, _O, _("Of sales, held until delivery")),
    Purpose("payable", _LIABILITY, _O, _("Of sales, ready to be paid out")),
    Purpose("cooperative", _LIABILITY, _O, _("Share of the cooperative")),
    Purpose("hub", _LIABILITY, _O, _("Share of the hub")),
    Purpose("delivery", _LIABILITY, _O, _("Delivery charge, held until delivery")),
    Purpose("fund_held", _LIABILITY, _O, _("Joint marketing fund, held until delivery")),
    Purpose("fund", _LIABILITY, Holder.ANYBODY, _("Joint marketing fund")),
    Purpose("fund_vouchers", _LIABILITY, _O, _("Joint marketing fund, set aside for vouchers")),
    Purpose("payouts_in_transit", _LIABILITY, _P, _("Payouts on their way")),
    Purpose("vat_payable", _LIABILITY, _P, _("VAT to be paid")),
    Purpose("withholding_tax", _LIABILITY, _P, _("Tax withheld")),
    Purpose("commission", _INCOME, _P, _("Share of the market")),
    Purpose("fee_expense", _EXPENSE, _P, _("Fees of payment services")),
    Purpose("losses", _EXPENSE, _P, _("Losses that the market bears")),
)
PURPOSES: dict[str, Purpose] = {purpose.code: purpose for purpose in _TABLE}
"""By code, in the order in which pages list them."""

ENTRY_KINDS: dict[str, str | Promise] = {
    "capture": _("Payment received"),
    "refund": _("Refund sent"),
    "refund_done": _("Refund arrived"),
    "refund_failed": _("Refund came back"),
    "fee": _("Fee"),
    "settlement": _("Payment service paid out to our bank"),
    "cash_in": _("Cash handed in"),
    "dispute": _("Payer's bank took money back"),
    "dispute_won": _("Dispute won"),
    "dispute_lost": _("Dispute lost"),
    "unmatched": _("Money without an order"),
    "matched": _("Money found its order"),
    "share": _("Divided among those who earned it"),
    "share_back": _("Shares taken back"),
    "share_again": _("Shares given again, the refund did not arrive"),
    "release": _("Became ready to be paid out"),
    "payout": _("Payout sent"),
    "payout_done": _("Payout arrived"),
    "payout_bounced": _("Payout came back"),
    "cash_offset": _("Cash that was kept, counted against what is owed"),
    "spending": _("Spent from the fund"),
    "budget": _("Set aside from the fund for vouchers"),
    "budget_back": _("What vouchers did not need went back to the fund"),
    "correction": _("Correction by a person"),
    "reversal": _("Reversal"),
}
"""What can happen to money, by code."""

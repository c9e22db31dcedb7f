"""What each kind of entry says, in a sentence; and the subjects of what must always be true."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "capture": _("The buyer's money came in. Until it is divided it is owed to the buyer."),
    "refund": _("Money went back to the buyer, out of what was owed to them."),
    "fee": _("What the payment service kept for itself. The market bears it."),
    "dispute": _("The buyer's bank has taken the money back until somebody decides."),
    "dispute_won": _("The bank has decided for us: the money is back."),
    "dispute_lost": _("The bank has decided for the buyer: the market bears the loss."),
    "share": _("The price was divided: every part is held for whoever earned it."),
    "share_back": _("A refund takes from everybody exactly their part of what goes back."),
    "share_again": _("The refund did not arrive, so everybody has the same satang again."),
    "release": _("Delivered, and the days for sending back are over: what was held is ready to be paid out."),
    "reversal": _("The opposite of an entry that was wrong or did not come about."),
    "cash_in": _("Cash from the door came to the market's account."),
    "correction": _("A person has put something right."),
}
"""By the kind of entry; of those that belong to orders."""

SUBJECT_NAMES: dict[str, str | Promise] = {
    "stock": _("Stock"),
    "orders": _("Orders"),
    "payments": _("Payments"),
    "shares": _("Shares"),
    "vouchers": _("Vouchers"),
    "ledger": _("The ledger"),
}

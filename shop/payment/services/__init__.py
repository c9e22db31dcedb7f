"""What happens to payments: choosing, attempts, talking to providers, messages, refunds, disputes, problems."""

from __future__ import annotations

from shop.payment.services.asking import ask_seldom
from shop.payment.services.attempts import (
    accept_review,
    close_open,
    collect_cash,
    confirm,
    fail,
    note_fee,
    note_standing,
    open_attempt,
    return_review,
    settle_cash,
    settle_covered,
    start_first,
)
from shop.payment.services.cash import hand_in_cash
from shop.payment.services.choosing import check_method, offered_methods, pay_by, pay_by_again, why_not
from shop.payment.services.disputes import note_dispute
from shop.payment.services.office import (
    accept_payment,
    confirm_transfer,
    give_back,
    return_payment,
    settle_problem,
    settle_refund,
    withdraw_by_hand,
)
from shop.payment.services.problems import close_problem, open_problem
from shop.payment.services.providers import (
    begin,
    refresh,
    send_refund,
    sync_disputes,
    sync_refunds,
    withdraw,
    withdraw_all,
)
from shop.payment.services.receiving import receive, work_off
from shop.payment.services.refunds import (
    ask_refund,
    import_refund,
    left_of,
    note_refund,
    preview_refund,
    refund_attempt,
    refund_refused,
    settle_by_hand,
    withdraw_refund,
)
from shop.payment.services.slips import send_slip

__all__ = [
    "accept_payment",
    "accept_review",
    "ask_refund",
    "ask_seldom",
    "begin",
    "check_method",
    "close_open",
    "close_problem",
    "collect_cash",
    "confirm",
    "confirm_transfer",
    "fail",
    "give_back",
    "hand_in_cash",
    "import_refund",
    "left_of",
    "note_dispute",
    "note_fee",
    "note_refund",
    "note_standing",
    "offered_methods",
    "open_attempt",
    "open_problem",
    "pay_by",
    "pay_by_again",
    "preview_refund",
    "receive",
    "refresh",
    "refund_attempt",
    "refund_refused",
    "return_payment",
    "return_review",
    "send_refund",
    "send_slip",
    "settle_by_hand",
    "settle_cash",
    "settle_covered",
    "settle_problem",
    "settle_refund",
    "start_first",
    "sync_disputes",
    "sync_refunds",
    "why_not",
    "withdraw",
    "withdraw_all",
    "withdraw_by_hand",
    "withdraw_refund",
    "work_off",
]

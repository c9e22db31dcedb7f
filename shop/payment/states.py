"""What may follow what, as data. The same stands in the database as triggers (`transition_sql`), for whoever writes past us.

attempt:  created → awaiting_payer → processing → succeeded | failed | cancelled | expired
          review    another amount or currency came: a person decides
          succeeded is terminal; money that comes late makes succeeded out of failed, cancelled and expired too

refund:   asked → pending → requires_action → succeeded | failed | cancelled
          a provider may take back "succeeded" when the payer's bank refuses the money (succeeded → failed)
"""

from __future__ import annotations

from collections.abc import Mapping

from shop.payment.models import Dispute, PaymentAttempt, Refund

S, R, D = PaymentAttempt.State, Refund.State, Dispute.State
_ENDS = frozenset({S.SUCCEEDED, S.FAILED, S.CANCELLED, S.EXPIRED})
NEXT: dict[str, frozenset[str]] = {
    S.CREATED: _ENDS | {S.AWAITING_PAYER, S.PROCESSING, S.REVIEW},
    S.AWAITING_PAYER: _ENDS | {S.PROCESSING, S.REVIEW},
    S.PROCESSING: _ENDS | {S.AWAITING_PAYER, S.REVIEW},
    S.REVIEW: frozenset({S.SUCCEEDED}),
    S.SUCCEEDED: frozenset(),
    S.FAILED: frozenset({S.SUCCEEDED, S.REVIEW}),
    S.CANCELLED: frozenset({S.SUCCEEDED, S.REVIEW}),
    S.EXPIRED: frozenset({S.SUCCEEDED, S.REVIEW}),
}
_ON_THE_WAY = frozenset({R.PENDING, R.REQUIRES_ACTION})
_REFUND_ENDS = frozenset({R.SUCCEEDED, R.FAILED, R.CANCELLED})
NEXT_OF_REFUND: dict[str, frozenset[str]] = {
    R.ASKED: _ON_THE_WAY | _REFUND_ENDS,
    R.PENDING: _REFUND_ENDS | {R.REQUIRES_ACTION},
    R.REQUIRES_ACTION: _REFUND_ENDS | {R.PENDING},
    R.SUCCEEDED: frozenset({R.FAILED}),
    R.FAILED: frozenset(),
    R.CANCELLED: frozenset(),
}
NEXT_OF_DISPUTE: dict[str, frozenset[str]] = {
    D.OPEN: frozenset({D.WON, D.LOST}),
    D.WON: frozenset({D.OPEN, D.LOST}),
    D.LOST: frozenset({D.WON}),
}


def may_become(state: str, wanted: str) -> bool:
    """True when an attempt in `state` may become `wanted`."""
    return wanted in NEXT[state]


def refund_may_become(state: str, wanted: str) -> bool:
    """The same for a refund."""
    return wanted in NEXT_OF_REFUND[state]


def transition_sql(table: str, allowed: Mapping[str, frozenset[str]]) -> str:
    """The trigger that refuses every other step, as PostgreSQL. Migrations keep a copy; a test compares the two."""
    pairs = ", ".join(f"'{old}>{new}'" for old in allowed for new in sorted(allowed[old]))
    return f"""
CREATE OR REPLACE FUNCTION {table}_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NOT (OLD.state || '>' || NEW.state = ANY (ARRAY[{pairs}])) THEN
        RAISE EXCEPTION '{table} %: % may not become %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS {table}_steps ON {table};
CREATE TRIGGER {table}_steps BEFORE UPDATE OF state ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_steps();
"""

"""Does all money add up? Each question is a query that has no answer while everything is right; every answer names its order.

Asked by `manage.py check_money`, after every fault test, and of every demo. Reads only.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from shop.ledger import audit as ledger
from shop.payment import share_audit

MOST_TOLD = 50
_GIVEN = """
    (SELECT coalesce(sum(r.amount_satang), 0) FROM payment_refund r
     WHERE r.attempt_id = a.id AND r.state NOT IN ('failed', 'cancelled'))
"""
_KEPT = """
    SELECT a.order_id, count(*) AS payments, sum(a.received_satang - <given>) AS kept, sum(a.received_satang) AS received
    FROM payment_paymentattempt a WHERE a.state = 'succeeded' GROUP BY a.order_id
"""
_BOOKED = """
    LEFT JOIN LATERAL (
        SELECT sum(p.amount_satang) AS moved FROM ledger_posting p JOIN ledger_account c ON c.id = p.account_id
        WHERE p.entry_id = e.id AND c.purpose = 'buyers_unallocated'
    ) booked ON true
"""
_UNDECIDED = """
    SELECT 1 FROM payment_paymentproblem q JOIN payment_paymentattempt a ON a.id = q.attempt_id
    WHERE a.order_id = k.order_id AND q.closed_at IS NULL AND q.kind NOT IN ('paid_twice', 'late')
"""
_PARTS = {
    "<undecided>": _UNDECIDED,
    "<kept>": _KEPT,
    "<given>": _GIVEN,
    "<capture>": f"LEFT JOIN ledger_entry e ON e.cause = 'capture:' || substr(x.idempotency_key, 5) {_BOOKED}",
    "<refund>": f"""
        LEFT JOIN ledger_entry e ON e.cause = 'refund:' || regexp_replace(x.idempotency_key, '^refund:', '') {_BOOKED}
    """,
}
CHECKS: dict[str, str] = {
    "lines and delivery make the total of the order": """
        SELECT o.number, v.sum, o.total_incl_tax FROM order_order o
        JOIN (SELECT order_id, sum(goods_satang + delivery_satang) AS sum FROM order_vendororder GROUP BY order_id) v
            ON v.order_id = o.id
        WHERE round(o.total_incl_tax * 100) <> v.sum - o.discount_satang ORDER BY o.id
    """,
    "lines make the goods of the vendor order": """
        SELECT v.number, v.goods_satang, l.sum FROM order_vendororder v
        JOIN (SELECT vendor_order_id, sum(line_price_incl_tax) * 100 AS sum FROM order_line GROUP BY vendor_order_id) l
            ON l.vendor_order_id = v.id
        WHERE v.goods_satang <> l.sum ORDER BY v.id
    """,
    "never more goes back than came in": """
        SELECT a.idempotency_key, a.received_satang, <given> FROM payment_paymentattempt a
        WHERE <given> > CASE WHEN a.state = 'succeeded' THEN a.received_satang ELSE 0 END ORDER BY a.id
    """,
    "the lines of a refund make its amount": """
        SELECT r.idempotency_key, r.amount_satang, l.sum FROM payment_refund r
        JOIN (SELECT refund_id, sum(amount_satang) AS sum FROM payment_refundline GROUP BY refund_id) l
            ON l.refund_id = r.id
        WHERE r.amount_satang <> l.sum ORDER BY r.id
    """,
    "no piece is given back twice": """
        SELECT o.number, l.id, l.quantity, sum(rl.quantity) FROM payment_refundline rl
        JOIN payment_refund r ON r.id = rl.refund_id AND r.state NOT IN ('failed', 'cancelled')
        JOIN order_line l ON l.id = rl.line_id JOIN order_order o ON o.id = l.order_id
        GROUP BY o.number, l.id, l.quantity HAVING sum(rl.quantity) > l.quantity ORDER BY l.id
    """,
    "no delivery is given back twice": """
        SELECT v.number, v.delivery_satang, sum(rl.amount_satang) FROM payment_refundline rl
        JOIN payment_refund r ON r.id = rl.refund_id AND r.state NOT IN ('failed', 'cancelled')
        JOIN order_vendororder v ON v.id = rl.vendor_order_id
        WHERE rl.line_id IS NULL
        GROUP BY v.id, v.number, v.delivery_satang HAVING sum(rl.amount_satang) > v.delivery_satang ORDER BY v.id
    """,
    "no refund that failed is settled twice": """
        SELECT f.idempotency_key, f.state, count(*), sum(r.amount_satang) FROM payment_refund f
        JOIN payment_refund r ON r.state NOT IN ('failed', 'cancelled')
            AND (r.instead_of_id = f.id OR r.note = 'instead of ' || f.idempotency_key)
        GROUP BY f.id HAVING count(*) > 1 OR f.state NOT IN ('failed', 'cancelled') ORDER BY f.id
    """,
    "no purchase is paid twice": """
        SELECT o.number, k.payments, k.kept FROM (<kept>) k JOIN order_order o ON o.id = k.order_id
        WHERE (SELECT count(*) FROM payment_paymentattempt a
               WHERE a.order_id = k.order_id AND a.state = 'succeeded' AND a.received_satang > <given>) > 1
          AND NOT EXISTS (<undecided>)
        ORDER BY o.id
    """,
    "money of an order that ended is given back": """
        SELECT o.number, k.kept FROM (<kept>) k JOIN order_order o ON o.id = k.order_id
        WHERE o.cancelled_at IS NOT NULL AND k.kept > 0
          AND NOT EXISTS (<undecided>)
        ORDER BY o.id
    """,
    "a paid purchase is at work": """
        SELECT o.number, k.kept FROM (<kept>) k JOIN order_order o ON o.id = k.order_id
        WHERE k.kept > 0 AND EXISTS (SELECT 1 FROM order_vendororder v
                                     WHERE v.order_id = o.id AND v.state = 'awaiting_payment')
        ORDER BY o.id
    """,
    "nothing is sent that nobody pays": """
        SELECT o.number, v.number, v.state FROM order_vendororder v JOIN order_order o ON o.id = v.order_id
        WHERE v.state NOT IN ('awaiting_payment', 'cancelled') AND o.payment_method <> 'cod'
          AND NOT EXISTS (SELECT 1 FROM payment_paymentattempt a WHERE a.order_id = o.id AND a.state = 'succeeded')
        ORDER BY v.id
    """,
    "every payment stands in the books": """
        SELECT x.idempotency_key, x.received_satang, booked.moved FROM payment_paymentattempt x
        <capture>
        WHERE x.state = 'succeeded' AND coalesce(booked.moved, 0) <> -x.received_satang ORDER BY x.id
    """,
    "every refund stands in the books": """
        SELECT x.idempotency_key, x.amount_satang, booked.moved FROM payment_refund x
        <refund>
        WHERE x.state = 'succeeded' AND coalesce(booked.moved, 0) <> x.amount_satang ORDER BY x.id
    """,
    "the books owe what buyers have paid": """
        SELECT paid.sum - given.sum AS kept, -owed.sum AS booked FROM
            (SELECT coalesce(sum(received_satang), 0) AS sum FROM payment_paymentattempt WHERE state = 'succeeded') paid,
            (SELECT coalesce(sum(amount_satang), 0) AS sum FROM payment_refund WHERE state = 'succeeded') given,
            (SELECT coalesce(sum(p.amount_satang), 0) AS sum FROM ledger_posting p
             JOIN ledger_account c ON c.id = p.account_id AND c.purpose = 'buyers_unallocated'
             JOIN ledger_entry e ON e.id = p.entry_id AND e.kind IN ('capture', 'refund', 'reversal')) owed
        WHERE paid.sum - given.sum <> -owed.sum
    """,
}
"""What must be true → a query whose rows say where it is not."""


@dataclass(frozen=True)
class Violation:
    """One thing that does not add up."""

    check: str
    what: str


def violations() -> list[Violation]:
    """Everything that does not add up, the books included."""
    found = [Violation(name, row) for name, sql in CHECKS.items() for row in _ask(sql)]
    found += share_violations()
    return found + [Violation("the books are right", str(difference)) for difference in ledger.differences()]


def share_violations() -> list[Violation]:
    """What does not add up between orders, their shares and the books."""
    return [Violation(check, what) for check, what in share_audit.found()]


def _ask(sql: str) -> list[str]:
    for name, part in _PARTS.items():
        sql = sql.replace(name, part)
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [" ".join(str(value) for value in row) for row in cursor.fetchmany(MOST_TOLD)]

"""Are the parts the whole: of each line as it was placed, of what is left of it, and of each order in the books? Reads only."""

from __future__ import annotations

from django.db import connection

MOST_TOLD = 50
_KEPT = """
    (SELECT coalesce(sum(a.received_satang), 0) FROM payment_paymentattempt a
     WHERE a.order_id = o.id AND a.state = 'succeeded')
    - (SELECT coalesce(sum(r.amount_satang), 0) FROM payment_refund r JOIN payment_paymentattempt a ON a.id = r.attempt_id
       WHERE a.order_id = o.id AND r.state NOT IN ('failed', 'cancelled'))
"""
_SUM = "SELECT coalesce(sum(s.amount_satang), 0) FROM order_lineshare s"
CHECKS: dict[str, str] = {
    "the shares of a line make its price": """
        SELECT o.number, l.id, l.line_price_incl_tax * 100, l.discount_satang, (<sum> WHERE s.line_id = l.id AND s.cause = 'placed')
        FROM order_line l JOIN order_order o ON o.id = l.order_id
        WHERE EXISTS (SELECT 1 FROM order_lineshare s WHERE s.order_id = o.id)
          AND round(l.line_price_incl_tax * 100) - l.discount_satang
            <> (<sum> WHERE s.line_id = l.id AND s.cause = 'placed')
        ORDER BY l.id
    """,
    "the shares of a delivery make its charge": """
        SELECT v.number, v.delivery_satang,
            (<sum> WHERE s.vendor_order_id = v.id AND s.line_id IS NULL AND s.cause = 'placed')
        FROM order_vendororder v WHERE EXISTS (SELECT 1 FROM order_lineshare s WHERE s.order_id = v.order_id)
          AND v.delivery_satang
            <> (<sum> WHERE s.vendor_order_id = v.id AND s.line_id IS NULL AND s.cause = 'placed')
        ORDER BY v.id
    """,
    "nobody has less than nothing of a line": """
        SELECT o.number, s.line_id, s.kind, sum(s.amount_satang) FROM order_lineshare s JOIN order_order o ON o.id = s.order_id
        GROUP BY o.number, s.vendor_order_id, s.line_id, s.kind, s.payee_id
        HAVING CASE WHEN s.kind IN ('fund_voucher', 'own_voucher') THEN -sum(s.amount_satang) ELSE sum(s.amount_satang) END < 0
        ORDER BY o.number
    """,
    "what is left of a line is shared, and no more": """
        SELECT o.number, l.id, back.pieces, left_.sum FROM order_line l JOIN order_order o ON o.id = l.order_id
        JOIN (SELECT line_id, sum(amount_satang) AS sum FROM order_lineshare GROUP BY line_id) left_ ON left_.line_id = l.id
        JOIN LATERAL (SELECT coalesce(sum(rl.quantity), 0) AS pieces, coalesce(sum(rl.discount_satang), 0) AS discount
            FROM payment_refundline rl
            JOIN payment_refund r ON r.id = rl.refund_id AND r.state NOT IN ('failed', 'cancelled')
            WHERE rl.line_id = l.id) back ON true
        WHERE o.payment_method <> 'cod' AND left_.sum
            <> round(l.unit_price_incl_tax * 100) * (l.quantity - back.pieces) - (l.discount_satang - back.discount)
          AND NOT EXISTS (SELECT 1 FROM payment_refund r JOIN payment_paymentattempt a ON a.id = r.attempt_id
            WHERE a.order_id = o.id AND r.state NOT IN ('failed', 'cancelled')
              AND NOT EXISTS (SELECT 1 FROM payment_refundline rl WHERE rl.refund_id = r.id))
        ORDER BY l.id
    """,
    "a paid order is divided": """
        SELECT o.number, <kept> FROM order_order o
        WHERE EXISTS (SELECT 1 FROM order_lineshare s WHERE s.order_id = o.id) AND o.cancelled_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.cause = 'share:' || o.number)
          AND (<kept> > 0 OR o.payment_method = 'voucher')
          AND NOT EXISTS (SELECT 1 FROM payment_paymentproblem q JOIN payment_paymentattempt a ON a.id = q.attempt_id
            WHERE a.order_id = o.id AND q.closed_at IS NULL)
        ORDER BY o.id
    """,
    "the books say of a divided order what its shares say": """
        SELECT o.number, booked.sum, (<sum> WHERE s.order_id = o.id) FROM order_order o
        JOIN (SELECT d.number, sum(d.sum) AS sum FROM (
            SELECT substr(e.cause, 7) AS number, -sum(p.amount_satang) AS sum FROM ledger_entry e
            JOIN ledger_posting p ON p.entry_id = e.id JOIN ledger_account c ON c.id = p.account_id
                AND c.purpose NOT IN ('buyers_unallocated', 'losses')
            WHERE e.kind = 'share' GROUP BY e.cause
            UNION ALL
            SELECT o2.number, -sum(p.amount_satang) FROM ledger_entry e
            JOIN payment_refund r ON regexp_replace(r.idempotency_key, '^refund:', '')
                = substr(e.cause, position(':' in e.cause) + 1)
            JOIN payment_paymentattempt a ON a.id = r.attempt_id JOIN order_order o2 ON o2.id = a.order_id
            JOIN ledger_posting p ON p.entry_id = e.id JOIN ledger_account c ON c.id = p.account_id
                AND c.purpose NOT IN ('buyers_unallocated', 'losses')
            WHERE e.kind IN ('share_back', 'share_again') GROUP BY o2.number
        ) d GROUP BY d.number) booked ON booked.number = o.number
        WHERE booked.sum <> (<sum> WHERE s.order_id = o.id) ORDER BY o.id
    """,
    "a discount is borne to the satang by who gives it": """
        SELECT o.number, o.discount_satang, parts.sum, borne.lines, borne.shares FROM order_order o
        JOIN LATERAL (SELECT coalesce(sum(v.discount_satang), 0) AS sum FROM order_vendororder v WHERE v.order_id = o.id) parts
            ON true
        JOIN LATERAL (SELECT coalesce(sum(l.discount_satang), 0) AS lines, -coalesce(sum((<sum> WHERE s.line_id = l.id
                AND s.cause = 'placed' AND s.kind IN ('fund_voucher', 'own_voucher') AND s.payee_id = o.discount_by_id)), 0) AS shares
            FROM order_line l WHERE l.order_id = o.id) borne ON true
        WHERE o.discount_satang <> 0 AND (o.discount_satang <> parts.sum OR parts.sum <> borne.lines OR borne.lines <> borne.shares)
        ORDER BY o.id
    """,
    "what is ready was delivered or brought back": """
        SELECT v.number, v.state, v.released_at FROM order_vendororder v
        WHERE v.released_at IS NOT NULL AND v.state NOT IN ('delivered', 'cancelled') ORDER BY v.id
    """,
}
"""What must be true → a query whose rows say where it is not."""


def found() -> list[tuple[str, str]]:
    """(check, row in words) of everything that does not add up, at most fifty of each kind."""
    rows = []
    with connection.cursor() as cursor:
        for name, sql in CHECKS.items():
            cursor.execute(sql.replace("<kept>", _KEPT).replace("<sum>", _SUM))
            rows += [(name, " ".join(str(value) for value in row)) for row in cursor.fetchmany(MOST_TOLD)]
    return rows

"""Are vouchers what their orders say? Each question is a query without an answer while everything is right. Reads only."""

from __future__ import annotations

from django.db import connection

MOST_TOLD = 50
CHECKS: dict[str, str] = {
    "a voucher was used as often as orders that count took it": """
        SELECT v.code, v.uses, v.given_satang, u.uses, u.sum FROM vouchers_voucher v
        JOIN LATERAL (SELECT count(*) AS uses, coalesce(sum(u.discount_satang), 0) AS sum FROM vouchers_voucheruse u
            WHERE u.voucher_id = v.id AND u.returned_at IS NULL) u ON true
        WHERE v.uses <> u.uses OR v.given_satang <> u.sum ORDER BY v.id
    """,
    "an order has the discount of the voucher it took": """
        SELECT o.number, o.voucher_code, o.discount_satang, v.code, u.discount_satang FROM order_order o
        FULL JOIN vouchers_voucheruse u ON u.order_id = o.id LEFT JOIN vouchers_voucher v ON v.id = u.voucher_id
        WHERE (o.discount_satang <> 0 OR u.id IS NOT NULL)
          AND (o.discount_satang, o.voucher_code, o.discount_by_id) IS DISTINCT FROM (u.discount_satang, v.code, v.payer_id)
        ORDER BY o.id
    """,
    "a voucher is given back with its order, and only then": """
        SELECT o.number, o.cancelled_at, u.returned_at FROM vouchers_voucheruse u JOIN order_order o ON o.id = u.order_id
        WHERE (o.cancelled_at IS NULL) <> (u.returned_at IS NULL) ORDER BY u.id
    """,
    "who bears a discount is who made the voucher": """
        SELECT o.number, v.bearer, s.kind FROM vouchers_voucheruse u JOIN vouchers_voucher v ON v.id = u.voucher_id
        JOIN order_order o ON o.id = u.order_id JOIN order_lineshare s ON s.order_id = o.id
            AND s.kind IN ('fund_voucher', 'own_voucher')
        WHERE s.kind <> CASE v.bearer WHEN 'fund' THEN 'fund_voucher' ELSE 'own_voucher' END ORDER BY s.id
    """,
    "a voucher of a group makes nothing else cheaper": """
        SELECT o.number, l.id FROM vouchers_voucheruse u JOIN vouchers_voucher v ON v.id = u.voucher_id
        JOIN order_order o ON o.id = u.order_id JOIN order_line l ON l.order_id = o.id AND l.discount_satang > 0
        JOIN order_vendororder w ON w.id = l.vendor_order_id
        WHERE v.group_id IS NOT NULL AND w.group_id <> v.group_id ORDER BY l.id
    """,
    "vouchers cost the fund no more than was set aside": """
        SELECT c.owner, -sum(p.amount_satang) FROM ledger_account c JOIN ledger_posting p ON p.account_id = c.id
        WHERE c.purpose = 'fund_vouchers' AND c.currency = 'THB' GROUP BY c.owner HAVING sum(p.amount_satang) > 0
        ORDER BY c.owner
    """,
    "a voucher of the fund counts once two people have set its money aside": """
        SELECT v.code, v.state, s.state, s.amount_satang FROM vouchers_voucher v JOIN fund_spending s ON s.id = v.spending_id
        WHERE v.budget_satang <> s.amount_satang OR NOT s.is_budget OR v.payer_id <> s.network_id
          OR (v.state IN ('running', 'ended')) <> (s.state = 'approved') OR (v.state = 'refused') <> (s.state = 'refused')
        ORDER BY v.id
    """,
}
"""What must be true → a query whose rows say where it is not."""


def found() -> list[tuple[str, str]]:
    """(check, row in words) of everything that is wrong, at most fifty of each kind."""
    rows = []
    with connection.cursor() as cursor:
        for name, sql in CHECKS.items():
            cursor.execute(sql)
            rows += [(name, " ".join(str(value) for value in row)) for row in cursor.fetchmany(MOST_TOLD)]
    return rows

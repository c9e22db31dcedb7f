"""Are documents what was sold, paid and given back? Each question is a query without an answer while everything is right. Reads only."""

from __future__ import annotations

from django.db import connection

from shop.common.outbox import MAX_TRIES
from shop.documents.checks import sleeping_guards

MOST_TOLD = 50
GUARDED = "what is numbered is guarded by the database"
_COMES = """EXISTS (SELECT 1 FROM common_outboxmessage m WHERE m.done_at IS NULL AND m.tries < {tries}
    AND m.topic IN {news} AND m.payload ->> '{what}' = {row}.id::text)"""
_PARTS = {
    "<began>": "(SELECT applied FROM django_migrations WHERE app = 'documents' ORDER BY id LIMIT 1)",
    "<sale>": "('receipt', 'abbreviated', 'tax_invoice')",
    "<back>": "('credit_note', 'refund_note')",
    "<void>": "EXISTS (SELECT 1 FROM documents_document z WHERE z.about_id = d.id AND z.kind = 'cancellation')",
    "<by_fund>": "(SELECT coalesce(-sum(s.amount_satang), 0) FROM order_lineshare s"
    " WHERE s.order_id = o.id AND s.cause = 'placed' AND s.kind = 'fund_voucher')",
    "<sale_comes>": _COMES.format(
        tries=MAX_TRIES, news="('payment.succeeded', 'documents.sold')", what="attempt", row="a"
    ),
    "<note_comes>": _COMES.format(
        tries=MAX_TRIES, news="('refund.moved', 'documents.returned')", what="refund", row="r"
    ),
}
CHECKS: dict[str, str] = {
    "the numbers of a series run from one without a gap": """
        SELECT s.id, s.last, count(d.id), min(d.number), max(d.number) FROM documents_series s
        LEFT JOIN documents_document d ON d.series_id = s.id
        GROUP BY s.id HAVING count(d.id) <> s.last OR coalesce(max(d.number), 0) <> s.last ORDER BY s.id
    """,
    "a document is of the seller, kind and year of its series, and has its number": """
        SELECT d.reference, d.number, s.id, d.dated FROM documents_document d JOIN documents_series s ON s.id = d.series_id
        WHERE (d.seller_id, d.kind, d.is_test) <> (s.seller_id, s.kind, s.is_test)
          OR extract(year FROM d.dated) + 543 <> s.year
          OR d.reference !~ ('^(TEST-)?[A-Z]{2}' || s.branch || '-' || s.year || '-0*' || d.number || '$')
          OR (d.reference ~ '^TEST-') <> d.is_test
        ORDER BY d.id
    """,
    "no document is dated after the day it was made": """
        SELECT d.reference, d.dated, d.issued_at FROM documents_document d
        WHERE d.dated > (d.issued_at AT TIME ZONE 'Asia/Bangkok')::date ORDER BY d.id
    """,
    "the lines of a document make its sums": """
        SELECT d.reference, d.total_satang, l.total, d.vat_satang, l.vat, d.borne_satang, l.borne FROM documents_document d
        JOIN LATERAL (SELECT coalesce(sum((x ->> 'total_satang')::bigint), 0) AS total,
                coalesce(sum((x ->> 'vat_satang')::bigint), 0) AS vat, coalesce(sum((x ->> 'borne_satang')::bigint), 0) AS borne,
                coalesce(sum((x ->> 'total_satang')::bigint) FILTER (WHERE d.vat_basis_points IS NOT NULL
                    AND NOT (x ->> 'exempt')::boolean), 0) AS taxed
            FROM jsonb_array_elements(d.snapshot -> 'lines') x) l ON true
        WHERE (d.total_satang, d.vat_satang, d.taxable_satang + d.vat_satang) <> (l.total, l.vat, l.taxed)
          OR (d.kind <> 'cancellation' AND d.borne_satang <> l.borne)
        ORDER BY d.id
    """,
    "the tax of a sale is its rate, of what bears tax": """
        SELECT d.reference, d.vat_basis_points, d.taxable_satang, d.vat_satang FROM documents_document d
        WHERE d.kind IN <sale> AND d.vat_basis_points IS NOT NULL AND d.vat_satang <>
            (2 * (d.taxable_satang + d.vat_satang) * d.vat_basis_points + 10000 + d.vat_basis_points)
            / (2 * (10000 + d.vat_basis_points))
        ORDER BY d.id
    """,
    "what is exempt on a document was sold as exempt": """
        SELECT d.reference, l.id, l.vat_class FROM documents_document d
        JOIN LATERAL jsonb_array_elements(d.snapshot -> 'lines') x ON true JOIN order_line l ON l.id = (x ->> 'line')::bigint
        WHERE d.kind IN <sale> AND ((x ->> 'exempt')::boolean <> (l.vat_class = 'exempt_raw_agri') OR l.order_id <> d.order_id)
        ORDER BY d.id, l.id
    """,
    "every paid purchase has its document": """
        SELECT o.number, a.idempotency_key, a.received_at FROM payment_paymentattempt a JOIN order_order o ON o.id = a.order_id
        WHERE a.state = 'succeeded' AND a.received_at >= <began> AND o.cancelled_at IS NULL
          AND round(o.total_incl_tax * 100) + <by_fund> > 0 AND NOT <sale_comes>
          AND NOT EXISTS (SELECT 1 FROM documents_document d WHERE d.order_id = o.id AND d.kind IN <sale> AND NOT <void>)
        ORDER BY a.id
    """,
    "a seller has one document in force of a purchase": """
        SELECT o.number, d.seller_id, count(*), string_agg(d.reference, ' ' ORDER BY d.id) FROM documents_document d
        JOIN order_order o ON o.id = d.order_id WHERE d.kind IN <sale> AND NOT <void>
        GROUP BY o.number, d.seller_id HAVING count(*) > 1 ORDER BY o.number
    """,
    "the documents of a purchase are what was charged for it": """
        SELECT o.number, said.paid, said.borne, round(o.total_incl_tax * 100), a.received_satang FROM order_order o
        JOIN (SELECT d.order_id, sum(d.total_satang - d.borne_satang) AS paid, sum(d.borne_satang) AS borne,
                max(d.attempt_id) AS attempt FROM documents_document d WHERE d.kind IN <sale> AND NOT <void>
            GROUP BY d.order_id) said ON said.order_id = o.id
        JOIN payment_paymentattempt a ON a.id = said.attempt
        WHERE said.paid <> CASE o.payment_method WHEN 'cod' THEN a.received_satang ELSE round(o.total_incl_tax * 100) END
          OR (o.payment_method <> 'cod' AND said.borne <> <by_fund>)
        ORDER BY o.id
    """,
    "what was given back is credited to the satang": """
        SELECT o.number, r.idempotency_key, r.amount_satang, back.discount, said.paid, said.borne FROM payment_refund r
        JOIN payment_paymentattempt a ON a.id = r.attempt_id JOIN order_order o ON o.id = a.order_id
        JOIN LATERAL (SELECT CASE WHEN <by_fund> > 0 THEN coalesce(sum(x.discount_satang), 0) ELSE 0 END AS discount,
                count(*) AS rows FROM payment_refundline x WHERE x.refund_id = r.id) back ON back.rows > 0
        JOIN LATERAL (SELECT coalesce(sum(d.total_satang - d.borne_satang), 0) AS paid,
                coalesce(sum(d.borne_satang), 0) AS borne FROM documents_document d
            WHERE d.refund_id = r.id AND d.kind IN <back> AND NOT <void>) said ON true
        WHERE r.state = 'succeeded' AND r.done_at >= <began> AND NOT <note_comes>
          AND (said.paid, said.borne) <> (r.amount_satang, back.discount)
          AND NOT EXISTS (SELECT 1 FROM payment_refund q JOIN payment_paymentattempt b ON b.id = q.attempt_id
            WHERE b.order_id = o.id AND q.state NOT IN ('failed', 'cancelled')
              AND NOT EXISTS (SELECT 1 FROM payment_refundline x WHERE x.refund_id = q.id))
        ORDER BY r.id
    """,
    "money that did not go back is not credited": """
        SELECT d.reference, r.idempotency_key, r.state FROM documents_document d JOIN payment_refund r ON r.id = d.refund_id
        WHERE d.kind IN <back> AND NOT <void> AND r.state <> 'succeeded' AND NOT <note_comes> ORDER BY d.id
    """,
    "no more is credited than was sold": """
        SELECT s.reference, x ->> 'line', x ->> 'part', x ->> 'total_satang', back.total, x ->> 'vat_satang', back.vat
        FROM documents_document s JOIN LATERAL jsonb_array_elements(s.snapshot -> 'lines') x ON true
        JOIN LATERAL (SELECT sum((y ->> 'total_satang')::bigint) AS total, sum((y ->> 'vat_satang')::bigint) AS vat
            FROM documents_document d JOIN LATERAL jsonb_array_elements(d.snapshot -> 'lines') y ON true
            WHERE d.about_id = s.id AND d.kind IN <back> AND NOT <void>
              AND (y -> 'line', y -> 'part') = (x -> 'line', x -> 'part')) back ON true
        WHERE s.kind IN <sale>
          AND (back.total > (x ->> 'total_satang')::bigint OR back.vat > (x ->> 'vat_satang')::bigint)
        ORDER BY s.id
    """,
    "a note is about a document of its own seller and purchase that is in force": """
        SELECT n.reference, d.reference FROM documents_document n JOIN documents_document d ON d.id = n.about_id
        WHERE n.kind IN <back> AND ((n.seller_id, n.order_id) <> (d.seller_id, d.order_id) OR d.kind NOT IN <sale>
            OR (n.kind = 'refund_note') <> (d.kind = 'receipt')
            OR (<void> AND NOT EXISTS (SELECT 1 FROM documents_document z WHERE z.about_id = n.id AND z.kind = 'cancellation')))
        ORDER BY n.id
    """,
    "what takes the place of a document is about one that is void": """
        SELECT n.reference, d.reference FROM documents_document n JOIN documents_document d ON d.id = n.about_id
        WHERE n.kind IN <sale> AND NOT (<void> AND (n.seller_id, n.order_id, n.total_satang, n.dated)
            = (d.seller_id, d.order_id, d.total_satang, d.dated))
        ORDER BY n.id
    """,
    "a document says of another what that one says": """
        SELECT n.reference, d.reference, n.snapshot -> 'about' FROM documents_document n
        JOIN documents_document d ON d.id = n.about_id
        WHERE n.kind NOT IN <sale> AND (
            NOT n.snapshot -> 'about' @> jsonb_build_object('reference', d.reference, 'kind', d.kind,
                'dated', to_char(d.dated, 'YYYY-MM-DD'), 'untaxed_satang', d.untaxed_satang,
                'taxable_satang', d.taxable_satang, 'vat_satang', d.vat_satang, 'total_satang', d.total_satang)
            OR (n.kind = 'cancellation' AND (n.untaxed_satang, n.taxable_satang, n.vat_satang)
                <> (d.untaxed_satang, d.taxable_satang, d.vat_satang)))
        ORDER BY n.id
    """,
}
"""What must be true → a query whose rows say where it is not. What is on its way in the outbox is not missing yet."""
NUMBER = len(CHECKS) + 1


def found() -> list[tuple[str, str]]:
    """(check, row in words) of everything that is wrong, at most fifty of each kind."""
    rows = [(GUARDED, f"{guard} on {table}") for guard, table in sleeping_guards()]
    with connection.cursor() as cursor:
        for name, sql in CHECKS.items():
            cursor.execute(_whole(sql))
            rows += [(name, " ".join(str(value) for value in row)) for row in cursor.fetchmany(MOST_TOLD)]
    return rows


def _whole(sql: str) -> str:
    for name, part in _PARTS.items():
        sql = sql.replace(name, part)
    return sql

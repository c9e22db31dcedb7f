"""The one rule of when a product may be sold. Nothing else in the market decides it.

A product may be sold on a day when it is published, its group is approved, its review is neither waiting nor refused,
some verified certificate covers it on that day and, where the law ties its category to a licence, a verified one of the
named schemes covers it on that day too, or an officer's exemption for that category does.

Days are calendar days in Asia/Bangkok and both days of a certificate count. The rule is set arithmetic over days, done
by PostgreSQL for any number of products at once: union of the certificates' days, cut with the union of the gate's
days; certificates that follow each other without a gap join by themselves. Of what remains, the first span that has not
yet ended is the interval of sale: `sellable_from` at its first midnight, `sellable_until` at the midnight that ends it.
A certificate covers the products linked to it, and when its scope is the whole group, all goods of its holder.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection

_ALL = "TRUE"
_NAMED = "p.id = ANY(%(ids)s)"

_TARGET = """
WITH target AS (
    SELECT p.id, p.group_id, COALESCE(own.region_id, home.region_id, '') AS region,
        (p.is_public AND g.kind = 'group' AND g.state = 'approved'
            AND p.review NOT IN ('waiting', 'refused')) AS allowed,
        p.main_category_id AS category,
        CASE
            WHEN c.gating_applies_to = 'all' THEN TRUE
            WHEN c.gating_applies_to = 'prepackaged_processed' THEN p.is_prepacked_processed
            WHEN c.gating_applies_to = 'fertiliser_or_seed' THEN p.is_fertiliser_or_seed
            ELSE FALSE
        END AS gated,
        COALESCE(c.gating_any_of, '[]'::jsonb) AS gate
    FROM catalogue_product p
    JOIN vendors_organisation g ON g.id = p.group_id
    LEFT JOIN catalogue_category c ON c.id = p.main_category_id
    LEFT JOIN vendors_province own ON own.code = p.province_id
    LEFT JOIN vendors_province home ON home.code = g.province_id
    WHERE p.structure <> 'child' AND {which}
), cover AS (
    SELECT t.id, cert.scheme_id, daterange(cert.issued_on, cert.expires_on, '[]') AS days
    FROM target t JOIN vendors_certificate cert
        ON cert.holder_id = t.group_id AND cert.scope = 'group' AND cert.state = 'verified'{but}
    UNION
    SELECT t.id, cert.scheme_id, daterange(cert.issued_on, cert.expires_on, '[]')
    FROM target t
    JOIN catalogue_productcertificate link ON link.product_id = t.id
    JOIN vendors_certificate cert
        ON cert.id = link.certificate_id AND cert.holder_id = t.group_id AND cert.state = 'verified'{but}
), exempt AS (
    SELECT t.id, range_agg(daterange(e.first_day, e.last_day, '[]')) AS days
    FROM target t JOIN catalogue_gateexemption e
        ON e.product_id = t.id AND e.category_id = t.category AND e.state = 'granted'
    GROUP BY t.id
), days AS (
    SELECT t.id, t.region,
        COALESCE(jsonb_agg(DISTINCT v.scheme_id) FILTER (WHERE v.days @> %(today)s::date), '[]'::jsonb) AS schemes,
        CASE
            WHEN NOT t.allowed THEN '{{}}'::datemultirange
            WHEN t.gated THEN
                range_agg(v.days) * (COALESCE(range_agg(v.days) FILTER (WHERE t.gate ? v.scheme_id), '{{}}')
                    + COALESCE(x.days, '{{}}'))
            ELSE range_agg(v.days)
        END AS days
    FROM target t LEFT JOIN cover v ON v.id = t.id LEFT JOIN exempt x ON x.id = t.id
    GROUP BY t.id, t.region, t.allowed, t.gated, t.gate, x.days
), verdict AS (
    SELECT d.id, d.region, d.schemes,
        lower(span)::timestamp AT TIME ZONE 'Asia/Bangkok' AS since,
        upper(span)::timestamp AT TIME ZONE 'Asia/Bangkok' AS until
    FROM days d LEFT JOIN LATERAL (
        SELECT span FROM unnest(d.days) AS span
        WHERE upper_inf(span) OR upper(span) > %(today)s::date
        ORDER BY span LIMIT 1
    ) first ON TRUE
)
"""
_WRITE_GOODS = """
UPDATE catalogue_product p
SET sellable_from = v.since, sellable_until = v.until, schemes = v.schemes, region_code = v.region,
    on_sale_since = CASE WHEN v.since IS NULL THEN p.on_sale_since
        ELSE COALESCE(p.on_sale_since, GREATEST(v.since, %(now)s)) END
FROM verdict v
WHERE v.id = p.id AND (p.sellable_from, p.sellable_until, p.schemes, p.region_code)
    IS DISTINCT FROM (v.since, v.until, v.schemes, v.region)
"""
_WRITE_VARIANTS = """
UPDATE catalogue_product v
SET sellable_from = CASE WHEN v.is_public THEN p.sellable_from END,
    sellable_until = CASE WHEN v.is_public THEN p.sellable_until END
FROM catalogue_product p
WHERE v.parent_id = p.id AND {which} AND (v.sellable_from, v.sellable_until) IS DISTINCT FROM
    (CASE WHEN v.is_public THEN p.sellable_from END, CASE WHEN v.is_public THEN p.sellable_until END)
"""


_HANGING = """
SELECT p.id FROM catalogue_product p JOIN verdict v ON v.id = p.id
WHERE p.sellable_from <= %(now)s AND (p.sellable_until IS NULL OR p.sellable_until > %(now)s)
    AND (v.since IS NULL OR v.since > %(now)s OR v.until <= %(now)s)
ORDER BY p.sort_title, p.id
"""


def hanging_on(certificate_id: int, *, holder_id: int, now: dt.datetime, today: dt.date) -> list[int]:
    """The products on sale now that would not be without this certificate: the rule asked again with it left out."""
    values: dict[str, Any] = {"holder": holder_id, "certificate": certificate_id, "now": now, "today": today}
    sql = (_TARGET + _HANGING).format(which="p.group_id = %(holder)s", but=" AND cert.id <> %(certificate)s")
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def write_intervals(product_ids: Sequence[int] | None, *, now: dt.datetime, today: dt.date) -> int:
    """Applies the rule to the named products (parents and single ones; None = all). Returns how many rows changed."""
    which = _ALL if product_ids is None else _NAMED
    values: dict[str, Any] = {"ids": list(product_ids or ()), "now": now, "today": today}
    with connection.cursor() as cursor:
        cursor.execute((_TARGET + _WRITE_GOODS).format(which=which, but=""), values)
        changed: int = cursor.rowcount
        cursor.execute(_WRITE_VARIANTS.format(which=which), values)
        return changed + int(cursor.rowcount)

"""Which rule of shares counts for a good on a day: the most specific wins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from catalogue import shelves
from shop.common import clock
from vendors.models import Organisation

_RANKS = {"all": 0, "region": 1, "category": 2, "organisation": 3}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it is matched. `path`: of its category or of its organisation in the tree."""

    pk: int
    payee: str
    basis_points: int
    fixed_satang: int
    scope: str
    region: str
    path: str
    valid_from: dt.date
    valid_until: dt.date | None

    def holds(self, day: dt.date) -> bool:
        """Is it in force on this day?"""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def fits(self, seller: Seller, category_path: str) -> bool:
        """Does it speak of this good of this group?"""
        if self.scope == "region":
            return self.region == seller.region
        if self.scope == "category":
            return bool(category_path) and category_path.startswith(self.path)
        return self.scope == "all" or seller.path.startswith(self.path)

    @property
    def rank(self) -> tuple[int, int]:
        """The more specific, the larger: organisation, category, region, all; the deeper of two in one tree."""
        return _RANKS[self.scope], len(self.path)


@dataclass(frozen=True, slots=True)
class Seller:
    """A group and those above it who share: its cooperative, if it has one, and its network."""

    pk: int
    path: str
    region: str
    cooperative_id: int | None
    network_id: int | None

    def payee_of(self, kind: str) -> int | None:
        """Who stands for a kind at this group; of goods that hubs carry the hubs themselves come instead of its network."""
        if kind == "group":
            return self.pk
        return self.cooperative_id if kind == "cooperative" else self.network_id


def pick(known: Iterable[Rule], *, day: dt.date, seller: Seller, category_path: str) -> dict[str, Rule]:
    """Payee → the rule that counts. What is for a cooperative falls to the group where it has none."""
    found: dict[str, Rule] = {}
    for rule in known:
        if not rule.holds(day) or not rule.fits(seller, category_path):
            continue
        if rule.payee != "platform" and seller.payee_of(rule.payee) is None:
            continue
        before = found.get(rule.payee)
        if before is None or rule.rank > before.rank:
            found[rule.payee] = rule
    return found


_FACTS = """
SELECT
    (SELECT json_agg(json_build_array(r.id, r.payee, coalesce(r.basis_points, 0), coalesce(r.fixed_satang, 0), r.scope,
        coalesce(r.region_id, ''), coalesce(c.path, o.path, ''), r.valid_from, r.valid_until) ORDER BY r.id)
     FROM order_sharerule r LEFT JOIN catalogue_category c ON c.id = r.category_id
     LEFT JOIN vendors_organisation o ON o.id = r.organisation_id
     WHERE r.valid_until IS NULL OR r.valid_until >= %(since)s),
    (SELECT json_agg(json_build_array(g.id, g.path, coalesce(g.region_id, ''), a.id, a.kind) ORDER BY g.id, d)
     FROM vendors_organisation g CROSS JOIN generate_series(1, g.depth - 1) d
     JOIN vendors_organisation a ON a.path = left(g.path, d * %(step)s) WHERE g.id = ANY(%(groups)s))
"""
"""Read together: placing an order asks the database once."""


def read_rules(group_ids: Iterable[int]) -> tuple[list[Rule], dict[int, Seller]]:
    """The rules of today and later, and these groups with their cooperative and the nearest network above; one query."""
    facts = {"since": clock.today(), "step": Organisation.steplen, "groups": sorted(set(group_ids))}
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, facts)
        rules, groups = cursor.fetchone()
    return [_rule(*row) for row in rules or []], _sellers(groups or [])


def _rule(*row: Any) -> Rule:
    *plain, valid_from, valid_until = row
    day = dt.date.fromisoformat
    pk, payee, basis_points, fixed_satang, scope, region, path = plain
    until = day(valid_until) if valid_until else None
    return Rule(pk, payee, basis_points, fixed_satang, scope, region, path, day(valid_from), until)


def _sellers(rows: Iterable[Sequence[Any]]) -> dict[int, Seller]:
    found: dict[int, Seller] = {}
    for pk, path, region, above, kind in rows:
        known = found.get(pk) or Seller(pk, path, region, None, None)
        cooperative = above if kind in Organisation.PARENTS else known.cooperative_id
        network = above if kind in Organisation.NETWORKS else known.network_id
        found[pk] = Seller(pk, path, region, cooperative, network)
    return found


def category_path(pk: int | None) -> str:
    """The path of a public category in its tree; kept per version of the catalogue."""
    shelf = shelves.shelf_by_pk(pk)
    return shelf.path if shelf else ""

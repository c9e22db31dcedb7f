"""What a rule of shares would change, before it is written: goods on sale that it touches, before and after."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from catalogue.models import Product
from shop.common import clock
from shop.order.dividing import ORDER
from shop.order.models import ShareRule
from shop.order.rules import Rule, category_path, pick, read_rules
from shop.order.shares import parts_of_parcel
from shop.order.showing import NAMES

_MOST = 6


@dataclass(frozen=True)
class Change:
    """A good whose price would be divided otherwise: (kind, satang before, satang after)."""

    product: Product
    price_satang: int
    parts: list[tuple[str | Promise, int, int]]


@dataclass(frozen=True)
class Changes:
    """Some of the goods that change, of how many that were looked at none changes."""

    goods: list[Change]
    touched: int
    looked_at: int


def preview(wanted: ShareRule) -> Changes:
    """Divides goods on sale by the rules of the rule's first day, without and with it; reads at most a thousand goods."""
    fresh = _as_rule(wanted)
    goods = Product.objects.filter(sellable_from__lte=clock.now(), price_from_satang__gt=0, parent=None)
    if wanted.organisation is not None:
        goods = goods.filter(group__path__startswith=wanted.organisation.path)
    if wanted.region is not None:
        goods = goods.filter(group__region=wanted.region)
    if wanted.category is not None:
        goods = goods.filter(main_category__path__startswith=wanted.category.path)
    rows = list(goods.order_by("-sold_count", "pk")[:1_000])
    before_rules, known_sellers = read_rules(row.group_id for row in rows)
    after_rules = [rule for rule in before_rules if not _same_place(rule, fresh)] + [fresh]
    changed = []
    for row in rows:
        seller, path = known_sellers[row.group_id], category_path(row.main_category_id)
        price = int(row.price_from_satang or 0)
        sums = []
        for known in (before_rules, after_rules):
            picked = pick(known, day=wanted.valid_from, seller=seller, category_path=path)
            (parts,) = parts_of_parcel([price], [picked], seller)
            sums.append({part.kind: part.satang for part in parts})
        if sums[0] != sums[1]:
            kinds = [kind for kind in ORDER if kind in sums[0] or kind in sums[1]]
            changed.append(
                Change(row, price, [(NAMES[kind], sums[0].get(kind, 0), sums[1].get(kind, 0)) for kind in kinds])
            )
    return Changes(changed[:_MOST], len(changed), len(rows))


def _as_rule(wanted: ShareRule) -> Rule:
    thing = wanted.category or wanted.organisation
    return Rule(
        pk=0,
        payee=wanted.payee,
        basis_points=wanted.basis_points or 0,
        fixed_satang=wanted.fixed_satang or 0,
        scope=wanted.scope,
        region=wanted.region_id or "",
        path=thing.path if thing else "",
        valid_from=wanted.valid_from,
        valid_until=None,
    )


def _same_place(one: Rule, other: Rule) -> bool:
    return (one.payee, one.scope, one.region, one.path) == (other.payee, other.scope, other.region, other.path)

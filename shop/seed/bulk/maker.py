"""Puts the big market together, in one transaction: all of it stands or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

from catalogue.services import refresh_sale
from shop.common import versions
from shop.partner.services import refresh_offer
from shop.seed import names
from shop.seed.bulk.certificates import write_certificates
from shop.seed.bulk.copying import Dice, Progress
from shop.seed.bulk.goods import plan_goods, templates, write_goods, write_links, write_stock
from shop.seed.bulk.network import FIRST, make_network
from shop.seed.bulk.orders import make_orders
from shop.seed.market import draw_pictures, open_hubs
from shop.seed.reference import load_reference
from vendors.models import Organisation, Place

_SEED = 2569


@dataclass(frozen=True)
class Wanted:
    """How much of everything. Variants of products come on top of `products`."""

    groups: int
    products: int
    orders: int


class AlreadyBig(Exception):
    """This database holds a big market already."""


def is_big() -> bool:
    """True when a big market was made here."""
    return bool(Organisation.objects.filter(slug=FIRST).exists())


def make_big_market(wanted: Wanted, progress: Progress) -> None:
    """Makes it, the same one every time (dates count from today). Raises AlreadyBig.

    The CMS's own search index is not filled with the shop pages; `manage.py update_index` does that.
    """
    if is_big():
        raise AlreadyBig
    progress("pictures", 0)
    pictures = draw_pictures()
    with transaction.atomic():
        load_reference()
        dice = Dice(_SEED)
        if not Place.objects.filter(kind=Place.Kind.HUB).exists():
            open_hubs()
        known = templates(pictures)
        crafts = [craft for craft in names.CRAFTS for _template in known.get(craft, ())]
        makers = make_network(dice, wanted.groups, crafts, pictures)
        progress("groups", wanted.groups)
        goods = plan_goods(dice, wanted.products, makers, known)
        write_goods(dice, goods, progress)
        write_links(write_certificates(dice, makers, goods, progress), progress)
        write_stock(dice, goods, progress)
        progress("intervals of sale and prices", 0)
        _statistics()
        refresh_sale()
        refresh_offer()
        make_orders(dice, wanted.orders, progress)
        versions.bump()


def _statistics() -> None:
    """The planner's statistics: without them it takes the new rows for a handful."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

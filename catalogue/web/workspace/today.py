"""Goods that need somebody: off sale, unfinished, running out."""

from __future__ import annotations

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalogue.models import Product
from shop.common import clock
from shop.partner.models import StockRecord
from vendors.models import Organisation
from vendors.policies import Right
from vendors.web.workspace.registry import Card, Todo, is_group, register_card

FEW, _NAMED, _MOST = 3, 2, 99
"""So few pieces are told, unless the product has a number of its own."""


def goods(group: Organisation) -> list[Todo]:
    """What is not sold though it could be, by its reason."""
    now = clock.now()
    shown, lacking = Q(is_public=True), Q(is_public=True, sellable_from=None)
    waiting = Q(review=Product.Review.WAITING)
    sums = (
        Product.objects.filter(group=group)
        .exclude(structure=Product.CHILD)
        .aggregate(
            ended=Count("pk", filter=shown & Q(sellable_until__lte=now)),
            lacking=Count("pk", filter=lacking & ~waiting & ~Q(review=Product.Review.REFUSED)),
            refused=Count("pk", filter=Q(review=Product.Review.REFUSED)),
            drafts=Count("pk", filter=Q(is_public=False) & ~Q(review=Product.Review.REFUSED)),
        )
    )
    url = f"{reverse('workspace_goods:list', args=[group.slug])}?show=off"
    see = _("See what is missing")
    found = []
    if number := sums["ended"]:
        title = ngettext("product has left sale", "products have left sale", number)
        found.append(Todo(number, title, url, see, _("A certificate or licence of theirs has ended."), True))
    if number := sums["lacking"]:
        title = ngettext("product is published but not on sale", "products are published but not on sale", number)
        found.append(Todo(number, title, url, see, _("A certificate, a price or a licence is missing."), True))
    if number := sums["refused"]:
        title = ngettext("product was refused by an officer", "products were refused by an officer", number)
        found.append(Todo(number, title, url, see))
    if number := sums["drafts"]:
        title = ngettext("product is a draft", "products are drafts", number)
        found.append(Todo(number, title, url, _("Finish it")))
    return found


def stock(group: Organisation) -> list[Todo]:
    """On sale, and only a few are left or none."""
    now = clock.now()
    selling = Q(product__sellable_from__lte=now) & (
        Q(product__sellable_until=None) | Q(product__sellable_until__gt=now)
    )
    rows = StockRecord.objects.filter(selling, product__group=group, num_in_stock__isnull=False)
    rows = rows.annotate(free=F("num_in_stock") - Coalesce("num_allocated", 0))
    rows = rows.filter(free__lte=Coalesce("low_stock_threshold", FEW)).order_by("free", "product_id")
    title = "product__title_en" if (get_language() or "th").startswith("en") else "product__title"
    found = list(rows.values_list(title, "product__title", "free")[: _MOST + 1])
    if not found:
        return []
    note = ", ".join(
        _("%(name)s: %(number)s left") % {"name": name or thai, "number": free} for name, thai, free in found[:_NAMED]
    )
    words = ngettext("product runs out", "products run out", len(found))
    url = f"{reverse('workspace_goods:list', args=[group.slug])}?show=sale"
    return [Todo(len(found), words, url, _("See the goods"), note, found[0][2] <= 0)]


register_card(Card(read=goods, is_for=is_group, right=Right.LIST, position=20))
register_card(Card(read=stock, is_for=is_group, right=Right.LIST, position=25))

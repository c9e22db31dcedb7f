"""Goods that need somebody: off sale, unfinished, running out."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalogue.models import Product
from shop.common import clock
from shop.partner.selectors import owner_field, running_out
from vendors.models import Organisation
from vendors.policies import Right
from vendors.web.workspace.registry import Card, Todo, is_group, register_card

_NAMED, _MOST = 2, 99


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
    shelf = reverse("workspace_goods:list", args=[group.slug])
    url = f"{shelf}?show=off"
    see = _("See what is missing")
    found = []
    if number := sums["ended"]:
        title = ngettext("product has left sale", "products have left sale", number)
        found.append(Todo(number, title, url, see, _("A certificate or licence of theirs has ended."), True))
    if number := sums["lacking"]:
        title = ngettext("product is published but not on sale", "products are published but not on sale", number)
        found.append(
            Todo(
                number, title, f"{shelf}?show=lacking", see, _("A certificate, a price or a licence is missing."), True
            )
        )
    if number := sums["refused"]:
        title = ngettext("product was refused by an officer", "products were refused by an officer", number)
        found.append(Todo(number, title, url, see))
    if number := sums["drafts"]:
        title = ngettext("product is a draft", "products are drafts", number)
        found.append(Todo(number, title, f"{shelf}?show=draft", _("Finish it")))
    return found


def stock(group: Organisation) -> list[Todo]:
    """On sale, and only a few are left or none."""
    rows = running_out(group.pk).order_by("free", "product_id")
    names = {"title": owner_field("title"), "title_en": owner_field("title_en"), "of_th": F("product__variant_th")}
    rows = rows.annotate(**names, of_en=F("product__variant_en"))
    found = list(rows.values("title", "title_en", "of_th", "of_en", "free")[: _MOST + 1])
    if not found:
        return []
    note = ", ".join(
        _("%(name)s: %(number)s left") % {"name": _name(row), "number": row["free"]} for row in found[:_NAMED]
    )
    words = ngettext("product runs out", "products run out", len(found))
    url = f"{reverse('workspace_goods:stock', args=[group.slug])}?show=low"
    return [Todo(len(found), words, url, _("Count and correct"), note, found[0]["free"] <= 0)]


def _name(row: dict[str, Any]) -> str:
    """The product with its variant, if it is one."""
    english = (get_language() or "th").startswith("en")
    title = (english and row["title_en"]) or row["title"]
    return f"{title} {(english and row['of_en']) or row['of_th']}".strip()


register_card(Card(read=goods, is_for=is_group, right=Right.LIST, position=20))
register_card(Card(read=stock, is_for=is_group, right=Right.LIST, position=25))

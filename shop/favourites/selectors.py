"""Reading hearts and followed groups; each list costs the same number of queries, however long."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from catalogue.models import Product
from catalogue.selectors import Card, cards, on_sale
from shop.favourites.models import Favourite, Follow
from vendors.models import Organisation

NEWEST_PER_GROUP = 3


@dataclass(frozen=True)
class Marks:
    """What this person marked: the keys that buttons on cached pages are compared with."""

    favourites: list[int]
    follows: list[int]


def marks_of(user: Any) -> Marks:
    """Products with a heart and followed groups; two queries, none for a guest."""
    if not user.is_authenticated:
        return Marks([], [])
    return Marks(
        favourites=sorted(Favourite.objects.filter(user=user).values_list("product_id", flat=True)),
        follows=sorted(Follow.objects.filter(user=user).values_list("group_id", flat=True)),
    )


def favourites_of(user: Any) -> QuerySet[Favourite]:
    """A person's hearts, the newest first."""
    return Favourite.objects.filter(user=user).order_by("-created_at", "-pk").select_related("product")


def favourite_cards(rows: list[Favourite], language: str) -> tuple[list[Card], list[Product]]:
    """Cards of the goods on sale, hearts on, in the order of `rows`, and the goods that are not on sale now; one query."""
    keys = [row.product_id for row in rows]
    found = {card["pk"]: {**card, "loved": True} for card in cards(on_sale().filter(pk__in=keys), language)}
    return [found[pk] for pk in keys if pk in found], [row.product for row in rows if row.product_id not in found]


@dataclass
class FollowedGroup:
    """A followed group with its newest goods. `is_open` is false while it may not sell."""

    group: Organisation
    follow: Follow
    goods: list[Card] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """True while the group sells and its page is there."""
        return self.group.is_selling


def follows_of(user: Any) -> QuerySet[Follow]:
    """The groups that a person follows, the newest first."""
    rows = Follow.objects.filter(user=user).order_by("-created_at", "-pk")
    return rows.select_related("group", "group__province", "group__picture")


def with_goods(follows: list[Follow], language: str) -> list[FollowedGroup]:
    """The groups with the newest goods of each; two queries, however many groups."""
    rows = {follow.group_id: FollowedGroup(follow.group, follow) for follow in follows}
    place = Window(RowNumber(), partition_by=F("group_id"), order_by=[F("on_sale_since").desc(), F("id").desc()])
    newest = on_sale().filter(group_id__in=rows).annotate(place=place).filter(place__lte=NEWEST_PER_GROUP)
    keys = dict(newest.values_list("pk", "group_id"))
    for card in cards(on_sale().filter(pk__in=keys).order_by("-on_sale_since", "-id"), language):
        rows[keys[card["pk"]]].goods.append(card)
    return list(rows.values())


def news_of_followed(user: Any, limit: int, language: str) -> list[Card]:
    """The newest goods of all followed groups together; one query."""
    groups = Follow.objects.filter(user=user).values("group_id")
    return cards(on_sale().filter(group_id__in=groups).order_by("-on_sale_since", "-id")[:limit], language)

"""What blocks choose is read when the page is: one reader for each kind, one query for all blocks of a page.

A reader gets the chosen keys and the language and gives what may be shown today, by key. What it leaves out (sold no
more, withdrawn, suspended, called back) falls away, and a block without any left falls away too. Each kind is shown by
`cms/parts/<kind>.html`. Other rooms of the CMS add kinds with `register_live`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F
from django.urls import reverse

from catalogue.models import Lot, Product
from catalogue.selectors import cards_of
from shop.common import clock, codes
from shop.theme import formats
from vendors.certificates import in_force
from vendors.models import Organisation
from vendors.selectors import register, selling_groups

Reader = Callable[[Sequence[int], str], Mapping[int, Any]]
_readers: dict[str, Reader] = {}


def register_live(kind: str, reader: Reader) -> None:
    """`kind` is the block's name in `STORY`: a list of a chooser's blocks."""
    _readers[kind] = reader


def kinds() -> Iterable[str]:
    """Blocks that are read anew."""
    return _readers.keys()


def read(kind: str, keys: Sequence[int], language: str) -> Mapping[int, Any]:
    """What may be shown of these today."""
    return _readers[kind](keys, language) if keys else {}


def _goods(keys: Sequence[int], language: str) -> Mapping[int, Any]:
    return {card["pk"]: card for card in cards_of(keys, language)}


def _groups(keys: Sequence[int], language: str) -> Mapping[int, Any]:
    fields = ("slug", "name_th", "name_en", "members_count", "province__name_th", "province__name_en")
    rows = selling_groups().filter(pk__in=keys).values("pk", *fields, "picture__name", "picture__blur")
    return {
        row["pk"]: {
            "slug": row["slug"],
            "name": formats.pick(row["name_th"], row["name_en"], language),
            "place": formats.pick(row["province__name_th"] or "", row["province__name_en"] or "", language),
            "members": row["members_count"],
            "picture": row["picture__name"] or "",
            "blur": row["picture__blur"] or "",
        }
        for row in rows
    }


def _certificates(keys: Sequence[int], language: str) -> Mapping[int, Any]:
    rows = register().filter(in_force(clock.today()), pk__in=keys, holder__state=Organisation.State.APPROVED)
    names = ("scheme__name_th", "scheme__name_en", "holder__name_th", "holder__name_en")
    return {
        row["pk"]: {
            "code": row["code"],
            "number": row["number"],
            "scheme": formats.pick(row["scheme__name_th"], row["scheme__name_en"], language),
            "holder": formats.pick(row["holder__name_th"], row["holder__name_en"], language),
            "expires_on": row["expires_on"],
            "is_demo": row["is_demo"],
        }
        for row in rows.order_by().values("pk", "code", "number", "expires_on", "is_demo", *names)
    }


def _lots(keys: Sequence[int], language: str) -> Mapping[int, Any]:
    """Lots of public goods of selling groups that were not called back and are still good to eat."""
    rows = Lot.objects.filter(pk__in=keys, recalled_at=None, product__is_public=True)
    rows = rows.filter(product__group__state=Organisation.State.APPROVED)
    rows = rows.exclude(product__review=Product.Review.REFUSED).exclude(best_before__lt=clock.today())
    values = rows.annotate(
        name_th=F("product__title"),
        name_en=F("product__title_en"),
        group=F("product__group__name_th"),
        group_en=F("product__group__name_en"),
    ).values("pk", "code", "made_on", "best_before", "name_th", "name_en", "group", "group_en")
    return {
        row["pk"]: {
            "url": reverse("catalogue:trace", args=[row["code"]]),
            "code": codes.grouped(row["code"], 3),
            "name": formats.pick(row["name_th"], row["name_en"], language),
            "group": formats.pick(row["group"], row["group_en"], language),
            "made_on": row["made_on"],
            "best_before": row["best_before"],
        }
        for row in values
    }


register_live("goods", _goods)
register_live("groups", _groups)
register_live("certificates", _certificates)
register_live("lots", _lots)

"""Reads of the catalogue: what is on sale now, and products as flat rows for pages (one query for any number)."""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from catalogue import shelves
from catalogue.models import (
    NAMED_IN_PUBLIC,
    SHOWN,
    GateExemption,
    PendingEdit,
    Product,
    ProductCertificate,
    ProductEvent,
)
from media.models import Picture
from shop.common import clock
from shop.common.thai import clean_text
from shop.theme.formats import in_html
from vendors.models import Certificate, Organisation

Card = dict[str, Any]
"""A card's texts are escaped already (`formats.in_html`): a page of cards shows hundreds of them."""
_GROUP, _GROUP_EN = "group__name_th", "group__name_en"
_FIELDS = (
    "pk",
    "structure",
    "slug",
    "title",
    "title_en",
    "unit_th",
    "unit_en",
    "price_from_satang",
    "price_to_satang",
    "in_stock",
    "picture_name",
    "schemes",
    "province_id",
    _GROUP,
    _GROUP_EN,
)
_MARKS_SHOWN = 3
_COMPANIONS = {
    "food": ("food", "beverage"),
    "beverage": ("food", "household"),
    "textile": ("textile", "household"),
    "household": ("household", "textile"),
    "herbal": ("herbal", "household"),
}
"""Which kinds of goods go with a kind: a meal with what is drunk to it, cloth with what stands in the same room."""
_LOOKED_AT = 60


def sellable(moment: dt.datetime) -> Q:
    """The interval of sale as a condition; it holds for variants as well."""
    return Q(sellable_from__lte=moment) & (Q(sellable_until=None) | Q(sellable_until__gt=moment))


def on_sale(moment: dt.datetime | None = None) -> QuerySet[Product]:
    """Products (never variants) that may be sold at `moment`, now if not given, and have a price to show."""
    goods: QuerySet[Product] = Product.objects.filter(
        SHOWN, sellable(moment or clock.now()), price_from_satang__isnull=False
    )
    return goods


def cards(queryset: QuerySet[Product], language: str | None = None) -> list[Card]:
    """The products as flat rows for `theme/parts/good.html`, in the queryset's order: one query."""
    return _made(_rows(queryset), language)


def _rows(queryset: QuerySet[Product], *more: str) -> QuerySet[Product, dict[str, Any]]:
    """What a card shows of each product, its picture's preview too, and the fields named."""
    preview = Picture.objects.filter(name=OuterRef("picture_name")).values("blur")[:1]
    return queryset.annotate(picture_blur=Subquery(preview)).values(*_FIELDS, "picture_blur", *more)


def _made(rows: Iterable[dict[str, Any]], language: str | None) -> list[Card]:
    language = language or translation.get_language() or "th"
    with translation.override(language):
        maker = _CardMaker(language)
    return [maker.card(row) for row in rows]


class PriceWords:
    """How a product's price is told in the active language, its words looked up once for any number of products."""

    def __init__(self) -> None:
        self.exact = gettext("%(price)s baht")
        self.least = gettext("from %(price)s baht")

    def told(self, low: int | None, high: int | None) -> str:
        """ "65.00 baht", or "from 65.00 baht" when variants differ; empty without a price."""
        if low is None:
            return ""
        return (self.exact if high is None or high == low else self.least) % {"price": baht_figure(low)}


class _CardMaker:
    """Everything that is the same for all cards of a page, looked up once."""

    def __init__(self, language: str) -> None:
        english = language.startswith("en")
        self.language = language
        self.title, self.unit = ("title_en", "unit_en") if english else ("title", "unit_th")
        self.group = _GROUP_EN if english else _GROUP
        self.base = reverse("catalogue:index")
        self.basket = reverse("basket:add", args=[0]).removesuffix("0/")
        self.prices = PriceWords()
        self.schemes = {code: in_html(entry.name(language)) for code, entry in shelves.schemes().items()}
        self.order = {code: number for number, code in enumerate(self.schemes)}
        self.provinces = shelves.provinces()

    def card(self, row: dict[str, Any]) -> Card:
        province = self.provinces.get(row["province_id"])
        return {
            "pk": row["pk"],
            "url": in_html(f"{self.base}{row['slug']}_{row['pk']}/"),
            "name": in_html(row[self.title] or row["title"]),
            "unit": in_html(row[self.unit] or row["unit_th"]),
            "price_text": in_html(self.prices.told(row["price_from_satang"], row["price_to_satang"])),
            "picture": row["picture_name"],
            "blur": row["picture_blur"] or "",
            "group_name": in_html(row[self.group] or row[_GROUP] or ""),
            "province": in_html(province.name(self.language)) if province else "",
            "marks": self.marks(row["schemes"]),
            "sold_out": not row["in_stock"],
            "add_url": self.add_url(row),
        }

    def add_url(self, row: dict[str, Any]) -> str:
        """Where the card's own button sends to; none for what is sold out or must be chosen from variants first."""
        bought_at_once = row["in_stock"] and row["structure"] == Product.STANDALONE
        return in_html(f"{self.basket}{row['pk']}/") if bought_at_once else ""

    def marks(self, codes: Sequence[str]) -> list[str]:
        """The first marks of the product, most telling ones first."""
        known = sorted((code for code in codes if code in self.order), key=self.order.__getitem__)[:_MARKS_SHOWN]
        return [self.schemes[code] for code in known]


def baht_figure(satang: int | None) -> str:
    """1234550 → "12,345.50", the figure alone; empty without a price."""
    return "" if satang is None else f"{satang // 100:,}.{satang % 100:02d}"


def newest(limit: int = 12, language: str | None = None) -> list[Card]:
    """Cards of what came on sale last."""
    return cards(on_sale().order_by("-on_sale_since", "-id")[:limit], language)


def popular(limit: int = 12, language: str | None = None) -> list[Card]:
    """Cards of what sold most."""
    return cards(on_sale().order_by("-sold_count", "-id")[:limit], language)


def cards_of_group(
    group_id: int, limit: int = 24, language: str | None = None, *, but: int | None = None
) -> list[Card]:
    """Cards of a group's goods on sale, newest first; `but` leaves one product out."""
    goods = on_sale().filter(group_id=group_id)
    if but is not None:
        goods = goods.exclude(pk=but)
    return cards(goods.order_by("-on_sale_since", "-id")[:limit], language)


def goes_well_with(
    *, category_id: int | None, region: str, group_id: int, limit: int = 6, language: str | None = None
) -> list[Card]:
    """Goods of other groups to put beside one in the basket: of the same region, of another category that goes with its
    own, on sale and in stock, what sells most first, one of each group and of each category. One query; often fewer.
    """
    kept = shelves.shelf_by_pk(category_id)
    kinds = _COMPANIONS.get(kept.otop_group, ()) if kept else ()
    wanted = [shelf.pk for shelf in shelves.shelves().values() if shelf.otop_group in kinds and shelf.pk != category_id]
    if not wanted or not region:
        return []
    goods = on_sale().filter(main_category_id__in=wanted, region_code=region, in_stock=True).exclude(group_id=group_id)
    rows = _rows(goods.order_by("-sold_count", "-id")[:_LOOKED_AT], "group_id", "main_category_id")
    chosen: list[dict[str, Any]] = []
    groups, categories = set(), set()
    for row in rows:
        if row["group_id"] not in groups and row["main_category_id"] not in categories and len(chosen) < limit:
            chosen.append(row)
            groups.add(row["group_id"])
            categories.add(row["main_category_id"])
    return _made(chosen, language)


def cards_of(product_ids: Sequence[int], language: str | None = None) -> list[Card]:
    """Cards of the named products that are on sale, in the order named. One query, which Django writes once for each process."""
    if not product_ids:
        return []
    sql, params = _cards_sql()
    now = clock.now()
    values = [now if value == _MOMENT else value for value in params]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({sql}) goods WHERE pk = ANY(%s)", [*values, list(product_ids)])  # noqa: S608
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        row["schemes"] = json.loads(row["schemes"])
    found = {card["pk"]: card for card in _made(rows, language)}
    return [found[pk] for pk in product_ids if pk in found]


_MOMENT = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@functools.cache
def _cards_sql() -> tuple[str, tuple[Any, ...]]:
    sql, params = _rows(on_sale(_MOMENT).order_by()).query.sql_with_params()
    return sql, tuple(params)


def count_of_groups(group_ids: Iterable[int]) -> dict[int, int]:
    """How many goods each group has on sale; groups with none are left out."""
    rows = on_sale().filter(group_id__in=list(group_ids)).values_list("group_id", flat=True)
    counts: dict[int, int] = {}
    for group_id in rows:
        counts[group_id] = counts.get(group_id, 0) + 1
    return counts


def goods_in_numbers(path: str) -> dict[str, int]:
    """How many goods (never variants) the groups below a path of the network have, and how many are on sale now."""
    rows = Product.objects.filter(group__path__startswith=path).exclude(structure="child")
    on_sale_now = Q(sellable(clock.now()), sellable_from__isnull=False, price_from_satang__isnull=False)
    return rows.aggregate(all=Count("pk"), on_sale=Count("pk", filter=on_sale_now))


def shown_product(pk: int) -> int | None:
    """The product whose page shows `pk` (a variant is shown on its parent's); None for what visitors may not see."""
    row = Product.objects.filter(pk=pk).values_list("pk", "parent_id").first()
    if row is None:
        return None
    owner = row[1] or row[0]
    shown = Product.objects.filter(pk=owner, is_public=True, group__kind="group", group__state="approved")
    return owner if shown.exclude(review=Product.Review.REFUSED).exists() else None


def certificates_of_goods(text: str) -> QuerySet[Certificate]:
    """Certificates that cover public goods with `text` in their name: linked ones, and those of whole groups."""
    words = clean_text(text)[:80]
    named = Product.objects.filter(NAMED_IN_PUBLIC, Q(title__contains=words) | Q(title_en__icontains=words)).order_by()
    linked = ProductCertificate.objects.filter(product__in=named.values("pk")).values("certificate_id")
    whole = Q(scope=Certificate.Scope.GROUP, holder__in=named.values("group_id"))
    return Certificate.objects.filter(Q(pk__in=linked) | whole)


def names_covered(certificate_ids: Iterable[int], language: str, most: int = 3) -> dict[int, list[str]]:
    """Names of public goods that certificates name, a few of each; one query."""
    links = ProductCertificate.objects.filter(certificate_id__in=list(certificate_ids), product__is_public=True)
    rows = links.exclude(product__review=Product.Review.REFUSED).order_by("product__sort_title", "product_id")
    names: dict[int, list[str]] = {}
    for key, thai, english in rows.values_list("certificate_id", "product__title", "product__title_en"):
        names.setdefault(key, []).append((language.startswith("en") and english) or thai)
    return {key: [*found[:most], *(["…"] if len(found) > most else [])] for key, found in names.items()}


def covered(certificate: Certificate) -> QuerySet[Product]:
    """The public goods that a certificate covers, on sale or not."""
    goods = Product.objects.filter(NAMED_IN_PUBLIC, group_id=certificate.holder_id)
    goods = goods.exclude(review=Product.Review.REFUSED)
    if certificate.scope != Certificate.Scope.GROUP:
        goods = goods.filter(certificate_links__certificate=certificate)
    return goods.order_by("sort_title", "pk")


def _with_checklist(rows: QuerySet[Product]) -> QuerySet[Product]:
    """With all that `checklist` and `gate_of` read."""
    exemptions = GateExemption.objects.select_related("asked_by", "decided_by")
    return rows.select_related("main_category", "group__province").prefetch_related(
        "children", Prefetch("exemptions", exemptions)
    )


def goods_of_group(group_id: int, *, show: str = "", text: str = "") -> QuerySet[Product]:
    """A group's own goods for its workspace, by name; `show`: "sale", "draft" (drafts and withdrawn), "off", "lacking", "waiting"."""
    rows = own_goods(group_id)
    now = sellable(clock.now()) & Q(sellable_from__isnull=False, price_from_satang__isnull=False)
    if show == "sale":
        rows = rows.filter(now)
    elif show == "draft":
        rows = rows.filter(is_public=False)
    elif show == "off":
        rows = rows.filter(is_public=True).exclude(pk__in=Product.objects.filter(now, group_id=group_id).values("pk"))
    elif show == "lacking":
        held = (Product.Review.WAITING, Product.Review.REFUSED)
        rows = rows.filter(is_public=True, sellable_from=None).exclude(review__in=held)
    elif show == "waiting":
        rows = rows.filter(_waits())
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(title_en__icontains=text))
    return rows.order_by("sort_title", "pk")


def own_goods(group_id: int) -> QuerySet[Product]:
    """All goods (never variants) of a group, with what their checklists read and whether a change waits."""
    rows = Product.objects.filter(group_id=group_id).exclude(structure="child")
    return _with_checklist(rows).select_related("province").annotate(edit_waits=Exists(_open_edits()))


def _open_edits() -> QuerySet[PendingEdit]:
    return PendingEdit.objects.filter(product=OuterRef("pk"), state=PendingEdit.State.WAITING)


def _waits() -> Q:
    asked = GateExemption.objects.filter(product=OuterRef("pk"), state=GateExemption.State.ASKED)
    return Q(review=Product.Review.WAITING) | Q(Exists(asked)) | Q(Exists(_open_edits()))


def waiting_for_officer(product_id: int) -> Product | None:
    """The product when it still waits, with its group."""
    return Product.objects.filter(_waits(), pk=product_id).select_related("group").first()


def goods_to_judge(groups: QuerySet[Organisation]) -> QuerySet[Product]:
    """The goods about which somebody with these groups in reach may decide."""
    return _with_checklist(Product.objects.filter(group__in=groups).exclude(structure="child"))


def goods_for_officer(groups: QuerySet[Organisation], *, show: str, text: str = "") -> QuerySet[Product]:
    """ "waiting": to decide, longest first; "exempt": freed from a licence today; "decided": newest decision first."""
    rows = goods_to_judge(groups)
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(group__name_th__icontains=text) | Q(public_code=text.upper()))
    if show == "waiting":
        asked = GateExemption.objects.filter(product=OuterRef("pk"), state=GateExemption.State.ASKED)
        return (
            rows.filter(_waits())
            .annotate(
                since=Coalesce(
                    Subquery(asked.values("asked_at")[:1]),
                    Subquery(_open_edits().values("asked_at")[:1]),
                    F("date_updated"),
                ),
                edit_waits=Exists(_open_edits()),
            )
            .order_by("since", "pk")
        )
    if show == "exempt":
        day = clock.today()
        counting = GateExemption.objects.filter(
            Q(last_day=None) | Q(last_day__gte=day), state=GateExemption.State.GRANTED, first_day__lte=day
        )
        return rows.filter(pk__in=counting.values("product_id")).order_by("sort_title", "pk")
    decisions = ProductEvent.objects.filter(product=OuterRef("pk"), act__in=DECISIONS).order_by("-at")
    latest = Subquery(decisions.values("at")[:1])
    return rows.annotate(decided_at=latest).filter(decided_at__isnull=False).order_by("-decided_at", "-pk")


DECISIONS = (
    ProductEvent.Act.APPROVED,
    ProductEvent.Act.REFUSED,
    ProductEvent.Act.EXEMPTION_GRANTED,
    ProductEvent.Act.EXEMPTION_REFUSED,
    ProductEvent.Act.EXEMPTION_REVOKED,
    ProductEvent.Act.EDIT_APPROVED,
    ProductEvent.Act.EDIT_REFUSED,
)
LOOKED_AT = (*DECISIONS, ProductEvent.Act.HELD, ProductEvent.Act.EXEMPTION_ASKED, ProductEvent.Act.EDIT_ASKED)


def exemption_events(product: Product) -> QuerySet[ProductEvent]:
    """What was asked and answered about a product's licence and its words, newest first; without the persons."""
    return product.events.filter(act__in=LOOKED_AT).order_by("-at", "-pk")

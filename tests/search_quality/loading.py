"""Puts the corpus on sale: rows as the services would leave them, written in bulk, then indexed as every change is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from catalogue.models import Category, Product, RawMaterial
from search.models import Kind, Synonym
from search.services import count_words, learn_words, write_documents
from shop.common import clock, versions
from shop.common.thai import sort_column
from tests.search_quality.corpus import Good, distractors, real
from vendors.models import Organisation, Province

FIRST_KEY = 1_000_000
"""Keys of the corpus begin here: a good's key is this and its number."""


def load_corpus(*, with_distractors: bool = True) -> None:
    """All goods on sale and in the embedded index. Ranking is judged alone: the first synonyms of a market are taken out."""
    Synonym.objects.all().delete()
    load([*real(), *(distractors() if with_distractors else [])])


def load(goods: list[Good]) -> None:
    """These goods on sale and in the embedded index."""
    categories = {
        slug: _category(slug, th, en) for slug, th, en in {(g.category, g.category_th, g.category_en) for g in goods}
    }
    groups = {
        th: _group(number, th, en)
        for number, (th, en) in enumerate(sorted({(g.group_th, g.group_en) for g in goods if g.group_th}))
    }
    provinces = {row.name_th: row for row in Province.objects.all()}
    rows = [
        _product(good, categories[good.category], provinces[good.province_th], groups.get(good.group_th))
        for good in goods
    ]
    for first in range(0, len(rows), 1_000):
        Product.objects.bulk_create(rows[first : first + 1_000])
    RawMaterial.objects.bulk_create(
        RawMaterial(product_id=FIRST_KEY + good.number, name_th=good.materials) for good in goods if good.materials
    )
    index([row.pk for row in rows])
    versions.bump()


def index(keys: Iterable[int]) -> None:
    """Tokens and words of these goods."""
    learn_words(sources=write_documents(kind=Kind.PRODUCT, keys=keys))
    count_words()


def _product(good: Good, category: Category, province: Province, group: Organisation | None) -> Product:
    since = clock.now() - dt.timedelta(days=1, minutes=good.number)
    return Product(
        id=FIRST_KEY + good.number,
        title=good.name_th,
        title_en=good.name_en,
        slug=f"good-{good.number}",
        public_code=f"Q{good.number:06d}",
        main_category=category,
        province=province,
        region_code=province.region_id,
        group=group,
        price_from_satang=1_000 + good.number * 37 % 90_000,
        price_to_satang=1_000 + good.number * 37 % 90_000,
        in_stock=good.number % 3 != 0,
        storage=("ambient", "chilled", "frozen")[good.number % 7 % 3],
        schemes=[("GI", "TCPS", "OTOP_STAR", "HALAL")[good.number % 4]] if good.number % 5 else [],
        sellable_from=since,
        on_sale_since=since,
        sold_count=good.number * 13 % 50,
        sort_title=sort_column(good.name_th),
    )


def _category(slug: str, th: str, en: str) -> Category:
    found = Category.objects.filter(slug=slug).first()
    return found or Category.add_root(name=th, name_en=en, slug=slug, is_public=True)


def _group(number: int, th: str, en: str) -> Organisation:
    return Organisation.add_root(
        kind="group",
        state="approved",
        code=f"QG{number:06d}",
        slug=f"quality-{number}",
        name_th=th,
        name_en=en,
        sort_name=th,
    )

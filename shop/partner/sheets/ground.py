"""What a group sells now, as its sheet holds it: read once for a whole file or an export, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from catalogue import shelves
from catalogue.models import Category, PendingEdit, Product
from catalogue.services import on_paper
from shop.common import codes
from shop.partner.listing import values_of_record
from shop.partner.models import StockRecord
from shop.partner.sheets.columns import COLUMNS, SALE, STORAGE, VAT, baht
from vendors.models import ImportRun, Organisation
from vendors.policies import Right, forget_standing, may
from vendors.sheets.problems import Wrong
from vendors.sheets.values import name_key

FIELD_OF = {
    "title": "title",
    "title_en": "title_en",
    "category": "main_category",
    "storage": "storage",
    "vat": "vat_class",
    "province": "province",
    "unit": "unit_th",
    "unit_en": "unit_en",
    "description": "description",
    "description_en": "description_en",
}
"""Columns of the whole product and the fields behind them."""
_COLUMNS = (
    *("pk", "structure", "parent_id", "public_code", "is_public", "variant_th", "variant_en", "weight_g"),
    *("title", "title_en", "main_category_id", "storage", "vat_class", "province_id", "unit_th", "unit_en"),
    *("description", "description_en", "on_sale_since"),
)


_WORDS = {"storage": STORAGE, "vat": VAT, "sale": SALE}


@dataclass
class Thing:
    """One thing that is sold: a product without variants, or a variant."""

    pk: int
    code: str
    owner: int
    owner_code: str
    is_variant: bool
    waits_for_officer: bool
    reserved: int
    values: dict[str, Any] = field(default_factory=dict)


class Ground:
    """The goods of one group. What waits for an officer stands in place of what is on sale, as in the forms."""

    def __init__(self, group: Organisation, by: Any = None) -> None:
        self.group, self.by = group, by
        self.categories = self._categories()
        self.provinces = shelves.provinces()
        self._province = {
            name_key(word): one.key
            for one in self.provinces.values()
            for word in (one.th, one.en, one.key, f"จังหวัด{one.th}", f"จ.{one.th}")
        }
        self.things: dict[int, Thing] = {}
        self.owners: dict[int, dict[str, Any]] = {}
        self._read()
        self.by_code = {thing.code: thing for thing in self.things.values()}
        self.owner_by_code = {row["public_code"]: pk for pk, row in self.owners.items()}
        self._by_name: dict[tuple[str, str], list[Thing]] = defaultdict(list)
        self._owner_by_name: dict[str, list[int]] = defaultdict(list)
        for thing in self.things.values():
            words = name_key(thing.values["title"]), name_key(thing.values["variant"])
            self._by_name[words].append(thing)
        for pk, row in self.owners.items():
            self._owner_by_name[name_key(row["values"]["title"])].append(pk)

    def _categories(self) -> dict[int, Category]:
        rows = {row.pk: row for row in Category.objects.filter(is_public=True).order_by("position", "path")}
        self._category = {
            name_key(word): pk
            for pk, row in reversed(rows.items())
            for word in (row.name, row.name_en, row.slug)
            if word
        }
        return rows

    def _read(self) -> None:
        rows = list(Product.objects.filter(group=self.group).order_by("sort_title", "pk").values(*_COLUMNS))
        waiting = PendingEdit.objects.filter(product__group=self.group, state=PendingEdit.State.WAITING)
        self._on_paper = set(Product.objects.filter(on_paper(), group=self.group).values_list("pk", flat=True))
        edits = dict(waiting.values_list("product_id", "changes"))
        records = (
            StockRecord.objects.filter(product__group=self.group).order_by("product_id", "pk").distinct("product_id")
        )
        kept = {row.product_id: row for row in records}
        for row in rows:
            if row["structure"] != Product.CHILD:
                self.owners[row["pk"]] = {**row, "values": _shared(row, edits.get(row["pk"], {})), "children": 0}
        for row in rows:
            if row["structure"] != Product.PARENT and (row["parent_id"] or row["pk"]) in self.owners:
                self._add(row, kept.get(row["pk"]))

    def _add(self, row: dict[str, Any], record: StockRecord | None) -> None:
        owner = self.owners[row["parent_id"] or row["pk"]]
        offer = values_of_record(record)
        thing = Thing(
            pk=row["pk"],
            code=row["public_code"] or "",
            owner=owner["pk"],
            owner_code=owner["public_code"] or "",
            is_variant=row["parent_id"] is not None,
            waits_for_officer=owner["on_sale_since"] is not None or owner["pk"] in self._on_paper,
            reserved=(record.num_allocated or 0) if record is not None else 0,
        )
        thing.values = {
            **owner["values"],
            "variant": row["variant_th"],
            "variant_en": row["variant_en"],
            "weight": row["weight_g"],
            "price": offer["price_satang"],
            "stock": offer["in_stock"],
            "low": offer["low_stock"],
            "sale": "1" if row["is_public"] else "0",
        }
        owner["children"] += thing.is_variant
        self.things[thing.pk] = thing

    # --- finding

    def category(self, typed: str) -> int:
        """By name in either language. Raises Wrong."""
        found = self._category.get(name_key(typed))
        if found is None:
            raise Wrong("goods_category", value=typed[:60])
        return found

    def province(self, typed: str) -> str:
        """By name or code. Raises Wrong."""
        found = self._province.get(name_key(typed))
        if found is None:
            raise Wrong("province", value=typed[:40])
        return found

    def coded(self, typed: str) -> Thing:
        """One of the group's own things by its code; what others sell is not there. Raises Wrong."""
        code = codes.normalise(typed)
        if code in self.by_code:
            return self.by_code[code]
        raise Wrong("goods_code_parent" if code in self.owner_by_code else "goods_code_unknown", value=typed[:20])

    def owner_coded(self, typed: str) -> int:
        """A product with variants by its code. Raises Wrong."""
        found = self.owner_by_code.get(codes.normalise(typed))
        if found is None:
            raise Wrong("goods_code_unknown", value=typed[:20])
        return found

    def named(self, title: str, variant: str, owner: int | None) -> Thing | None:
        """The thing of this name and variant, if there is one. Raises Wrong when there are several."""
        found = self._by_name.get((name_key(title), name_key(variant)), [])
        found = [thing for thing in found if owner in (None, thing.owner)]
        if len(found) > 1:
            raise Wrong("goods_several", value=title[:60])
        return found[0] if found else None

    def owner_named(self, title: str) -> dict[str, Any] | None:
        """The product of this name. Raises Wrong when there are several."""
        found = self._owner_by_name.get(name_key(title), [])
        if len(found) > 1:
            raise Wrong("goods_several", value=title[:60])
        return self.owners[found[0]] if found else None

    # --- telling

    def told(self, key: str, value: Any) -> str:
        """A value as the sheet holds it."""
        if value is None or value == "":
            return ""
        if key == "category":
            return str(self.categories[value].name) if value in self.categories else ""
        if key == "province":
            return self.provinces[value].th if value in self.provinces else ""
        if key == "price":
            return f"{baht(value):,f}"
        words = _WORDS.get(key)
        return words[value][0] if words is not None else str(value)

    def rows(self, keys: list[str]) -> Iterator[list[Any]]:
        """Everything that the group sells, by name, variants together."""
        places = {pk: number for number, pk in enumerate(self.owners)}
        for thing in sorted(self.things.values(), key=lambda thing: (places[thing.owner], thing.pk)):
            plain = {"code": thing.code, "of": thing.owner_code if thing.is_variant else ""}
            yield [plain[key] if key in plain else _cell(self, key, thing.values[key]) for key in keys]


def _cell(ground: Ground, key: str, value: Any) -> Any:
    if key == "price":
        return baht(value)
    return value if isinstance(value, int) and key != "category" else ground.told(key, value)


def _shared(row: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    plain = {
        key: row.get(f"{name}_id" if name in ("main_category", "province") else name) for key, name in FIELD_OF.items()
    }
    plain |= {key: changes[name] for key, name in FIELD_OF.items() if name in changes}
    return {key: "" if value is None and key not in ("category", "province") else value for key, value in plain.items()}


def ground_of(run: ImportRun) -> Ground | None:
    """For a run: None when its person may not write the group's goods (any more)."""
    if run.group is None or run.by is None:
        return None
    forget_standing(run.by)
    return Ground(run.group, run.by) if may(run.by, Right.LIST, run.group) else None


def export_rows(group: Organisation) -> Iterator[list[Any]]:
    """What a group sells, in the columns of the template."""
    yield from Ground(group).rows([column.key for column in COLUMNS])

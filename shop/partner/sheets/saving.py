"""Writes a sheet of goods: new products as drafts first, then what changed, each by the service that knows it.

What buyers may be taking at this moment is locked last and for the shortest time.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from catalogue.errors import ChangedMeanwhile
from catalogue.models import Category, Product, ProductEvent
from catalogue.services import (
    SECTIONS,
    add_variant,
    create_product,
    edit_product,
    publish_product,
    refresh_sale,
    stamp,
    waiting_edit,
    wanted_values,
    withdraw_product,
)
from catalogue.services.review import note_event
from shop.partner.listing import (
    change_offer,
    offer_values,
    offer_variant,
    place_of,
    save_variant,
    variant_values,
    vat_of,
    withdraw_variant,
)
from shop.partner.services import hold_offers, refresh_offer, set_offer
from shop.partner.sheets.columns import OWNER
from shop.partner.sheets.ground import FIELD_OF, Ground
from shop.partner.sheets.planning import GoodsPlan
from vendors import history
from vendors.errors import NotYours
from vendors.models import Organisation, Place
from vendors.policies import Right, require
from vendors.sheets.plans import Act, Change, Saving
from vendors.sheets.values import name_key

_OFFER = {"price": "price_satang", "stock": "in_stock", "low": "low_stock"}
_OF_VARIANT = {"variant": "variant_th", "variant_en": "variant_en", "weight": "weight_g"}


def save_goods(plan: GoodsPlan, saving: Saving) -> None:
    """Saves all rows in the running transaction. Raises what the services raise; then nothing is saved."""
    ground = plan.ground
    if ground is None:
        raise NotYours
    require(saving.by, Right.LIST, ground.group)
    group = Organisation.objects.select_for_update().get(pk=ground.group.pk)
    new = [change for change in plan.changes if change.act == Act.NEW]
    changed = [change for change in plan.changes if change.act == Act.CHANGED]
    if new:
        _Maker(group, ground, saving).make(new)
    if changed:
        _change_all(changed, ground, saving, begun=len(new))
    what = f"{saving.file_name}: +{len(new)}, ~{len(changed)}"
    history.record(organisation=group, act="goods.sheet", by=saving.by, what=what)


class _Maker:
    """New products and new variants, all drafts; computed columns follow once at the end."""

    def __init__(self, group: Organisation, ground: Ground, saving: Saving) -> None:
        self.group, self.ground, self.saving = group, ground, saving
        self.place: Place | None = None
        self.parents: dict[str, Product] = {}
        self.touched: list[int] = []

    def make(self, new: list[Change]) -> None:
        """Makes them in the order of the file."""
        for number, change in enumerate(new, start=1):
            facts = change.facts
            if facts.get("variant"):
                self._offer(self._variant(facts), facts)
            else:
                self._offer(self._product(facts), facts)
            self.saving.progress(number)
        refresh_offer(self.touched)
        refresh_sale(self.touched)

    def _product(self, facts: dict[str, Any]) -> Product:
        category: Category = self.ground.categories[facts["category"]]
        product = create_product(
            group=self.group,
            category=category,
            title_th=facts["title"],
            title_en=facts.get("title_en", ""),
            description_th=facts.get("description", ""),
            description_en=facts.get("description_en", ""),
            unit_th=facts.get("unit", ""),
            unit_en=facts.get("unit_en", ""),
            weight_g=facts.get("weight"),
            storage=facts.get("storage"),
            vat_class=facts.get("vat") or vat_of(category),
            is_prepacked_processed=category.gating_applies_to == Category.Gate.PREPACKAGED,
            is_fertiliser_or_seed=category.gating_applies_to == Category.Gate.INPUTS,
        )
        if facts.get("province") and facts["province"] != product.province_id:
            Product.objects.filter(pk=product.pk).update(province_id=facts["province"])
        note_event(product.pk, ProductEvent.Act.CREATED, self.saving.by, self.saving.file_name)
        return product

    def _variant(self, facts: dict[str, Any]) -> Product:
        parent = self._parent(facts)
        note_event(parent.pk, ProductEvent.Act.CHANGED, self.saving.by, "variants")
        return add_variant(
            parent=parent,
            variant_th=facts["variant"],
            variant_en=facts.get("variant_en", ""),
            weight_g=facts.get("weight"),
        )

    def _parent(self, facts: dict[str, Any]) -> Product:
        if facts["owner"] is not None:
            return Product.objects.select_for_update(of=("self",)).get(pk=facts["owner"])
        key = name_key(facts["title"])
        if key not in self.parents:
            self.parents[key] = self._product(facts)
        return self.parents[key]

    def _offer(self, product: Product, facts: dict[str, Any]) -> None:
        self.touched.append(product.pk)
        if facts.get("price") is None:
            return
        self.place = self.place or place_of(self.group)
        set_offer(
            product=product,
            place=self.place,
            price_satang=facts["price"],
            in_stock=facts.get("stock") or 0,
            low_stock=facts.get("low"),
            by=self.saving.by,
            refresh=False,
        )


# --- what is there already ------------------------------------------------------------------------------------


def _change_all(changed: list[Change], ground: Ground, saving: Saving, *, begun: int) -> None:
    keys = [change.key or 0 for change in changed]
    hold_offers(keys)
    owners = {ground.things[key].owner for key in keys}
    rows = Product.objects.select_for_update(of=("self",)).filter(pk__in=owners | set(keys)).order_by("pk")
    goods = {row.pk: row for row in rows.select_related("group", "main_category")}
    _still_as_planned(changed, ground)
    for pk, facts in _of_owners(changed, ground).items():
        _edit(goods[pk], facts, saving.by)
    for number, change in enumerate(changed, start=begun + 1):
        product = goods[change.key or 0]
        if product.parent_id is not None:
            _change_variant(goods[product.parent_id], product, change.facts, saving.by)
        else:
            _change_product(product, change.facts, saving.by)
        saving.progress(number)


def _still_as_planned(changed: list[Change], ground: Ground) -> None:
    """Between plan and lock somebody may have saved. Raises ChangedMeanwhile."""
    now = Ground(ground.group).things
    for change in changed:
        thing = now.get(change.key or 0)
        if thing is None or any(thing.values[key] != value for key, value in change.before.items()):
            raise ChangedMeanwhile


def _of_owners(changed: list[Change], ground: Ground) -> dict[int, dict[str, Any]]:
    """What variants share is changed once for all their rows."""
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for change in changed:
        facts = {FIELD_OF[key]: value for key, value in change.facts.items() if key in OWNER}
        if facts:
            found[ground.things[change.key or 0].owner] |= facts
    return found


def _edit(product: Product, facts: dict[str, Any], by: Any) -> None:
    """By the door of the forms: what is certified and was on sale waits for an officer."""
    if "main_category" in facts:
        kind = Category.objects.values_list("gating_applies_to", flat=True).get(pk=facts["main_category"])
        facts["is_prepacked_processed"] = kind == Category.Gate.PREPACKAGED
        facts["is_fertiliser_or_seed"] = kind == Category.Gate.INPUTS
    for section, fields in SECTIONS.items():
        if not facts.keys() & set(fields):
            continue
        seen = wanted_values(product, fields, waiting_edit(product))
        wanted = {**seen, **{field: facts[field] for field in fields if field in facts}}
        edit_product(product=product, section=section, values=wanted, seen=stamp(seen), by=by)
        product.refresh_from_db()


def _change_product(product: Product, facts: dict[str, Any], by: Any) -> None:
    if "weight" in facts:
        seen = wanted_values(product, SECTIONS["measures"], None)
        wanted = {**seen, "weight_g": facts["weight"]}
        edit_product(product=product, section="measures", values=wanted, seen=stamp(seen), by=by)
    if facts.keys() & set(_OFFER):
        now = offer_values(product)
        after = {**now, **{name: facts[key] for key, name in _OFFER.items() if key in facts}}
        change_offer(product=product, seen=stamp(now), by=by, **after)
    if "sale" in facts:
        (publish_product if facts["sale"] == "1" else withdraw_product)(product=product, by=by)


def _change_variant(parent: Product, variant: Product, facts: dict[str, Any], by: Any) -> None:
    names = {**_OFFER, **_OF_VARIANT}
    if facts.keys() & set(names):
        now = variant_values(variant)
        after = {**now, **{name: facts[key] for key, name in names.items() if key in facts}}
        save_variant(parent=parent, variant=variant, values=after, seen=stamp(now), by=by)
    if "sale" in facts:
        (offer_variant if facts["sale"] == "1" else withdraw_variant)(variant=variant, by=by)

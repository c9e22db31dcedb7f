"""Publishing: one computed checklist, and the way onto the market and off it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.errors import NotReady
from catalogue.events import product_published, product_withdrawn
from catalogue.gates import Gate, gate_of
from catalogue.models import Product, ProductEvent
from catalogue.restricted import forbid
from catalogue.services.refresh import refresh_sale
from catalogue.services.review import lock_product, note_event
from shop.common import clock, versions
from vendors import history
from vendors.policies import Right


@dataclass(frozen=True)
class Point:
    """One line of the checklist. Without a `needed` one the product cannot be public; the others decide about sale."""

    code: str
    text: str | Promise
    done: bool
    needed: bool
    hints: tuple[str | Promise, ...] = ()


def checklist(product: Product) -> list[Point]:
    """What a product needs, in the order in which a group would do it.

    No query when category, exemptions and variants were fetched with the product.
    """
    moment = clock.now()
    since, until = product.sellable_from, product.sellable_until
    sellable = since is not None and since <= moment and (until is None or until > moment)
    points = [
        Point("category", _("category"), product.main_category_id is not None, True),
        Point("price", _("price"), product.price_from_satang is not None, True),
        Point("weight", _("weight with packing"), _weighed(product), True),
        Point("photo", _("photo"), bool(product.picture_name), False),
        Point("certificate", _("certificate in force"), bool(product.schemes), False),
    ]
    if (gate := gate_of(product)) is not None:
        points.append(_gate_point(gate))
    if product.review in _REVIEW_HINTS:
        points.append(Point("review", _("an officer's look"), False, False, (_REVIEW_HINTS[product.review],)))
    points.append(Point("stock", _("stock"), product.in_stock, False))
    return [*points, Point("sale", _("all that the law asks for"), sellable, False)]


_REVIEW_HINTS: dict[str, str | Promise] = {
    Product.Review.WAITING: _("A word in its text made it wait for an officer; you will get a letter."),
    Product.Review.REFUSED: _("An officer refused it; change the text as the reason says, and an officer looks again."),
}


def _gate_point(gate: Gate) -> Point:
    words = gettext("licence required by law: %(names)s") % {"names": gate.names}
    if gate.is_open:
        return Point("gate", words, True, False)
    hints = tuple(f"{licence.name}: {licence.how}" if licence.how else licence.name for licence in gate.licences)
    return Point("gate", words, False, False, hints)


def _weighed(product: Product) -> bool:
    if product.structure != Product.PARENT:
        return bool(product.weight_g)
    return all(variant.weight_g is not None for variant in product.children.all() if variant.is_public)


@transaction.atomic
def publish_product(*, product: Product, by: Any = None) -> Product:
    """Makes the product public; whether it is for sale follows from its certificates. Raises NotReady.

    `by` None is the market itself (seed, import); a person must list goods for the group. Raises NotYours.
    """
    lock_product(product, by, Right.LIST)
    product = Product.objects.select_related("group").get(pk=product.pk)
    missing = [str(point.text) for point in checklist(product) if point.needed and not point.done]
    if missing:
        raise NotReady(missing=", ".join(missing))
    forbid(*product.names)
    product.is_public = True
    product.save(update_fields=["is_public", "date_updated"])
    refresh_sale([product.pk])
    product_published.run(product)
    _record(product, ProductEvent.Act.PUBLISHED, by)
    product.refresh_from_db()
    return product


@transaction.atomic
def withdraw_product(*, product: Product, by: Any = None) -> Product:
    """Takes the product (or one variant) off the market; its page is gone. Raises NotYours."""
    lock_product(product, by, Right.LIST)
    Product.objects.filter(pk=product.pk).update(is_public=False)
    refresh_sale([product.pk])
    product.refresh_from_db()
    product_withdrawn.run(product)
    _record(product, ProductEvent.Act.WITHDRAWN, by)
    return product


def _record(product: Product, act: str, by: Any) -> None:
    """What a person did; the market's own doings (seed, import) are no history."""
    versions.bump()
    if by is not None and product.group is not None:
        note_event(product.parent_id or product.pk, act, by, product.variant_th)
        history.record(organisation=product.group, act=f"goods.{act}", by=by, what=product.title or product.variant_th)

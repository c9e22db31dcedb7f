"""The one door to each product of a group: every query of its workspace starts from the organisation."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import Http404

from catalogue.models import Product
from catalogue.selectors import own_goods
from vendors.models import Organisation

_MOST = 2**63


def product_or_404(
    organisation: Organisation, pk: int, *, also: Callable[[QuerySet[Product]], QuerySet[Product]] | None = None
) -> Product:
    """A product (never a variant) of this organisation, with all that its checklist reads; others look like not there.

    `also` reads more in the same query.
    """
    rows = own_goods(organisation.pk)
    rows = also(rows) if also is not None else rows
    found = rows.filter(pk=pk).first() if 0 < pk < _MOST else None
    if found is None:
        raise Http404("no such product")
    return found


def variant_or_404(product: Product, pk: int) -> Product:
    """A variant of this very product."""
    found = Product.objects.filter(parent=product, pk=pk).select_related("parent").first() if 0 < pk < _MOST else None
    if found is None:
        raise Http404("no such variant")
    return found


def sold_or_404(organisation: Organisation, pk: int) -> Product:
    """A good of this organisation that is sold as such: a variant, or a product without variants."""
    rows = Product.objects.filter(group_id=organisation.pk).exclude(structure=Product.PARENT)
    found = rows.select_related("parent").filter(pk=pk).first() if 0 < pk < _MOST else None
    if found is None:
        raise Http404("no such product")
    return found

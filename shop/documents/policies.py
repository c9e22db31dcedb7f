"""Who reads a document: its buyer, the treasurers of the seller that issued it, and those who keep the market's money.

A seller has to keep its own copies, buyer's name included; groups below it see no names, for they issue nothing. Officers and
networks see none of them.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from shop.documents.models import Document
from shop.order.policies import bare_order_or_404
from shop.payment.policies import keeps_money, money_or_404, require_money
from vendors.models import Organisation
from vendors.policies import Right, may, workspace_or_404

__all__ = [
    "document_of_order_or_404",
    "document_of_seller_or_404",
    "document_or_404",
    "keeps_money",
    "money_or_404",
    "require_money",
    "seller_of_office_or_404",
    "seller_or_404",
]
_SELLS = frozenset({*Organisation.PARENTS, Organisation.Kind.GROUP})


def document_of_order_or_404(request: HttpRequest, number: str, code: str) -> Document:
    """One document of a purchase, for whoever may open the purchase."""
    order = bare_order_or_404(request, number)
    return _one(Document.objects.filter(order=order), code)


def seller_or_404(user: Any, workspace: str) -> Organisation:
    """The door to the documents that a seller issued: its treasurers and managers, and who keeps the market's money."""
    organisation = workspace_or_404(user, workspace)
    if organisation.kind not in _SELLS or not (may(user, Right.BOOKS, organisation) or keeps_money(user)):
        raise Http404("no such page")
    return organisation


def seller_of_office_or_404(user: Any, slug: str) -> Organisation:
    """Any seller, for who keeps the market's money."""
    money_or_404(user)
    found = Organisation.objects.select_related("province").filter(slug=slug, kind__in=_SELLS).first()
    if found is None:
        raise Http404("no such seller")
    return found


def document_of_seller_or_404(user: Any, workspace: str, code: str) -> tuple[Organisation, Document]:
    """One document that exactly this seller issued."""
    organisation = seller_or_404(user, workspace)
    return organisation, _one(Document.objects.filter(seller=organisation), code)


def document_or_404(user: Any, code: str) -> Document:
    """Any document, for who keeps the market's money."""
    money_or_404(user)
    return _one(Document.objects.all(), code)


def _one(rows: QuerySet[Document], code: str) -> Document:
    found = rows.select_related("about", "seller", "order").filter(code=code.upper()).first()
    if found is None:
        raise Http404("no such document")
    return found

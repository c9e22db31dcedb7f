"""Documents: of an own purchase its buyer's; of a seller its treasurers'; all of them who keeps the market's money."""

from __future__ import annotations

from shop.common.access import Kind
from shop.documents import services
from shop.documents.models import Document
from shop.order.models import Order
from shop.payment import services as payments
from tests.unit.rights.entries import ADMINISTRATOR, Entry, Filled, others_workspaces
from tests.unit.rights.world import World
from vendors.models import Organisation


def _of(order: Order) -> Document:
    """The first document of a purchase, which is paid for it."""
    known = Document.objects.filter(order=order).order_by("pk").first()
    if known is not None:
        return known
    attempt = order.payment_attempts.order_by("-number")[0]
    return services.issue_sale(attempt=payments.confirm(attempt=attempt))[0]


def _own_order(world: World, kind: Kind) -> Filled:
    return {"number": world.orders[kind].number}


def _others_orders(world: World, kind: Kind) -> list[Filled]:
    if kind is ADMINISTRATOR:
        return []
    others = [order for other, order in world.orders.items() if other is not kind]
    return [{"number": order.number} for order in [world.strangers_order, *others] if order is not None]


def _own_document(world: World, kind: Kind) -> Filled:
    order = world.orders[kind]
    return {"number": order.number, "code": _of(order).code}


def _others_documents(world: World, kind: Kind) -> list[Filled]:
    """Another's purchase with its document; an own purchase with another's document."""
    other = world.orders[Kind.BUYER if kind is not Kind.BUYER else Kind.EDITOR]
    code = _of(other).code
    mixed: Filled = {"number": world.orders[kind].number, "code": code}
    return [mixed] if kind is ADMINISTRATOR else [mixed, {"number": other.number, "code": code}]


def _nobodys(world: World, kind: Kind) -> list[Filled]:
    return [{"number": world.orders[kind].number, "code": "000000000000"}]


def _seller(world: World, kind: Kind) -> Organisation | None:
    if kind not in (Kind.GROUP_MEMBER, Kind.COOPERATIVE_MEMBER, ADMINISTRATOR):
        return None
    own = world.workspace(kind)
    return own if own is not None and own.kind in (*Organisation.PARENTS, Organisation.Kind.GROUP) else None


def _own_sales(world: World, kind: Kind) -> Filled | None:
    own = _seller(world, kind)
    return {"workspace": own.slug} if own is not None else None


def _own_paper(world: World, kind: Kind) -> Filled | None:
    """A document that exactly the own organisation issued; a group below its cooperative issues none."""
    own = _seller(world, kind)
    rows = Document.objects.filter(seller=own)
    for order in world.orders.values():
        _of(order)
    found = rows.first() if own is not None else None
    return {"workspace": own.slug, "code": found.code} if own is not None and found is not None else None


def _others_papers(world: World, kind: Kind) -> list[Filled]:
    """What another seller issued, by its own address and by one's own workspace."""
    document = _of(world.orders[Kind.BUYER])
    own = _seller(world, kind)
    found: list[Filled] = []
    if own is not None and own.pk != document.seller_id:
        found.append({"workspace": own.slug, "code": document.code})
    if kind is not ADMINISTRATOR and (own is None or own.pk != document.seller_id):
        found.append({"workspace": document.seller.slug, "code": document.code})
    return found


def _desk(read: object = None, nothing: Filled | None = None, **data: str) -> Entry:
    """For administrators; an officer of a province finds nothing there."""

    def filled(world: World) -> Filled:
        return read(world) if callable(read) else {}

    return Entry(
        own=lambda world, kind: None if kind is Kind.OFFICER else filled(world),
        foreign=lambda world, kind: [filled(world)] if kind is Kind.OFFICER else [],
        hidden=lambda world, kind: [nothing] if nothing else [],
        data=data,
    )


def _any(world: World) -> Filled:
    return {"code": _of(world.orders[Kind.BUYER]).code}


def _any_seller(world: World) -> Filled:
    return {"slug": world.market.groups["isan"].slug}


_NO_CODE: Filled = {"code": "000000000000"}
_NO_SELLER: Filled = {"slug": "no-such-seller"}
_SALES = Entry(own=_own_sales, foreign=others_workspaces)
_SALE = Entry(own=_own_paper, foreign=_others_papers)
_OWN = Entry(own=_own_document, foreign=_others_documents, hidden=_nobodys)
DOCUMENTS: dict[str, Entry] = {
    "documents:index": Entry(own=_own_order, foreign=_others_orders),
    "documents:detail": _OWN,
    "documents:pdf": _OWN,
    "seller_documents:index": _SALES,
    "seller_documents:month-csv": _SALES,
    "seller_documents:tax-csv": _SALES,
    "seller_documents:detail": _SALE,
    "seller_documents:pdf": _SALE,
    "office_documents:index": _desk(),
    "office_documents:sellers": _desk(),
    "office_documents:seller": _desk(_any_seller, _NO_SELLER),
    "office_documents:tax-csv": _desk(_any_seller, _NO_SELLER),
    "office_documents:month": _desk(),
    "office_documents:month-csv": _desk(),
    "office_documents:rates": _desk(),
    "office_documents:detail": _desk(_any, _NO_CODE),
    "office_documents:pdf": _desk(_any, _NO_CODE),
}

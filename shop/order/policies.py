"""The one door to a purchase and to a vendor order: fetching and permission are one call."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from shop.common import codes
from shop.order import links
from shop.order.models import Order, VendorOrder
from shop.order.selectors import vendor_orders_of, with_parts
from vendors.errors import NotYours
from vendors.models import Membership, Organisation
from vendors.policies import forget_standing, standing_of

RETURN_DAYS = 7
"""So many days after receiving it may a buyer send a good back; product pages promise it, and machines read it."""
_SESSION = "opened_orders"
_SET_SHARES = frozenset({Membership.Role.MANAGER, Membership.Role.TREASURER})
_State = VendorOrder.State
_WITH_THE_PACKER: frozenset[str] = frozenset({_State.TO_ACCEPT, _State.TO_PACK, _State.PACKED, _State.HANDED_OVER})


def order_or_404(request: HttpRequest, number: str) -> Order:
    """The purchase, for its buyer, for a guest who opened it by its secret link, and for administrators."""
    return _seen_or_404(request, with_parts(Order.objects.filter(number=codes.normalise(number))))


def bare_order_or_404(request: HttpRequest, number: str) -> Order:
    """The same without its parts: one query, for pages that ask every few seconds."""
    return _seen_or_404(request, Order.objects.filter(number=codes.normalise(number)))


def _seen_or_404(request: HttpRequest, orders: QuerySet[Order]) -> Order:
    order = orders.first()
    if order is None or not may_see(request, order):
        raise Http404("no such order")
    return order


def may_see(request: HttpRequest, order: Order) -> bool:
    """Its buyer, an administrator, or who has shown the secret of the link as it is today."""
    user: Any = request.user
    if user.is_authenticated and (order.user_id == user.pk or user.is_superuser):
        return True
    return request.session.get(_SESSION, {}).get(order.number) == order.link_nonce != ""


def open_by_secret(request: HttpRequest, number: str, secret: str) -> bool:
    """Remembers in the session that this visitor showed the right secret; a renewed link ends that too."""
    order = Order.objects.filter(number=codes.normalise(number)).first()
    if order is None or not links.is_valid(order, secret):
        return False
    remember(request, order)
    return True


def remember(request: HttpRequest, order: Order) -> None:
    """This visitor may open `order` as long as the session and the link live."""
    request.session[_SESSION] = {**request.session.get(_SESSION, {}), order.number: order.link_nonce}


def vendor_order_or_404(organisation: Organisation, number: str) -> VendorOrder:
    """A vendor order of exactly this group."""
    found = (
        vendor_orders_of(organisation.pk)
        .filter(number=number)
        .select_related("order", "order__shipping_address", "place", "group")
        .first()
    )
    if found is None:
        raise Http404("no such vendor order")
    return found


def shows_note(vendor_order: VendorOrder, *, packs: bool) -> bool:
    """What the buyer wrote to the groups is read by who packs, while they pack, whoever carries the goods then."""
    left = vendor_order.order.through_hubs and vendor_order.state == VendorOrder.State.HANDED_OVER
    return packs and vendor_order.state in _WITH_THE_PACKER and not left


def shows_recipient(vendor_order: VendorOrder, *, packs: bool) -> bool:
    """Does a member of the group see who it goes to? Packers, while the group itself handles the parcel (design §3).

    What hubs carry goes to a hub: the group never learns for whom.
    """
    return packs and vendor_order.state in _WITH_THE_PACKER and not vendor_order.order.through_hubs


def sets_shares(user: Any) -> bool:
    """Who writes the rules of shares: administrators, managers and treasurers of the department itself. No query of its own."""
    standing = standing_of(user)
    return standing.is_administrator or any(
        post.is_office and post.province_id is None and post.role in _SET_SHARES for post in standing.posts
    )


def require_shares(user: Any) -> None:
    """For services: reads the posts anew inside the transaction. Raises NotYours."""
    forget_standing(user)
    if not sets_shares(user):
        raise NotYours


def shares_or_404(user: Any) -> None:
    """The door to the pages of the rules: not yours looks like not there."""
    if not sets_shares(user):
        raise Http404("no such page")

"""What a buyer was charged, by seller: the lines that a document says, read from the order as it was settled.

Who sells is the taxpayer: the group where it is one itself, else its cooperative. The delivery of a vendor order is sold with its
goods, and bears tax when one of them does (docs/decisions/087).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from catalogue.models import Product
from shop.common.money import to_satang
from shop.documents.amounts import Item
from shop.order.models import Line, Order, VendorOrder
from shop.order.selectors import discount_of
from shop.payment.models import PaymentAttempt
from vendors.models import GroupRecord, Organisation
from vendors.models.groups import Whose

DELIVERY, FUND = "ค่าส่ง", "กองทุนการตลาดร่วม"


@dataclass
class Charge:
    """What one seller sold with an order; `borne_by` says who paid what the buyer did not."""

    seller: Organisation
    items: list[Item] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    borne_by: str = ""

    @property
    def total(self) -> int:
        return sum(item.total_satang for item in self.items)


def charges_of(order: Order) -> list[Charge]:
    """By seller, in the order of their keys (documents are numbered in it, so that two orders never wait for each other)."""
    parts = list(order.vendor_orders.select_related("group").prefetch_related("lines").order_by("pk"))
    sellers, discount = sellers_of({part.group for part in parts}), discount_of(order)
    by_fund = discount is not None and discount.by_fund
    found: dict[int, Charge] = {}
    for part in parts:
        seller = sellers[part.group_id]
        charge = found.setdefault(seller.pk, Charge(seller, borne_by=FUND if by_fund else ""))
        at_the_door = order.payment_method == PaymentAttempt.Method.COD
        items = list(_items(part, at_the_door=at_the_door, by_fund=by_fund))
        charge.items += items
        if items and part.group.name_th not in charge.groups:
            charge.groups.append(part.group.name_th)
    return [found[key] for key in sorted(found) if found[key].total > 0]


def sellers_of(groups: Iterable[Organisation]) -> dict[int, Organisation]:
    """Group → who sells its goods: itself where it is the taxpayer, else the cooperative above it; two queries."""
    known = list(groups)
    own = set(
        GroupRecord.objects.filter(organisation__in=known, tax_of=Whose.OWN).values_list("organisation_id", flat=True)
    )
    paths = {row.path[: -Organisation.steplen] for row in known if row.pk not in own}
    above = {row.path: row for row in Organisation.objects.filter(path__in=paths, kind__in=Organisation.PARENTS)}
    return {row.pk: row if row.pk in own else above.get(row.path[: -Organisation.steplen], row) for row in known}


def _items(part: VendorOrder, *, at_the_door: bool, by_fund: bool) -> Iterable[Item]:
    """Everybody has paid for what was ordered; at the door for what was left of it."""
    nothing_left = at_the_door and part.state == VendorOrder.State.CANCELLED
    goods = [line for line in part.lines.all() if not nothing_left]
    delivery = part.delivery_satang
    if nothing_left and not part.keeps_delivery:
        delivery = 0
    taxable = False
    for line in sorted(goods, key=lambda row: row.pk):
        quantity = line.to_pack if at_the_door else int(line.quantity)
        if quantity:
            taxable = taxable or line.vat_class != Product.Vat.EXEMPT
            discount = int(line.discount_left_satang if at_the_door else line.discount_satang)
            yield _good(line, part, quantity, discount, by_fund=by_fund)
    if delivery:
        exempt = not taxable and bool(goods)
        yield Item(None, part.pk, f"{DELIVERY} · {part.group.name_th}", 1, "", delivery, 0, delivery, exempt)


def _good(line: Line, part: VendorOrder, quantity: int, discount: int, *, by_fund: bool) -> Item:
    """What the fund gives is paid to the seller by the fund: the price stays whole. What the seller gives makes it less."""
    unit = to_satang(line.unit_price_incl_tax)
    given = 0 if by_fund else discount
    return Item(
        line=line.pk,
        part=part.pk,
        title=line.title,
        quantity=quantity,
        unit=line.unit_th,
        unit_satang=unit,
        discount_satang=given,
        total_satang=unit * quantity - given,
        exempt=line.vat_class == Product.Vat.EXEMPT,
        borne_satang=discount - given,
    )

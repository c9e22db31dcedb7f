"""What the tour must know of a demo market before it starts: addresses of its goods, groups, certificates, orders."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from catalogue.models import GateExemption, Lot, Product
from cms.models import NewsPage
from shop.common import clock
from shop.documents.models import Document, Kind
from shop.order.models import Order, VendorOrder
from shop.partner.models import StockRecord
from shop.seed.accounts import PASSWORD
from vendors.models import Certificate, Membership, Organisation

BUYER, MANAGER, COOPERATIVE = "buyer1@example.test", "manager.a@example.test", "coop@example.test"
ADMINISTRATOR, OFFICER, CHIEF = "admin@example.test", "officer.x@example.test", "chief@example.test"
APPLICANT = "applicant@example.test"
ENOUGH = 20
"""Pieces that a run may use up."""


@dataclass(frozen=True)
class Good:
    """Something to put into a basket: `pk` is what is bought, `path` the page, `stock` what is left."""

    pk: int
    path: str
    name: str
    group: str
    category: str
    stock: int
    variant: str = ""


@dataclass(frozen=True)
class Facts:
    """The addresses of the tour, without a language prefix."""

    goods: tuple[Good, Good, Good]
    variant: Good
    scarce: tuple[Good, Good]
    sold_out: str
    not_for_sale: str
    word: str
    group: str
    region: str
    province: str
    certificate: str
    expired_certificate: str
    waiting_paper: str
    sent_back_paper: str
    carrying_paper: str
    story: str
    trace: str
    trace_recalled: str
    gated: int
    asked: int
    workspace: str
    vendor_order: str
    vendor_order_to_pack: str
    delivered_order: str
    cancelled_order: str
    expired_order: str
    review_order: str
    invoiced_order: str
    invoice: str
    selling_workspace: str
    password: str = PASSWORD


def product_path(product: Product) -> str:
    """The address of a product's page; a variant's is its parent's."""
    shown = product.parent or product
    return f"/products/{shown.slug}_{shown.pk}/"


def _good(record: StockRecord) -> Good:
    product = record.product
    shown = product.parent or product
    return Good(
        pk=product.pk,
        path=product_path(product),
        name=shown.title,
        group=shown.group.name_th,
        category=shown.main_category.slug,
        stock=record.left,
        variant=product.variant_th,
    )


def _sale(way: str) -> Q:
    """On sale now and for the next hour, so that a run does not see the end of it."""
    soon = clock.now() + dt.timedelta(hours=1)
    ends = Q(**{f"{way}sellable_until": None}) | Q(**{f"{way}sellable_until__gt": soon})
    return Q(**{f"{way}sellable_from__lte": clock.now()}) & ends


def _on_sale() -> Any:
    """Stock records of goods that can be bought now, the fullest first; `left` is what may still be sold."""
    sale, of_parent = _sale("product__"), _sale("product__parent__")
    return (
        StockRecord.objects.filter(sale | of_parent, product__in_stock=True)
        .annotate(left=F("num_in_stock") - Coalesce(F("num_allocated"), 0))
        .select_related("product__parent__group", "product__group", "product__main_category")
        .select_related("product__parent__main_category")
        .order_by("-left", "pk")
    )


def _goods(group_a: Organisation) -> tuple[tuple[Good, Good, Good], Good]:
    """Three cheap goods of three groups (the first of group A), and a variant of a fourth one."""
    plenty = _on_sale().filter(left__gte=ENOUGH)
    cheap = plenty.filter(product__structure="standalone", product__price_from_satang__lte=60_000)
    chosen = [cheap.filter(product__group=group_a).first()]
    for record in cheap:
        if record.product.group_id not in {entry.product.group_id for entry in chosen}:
            chosen.append(record)
        if len(chosen) == 3:
            break
    others = {entry.product.group_id for entry in chosen}
    variant = _on_sale().filter(product__structure="child", left__gte=10)
    variant = variant.exclude(product__parent__group_id__in=others).first()
    first, second, third = (_good(record) for record in chosen)
    return (first, second, third), _good(variant)


def _order(**state: Any) -> str:
    return str(Order.objects.filter(user__email=BUYER, **state).order_by("pk").values_list("number", flat=True)[0])


def _paper(holder: Organisation, **facts: Any) -> str:
    """The code of a group's certificate in this state."""
    return Certificate.objects.filter(holder=holder, **facts).order_by("pk")[0].code


def gather() -> Facts:
    """Reads all of it from the database."""
    workspace = Membership.objects.get(user__email=MANAGER).organisation
    goods, variant = _goods(workspace)
    scarce = _on_sale().filter(product__structure="standalone", left__gte=5).order_by("left", "pk")[:2]
    network = Organisation.objects.filter(kind=Organisation.Kind.REGIONAL).order_by("pk")[0]
    province = Organisation.objects.get(kind=Organisation.Kind.PROVINCIAL, province=workspace.province)
    valid = Certificate.objects.filter(holder=workspace, state="verified").order_by("pk")[0]
    expired = Certificate.objects.filter(state="verified", expires_on__lt=clock.today()).order_by("pk")[0]
    parts = VendorOrder.objects.filter(group=workspace).order_by("pk")
    lots = Lot.objects.all()
    invoice = Document.objects.select_related("order", "seller").filter(kind=Kind.TAX_INVOICE)[0]
    return Facts(
        goods=goods,
        variant=variant,
        scarce=(_good(scarce[0]), _good(scarce[1])),
        sold_out=product_path(Product.objects.get(title__contains="(ตัวอย่าง: ขายหมด)")),
        not_for_sale=product_path(Product.objects.get(title__contains="(ตัวอย่าง: ใบรับรองหมดอายุ)")),
        word=goods[0].name[:6],
        group=f"/groups/{workspace.slug}/",
        region=f"/networks/{network.slug}/",
        province=f"/networks/{province.slug}/",
        certificate=f"/certificates/{valid.code}/",
        expired_certificate=f"/certificates/{expired.code}/",
        waiting_paper=_paper(workspace, state="submitted"),
        sent_back_paper=_paper(workspace, state="sent_back"),
        carrying_paper=_paper(workspace, state="verified", expires_on=clock.today() + dt.timedelta(days=6)),
        story=f"/news/{NewsPage.objects.order_by('pk')[0].slug}/",
        trace=f"/trace/{lots.filter(recalled_at=None, product__group=workspace).latest('made_on').code}/",
        trace_recalled=f"/trace/{lots.filter(recalled_at__isnull=False)[0].code}/",
        gated=Product.objects.get(title__startswith="กะปิแบ่งบรรจุ").pk,
        asked=GateExemption.objects.filter(state="asked")[0].product_id,
        workspace=f"/workspace/{workspace.slug}/",
        vendor_order=parts.filter(state="to_accept")[0].number,
        vendor_order_to_pack=parts.filter(state="packed")[0].number,
        delivered_order=_order(vendor_orders__state="delivered"),
        cancelled_order=_order(cancelled_at__isnull=False),
        expired_order=Order.objects.filter(cancel_reason="expired").order_by("pk")[0].number,
        review_order=Order.objects.filter(payment_attempts__state="review").order_by("pk")[0].number,
        invoiced_order=invoice.order.number,
        invoice=invoice.code,
        selling_workspace=f"/workspace/{invoice.seller.slug}/",
    )

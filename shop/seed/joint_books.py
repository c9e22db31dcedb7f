"""The books of the demo: sales that are over, accounts, payouts in every state, a fund that was spent, vouchers."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from media import printing
from media.models import PrivateFile
from media.services import store_private_file
from shop.common import clock
from shop.fulfilment import services as work
from shop.fund import services as fund
from shop.fund.selectors import balance
from shop.order.models import Order
from shop.payment import services as payments
from shop.payouts import services as payouts
from shop.seed import tax
from shop.seed.orders import place_one
from shop.vouchers import services as vouchers
from vendors.models import Membership, Organisation
from vendors.services import add_member

DAYS = (15, 14, 13, 12, 11, 9)
_PAPER = (900, 1270)


def make_books(buyers: list[Any], groups: list[Any], admin: Any, treasurer: Any) -> None:
    """Six sales by transfer that can no longer be sent back; two batches, one of them answered; the fund spent once."""
    tax.register_for_vat(groups[0].get_parent(), admin)
    for number, days in enumerate(DAYS):
        with clock.moved_to(clock.now() - dt.timedelta(days=days)):
            _sold(buyers[number % len(buyers)], groups[number % len(groups)], invoice=number == 0)
    for group in groups:
        _account(group.get_parent(), admin, treasurer)
    with clock.moved_to(clock.now() - dt.timedelta(days=4)):
        payouts.release_due()
        batch = payouts.approve_batch(batch=payouts.make_batch(by=admin), by=treasurer)
        items = list(payouts.mark_sent(batch=batch, by=admin).items.order_by("position"))
        for item in items[:-1]:
            payouts.confirm_item(item=item, by=admin)
        payouts.bounce_item(item=items[-1], by=admin, answer="ธนาคารแจ้งว่าชื่อบัญชีไม่ตรง")
        _spend(treasurer, admin)
    payouts.release_due()
    payouts.make_batch(by=admin)
    _vouchers(groups[0], admin, treasurer)


def _sold(buyer: Any, group: Any, *, invoice: bool) -> None:
    order: Order = place_one(group, buyer, "transfer")
    if invoice:
        tax.want_invoice(order)
    payments.confirm(attempt=order.payment_attempts.get(), note="demo")
    for part in order.vendor_orders.order_by("pk"):
        for act in (work.accept, work.pack, work.hand_over, work.deliver):
            act(vendor_order=part, by=None)


def _account(cooperative: Organisation, admin: Any, treasurer: Any) -> None:
    """Entered by the cooperative's manager, compared by one who keeps the market's money, and confirmed by another."""
    number = f"01{cooperative.pk:010d}"
    with clock.moved_to(clock.now() - dt.timedelta(days=20)):
        made = payouts.enter_account(
            organisation=cooperative, bank="034", number=number, name=cooperative.name_th, by=_manager(cooperative)
        )
        payouts.verify_account(account=made, by=treasurer)
        payouts.confirm_account(account=made, how="โทรศัพท์ถึงผู้จัดการ", by=admin)


def _manager(cooperative: Organisation) -> Any:
    """The one it has among the demo's people, else one who never signs in."""
    role = Membership.Role.MANAGER
    known = Membership.objects.filter(organisation=cooperative, role=role).select_related("user").first()
    if known is not None:
        return known.user
    address = f"{cooperative.code.lower()}@example.test"
    user = get_user_model().objects.create_user(email=address, password=None, display_name="ผู้จัดการสหกรณ์")
    add_member(organisation=cooperative, user=user, role=role)
    return user


def _spend(asker: Any, second: Any) -> None:
    """A little of what is there for leaflets; another sum waits for the second person."""
    holds = balance()
    national = Organisation.objects.get(kind=Organisation.Kind.NATIONAL)
    facts = {"network": national, "purpose": "advertising", "by": asker, "payee_is_person": False}
    done = fund.ask_spending(
        what="พิมพ์ใบปลิวแนะนำตลาดร่วม",
        amount_satang=holds // 2,
        payee_name="โรงพิมพ์ตัวอย่าง",
        document=_paper("ใบเสร็จรับเงิน (ตัวอย่าง)", asker),
        document_number="RC-2569/014",
        **facts,
    )
    fund.approve_spending(spending=done, by=second)
    fund.ask_spending(
        what="ป้ายผ้าสำหรับบูธ",
        amount_satang=holds // 4,
        payee_name="ร้านป้ายตัวอย่าง",
        document=_paper("ใบเสนอราคา (ตัวอย่าง)", asker),
        document_number="QT-2569/031",
        **facts,
    )


def _vouchers(group: Any, admin: Any, treasurer: Any) -> None:
    """One of the fund, with what it can spare, and one of a group for its own goods; both can be tried."""
    today, least = clock.today(), 100
    facts: dict[str, Any] = {"valid_from": today, "valid_until": today + dt.timedelta(days=120)}
    spare = max(least, balance() // 4)
    asked = vouchers.ask_fund_voucher(
        network=Organisation.objects.get(kind=Organisation.Kind.NATIONAL),
        group=None,
        terms=vouchers.Terms(code="RUAMJAI", what="ขอบคุณผู้ซื้อ", amount_satang=least, budget_satang=spare, **facts),
        document=_paper("บันทึกขออนุมัติคูปอง (ตัวอย่าง)", treasurer),
        document_number="MK-2569/007",
        by=treasurer,
    )
    assert asked.spending is not None
    fund.approve_spending(spending=asked.spending, by=admin)
    manager = group.memberships.filter(role="manager").select_related("user").order_by("pk")[0].user
    terms = vouchers.Terms(code="LOTMAI10", what="สินค้าล็อตใหม่", basis_points=1_000, most_uses=50, **facts)
    vouchers.make_group_voucher(organisation=group, terms=terms, by=manager)


def _paper(title: str, by: Any) -> PrivateFile:
    """A photo of a paper that says that it is an example."""
    image = Image.new("RGB", _PAPER, (250, 247, 240))
    printing.write(ImageDraw.Draw(image), (80, 120), title, family="sarabun-bold", size=64, ink=printing.VERM)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG")
    return store_private_file(file=ContentFile(buffer.getvalue(), name="paper.jpg"), by=by, folder="fund")

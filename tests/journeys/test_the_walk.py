"""Design §14, from the application of a group to the end of its certificate, with the books asked after every step.

What people do is done through HTTP. Only the listing of the product is not: a browser does that in tests/browser/test_new_product.py.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from catalogue.jobs import turn_of_day
from catalogue.models import Category
from catalogue.services import create_product
from shop.common import clock
from shop.fulfilment.models import Parcel, Transfer
from shop.gateways.standin.server import Standin
from shop.order.models import Line, Order
from shop.partner.services import set_offer
from shop.payment.models import Refund
from shop.payouts.jobs import release_held
from shop.payouts.models import PayoutBatch
from shop.payouts.selectors import purse_of
from tests.applying import NAME
from tests.applying import fill as apply
from tests.hubs import Hubs, build_hubs
from tests.journeys.test_buying import fill
from tests.journeys.test_through_the_hubs import Hub, groups_pack, letters, order_at_the_counter
from tests.market import Market, make_user, publish_without_picture, signed_in
from tests.newsroom import NORTH, draft, open_newsroom
from tests.payments import bring, settle, stripe
from tests.unit.cms.test_editors import act
from tests.unit.vendors.papers import decide, hand_in
from vendors.models import Certificate, Membership, Organisation, Place
from vendors.services import add_member

pytestmark = pytest.mark.django_db
__all__ = ["stripe"]
Committed = Callable[..., AbstractContextManager[Any]]
WEEK, A_YEAR = dt.timedelta(days=7, minutes=1), dt.timedelta(days=366)


class Treasury:
    """Two who keep the market's money, one after the other at the same desk."""

    def __init__(self, market: Market) -> None:
        self.first = signed_in(market.people["administrator"])
        self.second = signed_in(make_user("second", is_superuser=True, is_staff=True))

    def books_are_right(self) -> None:
        """As the office asks it: every invariant, and both sides of the books."""
        told = self.first.post("/office/ledger/proof/").content.decode()
        assert "ถูกต้องทุกข้อ" in told, re.sub(r"<[^>]+>|\s+", " ", told)
        for _currency, _rows, debits, credits in self.first.get("/office/ledger/").context["books"]:
            assert debits == credits

    def where(self, order: Order) -> dict[str, int]:
        """Purpose → satang of an order's money that stand there, as its own page of the books says it."""
        page = self.first.get(f"/office/ledger/orders/{order.number}/")
        assert "ทุกบรรทัดของคำสั่งซื้อนี้รวมกันเป็นศูนย์" in page.content.decode()
        found: dict[str, int] = {}
        for account, _owner, debit, credit in page.context["where"]:
            satang = round(float((debit or credit).replace(",", "")) * 100) * (1 if debit else -1)
            found[account.purpose] = found.get(account.purpose, 0) + satang
        return found

    def account(self, organisation: Organisation, who: Client) -> None:
        """Entered by the organisation, compared by one, confirmed by the other."""
        path = f"/workspace/{organisation.slug}/money/account/"
        assert who.post(path, {"bank": "034", "number": "1234567890", "name": organisation.name_th}).status_code == 302
        (found,) = organisation.bank_accounts.filter(ended_at=None)
        self.first.post(f"/office/payouts/accounts/{found.pk}/", {"act": "verify"})
        self.second.post(f"/office/payouts/accounts/{found.pk}/", {"act": "confirm", "how": "โทรหาประธาน"})

    def pay_out(self) -> PayoutBatch:
        """Made by one, approved by the other, sent, and everything arrives."""
        made = self.first.post("/office/payouts/make/").headers["Location"]
        batch = PayoutBatch.objects.latest("pk")
        assert made == f"/office/payouts/batches/{batch.code}/"
        self.books_are_right()
        self.first.post(made, {"act": "approve"})
        batch.refresh_from_db()
        assert batch.state == "made", "nobody approves their own"
        self.second.post(made, {"act": "approve"})
        assert self.first.get(f"{made}file.csv").status_code == 200
        self.first.post(made, {"act": "send"})
        self.books_are_right()
        for item in batch.items.all():
            self.first.post(f"{made}{item.position}/", {"act": "confirm", "answer": "OK"})
        self.books_are_right()
        batch.refresh_from_db()
        assert batch.state == "closed"
        return batch

    def give_back(self, order: Order, line: Line) -> None:
        """One piece, the way it was paid."""
        path = f"/office/money/orders/{order.number}/refund/"
        form = self.first.get(path).context["form"]
        hidden = {name: form[name].value() for name in ("token", "seen")}
        told = {**hidden, f"line-{line.pk}": "1", "why": "returned", "route": "provider", "note": "", "send": "1"}
        assert self.first.post(path, told).status_code == 302


def a_group_joins(market: Market) -> Organisation:
    """Applies on a phone, is looked at, and is approved; from then on the market's handles know it as "sansai"."""
    applicant, officer = make_user("buakham"), signed_in(market.people["officer"])
    application = apply(signed_in(applicant), market.groups["north"].get_parent())
    signed_in(applicant).post(f"/workspace/apply/{application.code}/hand-in/")
    group = Organisation.objects.get(name_th=NAME)
    page = f"/office/groups/{group.slug}/"
    officer.post(f"{page}take/", {"seen": "applied"})
    officer.post(f"{page}check/identity/", {"note": "โทรถามผู้จัดการสหกรณ์"})
    officer.post(f"{page}check/site/", {"note": "ลงพื้นที่แล้ว"})
    assert officer.post(f"{page}approve/", {"seen": "in_review"}).status_code == 302
    group.refresh_from_db()
    assert group.state == Organisation.State.APPROVED
    market.groups["sansai"], market.people["sansai"] = group, applicant
    return group


def it_lists_a_product(market: Market, group: Organisation, committed: Committed) -> Certificate:
    """Complete but for the certificate, which an officer then verifies: only now is it for sale."""
    product = create_product(
        group=group, category=Category.objects.get(slug="basketry"), title_th="ตะกร้าสันทราย", title_en="San Sai basket",
        unit_th="ใบ", unit_en="piece", weight_g=400, province=group.province,
    )  # fmt: skip
    set_offer(product=product, place=Place.objects.get(organisation=group), price_satang=33_333, in_stock=3)
    publish_without_picture(product)
    market.products["basket"] = product
    assert not is_for_sale(market)
    assert hand_in(market, "sansai", products=("basket",)).status_code == 302
    paper = Certificate.objects.latest("pk")
    assert not is_for_sale(market)
    with committed(execute=True):  # kept pages turn with it
        decide(market, paper, "verify")
    assert is_for_sale(market)
    paper.refresh_from_db()
    return paper


def is_for_sale(market: Market) -> bool:
    """Does its page offer it, and does a basket take it?"""
    product, visitor = market.products["basket"], Client()
    product.refresh_from_db()
    page = visitor.get(f"/products/{product.slug}_{product.pk}/")
    offered = page.status_code == 200 and f'action="/basket/add/{product.pk}/"' in page.content.decode()
    visitor.post(f"/basket/add/{product.pk}/", {"quantity": 1}, HTTP_SEC_FETCH_SITE="same-origin")
    taken: bool = visitor.get("/fragment/me/").json()["count"] == 1
    assert offered is taken
    return offered


def pays_by_promptpay(client: Client, order: Order, standin: Standin) -> None:
    """The code is shown, the bank pays it, and the provider's message is worked off."""
    path = f"/orders/{order.number}/pay/"
    client.post(path, {"method": "promptpay", "act": "begin"})
    shown = client.get(f"{path}?look=qr").content.decode()
    assert "คิวอาร์พร้อมเพย์" in shown
    standin.pay(order.payment_attempts.get().provider_ref)
    assert set(bring(standin)) == {200}
    settle()
    order.refresh_from_db()
    assert order.payment_attempts.get().state == "succeeded"


def refunds_arrive(standin: Standin) -> None:
    """Sent to the provider, answered by the payer, paid out, and told."""
    settle()
    for refund in Refund.objects.filter(state__in=["pending", "requires_action"]):
        standin.refund_succeed(refund.provider_ref)
    assert set(bring(standin)) == {200}
    settle()
    assert set(Refund.objects.values_list("state", flat=True)) == {"succeeded"}


def through_the_hubs(market: Market, hubs: Hubs, order: Order, desk: Treasury) -> None:
    """Packed (one piece short), counted (one piece refused), sent on, put together, and collected with the code."""
    numbers = {part.group_id: part.number for part in order.vendor_orders.all()}
    by_key = {key: numbers[market.groups[key].pk] for key in ("north", "sansai", "isan")}
    groups_pack(market, by_key)
    assert Refund.objects.get().amount_satang == 25_000, "one hat is missing"
    desk.books_are_right()
    chiang_mai, khon_kaen, bangkok = (Hub(hubs, key) for key in ("north", "isan", "bangkok"))
    kratip = Line.objects.get(vendor_order__number=by_key["north"])
    chiang_mai.scan(by_key["north"])
    refused = {"what": "refused", "pieces": "1", "reason": "broken"}
    chiang_mai.post(f"boxes/{by_key['north']}/tally/{kratip.pk}/", **refused)
    for hub, keys in ((chiang_mai, ("north", "sansai")), (khon_kaen, ("isan",))):
        for key in keys:
            hub.count(by_key[key])
    assert sorted(Refund.objects.values_list("amount_satang", flat=True)) == [12_000, 25_000], "one basket was refused"
    desk.books_are_right()
    for hub in (chiang_mai, khon_kaen):
        hub.send_on()
    for number in by_key.values():
        bangkok.count(number)
    assert not Transfer.objects.filter(state="announced", to_place=hubs.places["bangkok"]).exists()
    bangkok.post(f"purchases/{order.number}/together/")
    parcel = Parcel.objects.get()
    assert bangkok.client.get(f"{bangkok.base}parcels/{parcel.code}/").status_code == 200
    bangkok.post(f"parcels/{parcel.code}/shelve/", shelf="A3")
    desk.books_are_right()
    (told,) = [one for one in letters() if one.to == ["guest@example.test"] and parcel_code(one.body)]
    bangkok.post("counter/hand-over/", code=parcel_code(told.body), collected_by="หลานสาว")
    assert set(order.vendor_orders.values_list("state", flat=True)) == {"delivered"}
    desk.books_are_right()


def parcel_code(text: str) -> str:
    found = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", text)
    return found[0] if found else ""


def an_editor_tells_of_it(market: Market) -> None:
    """A story with the product in it; price and badge are read live."""
    room, product = open_newsroom(), market.products["basket"]
    page = draft(room, "north", NORTH)
    goods = {"body-0-value-count": "1", "body-0-value-0-value": product.pk, "body-0-value-0-order": "0"}
    block = {"body-count": "1", "body-0-type": "goods", "body-0-order": "0", "body-0-deleted": "", "body-0-id": ""}
    empty = {"body-0-value-0-deleted": "", "body-0-value-0-type": "item", "body-0-value-0-id": ""}
    answer = act(room.clients["publisher"], page, **block, **goods, **empty, **{"action-publish": "1"})
    assert answer.status_code == 302, answer.content.decode()
    page.refresh_from_db()
    told = Client().get(page.url).content.decode()
    assert "ตะกร้าสันทราย" in told
    assert "333.33 บาท" in told


def the_money_goes_out(market: Market, desk: Treasury, order: Order, standin: Standin) -> None:
    """Ready after the hold, paid by two people, seen in the fund; a refund afterwards is a negative line. Then the story is told."""
    for key in ("north", "isan"):
        cooperative, manager = market.groups[key].get_parent(), make_user(f"manager-{key}")
        add_member(organisation=cooperative, user=manager, role=Membership.Role.MANAGER)
        desk.account(cooperative, signed_in(manager))
    with clock.moved_to(clock.now() + WEEK):
        release_held()
        desk.books_are_right()
        assert "fund_held" not in desk.where(order)
        batch = desk.pay_out()
        paid_out = dict(batch.items.values_list("owner__name_th", "amount_satang"))
        assert paid_out[NAME] == 30_000, "90 percent of 333.33; the delivery belongs to the hubs"
        fund = Client().get("/fund/").content.decode()
        assert "8.23 บาท" in fund
        group = market.groups["sansai"]
        desk.give_back(order, Line.objects.get(vendor_order__group=group))
        desk.books_are_right()
        refunds_arrive(standin)
        desk.books_are_right()
        assert purse_of(group).net_satang == -30_000
        told = signed_in(market.people["sansai"]).get(f"/workspace/{group.slug}/money/").content.decode()
        assert "−300.00" in told
        assert "−300.00" in desk.first.get("/office/payouts/").content.decode()
        an_editor_tells_of_it(market)
        desk.books_are_right()


def test_the_walk(
    client: Client,
    market: Market,
    stripe: Standin,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Committed,
) -> None:
    settings.DEMO = True  # where no second factor is asked for
    monkeypatch.setattr("shop.payment.books.in_earnest", lambda provider: True)  # the stand-in's key is one for tests
    desk, hubs = Treasury(market), build_hubs(market)
    paper = it_lists_a_product(market, a_group_joins(market), django_capture_on_commit_callbacks)
    desk.books_are_right()
    fill(client, market, kratip=3, hat=2, basket=1)
    order = order_at_the_counter(client, hubs, "promptpay")
    desk.books_are_right()
    unpaid = desk.first.get(f"/office/ledger/orders/{order.number}/").content.decode()
    assert "ยังไม่มีรายการบัญชีของคำสั่งซื้อนี้" in unpaid
    pays_by_promptpay(client, order, stripe)
    desk.books_are_right()
    paid = desk.where(order)["stripe_clearing"]
    assert paid == round(order.total_incl_tax * 100)
    through_the_hubs(market, hubs, order, desk)
    refunds_arrive(stripe)
    desk.books_are_right()
    assert desk.where(order)["stripe_clearing"] == paid - 37_000
    assert desk.where(order)["fund_held"] == -(240 + 250 + 333), "one percent of what was collected"
    the_money_goes_out(market, desk, order, stripe)
    with clock.moved_to(clock.now() + A_YEAR):
        assert paper.expires_on is not None
        assert paper.expires_on < clock.today()
        assert not is_for_sale(market), "at the very moment, before any job"
        turn_of_day()
        assert not is_for_sale(market)
        desk.books_are_right()

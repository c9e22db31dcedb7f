"""From basket to "collected with the code": two regions, two hubs on the way, one piece short, one lost, through HTTP alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from shop.common import outbox
from shop.fulfilment.models import Holding, Parcel, Transfer
from shop.gateways import trial
from shop.order.models import Line, Order
from shop.payment import services as payments
from shop.payment.models import Refund
from tests.hubs import Hubs, build_hubs
from tests.journeys.test_buying import fill
from tests.market import GUEST, Market, signed_in
from tests.payments import attempt_of

pytestmark = pytest.mark.django_db


def letters() -> list[Any]:
    mail.outbox.clear()
    while outbox.work_off():
        pass
    return list(mail.outbox)


def order_at_the_counter(client: Client, hubs: Hubs, method: str = "test") -> Order:
    """The guest chooses pick-up in Bangkok among the ways, sees price and days, and orders."""
    assert client.post("/checkout/", GUEST).status_code == 302
    place = hubs.places["bangkok"]
    shown = client.get("/checkout/confirm/").content.decode()
    (value,) = [one for one in re.findall(r'name="way" value="([^"]*)"', shown) if one == f"pickup-{place.pk}"]
    page = client.get("/checkout/confirm/", {"way": value}).content.decode()
    data = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert place.name_th in page
    answer = client.post("/checkout/confirm/", {**data, "method": method, "note": ""})
    assert answer.status_code == 302, answer.content.decode()
    return Order.objects.get()


def pay(order: Order) -> None:
    attempt = attempt_of(order)
    trial.press(attempt.provider_ref, paid=True)
    payments.refresh(attempt=attempt)


class Hub:
    """The people of one hub at their table."""

    def __init__(self, hubs: Hubs, key: str) -> None:
        place = hubs.places[key]
        self.client = signed_in(hubs.packers[key])
        self.base = f"/workspace/{place.organisation.slug}/hub/{place.code}/"

    def post(self, where: str, **data: Any) -> Any:
        answer = self.client.post(f"{self.base}{where}", data)
        assert answer.status_code in (200, 302), answer.content.decode()
        return answer

    def scan(self, code: str) -> str:
        """Where the code leads."""
        answer = self.post("scan/", code=code)
        assert answer.status_code == 302, answer.content.decode()
        return str(answer.url)

    def count(self, number: str, **fewer: Any) -> None:
        """Scans a box, notes what differs, counts it in."""
        address = self.scan(number)
        for line, pieces in fewer.items():
            self.post(f"boxes/{number}/tally/{line.removeprefix('line_')}/", what="good", pieces=pieces)
        page = self.client.get(address).content.decode()
        seen = re.findall(r'name="seen" value="([^"]*)"', page)
        assert seen
        self.post(f"boxes/{number}/count/", seen=seen, sure="1")

    def send_on(self) -> None:
        """Everything that waits for another hub leaves."""
        for code in Transfer.objects.filter(from_place__code=self.base.split("/")[4], state="announced").values_list(
            "code", flat=True
        ):
            self.post(f"transfers/{code}/send/", which="all")


def groups_pack(market: Market, numbers: dict[str, str]) -> None:
    """Two groups accept and pack; the one in Isan is one hat short."""
    for key, number in numbers.items():
        member = signed_in(market.people[key])
        base = f"/workspace/{market.groups[key].slug}/orders/{number}/"
        member.post(f"{base}accept/")
        lines = Line.objects.filter(vendor_order__number=number)
        if key == "isan":
            (line,) = lines
            member.post(f"{base}short/{line.pk}/", {"available": "1", "reason": "damaged", "seen": "0"})
        member.post(f"{base}pack/", {"sure": [line.pk for line in lines]})
        member.post(f"{base}hand-over/")


def test_from_basket_to_collected_with_the_code(client: Client, market: Market) -> None:
    hubs = build_hubs(market)
    fill(client, market, kratip=3, hat=2)
    order = order_at_the_counter(client, hubs)
    assert order.shipping_code == "pickup"
    pay(order)
    letters()
    numbers = {part.group_id: part.number for part in order.vendor_orders.all()}
    north, isan = (numbers[market.groups[key].pk] for key in ("north", "isan"))
    groups_pack(market, {"north": north, "isan": isan})
    first = Refund.objects.get()
    assert first.amount_satang == 25_000, "one hat is missing and paid back"
    chiang_mai, khon_kaen, bangkok = (Hub(hubs, key) for key in ("north", "isan", "bangkok"))
    chiang_mai.count(north)
    khon_kaen.count(isan)
    chiang_mai.send_on()
    khon_kaen.send_on()
    lost = Line.objects.get(vendor_order__number=north)
    bangkok.count(north, **{f"line_{lost.pk}": 2})
    assert Refund.objects.exclude(pk=first.pk).get().amount_satang == 12_000, "one basket was lost on the way"
    assert [one.subject.rsplit(" · ")[-1] for one in letters() if one.to == ["north@example.test"]] == [north]
    bangkok.count(isan)
    made = bangkok.post(f"purchases/{order.number}/together/")
    parcel = Parcel.objects.get()
    assert made.url.endswith(f"/parcels/{parcel.code}/")
    bangkok.post(f"parcels/{parcel.code}/shelve/", shelf="A3")
    (told,) = [one for one in letters() if one.to == ["guest@example.test"]]
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", told.body)
    assert code is not None
    assert code[0] in client.get(f"/orders/{order.number}/").content.decode()
    shown = bangkok.post("counter/", code=code[0].lower())
    assert GUEST["recipient"] in shown.content.decode()
    bangkok.post("counter/hand-over/", code=code[0], collected_by="หลานสาว")
    held = {(row.line.title, row.where): row.quantity for row in Holding.objects.select_related("line")}
    assert held == {
        ("กระติบข้าวเหนียว", "buyer"): 2,
        ("กระติบข้าวเหนียว", "lost"): 1,
        ("หมวกใบลาน", "buyer"): 1,
        ("หมวกใบลาน", "short"): 1,
    }
    page = client.get(f"/orders/{order.number}/").content.decode()
    assert "รับของแล้ว" in page
    assert set(order.vendor_orders.values_list("state", flat=True)) == {"delivered"}

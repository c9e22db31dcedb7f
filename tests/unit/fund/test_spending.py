"""The fund: its part of every sale comes in after the hold, and goes out by two people, with a document, never below zero."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import secrets
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from media.models import PrivateFile
from shop.common import clock
from shop.fulfilment import services as work
from shop.fund import errors, selectors, services
from shop.fund.models import Spending
from shop.ledger.purposes import PLATFORM
from shop.ledger.selectors import balance_of
from shop.ledger.services import credit, debit, post
from shop.order.models import Order
from shop.payment import services as payments
from shop.payouts.services import release_due
from shop.seed.invariants import violations
from tests.market import Market, make_user, photo, signed_in
from tests.payments import place
from vendors.errors import NotYours
from vendors.models import Organisation

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


def delivered(market: Market, **quantities: int) -> Order:
    """Paid by transfer and delivered now."""
    order = place(market, "transfer", **quantities)
    payments.confirm(attempt=order.payment_attempts.get())
    for part in order.vendor_orders.all():
        for act in (work.accept, work.pack, work.hand_over, work.deliver):
            act(vendor_order=part, by=None)
    return order


def network_of(market: Market, key: str) -> Organisation:
    return market.groups[key].get_parent().get_parent()


def paper() -> PrivateFile:
    return PrivateFile.objects.create(
        stored_name=f"fund/{secrets.token_hex(8)}.pdf",
        shown_name="x.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
    )


@pytest.fixture
def second(market: Market) -> Any:
    """Another administrator."""
    return make_user("second", is_superuser=True, is_staff=True)


def ask(market: Market, network: Organisation, satang: int, **facts: Any) -> Spending:
    asked = {
        "purpose": "fair",
        "what": "บูธงานเกษตรแฟร์",
        "payee_name": "บริษัท จัดงาน จำกัด",
        "payee_is_person": False,
        "document": paper(),
        "document_number": "INV-1",
        "by": market.people["administrator"],
    }
    return services.ask_spending(network=network, amount_satang=satang, **{**asked, **facts})


def test_the_part_of_a_sale_comes_in_when_the_hold_is_over(market: Market) -> None:
    delivered(market, hat=1, kratip=2)
    assert (selectors.balance("fund_held"), selectors.balance()) == (490, 0)
    with clock.moved_to(clock.now() + WEEK - dt.timedelta(minutes=1)):
        assert release_due() == 0
    with clock.moved_to(clock.now() + WEEK):
        assert release_due() == 2
        assert release_due() == 0, "once"
    assert (selectors.balance("fund_held"), selectors.balance()) == (0, 490)
    assert [(one.key, one.came) for one in selectors.books().regions] == [("north", 240), ("northeast", 250)]
    assert violations() == []


def test_two_people_spend_it_and_never_more_than_there_is(market: Market, second: Any) -> None:
    delivered(market, hat=4)
    with clock.moved_to(clock.now() + WEEK):
        release_due()
        network = network_of(market, "isan")
        with pytest.raises(errors.NotEnough):
            ask(market, network, 1_001)
        with pytest.raises(errors.NotEnough):
            ask(market, network_of(market, "north"), 1)
        first, other = ask(market, network, 700), ask(market, network, 400)
        with pytest.raises(errors.SamePerson):
            services.approve_spending(spending=first, by=market.people["administrator"])
        with pytest.raises(NotYours):
            services.approve_spending(spending=first, by=market.people["officer"])
        services.approve_spending(spending=first, by=second)
        with pytest.raises(errors.Decided):
            services.approve_spending(spending=first, by=second)
        with pytest.raises(errors.NotEnough):
            services.approve_spending(spending=other, by=second)
        services.refuse_spending(spending=other, reason="เงินไม่พอ", by=second)
        assert selectors.balance() == 300
        assert balance_of(PLATFORM, "bank") == 107_500 - 700
        assert violations() == []


def test_the_whole_country_spends_from_all_parts_alike(market: Market, second: Any) -> None:
    for code, satang in ((network_of(market, "isan").code, 300), (network_of(market, "north").code, 100)):
        post(
            cause=f"correction:{code}",
            kind="correction",
            lines=[debit(PLATFORM, "bank", satang), credit(f"org:{code}", "fund", satang)],
        )
    national = Organisation.objects.get(kind=Organisation.Kind.NATIONAL)
    services.approve_spending(spending=ask(market, national, 200), by=second)
    assert balance_of(f"org:{network_of(market, 'isan').code}", "fund") == -150
    assert balance_of(f"org:{network_of(market, 'north').code}", "fund") == -50


def test_a_spending_is_never_changed_nor_decided_by_who_asked(market: Market) -> None:
    delivered(market, hat=4)
    with clock.moved_to(clock.now() + WEEK):
        release_due()
        spending = ask(market, network_of(market, "isan"), 100)
    for change in ({"amount_satang": 1}, {"document_number": "X"}, {"decided_by": spending.asked_by}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Spending.objects.filter(pk=spending.pk).update(**change)


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_everybody_reads_the_books_and_no_private_person_is_named(client: Client, market: Market, second: Any) -> None:
    assert "ยังไม่มีเงินเข้า" in text(client.get("/fund/").content.decode())
    delivered(market, hat=4)
    with clock.moved_to(clock.now() + WEEK):
        release_due()
        network = network_of(market, "isan")
        hidden = ask(market, network, 300, payee_name="สมชาย ใจดี", payee_is_person=True)
        services.approve_spending(spending=hidden, by=second)
        services.approve_spending(spending=ask(market, network, 200), by=second)
        page = client.get("/fund/?page=1")
        told = text(page.content.decode())
        for words in ("เงินในกองทุน 5.00 บาท", "10.00", "บริษัท จัดงาน จำกัด", "INV-1", "บุคคลธรรมดา", "บูธงานเกษตรแฟร์"):
            assert words in told, words
        sheet = b"".join(client.get("/fund/entries.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        assert len(sheet.strip().splitlines()) == 1 + 3
        rows = list(csv.reader(io.StringIO(sheet)))[1:]
        assert [(row[4], row[-1]) for row in rows] == [
            ("บริษัท จัดงาน จำกัด", "-2.00"),
            ("บุคคลธรรมดา", "-3.00"),
            ("", "10.00"),
        ]
        paper_ = client.get(f"/fund/{clock.today().year}.pdf")
        assert paper_.content.startswith(b"%PDF")
        assert client.get("/fund/1999.pdf").status_code == 404
        for content in (page.content.decode(), sheet):
            assert "สมชาย" not in content
        Organisation.objects.filter(pk=network.pk).update(name_en="Isan weaving network")
        english = text(client.get("/en/fund/").content.decode())
        assert "The joint marketing fund" in english
        assert "Isan weaving network" in english
        assert network.name_th not in english


def test_the_office_asks_with_a_document_and_a_second_person_decides(
    market: Market, second: Any, settings: Any
) -> None:
    settings.DEMO = True  # where no second factor is asked for
    delivered(market, hat=4)
    with clock.moved_to(clock.now() + WEEK):
        release_due()
        admin, other = signed_in(market.people["administrator"]), signed_in(second)
        asked = {
            "network": network_of(market, "isan").pk, "purpose": "fair", "what": "บูธ", "amount": "5", "payee_name": "บริษัท",
            "payee": "organisation", "document_number": "INV 2",
        }  # fmt: skip
        assert admin.post("/office/fund/new/", asked).status_code == 422, "no document"
        assert not Spending.objects.exists()
        for typed, words in (
            ({"payee": ""}, "โปรดเลือกว่าจ่ายให้องค์กรหรือบุคคลธรรมดา"),
            ({"payee_name": "นางสาวลับ มากมาย"}, "โปรดเลือก “เป็นบุคคลธรรมดา”"),
            ({"payee_name": "Mrs. Secret"}, "โปรดเลือก “เป็นบุคคลธรรมดา”"),
        ):
            refused = admin.post("/office/fund/new/", {**asked, **typed, "file": photo()})
            assert refused.status_code == 422
            assert words in refused.content.decode()
        assert not Spending.objects.exists()
        made = admin.post("/office/fund/new/", {**asked, "payee_name": "ร้านนางรอง", "file": photo()})
        spending = Spending.objects.get()
        assert made.headers["Location"] == f"/office/fund/{spending.code}/"
        own = admin.post(made.headers["Location"], {"decision": "approve"})
        assert own.status_code == 422
        assert selectors.balance() == 1_000
        assert other.get(f"/office/fund/{spending.code}/document/").status_code == 200
        assert other.post(made.headers["Location"], {"decision": "approve"}).status_code == 302
        assert selectors.balance() == 500
        assert signed_in(market.people["officer"]).get("/office/fund/").status_code == 404


def test_a_spending_of_several_networks_says_of_what_each_entry_is_a_part(
    client: Client, market: Market, second: Any
) -> None:
    delivered(market, hat=4, kratip=4)
    with clock.moved_to(clock.now() + WEEK):
        release_due()
        national = Organisation.objects.get(kind=Organisation.Kind.NATIONAL)
        services.approve_spending(spending=ask(market, national, 300), by=second)
        told = text(client.get("/fund/").content.decode())
    assert told.count("ส่วนหนึ่งของ 3.00 บาท") == 2

"""The address book: the same address twice is one entry, however it comes about."""

from __future__ import annotations

import pytest
from django.test import Client

from shop.people.address.models import UserAddress
from tests.market import ADDRESS, PASSWORD, Market

OTHER = {**ADDRESS, "line1": "9 หมู่ 4"}


@pytest.fixture
def book(client: Client, market: Market) -> Client:
    assert client.login(email=market.people["buyer"].email, password=PASSWORD)
    return client


def entries(market: Market) -> list[tuple[str, str]]:
    rows = UserAddress.objects.filter(user=market.people["buyer"]).order_by("pk")
    return list(rows.values_list("line1", "phone"))


@pytest.mark.django_db
def test_the_same_address_typed_twice_is_one_entry_with_the_newer_phone(book: Client, market: Market) -> None:
    assert book.post("/account/addresses/add/", ADDRESS).status_code == 302
    assert book.post("/account/addresses/add/", {**ADDRESS, "phone": "089 999 9999"}).status_code == 302
    assert entries(market) == [(ADDRESS["line1"], "0899999999")]


@pytest.mark.django_db
def test_an_address_changed_into_another_one_of_the_book_takes_its_place(book: Client, market: Market) -> None:
    book.post("/account/addresses/add/", ADDRESS)
    book.post("/account/addresses/add/", OTHER)
    second = UserAddress.objects.get(line1=OTHER["line1"])
    assert book.post(f"/account/addresses/{second.pk}/", ADDRESS).status_code == 302
    assert entries(market) == [(ADDRESS["line1"], "0812345678")]


@pytest.mark.django_db
def test_the_same_address_of_two_people_stays_two(book: Client, market: Market) -> None:
    book.post("/account/addresses/add/", ADDRESS)
    other = Client()
    other.login(email=market.people["stranger"].email, password=PASSWORD)
    assert other.post("/account/addresses/add/", ADDRESS).status_code == 302
    assert UserAddress.objects.count() == 2

"""Fifty purchases of one seller documented at once: numbers 1 to 50, no gap, none twice; and a crash gives its number back.

The negative controls take the lock away, and take the number in a transaction of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from shop.documents import services
from shop.documents.models import Document, Series
from shop.documents.services import numbering
from shop.partner.services import set_offer
from shop.payment import services as payments
from shop.payment.models import PaymentAttempt
from tests.market import Market
from tests.papers_of_tax import register
from tests.payments import place
from tests.races.paying import no_worker

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("no_worker")]
__all__ = ["no_worker"]
AtOnce = Callable[..., list[Any]]
ORDERS, THREADS = 50, 25


@pytest.fixture
def settled(race_market: Market) -> list[PaymentAttempt]:
    """Paid purchases of one seller, without documents yet."""
    product, place_of = race_market.products["hat"], race_market.places["isan"]
    set_offer(product=product, place=place_of, price_satang=25_000, in_stock=500)
    register(race_market, race_market.groups["isan"].get_parent())
    return [payments.confirm(attempt=place(race_market, "transfer").payment_attempts.get()) for _ in range(ORDERS)]


def numbers() -> list[int]:
    return sorted(Document.objects.values_list("number", flat=True))


def test_fifty_at_once_are_numbered_one_to_fifty(settled: list[PaymentAttempt], at_once: AtOnce) -> None:
    twice = settled + settled  # each piece of news comes twice, as it may
    found = at_once(lambda attempt: services.issue_sale(attempt=attempt), twice, THREADS)
    assert [one for one in found if isinstance(one, Exception)] == []
    assert numbers() == list(range(1, ORDERS + 1))
    assert (Series.objects.count(), Series.objects.get().last) == (1, ORDERS)


def test_without_the_lock_the_same_number_is_taken_twice_and_the_database_refuses(
    settled: list[PaymentAttempt], at_once: AtOnce, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.issue_sale(attempt=settled[0])

    def naive(**facts: Any) -> Series:
        series = Series.objects.get(**facts)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")
        series.last += 1
        series.save(update_fields=["last"])
        return series

    monkeypatch.setattr(numbering, "take_number", naive)
    found = at_once(lambda attempt: services.issue_sale(attempt=attempt), settled[1:], THREADS)
    refused = [one for one in found if isinstance(one, DatabaseError)]
    assert refused, "nothing else held them back"
    assert numbers() == list(range(1, ORDERS + 1 - len(refused))), "and still no gap: the net below"


def test_a_connection_that_dies_between_number_and_document_gives_the_number_back(
    settled: list[PaymentAttempt], at_once: AtOnce, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []
    plain = numbering.reference_of

    def dying(series: Series) -> str:
        taken.append(series.last)
        if len(taken) <= 5:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return plain(series)

    monkeypatch.setattr(numbering, "reference_of", dying)
    found = at_once(lambda attempt: services.issue_sale(attempt=attempt), settled[:20], 10)
    dead = [attempt for attempt, one in zip(settled, found, strict=False) if isinstance(one, Exception)]
    assert len(dead) == 5, "five crashed with a number in hand"
    assert numbers() == list(range(1, 16))
    at_once(lambda attempt: services.issue_sale(attempt=attempt), dead, 5)  # the outbox brings the news again
    assert numbers() == list(range(1, 21))


def test_a_number_taken_apart_from_its_document_would_be_lost_and_is_refused(settled: list[PaymentAttempt]) -> None:
    """The control: whoever takes the number in a transaction of its own leaves a gap when the next step fails."""
    services.issue_sale(attempt=settled[0])
    with pytest.raises(DatabaseError, match="taken without a document"):
        take_alone()
    with _bare() as bare:  # with the guard asleep the gap is there
        bare.execute("ALTER TABLE documents_series DISABLE TRIGGER documents_series_without_gap")
        bare.execute("UPDATE documents_series SET last = last + 1")
        bare.execute("ALTER TABLE documents_series ENABLE TRIGGER documents_series_without_gap")
    services.issue_sale(attempt=settled[1])
    assert numbers() == [1, 3]


@transaction.atomic
def take_alone() -> None:
    series = Series.objects.select_for_update().get()
    series.last += 1
    series.save(update_fields=["last"])


def _bare() -> psycopg.Connection:
    values = connection.settings_dict
    return psycopg.connect(
        host=values["HOST"], user=values["USER"], password=values["PASSWORD"] or None, dbname=values["NAME"],
        autocommit=True,
    )  # fmt: skip

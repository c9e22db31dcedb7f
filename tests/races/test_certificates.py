"""Of two officers who decide at once one decides; of two clocks at once one reminds. Each with its negative control."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from catalogue.services import remind_of_ends
from shop.common import clock
from shop.common.models import OutboxMessage
from tests.market import Market, make_user
from tests.unit.vendors.papers import client_of, hand_in
from vendors.models import Certificate, CertificateEvent, CertificateReminder, Membership, Organisation
from vendors.services import add_member

pytestmark = pytest.mark.race
State = Certificate.State


def _handed_in(market: Market) -> Certificate:
    assert hand_in(market).status_code == 302
    return Certificate.objects.order_by("-pk")[0]


def _decided(certificate: Certificate) -> list[str]:
    rows = CertificateEvent.objects.filter(certificate=certificate).exclude(state__in=[State.DRAFT, State.SUBMITTED])
    return list(rows.values_list("state", flat=True))


def test_of_two_officers_at_once_one_decides(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    office = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province_id="TH-50")
    race_market.people["second"] = make_user("second")
    add_member(organisation=office, user=race_market.people["second"], role=Membership.Role.OFFICER)
    for number in range(4):
        assert hand_in(race_market, number=f"มผช. {200 + number}/2563").status_code == 302
        paper = Certificate.objects.order_by("-pk")[0]
        presses = [("officer", "verify", {}), ("second", "send-back", {"reason": "ภาพไม่ชัด"})]
        barrier = threading.Barrier(len(presses))

        def press(given: tuple[str, str, dict[str, str]], paper: Any = paper, barrier: Any = barrier) -> None:
            who, act, data = given
            client = client_of(race_market, who)
            barrier.wait(10)
            client.post(f"/office/certificates/{paper.code}/{act}/", {"seen": paper.version, **data})

        assert at_once(press, presses, threads=2) == [None, None]
        paper.refresh_from_db()
        assert _decided(paper) == [paper.state]
        assert paper.state in (State.VERIFIED, State.SENT_BACK)


def test_without_the_lock_both_would_decide(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    """The negative control: read, meet, write."""
    paper = _handed_in(race_market)
    barrier = threading.Barrier(2)

    def decide(state: str) -> bool:
        with transaction.atomic():
            row = Certificate.objects.get(pk=paper.pk)
            barrier.wait(10)
            if row.state != State.SUBMITTED:
                return False
            row.state, row.verified_at = state, clock.now()
            row.save()
            CertificateEvent.objects.create(certificate=row, state=state, at=clock.now())
            return True

    assert at_once(decide, [State.VERIFIED, State.SENT_BACK], threads=2) == [True, True]
    assert len(_decided(paper)) == 2


def test_clocks_that_run_at_once_remind_once(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    soon = clock.today() + dt.timedelta(days=7)
    Certificate.objects.all().update(expires_on=soon)
    barrier = threading.Barrier(4)

    def run(_clock: int) -> int:
        barrier.wait(10)
        return remind_of_ends()

    assert sum(at_once(run, [1, 2, 3, 4], threads=4)) == 3
    assert CertificateReminder.objects.count() == 3
    assert OutboxMessage.objects.filter(topic="certificate.ends").count() == 3


def test_without_the_row_clocks_would_remind_twice(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    """The negative control: who only looks before writing tells twice."""
    barrier = threading.Barrier(2)

    def run(_clock: int) -> int:
        with transaction.atomic():
            known = OutboxMessage.objects.filter(topic="certificate.told").exists()
            barrier.wait(10)
            if known:
                return 0
            now = clock.now()
            OutboxMessage.objects.create(topic="certificate.told", created_at=now, next_try_at=now, done_at=now)
            return 1

    assert sum(at_once(run, [1, 2], threads=2)) == 2
    connection.close()


def test_one_new_paper_sent_twice_is_one(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    before = Certificate.objects.count()
    barrier = threading.Barrier(2)

    def send(_tab: int) -> int:
        barrier.wait(10)
        return int(hand_in(race_market).status_code)

    assert sorted(at_once(send, [1, 2], threads=2)) == [302, 422]
    assert Certificate.objects.count() == before + 1

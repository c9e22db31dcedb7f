"""Who is told what about certificates, and that nobody is told twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core import mail

from catalogue.jobs import remind_of_certificates
from catalogue.services import link_certificate, remind_of_ends
from shop.common import clock
from tests.market import Market, make_product
from tests.unit.vendors.papers import decide, hand_in, letters
from vendors.jobs import tell_officers
from vendors.models import Certificate, CertificateReminder, Membership
from vendors.services import revoke_certificate, submit_certificate, suspend_group, verify_certificate

pytestmark = pytest.mark.django_db
GROUP, COOPERATIVE, OFFICER = "north@example.test", "cooperative@example.test", "officer@example.test"


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    """Tuesday 24 November 2569, noon: the market's certificates are made relative to it."""
    with clock.moved_to(dt.datetime(2026, 11, 24, 5, 0, tzinfo=dt.UTC)):
        yield


def ends_in(market: Market, days: int) -> Certificate:
    certificate = market.certificates["north"]
    first, last = clock.today() - dt.timedelta(days=100), clock.today() + dt.timedelta(days=days)
    Certificate.objects.filter(pk=certificate.pk).update(issued_on=first, expires_on=last)
    certificate.refresh_from_db()
    from catalogue.services import refresh_sale_of_group

    refresh_sale_of_group(certificate.holder_id)
    return certificate


def kinds() -> list[str]:
    return [row.kind for row in CertificateReminder.objects.order_by("pk")]


def test_decisions_are_told_to_group_and_cooperative_with_the_reason(market: Market) -> None:
    hand_in(market)
    certificate = Certificate.objects.order_by("-pk")[0]
    assert letters() == []
    decide(market, certificate, "send-back", reason="อ่านเลขที่ไม่ออก")
    assert letters() == [(to, "กรุณาแก้ไข: มผช. 77/2563") for to in (GROUP, COOPERATIVE)]
    hand_in(market, path=f"{certificate.code}/edit/")
    decide(market, certificate, "verify")
    assert [subject for _to, subject in letters()] == ["ตรวจแล้ว: มผช. 77/2563"] * 2
    revoke_certificate(certificate=market.certificates["north"], by=None, reason="ทดสอบ")
    decide(market, certificate, "revoke", reason="ผู้ออกเพิกถอน")
    from shop.common import outbox

    outbox.work_off()
    body = str(mail.outbox[0].body)
    assert "ผู้ออกเพิกถอน" in body
    assert "กระติบข้าวเหนียว" in body
    assert f"/workspace/north-group/certificates/{certificate.code}/" in body
    assert f"/certificates/{certificate.code}/" in str(mail.outbox[1].body)
    assert "/workspace/" not in str(mail.outbox[1].body)


def test_sent_back_and_handed_in_again_before_the_letter_went_out_is_not_told(market: Market) -> None:
    hand_in(market)
    certificate = Certificate.objects.order_by("-pk")[0]
    decide(market, certificate, "send-back", reason="x")
    hand_in(market, path=f"{certificate.code}/edit/")
    assert letters() == []


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (91, []),
        (90, ["90"]),
        (31, ["90"]),
        (30, ["30"]),
        (8, ["30"]),
        (7, ["7"]),
        (0, ["7"]),
        (-1, ["ended"]),
        (-31, []),
    ],
)
def test_the_nearest_reminder_is_sent_and_only_that(market: Market, days: int, expected: list[str]) -> None:
    ends_in(market, days)
    assert remind_of_ends() == len(expected)
    assert remind_of_ends() == 0
    assert kinds() == expected
    assert [to for to, _subject in letters()] == [GROUP, COOPERATIVE, OFFICER] * len(expected)


def test_each_comes_once_on_its_way_to_the_end_and_the_last_names_the_goods(market: Market) -> None:
    ends_in(market, 95)
    sent = []
    for day in range(0, 100):
        with clock.moved_to(clock.now() + dt.timedelta(days=day)):
            if remind_of_ends():
                sent.append((day, {subject for _to, subject in letters()}))
    name = "มผช. 101/2563"
    assert sent == [
        (5, {f"เหลือ 90 วัน: {name}"}),
        (65, {f"เหลือ 30 วัน: {name}"}),
        (88, {f"เหลือ 7 วัน: {name}"}),
        (96, {f"หมดอายุแล้ว: {name}"}),
    ]


def test_after_a_stop_the_clock_catches_up_with_one_letter(market: Market) -> None:
    ends_in(market, 95)
    with clock.moved_to(clock.now() + dt.timedelta(days=90)):
        assert remind_of_ends() == 1
        assert kinds() == ["7"]
        from shop.common import outbox

        outbox.work_off()
    body = str(mail.outbox[0].body)
    assert "เหลือ 5 วัน" in mail.outbox[0].subject
    assert "กระติบข้าวเหนียว" in body


def test_what_left_sale_is_named_after_the_end(market: Market) -> None:
    make_product(market, "second", "north", title="ตะกร้าสอง")
    other = _paper(market, 60)
    link_certificate(product=market.products["second"], certificate=other)
    ends_in(market, 0)
    with clock.moved_to(clock.now() + dt.timedelta(days=1)):
        remind_of_ends()
        from shop.common import outbox

        while outbox.work_off():
            pass
    ended = next(letter for letter in mail.outbox if letter.subject.startswith("หมดอายุแล้ว"))
    assert "กระติบข้าวเหนียว" in ended.body
    assert "ตะกร้าสอง" not in ended.body, "another certificate keeps it on sale"


def _paper(market: Market, days: int, *, scope: str = "products", gap: int = 0) -> Certificate:
    """A verified one of the same scheme; with `days` 0, from the first certificate's end on."""
    today = clock.today()
    certificate = submit_certificate(
        holder=market.groups["north"],
        scheme=market.certificates["north"].scheme,
        number="มผช. 55/2563",
        issued_on=today - dt.timedelta(days=5 - gap),
        expires_on=today + dt.timedelta(days=days),
        scope=scope,
    )
    return verify_certificate(certificate=certificate, by=None)


def test_a_verified_renewal_ends_the_reminders(market: Market) -> None:
    ends_in(market, 30)
    renewal = _paper(market, 400, scope="group")
    assert remind_of_ends() == 0
    revoke_certificate(certificate=renewal, by=None, reason="ทดสอบ")
    assert remind_of_ends() == 1


def test_one_that_begins_after_a_gap_does_not(market: Market) -> None:
    ends_in(market, 5)
    _paper(market, 400, scope="group", gap=5 + 5 + 2)
    assert remind_of_ends() == 1


def test_one_for_other_goods_does_not(market: Market) -> None:
    make_product(market, "second", "north", title="ตะกร้าสอง")
    old = ends_in(market, 5)
    Certificate.objects.filter(pk=old.pk).update(scope="products")
    renewal = _paper(market, 400)
    link_certificate(product=market.products["second"], certificate=renewal)
    assert {product.pk for product in old.products.all()} == {market.products[key].pk for key in ("kratip", "second")}
    assert remind_of_ends() == 1
    CertificateReminder.objects.all().delete()
    link_certificate(product=market.products["kratip"], certificate=renewal)
    assert remind_of_ends() == 0


def test_nobody_is_reminded_of_a_suspended_groups_papers(market: Market) -> None:
    ends_in(market, 5)
    suspend_group(group=market.groups["north"], by=None, reason="ทดสอบ")
    assert remind_of_ends() == 0


def test_the_job_waits_for_the_morning(market: Market) -> None:
    ends_in(market, 5)
    with clock.moved_to(dt.datetime(2026, 11, 24, 23, 59, tzinfo=dt.UTC)):
        assert remind_of_certificates() == "not before the morning"
    with clock.moved_to(dt.datetime(2026, 11, 25, 0, 0, tzinfo=dt.UTC)):
        assert remind_of_certificates() == "1 reminders"


def test_officers_get_one_letter_a_morning_and_none_at_the_weekend(market: Market) -> None:
    hand_in(market)
    for day, hour, expected in ((25, 0, 0), (25, 1, 1), (25, 3, 0), (26, 2, 1), (28, 2, 0), (30, 2, 1)):
        with clock.moved_to(dt.datetime(2026, 11, day, hour, 30, tzinfo=dt.UTC)):
            tell_officers()
            tell_officers()
            assert letters() == [(OFFICER, "มีใบรับรองรอตรวจ")] * expected, (day, hour)
    decide(market, Certificate.objects.order_by("-pk")[0], "verify")
    letters()
    with clock.moved_to(dt.datetime(2026, 12, 1, 2, 30, tzinfo=dt.UTC)):
        tell_officers()
        assert letters() == []


def test_a_province_without_officers_is_told_to_nobody_else(market: Market) -> None:
    """Khon Kaen has no officer here: the national office is asked, never the neighbour."""
    hand_in(market, "isan", products=("hat",))
    assert Membership.objects.filter(organisation__province_id="TH-40", role="officer").count() == 0
    with clock.moved_to(dt.datetime(2026, 11, 25, 2, 30, tzinfo=dt.UTC)):
        assert tell_officers() == "1 offices have something waiting"
        assert OFFICER not in [to for to, _subject in letters()]

"""The officers' queue: who sees what, what a decision does, and what it does not do."""

from __future__ import annotations

import datetime as dt

import pytest

from catalogue.selectors import on_sale
from shop.common import clock
from tests.market import Market, make_product, make_user
from tests.unit.vendors.papers import client_of, decide, hand_in
from vendors import history
from vendors.models import Certificate, Membership, Organisation
from vendors.services import add_member, remove_member, revoke_certificate, suspend_group

pytestmark = pytest.mark.django_db
State = Certificate.State


@pytest.fixture
def waiting(market: Market) -> Certificate:
    """North's only certificate is revoked; a new one waits."""
    revoke_certificate(certificate=market.certificates["north"], by=None, reason="ทดสอบ")
    assert hand_in(market).status_code == 302
    return Certificate.objects.order_by("-pk")[0]


def is_sold(market: Market, key: str = "kratip") -> bool:
    return on_sale().filter(pk=market.products[key].pk).exists()


def test_the_oldest_stands_first_with_its_age(market: Market, waiting: Certificate) -> None:
    with clock.moved_to(clock.now() + dt.timedelta(days=8)):
        hand_in(market, number="มผช. 78/2563")
        page = client_of(market, "officer").get("/office/certificates/")
        rows = [(row.number, age) for row, _standing, age in page.context["rows"]]
    assert rows == [("มผช. 77/2563", 8), ("มผช. 78/2563", 0)]
    assert "รอมา 8 วัน" in page.content.decode()
    assert client_of(market, "officer").get("/office/").content.decode().count("ใบรับรองรอตรวจ") == 1


def test_verifying_puts_its_goods_on_sale(market: Market, waiting: Certificate) -> None:
    assert not is_sold(market)
    answer = decide(market, waiting, "verify")
    assert answer.url == "/office/certificates/"
    waiting.refresh_from_db()
    assert (waiting.state, waiting.verified_by) == (State.VERIFIED, market.people["officer"])
    assert is_sold(market)
    assert history.history_of(market.groups["north"])[0].user == market.people["officer"]


def test_sending_back_needs_a_reason_and_keeps_what_was_typed(market: Market, waiting: Certificate) -> None:
    empty = decide(market, waiting, "send-back", reason="  ")
    assert empty.status_code == 422
    waiting.refresh_from_db()
    assert waiting.state == State.SUBMITTED
    decide(market, waiting, "send-back", reason="ถ่ายใหม่ให้เห็นเลขที่")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.state_reason) == (State.SENT_BACK, "ถ่ายใหม่ให้เห็นเลขที่")
    form = client_of(market, "north").get(f"/workspace/north-group/certificates/{waiting.code}/edit/")
    assert "ถ่ายใหม่ให้เห็นเลขที่" in form.content.decode()
    assert form.context["form"]["number"].value() == waiting.number
    assert not is_sold(market)


def test_revoking_tells_first_what_leaves_sale(market: Market, waiting: Certificate) -> None:
    make_product(market, "second", "north", title="ตะกร้าอีกใบ")
    hand_in(market, number="มผช. 78/2563", products=("kratip", "second"))
    both = Certificate.objects.order_by("-pk")[0]
    decide(market, waiting, "verify")
    decide(market, both, "verify")
    page = client_of(market, "officer").get(f"/office/certificates/{both.code}/")
    assert [good.title for good in page.context["leaving"]] == ["ตะกร้าอีกใบ"]
    assert decide(market, both, "revoke", reason="").status_code == 422
    assert is_sold(market, "second")
    decide(market, both, "revoke", reason="ผู้ออกเพิกถอน")
    assert (is_sold(market), is_sold(market, "second")) == (True, False)


@pytest.mark.parametrize("act", ["verify", "send-back", "revoke"])
def test_another_provinces_officer_finds_nothing(market: Market, waiting: Certificate, act: str) -> None:
    office = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province_id="TH-40")
    market.people["far"] = make_user("far")
    add_member(organisation=office, user=market.people["far"], role=Membership.Role.OFFICER)
    far = client_of(market, "far")
    assert list(far.get("/office/certificates/").context["rows"]) == []
    for path in ("", "evidence/"):
        assert far.get(f"/office/certificates/{waiting.code}/{path}").status_code == 404
    assert decide(market, waiting, act, "far", reason="x").status_code == 404
    waiting.refresh_from_db()
    assert waiting.state == State.SUBMITTED


def test_the_national_office_sees_every_province(market: Market, waiting: Certificate) -> None:
    national = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province=None)
    market.people["national"] = make_user("national")
    add_member(organisation=national, user=market.people["national"], role=Membership.Role.OFFICER)
    decide(market, waiting, "verify", "national")
    waiting.refresh_from_db()
    assert waiting.verified_by == market.people["national"]


def test_a_decision_about_an_older_version_decides_nothing(market: Market, waiting: Certificate) -> None:
    seen = waiting.version
    member = client_of(market, "north")
    member.post(f"/workspace/north-group/certificates/{waiting.code}/take-back/")
    waiting.refresh_from_db()
    hand_in(market, path=f"{waiting.code}/edit/", seen=waiting.version, number="มผช. 99/2563")
    officer = client_of(market, "officer")
    path = f"/office/certificates/{waiting.code}"
    answer = officer.post(f"{path}/verify/", {"seen": seen})
    waiting.refresh_from_db()
    assert (answer.url, waiting.state, waiting.number) == (f"{path}/", State.SUBMITTED, "มผช. 99/2563")
    assert "มีคนแก้เรื่องนี้ไปแล้ว" in officer.get(f"{path}/").content.decode()
    late = officer.post(f"{path}/send-back/", {"seen": seen, "reason": "ภาพไม่ชัด"})
    waiting.refresh_from_db()
    assert (late.status_code, waiting.state) == (422, State.SUBMITTED)
    assert "ภาพไม่ชัด" in late.content.decode()


def test_an_officer_who_was_moved_while_the_page_lay_open_decides_nothing(
    market: Market, waiting: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Moved between the view's look and the service's lock: the view still lets in, the service does not."""
    from vendors.web.office import certificates as views

    membership = Membership.objects.get(user=market.people["officer"])
    real = views.verify_certificate

    def moved_meanwhile(**given: object) -> object:
        remove_member(membership=membership)
        return real(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(views, "verify_certificate", moved_meanwhile)
    assert decide(market, waiting, "verify").status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == State.SUBMITTED
    assert not is_sold(market)
    monkeypatch.undo()
    assert decide(market, waiting, "verify").status_code == 404


def test_suspension_takes_goods_off_sale_whatever_their_certificates(market: Market, waiting: Certificate) -> None:
    decide(market, waiting, "verify")
    suspend_group(group=market.groups["north"], by=None, reason="ทดสอบ")
    assert not is_sold(market)


def test_nobody_decides_about_the_papers_of_their_own_group(market: Market, waiting: Certificate) -> None:
    office = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province_id="TH-50")
    add_member(organisation=office, user=market.people["north"], role=Membership.Role.OFFICER)
    client = client_of(market, "north")
    path = f"/office/certificates/{waiting.code}"
    assert client.post(f"{path}/verify/", {"seen": waiting.version}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == State.SUBMITTED
    assert "ต้องให้เจ้าหน้าที่คนอื่น" in client.get(f"{path}/").content.decode()
    decide(market, waiting, "verify")
    waiting.refresh_from_db()
    assert waiting.state == State.VERIFIED

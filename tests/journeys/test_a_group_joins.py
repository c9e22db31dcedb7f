"""A group applies on a phone, is sent back, hands in again, is approved, and sells its first product."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.test import Client

from catalogue.models import Category
from catalogue.services import create_product, link_certificate
from shop.common import clock, outbox
from shop.partner.services import set_offer
from tests.applying import NAME, fill, save
from tests.market import Market, make_user, publish_without_picture, signed_in
from vendors import history
from vendors.models import Certificate, CertificationScheme, GroupApplication, Membership, Organisation, Place
from vendors.selectors import workshop_of
from vendors.services import submit_certificate, verify_certificate

State = Organisation.State


def letters() -> list[tuple[str, str]]:
    """(to, subject) of the letters since the last look, in Thai."""
    outbox.work_off()
    found = sorted((letter.to[0], letter.subject) for letter in mail.outbox)
    mail.outbox.clear()
    return found


@pytest.mark.django_db
def test_from_the_application_to_the_first_sale(market: Market) -> None:
    applicant = signed_in(make_user("buakham"))
    officer = signed_in(market.people["officer"])
    cooperative = market.groups["north"].get_parent()
    application = fill(applicant, cooperative)
    assert not Organisation.objects.filter(name_th=NAME).exists(), "a draft stands in no tree"
    assert NAME not in officer.get("/office/groups/").content.decode()
    letters()

    handed_in = applicant.post(f"/workspace/apply/{application.code}/hand-in/")
    assert handed_in.headers["Location"] == f"/workspace/apply/{application.code}/check/"
    group = Organisation.objects.get(name_th=NAME)
    assert (group.state, group.get_parent().pk, group.province_id) == (State.APPLIED, cooperative.pk, "TH-50")
    assert group.memberships.get().role == Membership.Role.MANAGER
    assert letters() == [
        ("buakham@example.test", f"ได้รับใบสมัครแล้ว: {NAME}"),
        ("cooperative@example.test", f"มีกลุ่มสมัครในสังกัดสหกรณ์ของท่าน: {NAME}"),
        ("officer@example.test", f"มีกลุ่มยื่นสมัคร: {NAME}"),
    ]
    assert not hasattr(group, "partner"), "an unapproved group cannot sell, by structure"

    _sent_back_and_put_right(applicant, officer, application, group)
    _approved(officer, group)
    _first_product(market, group)


def _sent_back_and_put_right(
    applicant: Client, officer: Client, application: GroupApplication, group: Organisation
) -> None:
    page = f"/office/groups/{group.slug}/"
    assert officer.post(f"{page}take/", {"seen": "applied"}).status_code == 302
    asked = {"seen": "in_review", "reason": "ขอให้แก้ที่อยู่", "remark_where": "บ้านเลขที่ไม่ตรงกับทะเบียนบ้าน"}
    assert officer.post(f"{page}send-back/", asked).status_code == 302
    group.refresh_from_db()
    assert group.state == State.SENT_BACK
    told = letters()
    assert ("buakham@example.test", f"เจ้าหน้าที่กำลังพิจารณาใบสมัคร: {NAME}") in told
    assert ("buakham@example.test", f"กรุณาแก้ไขใบสมัคร: {NAME}") in told
    shown = applicant.get(f"/workspace/apply/{application.code}/where/").content.decode()
    assert "บ้านเลขที่ไม่ตรงกับทะเบียนบ้าน" in shown
    form = applicant.get(f"/workspace/apply/{application.code}/where/").context["form"]
    values = {name: form[name].value() for name in form.fields if name != "seen"}
    assert save(applicant, application, "where", {**values, "line1": "112 หมู่ 3 บ้านสันทราย"}).status_code == 302
    assert applicant.post(f"/workspace/apply/{application.code}/hand-in/").status_code == 302
    group.refresh_from_db()
    assert group.state == State.APPLIED
    workshop = workshop_of(group)
    assert workshop is not None
    assert workshop.address_th == "112 หมู่ 3 บ้านสันทราย"
    assert ("officer@example.test", f"กลุ่มยื่นใบสมัครที่แก้ไขแล้ว: {NAME}") in letters()


def _approved(officer: Client, group: Organisation) -> None:
    page = f"/office/groups/{group.slug}/"
    refused = officer.post(f"{page}approve/", {"seen": "applied"}, follow=True)
    assert "ยังอนุมัติไม่ได้ ขาด: สหกรณ์ยืนยันตัวกลุ่ม, เจ้าหน้าที่ดูที่ทำการกลุ่ม" in refused.content.decode()
    group.refresh_from_db()
    assert group.state == State.APPLIED
    officer.post(f"{page}check/identity/", {"note": "โทรถามผู้จัดการสหกรณ์"})
    officer.post(f"{page}check/site/", {"note": "ลงพื้นที่ 20 พ.ย."})
    assert officer.post(f"{page}approve/", {"seen": "applied"}).status_code == 302
    group.refresh_from_db()
    assert group.state == State.APPROVED
    assert group.partner is not None
    assert letters() == [
        ("buakham@example.test", f"ยินดีต้อนรับ: อนุมัติ{NAME}แล้ว"),
        ("cooperative@example.test", f"ยินดีต้อนรับ: อนุมัติ{NAME}แล้ว"),
    ]
    acts = [entry.action.removeprefix("market.") for entry in history.history_of(group)]
    assert acts == [
        "group.approved",
        "group.checked_site",
        "group.checked_identity",
        "application.again",
        "group.sent_back",
        "group.taken",
        "application.handed_in",
        "member.added",  # who applied serves the group from then on
    ]


def _first_product(market: Market, group: Organisation) -> None:
    today = clock.today()
    certificate = submit_certificate(
        holder=group,
        scheme=CertificationScheme.objects.get(pk="TCPS"),
        number="มผช. 777/2563",
        issued_on=today - dt.timedelta(days=10),
        expires_on=today + dt.timedelta(days=300),
        scope=Certificate.Scope.GROUP,
    )
    verify_certificate(certificate=certificate, by=market.people["officer"])
    product = create_product(
        group=group,
        category=Category.objects.get(slug="basketry"),
        title_th="ตะกร้าสันทราย",
        title_en="San Sai basket",
        unit_th="ใบ",
        unit_en="piece",
        weight_g=400,
        province=group.province,
    )
    link_certificate(product=product, certificate=certificate)
    place = Place.objects.get(organisation=group)
    set_offer(product=product, place=place, price_satang=25_000, in_stock=3)
    publish_without_picture(product)
    product.refresh_from_db()
    page = Client().get(f"/products/{product.slug}_{product.pk}/")
    assert page.status_code == 200
    assert "250" in page.content.decode()
    added = Client().post(f"/basket/add/{product.pk}/", {"quantity": 1}, HTTP_SEC_FETCH_SITE="same-origin")
    assert (added.status_code, "basket" in added.headers["Location"]) == (302, True)
